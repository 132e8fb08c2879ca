/**
 * Collapses a graph of layers to a chain of blocks; all tensor sizes, parameters and multiply-accumulates stay exact.
 *
 * <p>Start from {@link io.github.codnn.collapse.GraphCollapser} and its implementations. Depends on {@code graph},
 * {@code mining}, {@code scenario} and {@code plan}.
 */
@NullMarked
package io.github.codnn.collapse;

import org.jspecify.annotations.NullMarked;
