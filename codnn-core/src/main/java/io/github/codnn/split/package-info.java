/**
 * The manifest of a split model: which file each stage runs, on which device, and which tensors go where.
 *
 * <p>Start from {@link io.github.codnn.split.PipelineJson}. Depends on {@code platform}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.split;

import org.jspecify.annotations.NullMarked;
