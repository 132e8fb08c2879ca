/**
 * Runs the stages of a split network on ONNX Runtime, without any network or engine.
 *
 * <p>Start from {@link io.github.codnn.runtime.StageSession}. ONNX Runtime is an optional dependency: to run stages,
 * add {@code com.microsoft.onnxruntime:onnxruntime}. Depends on {@code graph} and {@code split}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.runtime;

import org.jspecify.annotations.NullMarked;
