/**
 * Measures what layers take on the machine at hand, with ONNX Runtime.
 *
 * <p>Start from {@link io.github.codnn.profile.LayerProfiler}. ONNX Runtime is an optional dependency: whoever profiles
 * adds {@code com.microsoft.onnxruntime:onnxruntime}. Depends on {@code graph}, {@code format} and {@code predict}.
 */
@NullMarked
package io.github.codnn.profile;

import org.jspecify.annotations.NullMarked;
