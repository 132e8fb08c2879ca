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

    /** 2 samples, 3 tokens, 4 heads that read 2 states of 8 x 5; the delta rules read each state once more. */
    @ParameterizedTest
    @CsvSource({"linear, 1440", "gated, 1440", "delta, 1920", "gated_delta, 1920"})
    void linearAttention_countsUpdatesAndReads(String rule, long macs) {
        LayerGraph graph = read(OnnxFile.opset(27)
                .input("q", FLOAT, 2, 3, 32)
                .input("k", FLOAT, 2, 3, 16)
                .input("v", FLOAT, 2, 3, 10)
                .node(
                        "LinearAttention",
                        List.of("q", "k", "v"),
                        List.of("y", "s"),
                        OnnxFile.integer("q_num_heads", 4),
                        OnnxFile.integer("kv_num_heads", 2),
                        OnnxFile.string("update_rule", rule))
                .output("y")
                .output("s"));

        assertThat(shapes(graph)).isEqualTo("[2, 3, 20] [2, 2, 8, 5]");
        assertThat(graph.macs()).isEqualTo(macs);
    }

    @Test
    void causalConvolution_keepsLengthAndState() {
        LayerGraph graph = read(OnnxFile.opset(27)
                .input("x", FLOAT, 2, 4, 8)
                .weight("w", FLOAT, 4, 1, 3)
                .weight("b", FLOAT, 4)
                .node("CausalConvWithState", List.of("x", "w", "b"), List.of("y", "s"))
                .output("y")
                .output("s"));

        assertThat(shapes(graph)).isEqualTo("[2, 4, 8] [2, 4, 2]");
        assertThat(graph.macs()).isEqualTo(2 * 4 * 8 * 3);
        assertThat(graph.parameters()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({
        "NegativeLogLikelihoodLoss, mean, []",
        "NegativeLogLikelihoodLoss, sum, []",
        "NegativeLogLikelihoodLoss, none, '[2, 6]'",
        "SoftmaxCrossEntropyLoss, mean, []",
        "SoftmaxCrossEntropyLoss, none, '[2, 6]'",
    })
    void loss_isReducedAsItSays(String operator, String reduction, String shape) {
        LayerGraph graph = read(OnnxFile.opset(13)
                .input("x", FLOAT, 2, 5, 6)
                .input("labels", OnnxFile.INT64, 2, 6)
                .node(operator, List.of("x", "labels"), List.of("y"), OnnxFile.string("reduction", reduction))
                .output("y"));

        assertThat(shapes(graph)).isEqualTo(shape);
    }

    @Test
    void loss_withLabelsThatDoNotFit_isRefused() {
        OnnxFile file = OnnxFile.opset(13)
                .input("x", FLOAT, 2, 5, 6)
                .input("labels", OnnxFile.INT64, 2, 5)
                .node("NegativeLogLikelihoodLoss", List.of("x", "labels"), "y")
                .output("y");

        assertThatThrownBy(() -> read(file)).hasMessageContaining("labels [2, 5] do not fit the scores [2, 5, 6]");
    }

    @ParameterizedTest
    @CsvSource({"Momentum, 2, '[3] [2, 4] [3] [2, 4]'", "Adam, 1, '[3] [3] [3]'"})
    void optimiser_deliversValuesAndMoments(String operator, int tensors, String shapes) {
        OnnxFile file = OnnxFile.opset(12)
                .domain("ai.onnx.preview.training", 1)
                .input("r", FLOAT)
                .input("t", OnnxFile.INT64);
        List<String> inputs = new ArrayList<>(List.of("r", "t"));
        int kinds = operator.equals("Adam") ? 4 : 3;
        List<String> outputs = new ArrayList<>();
        for (int index = 0; index < kinds * tensors; index++) {
            String name = "x" + index;
            file.input(name, FLOAT, index % tensors == 0 ? new Object[] {3} : new Object[] {2, 4});
            inputs.add(name);
            if (index < (kinds - 1) * tensors) {
                outputs.add("y" + index);
                file.output("y" + index);
            }
        }
        Message node = OnnxFile.node("", operator, inputs, outputs);
        LayerGraph graph = read(file.node(OnnxFile.inDomain("ai.onnx.preview.training", node)));

        assertThat(shapes(graph)).isEqualTo(shapes);
    }

    /** Which axes are reduced is data: at least their number is known, so the shortest ones are taken. */
    @ParameterizedTest
    @CsvSource({"1, '[1, 3, 4]'", "0, '[3, 4]'"})
    void reduction_overUnknownAxes_isAtMostThis(long keep, String shape) {
        ImportedModel model = OnnxReader.withDefaults()
                .read(OnnxFile.opset(18)
                        .input("x", FLOAT, 2, 3, 4)
                        .input("axes", OnnxFile.INT64, 1)
                        .node("ReduceSum", List.of("x", "axes"), "s", OnnxFile.integer("keepdims", keep))
                        .node("Sqrt", List.of("s"), "y")
                        .output("y")
                        .write(folder));

        assertThat(shapes(model.graph())).isEqualTo(shape);
        assertThat(model.notices()).anyMatch(notice -> notice.contains("the greatest possible length is taken"));
    }

    /** A fixed declaration knows more than a bound, also behind the operator that the data decide on. */
    @Test
    void greatestShape_behindIt_givesWayToAFixedDeclaration() {
        ImportedModel model = OnnxReader.withDefaults()
                .read(OnnxFile.opset(18)
                        .input("x", FLOAT, 2, 3, 4)
                        .input("axes", OnnxFile.INT64, 1)
                        .node("ReduceSum", List.of("x", "axes"), "s")
                        .node("Sqrt", List.of("s"), "y")
                        .output("y", FLOAT, 2, 3, 1)
                        .write(folder));

        assertThat(shapes(model.graph())).isEqualTo("[2, 3, 1]");
    }

    /** Constants are no layers, but a network of nothing else is still one. */
    @Test
    void constantOutput_ofANetworkWithoutLayers_isALayer() {
        LayerGraph graph = read(OnnxFile.opset(19)
                .input("x", FLOAT, 2, 3, 4)
                .node("Shape", List.of("x"), "s")
                .output("s"));

        assertThat(shapes(graph)).isEqualTo("[3]");
        assertThat(graph.layers()).hasSize(1);
    }

    /** A table of 512 embeddings is held whole, however many of them are used; two parts are two parts. */
    @ParameterizedTest
    @CsvSource({"Slice, 1, 4096", "Gather, 1, 4096", "Slice, 2, 64", "Gather, 2, 64", "Expand, 1, 8", "Tile, 1, 8"})
    void parameters_ofAPartOfATable_doNotDependOnItsLength(String operator, int readers, long parameters) {
        boolean isPart = operator.equals("Slice") || operator.equals("Gather");
        OnnxFile file = OnnxFile.opset(17).input("x", FLOAT, 1, 4, 8).weight("table", FLOAT, isPart ? 512 : 1, 8);
        file.whole("zero", 0)
                .whole("four", 4)
                .whole("both", 4, 1)
                .whole("shape", 4, 8)
                .whole("rows", 0, 1, 2, 3);
        List<String> inputs = switch (operator) {
            case "Slice" -> List.of("table", "zero", "four");
            case "Gather" -> List.of("table", "rows");
            case "Expand" -> List.of("table", "shape");
            default -> List.of("table", "both");
        };
        String last = "x";
        for (int reader = 0; reader < readers; reader++) {
            file.node(operator, inputs, "part" + reader).node("Add", List.of(last, "part" + reader), "y" + reader);
            last = "y" + reader;
        }

        assertThat(read(file.output(last)).parameters()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "7, 7"})
    void bitCast_needsTheSameWidth(int from, int to) {
        OnnxFile file = OnnxFile.opset(26)
                .input("x", from, 5)
                .node("BitCast", List.of("x"), "y", OnnxFile.integer("to", to))
                .output("y");
        assertThat(shapes(read(file))).isEqualTo("[5]");

        OnnxFile other = OnnxFile.opset(26)
                .input("x", from, 5)
                .node("BitCast", List.of("x"), "y", OnnxFile.integer("to", 1))
                .output("y");
        assertThatThrownBy(() -> read(other)).hasMessageContaining("asks for 32 bits an element");
    }

    /** Four 2-bit numbers to a byte; 32 bytes for each text. */
    @ParameterizedTest
    @CsvSource({"25, 10, 3", "26, 8, 2", "8, 10, 320"})
    void elementType_newOnes_haveTheirSize(int type, int elements, long bytes) {
        LayerGraph graph = read(OnnxFile.opset(25)
                .input("x", type, elements)
                .node("Identity", List.of("x"), "y")
                .output("y"));

        assertThat(graph.outputs().get(0).bytes()).isEqualTo(bytes);
    }

    /** 3 tokens after 5 of 2 heads of size 8: projections of 3 x 16 x 48, scores and sums of 3 x 8 x 32. */
    @ParameterizedTest
    @CsvSource({"Attention, 1", "QAttention, 3"})
    void attention_withPast_countsAllKeys(String operator, int weightType) {
        OnnxFile file = OnnxFile.opset(17)
                .domain(CONTRIBUTED, 1)
                .input("x", operator.equals("Attention") ? FLOAT : UINT8, 1, 3, 16)
                .weight("w", weightType, 16, 48)
                .weight("b", FLOAT, 48)
                .real("s", 0.5f)
                .input("past", FLOAT, 2, 1, 2, 5, 8);
        List<String> inputs = operator.equals("Attention")
                ? List.of("x", "w", "b", "", "past")
                : List.of("x", "w", "b", "s", "s", "", "", "", "past");
        LayerGraph graph =
                read(file.node(contributed(operator, inputs, List.of("y", "present"), OnnxFile.integer("num_heads", 2)))
                        .output("y")
                        .output("present"));

        assertThat(shapes(graph)).isEqualTo("[1, 3, 16] [2, 1, 2, 8, 8]");
        assertThat(graph.outputs().get(0).type().bits()).isEqualTo(32);
        assertThat(graph.macs()).isEqualTo(3 * 16 * 48 + 3 * 8 * 32);
        assertThat(graph.parameters()).isEqualTo(16 * 48 + 48);
    }

    /** 12 channels in blocks of 8 fill two blocks; the weights have room for the empty channels. */
    @Test
    void blockedImage_isConvolvedAndReordered() {
        String domain = "com.microsoft.nchwc";
        LayerGraph graph = read(OnnxFile.opset(17)
                .domain(domain, 1)
                .input("x", FLOAT, 1, 12, 6, 6)
                .weight("w", FLOAT, 24, 16, 3, 3)
                .node(OnnxFile.inDomain(domain, OnnxFile.node("", "ReorderInput", List.of("x"), List.of("a"))))
                .node(OnnxFile.inDomain(domain, OnnxFile.node("", "Conv", List.of("a", "w"), List.of("b"))))
                .node(OnnxFile.inDomain(
                        domain,
                        OnnxFile.node("", "MaxPool", List.of("b"), List.of("c"), OnnxFile.ints("kernel_shape", 2, 2))))
                .node(OnnxFile.inDomain(
                        domain,
                        OnnxFile.node(
                                "",
                                "ReorderOutput",
                                List.of("c"),
                                List.of("y"),
                                OnnxFile.integer("channels", 20),
                                OnnxFile.integer("channels_last", 1))))
                .output("y"));

        assertThat(shapes(graph)).isEqualTo("[1, 3, 3, 20]");
        assertThat(graph.macs()).isEqualTo(4 * 4 * 24 * 16 * 9);
    }

    @Test
    void quantisedGemm_countsProduct() {
        LayerGraph graph = read(OnnxFile.opset(17)
                .domain(CONTRIBUTED, 1)
                .input("x", UINT8, 2, 5)
                .real("s", 0.5f)
                .weight("w", OnnxFile.INT8, 7, 5)
                .node(contributed(
                        "QGemm", List.of("x", "s", "", "w", "s", ""), List.of("y"), OnnxFile.integer("transB", 1)))
                .output("y"));

        assertThat(shapes(graph)).isEqualTo("[2, 7]");
        assertThat(graph.macs()).isEqualTo(70);
        assertThat(graph.parameters()).isEqualTo(35);
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
