/**
 * From a graph of layers to a chain of blocks, without losing a byte or a multiply-accumulate.
 *
 * <p>Start from {@link io.github.codnn.collapse.GraphCollapser} and its implementations. Depends on {@code graph},
 * {@code mining} and {@code plan}.
 */
@NullMarked
package io.github.codnn.collapse;

import org.jspecify.annotations.NullMarked;
