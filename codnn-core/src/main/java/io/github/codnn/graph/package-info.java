/**
 * Neural networks as layers connected by tensors, with exact sizes and operation counts.
 *
 * <p>Start from {@link io.github.codnn.graph.LayerGraph}. Model readers return an
 * {@link io.github.codnn.graph.ImportedModel}, {@link io.github.codnn.graph.DotWriter} draws a network, and
 * {@link io.github.codnn.graph.OperatorKinds} is the table of operator names. Depends on no other package of this
 * library but its root and {@code internal}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.graph;

import org.jspecify.annotations.NullMarked;
