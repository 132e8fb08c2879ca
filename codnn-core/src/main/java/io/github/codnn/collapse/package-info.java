/**
 * Collapses a graph of layers to a chain of blocks; all tensor sizes, parameters and multiply-accumulates stay exact.
 *
 * <p>A pattern is the structure and the operator kinds of a region with one entry and one exit; its occurrences are the
 * regions that have them, and its support is their number. Occurrences of a pattern of enough support become blocks.
 *
 * <p>Start from {@link io.github.codnn.collapse.GraphCollapser} and its implementations. Depends on {@code graph},
 * {@code mining}, {@code scenario} and {@code plan}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.collapse;

import org.jspecify.annotations.NullMarked;
