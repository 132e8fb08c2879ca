/**
 * Frequent subgraphs of one large labelled graph, exactly, with the semantics of GraMi (Elseidy, Abdelhamid,
 * Skiadopoulos and Kalnis, PVLDB 7(7), 2014).
 *
 * <pre>{@code
 * LabelledGraph graph = LabelledGraph.undirected()
 *         .vertex("conv").vertex("relu").vertex("conv").vertex("relu")
 *         .edge(0, 1, "data").edge(1, 2, "data").edge(2, 3, "data")
 *         .build();
 * for (FrequentPattern found : FrequentSubgraphMiner.withDefaults().mine(graph).patterns()) {
 *     List<OccurrenceFinder.Occurrence> occurrences = OccurrenceFinder.in(graph).find(found.pattern(), 100);
 * }
 * }</pre>
 *
 * <p>The words mean the same as in the package {@code collapse}:
 *
 * <ul>
 *   <li>a <b>pattern</b> is a small connected graph of labels; its nodes are mapped to vertices of the large one;
 *   <li>an <b>occurrence</b> is a place in the large graph where the pattern is found; a symmetry of the pattern makes
 *       no other occurrence, but another <b>embedding</b>;
 *   <li>the <b>support</b> of a pattern is the least number, over its nodes, of vertices to which embeddings map the
 *       node. It equals the number of occurrences if these are disjoint and the pattern has no symmetry.
 * </ul>
 *
 * <p>Start from {@link io.github.codnn.mining.FrequentSubgraphMiner}. Works on any graph; depends only on the root
 * package.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.mining;

import org.jspecify.annotations.NullMarked;
