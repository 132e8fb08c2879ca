/**
 * Problems that the tests and the benchmarks share: small ones drawn from a seed with every feature, hard chains and
 * graphs, and the brute-force optimum to compare with.
 */
package io.github.codnn.testproblems;
