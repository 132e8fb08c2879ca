package io.github.codnn.onnx;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what {@link OnnxReader} says of the outputs of a model with their true types and shapes, which come from
 * data that the model was run with.
 */
final class SuiteJudge {

    /** How a model was read. */
    enum Verdict {
        /** Type and shape of each output are the true ones. */
        RIGHT,
        /** A shape is greater than the true one, and a notice says so. */
        BOUND,
        /** Something else, and a notice says that it is not known. */
        UNKNOWN,
        /** A clear exception. */
        REFUSED,
        /** Anything else. */
        WRONG
    }

    /** A verdict with its reason. */
    record Judgement(Verdict verdict, String reason) {}

    private SuiteJudge() {}

    /**
     * Judges one model.
     *
     * @param file the model
     * @param expected its outputs, as in {@code y:FLOAT[3,4];z:?}; a question mark where the output is no tensor
     */
    static Judgement judge(Path file, String expected) {
        LayerGraph graph;
        try {
            graph = OnnxReader.withDefaults().read(file).graph();
        } catch (CodnnException e) {
            return new Judgement(Verdict.REFUSED, String.valueOf(e.getMessage()));
        }
        Map<String, Tensor> read = new HashMap<>();
        graph.outputs().forEach(tensor -> read.put(tensor.name(), tensor));
        List<String> differences = new ArrayList<>();
        boolean isBound = true;
        for (String output : expected.split(";", -1)) {
            String name = output.substring(0, output.lastIndexOf(':'));
            String right = output.substring(output.lastIndexOf(':') + 1)
                    .replaceFirst("FLOAT8E\\w+", "FLOAT8")
                    .replace("FLOAT4E2M1", "FLOAT4");
            // A stripped file delivers each output through a selection, so that it depends on an input.
            Tensor found = read.getOrDefault(name, read.get("__w_" + name));
            if (!right.equals("?") && !right.equals(shown(found))) {
                differences.add(name + " is " + right + ", read as " + shown(found));
                isBound &= found != null && found.shape().elements() >= elements(right);
            }
        }
        if (differences.isEmpty()) {
            return new Judgement(Verdict.RIGHT, "");
        }
        String reason = differences + " " + graph.notices();
        if (graph.notices().isEmpty()) {
            return new Judgement(Verdict.WRONG, reason);
        }
        return new Judgement(isBound ? Verdict.BOUND : Verdict.UNKNOWN, reason);
    }

    /** As the suite writes it; formats of one size are one type here. */
    private static String shown(@Nullable Tensor tensor) {
        return tensor == null
                ? "nothing"
                : typeName(tensor.type()) + tensor.shape().toString().replace(" ", "");
    }

    private static String typeName(ElementType type) {
        return switch (type) {
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            default -> type.name();
        };
    }

    private static long elements(String shown) {
        String extents = shown.substring(shown.indexOf('[') + 1, shown.length() - 1);
        return extents.isEmpty()
                ? 1
                : Stream.of(extents.split(",", -1)).mapToLong(Long::parseLong).reduce(1, (a, b) -> a * b);
    }
}
