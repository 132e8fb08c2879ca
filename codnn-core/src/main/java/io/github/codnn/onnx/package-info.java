/**
 * Reads and writes ONNX files: the parser of the wire format, the shape rules of the operators, and the writer.
 *
 * <p>Start from {@link io.github.codnn.onnx.OnnxReader}. {@code ShapeRules} lists the operators that the reader knows,
 * with the rule of each. A file that cannot be read gives one {@link io.github.codnn.CodnnException} that names the
 * file, the node and the reason. Depends on {@code graph}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.onnx;

import org.jspecify.annotations.NullMarked;
