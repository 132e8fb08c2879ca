/**
 * ONNX Runtime's state in this process, shared by {@code profile} and {@code runtime}; not exported.
 *
 * <p>Start from {@link io.github.codnn.internal.ort.OrtProcess}. Depends on no other package.
 */
@NullMarked
package io.github.codnn.internal.ort;

import org.jspecify.annotations.NullMarked;
