/**
 * Frequent subgraphs of one large labelled graph, exactly, with the semantics of GraMi (Elseidy, Abdelhamid,
 * Skiadopoulos and Kalnis, PVLDB 7(7), 2014).
 *
 * <p>Start from {@link io.github.codnn.mining.FrequentSubgraphMiner}. Works on any graph. It depends only on
 * the root package.
 */
@NullMarked
package io.github.codnn.mining;

import org.jspecify.annotations.NullMarked;
