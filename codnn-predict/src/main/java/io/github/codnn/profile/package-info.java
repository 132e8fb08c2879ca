/**
 * Measures the times of layers on this machine with ONNX Runtime.
 *
 * <p>Start from {@link io.github.codnn.profile.LayerProfiler}. ONNX Runtime is an optional dependency: to profile, add
 * {@code com.microsoft.onnxruntime:onnxruntime}. Depends on {@code graph}, {@code onnx} and
 * {@code predict}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.profile;

import org.jspecify.annotations.NullMarked;
