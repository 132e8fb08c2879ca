/** What the tests of all modules share: architecture rules, test data and the report of skipped tests. */
package io.github.codnn.testing;
