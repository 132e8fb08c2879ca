package io.github.codnn.onnx;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.github.codnn.graph.ElementType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of an ONNX file: its structure, and of its weights only the shapes. */
final class ParsedModel {

    private ParsedModel() {}

    /** A whole file: operator set versions by domain, functions by domain and name, and the main graph. */
    record Model(Map<String, Long> opsets, List<Function> functions, Graph graph) {}

    /** The main graph or the body of an {@code If}, {@code Loop} or {@code Scan}. */
    record Graph(
            String name,
            List<Node> nodes,
            List<Weight> initializers,
            List<ValueInfo> inputs,
            List<ValueInfo> outputs,
            List<ValueInfo> values) {}

    /** One operator; an empty input name stands for an input left out. */
    record Node(
            String name,
            String operator,
            String domain,
            String overload,
            List<String> inputs,
            List<String> outputs,
            Map<String, Attribute> attributes) {

        /** The name for messages and layers: its own, else that of its first output. */
        String label() {
            if (!name.isBlank()) {
                return name;
            }
            return outputs.stream()
                    .filter(output -> !output.isBlank())
                    .findFirst()
                    .orElse(operator);
        }
    }

    /** An attribute; which component counts follows from its use. */
    record Attribute(
            long number,
            double real,
            String text,
            ImmutableLongArray numbers,
            ImmutableDoubleArray reals,
            @Nullable Weight tensor,
            @Nullable Graph graph,
            String reference) {
        Attribute withGraph(Graph other) {
            return new Attribute(number, real, text, numbers, reals, tensor, other, reference);
        }
    }

    /** An initialiser or the tensor of an attribute; its values only if it is small. */
    record Weight(
            String name,
            int dataType,
            ImmutableLongArray dimensions,
            @Nullable SmallTensor values,
            @Nullable External external) {}

    /** Where the values of a tensor lie in another file; a length of -1 if it is not said. */
    record External(String location, long offset, long length) {}

    /**
     * What the file says of a tensor; data type 0 if it is not said or not a tensor, no dimensions if unknown. Of a
     * sequence, the first dimension is its length, and the others are those of each element.
     */
    record ValueInfo(String name, int dataType, @Nullable List<Dimension> dimensions, boolean isSequence) {
        ValueInfo(String name, int dataType, @Nullable List<Dimension> dimensions) {
            this(name, dataType, dimensions, false);
        }
    }

    /** One extent: a number, or a name, or nothing (an empty name and -1). */
    record Dimension(long value, String symbol) {
        boolean isKnown() {
            return value >= 0;
        }
    }

    /** A function that the file defines from other operators, with the values of arguments that a call leaves out. */
    record Function(
            String domain,
            String name,
            String overload,
            List<String> inputs,
            List<String> outputs,
            Map<String, Attribute> defaults,
            List<Node> nodes) {}

    /**
     * Returns the element type of a {@code TensorProto.DataType}.
     *
     * @return the type, or nothing for numbers that are not assigned
     */
    static Optional<ElementType> elementType(int dataType) {
        return Optional.ofNullable(
                switch (dataType) {
                    case 1 -> ElementType.FLOAT32;
                    case 2 -> ElementType.UINT8;
                    case 3 -> ElementType.INT8;
                    case 4 -> ElementType.UINT16;
                    case 5 -> ElementType.INT16;
                    case 6 -> ElementType.INT32;
                    case 7 -> ElementType.INT64;
                    case 8 -> ElementType.STRING;
                    case 9 -> ElementType.BOOL;
                    case 10 -> ElementType.FLOAT16;
                    case 11 -> ElementType.FLOAT64;
                    case 12 -> ElementType.UINT32;
                    case 13 -> ElementType.UINT64;
                    case 14 -> ElementType.COMPLEX64;
                    case 15 -> ElementType.COMPLEX128;
                    case 16 -> ElementType.BFLOAT16;
                    case 17, 18, 19, 20, 24 -> ElementType.FLOAT8;
                    case 21 -> ElementType.UINT4;
                    case 22 -> ElementType.INT4;
                    case 23 -> ElementType.FLOAT4;
                    case 25 -> ElementType.UINT2;
                    case 26 -> ElementType.INT2;
                    default -> null;
                });
    }
}
