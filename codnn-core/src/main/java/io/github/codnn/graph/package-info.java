/**
 * What a neural network is to a planner: layers joined by tensors, with exact sizes and operation counts.
 *
 * <p>Start from {@link io.github.codnn.graph.LayerGraph}. Depends on no other package of this library but its root and
 * {@code internal}.
 */
@NullMarked
package io.github.codnn.graph;

import org.jspecify.annotations.NullMarked;
