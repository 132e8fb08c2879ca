package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.UINT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators of recent operator sets and of quantisers, and what they count. */
class NewerOperatorsTest {

    private static final String CONTRIBUTED = "com.microsoft";

    @TempDir
    private Path folder;

    /** Sums over named indices, two operands at a time from left to right; extents are i=2, j=3, k=5, l=7. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ij,jk,kl->il | 2x3 3x5 5x7 | [2, 7] | 100",
                "ij,jk->ik | 2x3 3x5 | [2, 5] | 30",
                "ij,j,i-> | 2x3 3 2 | [] | 8",
                "ij,jk,kl,l->i | 2x3 3x5 5x7 7 | [2] | 114",
                "ij->ji | 2x3 | [3, 2] | 0",
                "...j,jk,kl->...l | 4x2x3 3x5 5x7 | [4, 2, 7] | 400",
                "i,j,k->ijk | 2 3 5 | [2, 3, 5] | 36",
            })
    void einsum_ofSeveralOperands_isPairwise(String equation, String shapes, String output, long macs) {
        OnnxFile file = OnnxFile.opset(13);
        List<String> names = new ArrayList<>();
        for (String shape : shapes.split(" ", -1)) {
            names.add("x" + names.size());
            file.input(names.get(names.size() - 1), FLOAT, extents(shape));
        }
        LayerGraph graph = read(file.node("Einsum", names, "y", OnnxFile.string("equation", equation))
                .output("y"));

        assertThat(graph.outputs().get(0).shape()).hasToString(output);
        assertThat(graph.macs()).isEqualTo(macs);
    }

    /** 64 x 16 weights in blocks of 32, with a scale of 4 bytes for each block. */
    @ParameterizedTest
    @CsvSource({"4, 16, false, 1056, 640", "4, 16, true, 1088, 656", "2, 8, true, 1088, 400", "8, 32, true, 1088, 1184"
    })
    void matMulNBits_countsAllItsValues(int bits, int blob, boolean zeroPoints, long parameters, long bytes) {
        OnnxFile file = OnnxFile.opset(17)
                .domain(CONTRIBUTED, 1)
                .input("a", FLOAT, 1, 64)
                .weight("w", UINT8, 16, 2, blob)
                .weight("s", FLOAT, 32);
        List<String> inputs = new ArrayList<>(List.of("a", "w", "s"));
        if (zeroPoints) {
            file.weight("z", UINT8, 16L * ((2L * bits + 7) / 8));
            inputs.add("z");
        }
        LayerGraph graph = read(file.node(contributed(
                        "MatMulNBits",
                        inputs,
                        List.of("y"),
                        OnnxFile.integer("K", 64),
                        OnnxFile.integer("N", 16),
                        OnnxFile.integer("bits", bits),
                        OnnxFile.integer("block_size", 32)))
                .output("y"));

        assertThat(graph.parameters()).isEqualTo(parameters);
        assertThat(graph.macs()).isEqualTo(64 * 16);
        assertThat(graph.parameterBytes()).isEqualTo(bytes);
    }

    /** 4 heads of size 8 over 2 heads of keys; 3 new tokens after 5. */
    @ParameterizedTest
    @CsvSource({
        "false, 0, '[2, 3, 32] [2, 2, 8, 8] [2, 2, 8, 8]', 8",
        "true, 0, '[2, 3, 32] [2, 2, 8, 8] [2, 2, 8, 8]', 8",
        "false, 6, '[2, 3, 32] [2, 2, 6, 8] [2, 2, 6, 8]', 6",
        "true, 4, '[2, 3, 32] [2, 2, 5, 8] [2, 2, 5, 8]', 4",
        "false, 9, '[2, 3, 32] [2, 2, 9, 8] [2, 2, 9, 8]', 9",
    })
    void groupQueryAttention_countsScoresAndSums(boolean packed, long total, String shapes, long keys) {
        OnnxFile file = OnnxFile.opset(17)
                .domain(CONTRIBUTED, 1)
                .input("q", FLOAT, 2, 3, packed ? 64 : 32)
                .input("pk", FLOAT, 2, 2, 5, 8)
                .input("pv", FLOAT, 2, 2, 5, 8)
                .input("n", OnnxFile.INT32, 2);
        if (!packed) {
            file.input("k", FLOAT, 2, 3, 16).input("v", FLOAT, 2, 3, 16);
        }
        if (total > 0) {
            file.wholeScalar("t", total);
        } else {
            file.input("t", OnnxFile.INT32, 1);
        }
        LayerGraph graph = read(file.node(contributed(
                        "GroupQueryAttention",
                        List.of("q", packed ? "" : "k", packed ? "" : "v", "pk", "pv", "n", "t"),
                        List.of("y", "nk", "nv"),
                        OnnxFile.integer("num_heads", 4),
                        OnnxFile.integer("kv_num_heads", 2)))
                .output("y")
                .output("nk")
                .output("nv"));

        assertThat(shapes(graph)).isEqualTo(shapes);
        assertThat(graph.macs()).isEqualTo(2 * 4 * 3 * keys * 16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kv_num_heads", "num_heads"})
    void groupQueryAttention_headsThatDoNotFit_isRefused(String attribute) {
        OnnxFile file = OnnxFile.opset(17).domain(CONTRIBUTED, 1).input("q", FLOAT, 1, 3, 32);
        file.input("k", FLOAT, 1, 3, 16).input("v", FLOAT, 1, 3, 16);
        file.node(contributed(
                        "GroupQueryAttention",
                        List.of("q", "k", "v"),
                        List.of("y"),
                        OnnxFile.integer("num_heads", attribute.equals("num_heads") ? 5 : 4),
                        OnnxFile.integer("kv_num_heads", attribute.equals("num_heads") ? 1 : 3)))
                .output("y");

        assertThatThrownBy(() -> read(file)).hasMessageContaining("cannot be split into");
    }

    /** 4 heads of size 8, 3 queries; keys of earlier runs come first. */
    @ParameterizedTest
    @CsvSource({
        "2x3x32, 2x3x32, 2x3x32, '', '[2, 3, 32]', 3",
        "2x3x32, 2x7x32, 2x7x32, '', '[2, 3, 32]', 7",
        "2x3x32, 2x4x7x8, 2x4x7x8, '', '[2, 3, 32]', 7",
        "2x3x32, 2x7x4x2x8, '', '', '[2, 3, 32]', 7",
        "2x3x4x3x8, '', '', '', '[2, 3, 32]', 3",
        "2x3x32, 2x3x32, 2x3x32, 2x4x5x8, '[2, 3, 32] [2, 4, 8, 8] [2, 4, 8, 8]', 8",
    })
    void multiHeadAttention_anyForm_countsScoresAndSums(
            String query, String key, String value, String past, String shapes, long keys) {
        OnnxFile file = OnnxFile.opset(17).domain(CONTRIBUTED, 1).input("q", FLOAT, extents(query));
        List<String> inputs = new ArrayList<>(List.of("q", "", "", "", "", ""));
        for (int index = 1; index <= 2; index++) {
            String shape = index == 1 ? key : value;
            if (!shape.isEmpty()) {
                inputs.set(index, "i" + index);
                file.input("i" + index, FLOAT, extents(shape));
            }
        }
        List<String> outputs = new ArrayList<>(List.of("y"));
        if (!past.isEmpty()) {
            file.input("pk", FLOAT, extents(past)).input("pv", FLOAT, extents(past));
            inputs.addAll(List.of("pk", "pv"));
            outputs.addAll(List.of("nk", "nv"));
        }
        file.node(contributed("MultiHeadAttention", inputs, outputs, OnnxFile.integer("num_heads", 4)));
        outputs.forEach(file::output);

        LayerGraph graph = read(file);

        assertThat(shapes(graph)).isEqualTo(shapes);
        assertThat(graph.macs()).isEqualTo(2 * 3 * keys * 64);
    }

    @Test
    void rmsNormalization_hasAScale() {
        LayerGraph graph = read(OnnxFile.opset(23)
                .input("x", FLOAT, 2, 3, 8)
                .weight("s", FLOAT, 8)
                .node("RMSNormalization", List.of("x", "s"), "y")
                .output("y"));

        assertThat(shapes(graph)).isEqualTo("[2, 3, 8]");
        assertThat(graph.parameters()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"23, RotaryEmbedding, 2x4x3x8", "23, RotaryEmbedding, 2x3x32", "24, Swish, 2x3", "24, Swish, 2x3x4x5"})
    void operatorOfOneTensor_keepsItsShape(long opset, String operator, String shape) {
        OnnxFile file = OnnxFile.opset(opset).input("x", FLOAT, extents(shape));
        List<String> inputs = new ArrayList<>(List.of("x"));
        if (operator.equals("RotaryEmbedding")) {
            file.weight("c", FLOAT, 10, 4).weight("s", FLOAT, 10, 4);
            inputs.addAll(List.of("c", "s"));
        }
        ImportedModel model = OnnxReader.withDefaults()
                .read(file.node(operator, inputs, "y").output("y").write(folder));

        assertThat(shapes(model.graph())).isEqualTo("[" + shape.replace("x", ", ") + "]");
        assertThat(model.unknownOperators()).isEmpty();
    }

    /** The shape of an input, split into parts, joined again in another order, and used for a reshape. */
    @ParameterizedTest
    @CsvSource({
        "4, '', 'c b a', '[5, 4, 3, 2]'",
        "4, '2 1 1', 'b a c', '[4, 2, 3, 5]'",
        "3, '', 'b a', '[4, 5, 2, 3]'",
        "2, '1 3', 'b a', '[3, 4, 5, 2]'",
        "2, '3 1', 'b a', '[5, 2, 3, 4]'",
    })
    void split_ofAShape_isFolded(int parts, String extents, String order, String shape) {
        OnnxFile file = OnnxFile.opset(18).input("x", FLOAT, 2, 3, 4, 5).node("Shape", List.of("x"), "s");
        List<String> inputs = new ArrayList<>(List.of("s"));
        List<String> outputs = new ArrayList<>(List.of("a", "b", "c", "d").subList(0, parts));
        List<Message> attributes = new ArrayList<>(List.of(OnnxFile.integer("axis", -1)));
        if (extents.isEmpty()) {
            attributes.add(OnnxFile.integer("num_outputs", parts));
        } else {
            String[] numbers = extents.split(" ", -1);
            long[] values = new long[numbers.length];
            Arrays.setAll(values, index -> Long.parseLong(numbers[index]));
            file.whole("e", values);
            inputs.add("e");
            outputs = new ArrayList<>(outputs.subList(0, numbers.length));
        }
        file.node("Split", inputs, outputs, attributes.toArray(Message[]::new));
        List<String> joined = new ArrayList<>(List.of(order.split(" ")));
        outputs.stream().filter(name -> !joined.contains(name)).toList().forEach(name -> joined.add(0, name));
        LayerGraph graph = read(file.node("Concat", joined, "t", OnnxFile.integer("axis", 0))
                .node("Reshape", List.of("x", "t"), "y")
                .output("y"));

        assertThat(shapes(graph)).isEqualTo(shape);
    }

    private LayerGraph read(OnnxFile file) {
        return OnnxReader.withDefaults().read(file.write(folder)).graph();
    }

    private static Message contributed(
            String operator, List<String> inputs, List<String> outputs, Message... attributes) {
        return OnnxFile.inDomain(CONTRIBUTED, OnnxFile.node("", operator, inputs, outputs, attributes));
    }

    private static String shapes(LayerGraph graph) {
        return String.join(
                " ",
                graph.outputs().stream()
                        .map(tensor -> tensor.shape().toString())
                        .toList());
    }

    private static Object[] extents(String shape) {
        String[] parts = shape.split("x", -1);
        Object[] extents = new Object[parts.length];
        Arrays.setAll(extents, index -> Long.parseLong(parts[index]));
        return extents;
    }
}
