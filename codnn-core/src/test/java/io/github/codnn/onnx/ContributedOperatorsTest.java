package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT32;
import static io.github.codnn.testing.OnnxFile.UINT8;
import static io.github.codnn.testing.OnnxFile.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators of ONNX Runtime's optimiser and quantiser: types, shapes, work and parameters by hand. */
class ContributedOperatorsTest {

    @TempDir
    private Path folder;

    private static OnnxFile file() {
        return OnnxFile.opset(17)
                .domain(ContributedRules.DOMAIN, 1)
                .domain(ContributedRules.BLOCKED_DOMAIN, 1)
                .scalarZero("scale", FLOAT)
                .scalarZero("zero", UINT8);
    }

    private LayerGraph read(
            OnnxFile file, String domain, String operator, List<String> inputs, List<String> outputs, Message... more) {
        file.node(OnnxFile.inDomain(domain, OnnxFile.node("", operator, inputs, outputs, more)));
        outputs.forEach(file::output);
        ImportedModel model = OnnxReader.withDefaults().read(file.write(folder));
        assertThat(model.unknownOperators()).isEmpty();
        return model.graph();
    }

    private LayerGraph read(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        return read(file, ContributedRules.DOMAIN, operator, inputs, List.of("y"), attributes);
    }

    private static void assertOutput(LayerGraph graph, int index, ElementType type, String shape) {
        Tensor output = graph.outputs().get(index);
        assertThat(output.type()).isEqualTo(type);
        assertThat(output.shape()).hasToString(shape);
    }

    @Test
    void activation_keepsTypeAndShape() {
        assertOutput(read(file().input("x", FLOAT, 2, 8), "QuickGelu", List.of("x")), 0, ElementType.FLOAT32, "[2, 8]");
        assertOutput(
                read(file().input("x", UINT8, 2, 8), "QLinearSigmoid", List.of("x", "scale", "zero", "scale", "zero")),
                0,
                ElementType.UINT8,
                "[2, 8]");
        assertOutput(
                read(
                        file().input("x", UINT8, 2, 8),
                        "QLinearSoftmax",
                        List.of("x", "scale", "zero", "scale", "zero"),
                        integer("opset", 13)),
                0,
                ElementType.UINT8,
                "[2, 8]");
    }

    @ParameterizedTest
    @CsvSource({"FastGelu", "BiasGelu"})
    void activationWithBias_countsIt(String operator) {
        LayerGraph graph = read(file().input("x", FLOAT, 2, 8).weight("b", FLOAT, 8), operator, List.of("x", "b"));

        assertOutput(graph, 0, ElementType.FLOAT32, "[2, 8]");
        assertThat(graph.parameters()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"QLinearAdd", "QLinearMul"})
    void quantizedSum_repeatsTheSmallerTensor(String operator) {
        LayerGraph graph = read(
                file().input("x", UINT8, 2, 8).input("b", UINT8, 8),
                operator,
                List.of("x", "scale", "zero", "b", "scale", "zero", "scale", "zero"));

        assertOutput(graph, 0, ElementType.UINT8, "[2, 8]");
    }

    @Test
    void quantizedConcat_addsEveryThirdInput() {
        LayerGraph graph = read(
                file().input("a", UINT8, 2, 3, 5).input("b", UINT8, 2, 4, 5),
                "QLinearConcat",
                List.of("scale", "zero", "a", "scale", "zero", "b", "scale", "zero"),
                integer("axis", 1));

        assertOutput(graph, 0, ElementType.UINT8, "[2, 7, 5]");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, '2,3', '3,5'", "1, 0, '3,2', '3,5'", "0, 1, '2,3', '5,3'", "1, 1, '3,2', '5,3'"})
    void fusedMatMul_turnsItsOperands(long turnA, long turnB, String a, String b) {
        LayerGraph graph = read(
                file().input("a", FLOAT, extents(a)).input("b", FLOAT, extents(b)),
                "FusedMatMul",
                List.of("a", "b"),
                integer("transA", turnA),
                integer("transB", turnB));

        assertOutput(graph, 0, ElementType.FLOAT32, "[2, 5]");
        assertThat(graph.macs()).isEqualTo(2 * 3 * 5);
    }

    private static Object[] extents(String text) {
        return List.of(text.split(",", -1)).stream().map(Long::valueOf).toArray();
    }

    @Test
    void fusedMatMul_turnedVector_staysAVector() {
        LayerGraph graph = read(
                file().input("a", FLOAT, 3).input("b", FLOAT, 3, 5),
                "FusedMatMul",
                List.of("a", "b"),
                integer("transA", 1));

        assertOutput(graph, 0, ElementType.FLOAT32, "[5]");
    }

    @ParameterizedTest
    @CsvSource({"transBatchA", "transBatchB"})
    void fusedMatMul_turnedBatch_isRefused(String attribute) {
        OnnxFile file = file().input("a", FLOAT, 2, 2, 2).input("b", FLOAT, 2, 2, 2);

        assertThatThrownBy(() -> read(file, "FusedMatMul", List.of("a", "b"), integer(attribute, 1)))
                .hasMessageContaining("it exchanges batch axes");
    }

    /** 3 x 5 weights and a bias of 5. */
    @Test
    void quantizedProduct_deliversRealNumbers() {
        OnnxFile dynamic =
                file().input("x", FLOAT, 2, 3).weight("w", UINT8, 3, 5).weight("b", FLOAT, 5);
        OnnxFile whole = file().input("x", UINT8, 2, 3).weight("w", UINT8, 3, 5).weight("b", FLOAT, 5);

        LayerGraph first = read(dynamic, "DynamicQuantizeMatMul", List.of("x", "w", "scale", "zero", "b"));
        LayerGraph second =
                read(whole, "MatMulIntegerToFloat", List.of("x", "w", "scale", "scale", "zero", "zero", "b"));

        for (LayerGraph graph : List.of(first, second)) {
            assertOutput(graph, 0, ElementType.FLOAT32, "[2, 5]");
            assertThat(graph.macs()).isEqualTo(2 * 3 * 5);
            assertThat(graph.parameters()).isEqualTo(3 * 5 + 5);
        }
    }

    @Test
    void matMulNBits_oneWeight_isTheLeast() {
        OnnxFile file =
                file().input("a", FLOAT, 4, 1).weight("w", UINT8, 1, 1, 16).weight("s", FLOAT, 1);

        LayerGraph graph = read(file, "MatMulNBits", List.of("a", "w", "s"), integer("K", 1), integer("N", 1));

        assertOutput(graph, 0, ElementType.FLOAT32, "[4, 1]");
        assertThatThrownBy(() -> read(
                        file().input("a", FLOAT, 4, 1)
                                .weight("w", UINT8, 1, 1, 16)
                                .weight("s", FLOAT, 1),
                        "MatMulNBits",
                        List.of("a", "w", "s"),
                        integer("K", 1),
                        integer("N", 0)))
                .hasMessageContaining("its weights are 1 x 0");
    }

    @Test
    void skipLayerNormalization_deliversStatisticsAndTheSum() {
        OnnxFile file = file().input("x", FLOAT, 2, 3, 8)
                .input("skip", FLOAT, 2, 3, 8)
                .weight("g", FLOAT, 8)
                .weight("b", FLOAT, 8);

        LayerGraph graph = read(
                file,
                ContributedRules.DOMAIN,
                "SkipLayerNormalization",
                List.of("x", "skip", "g", "b"),
                List.of("y", "mean", "deviation", "sum"));

        assertThat(graph.outputs())
                .extracting(tensor -> tensor.shape().toString())
                .containsExactly("[2, 3, 8]", "[2, 3, 1]", "[2, 3, 1]", "[2, 3, 8]");
        assertThat(graph.parameters()).isEqualTo(16);
    }

    /** 30 words, 9 positions and 2 segments of 8 numbers each; a factor and a summand for each of 8. */
    @Test
    void embedLayerNormalization_looksUpAndNormalizes() {
        OnnxFile file = file().input("ids", INT32, 2, 5)
                .input("segments", INT32, 2, 5)
                .weight("words", FLOAT, 30, 8)
                .weight("positions", FLOAT, 9, 8)
                .weight("kinds", FLOAT, 2, 8)
                .weight("g", FLOAT, 8)
                .weight("b", FLOAT, 8);

        LayerGraph graph = read(
                file,
                ContributedRules.DOMAIN,
                "EmbedLayerNormalization",
                List.of("ids", "segments", "words", "positions", "kinds", "g", "b"),
                List.of("y", "mask"));

        assertOutput(graph, 0, ElementType.FLOAT32, "[2, 5, 8]");
        assertOutput(graph, 1, ElementType.INT32, "[2]");
        assertThat(graph.parameters()).isEqualTo(30 * 8 + 9 * 8 + 2 * 8 + 8 + 8);
    }

    @ParameterizedTest
    @CsvSource({"0, '1,16,5,7'", "1, '1,5,7,16'"})
    void reorderInput_putsChannelsFirst(long last, String input) {
        LayerGraph graph = read(
                file().input("x", FLOAT, extents(input)),
                ContributedRules.BLOCKED_DOMAIN,
                "ReorderInput",
                List.of("x"),
                List.of("y"),
                integer("channels_last", last));

        assertOutput(graph, 0, ElementType.FLOAT32, "[1, 16, 5, 7]");
    }

    @ParameterizedTest
    @CsvSource({"0, '[1, 12, 5, 7]'", "1, '[1, 5, 7, 12]'"})
    void reorderOutput_dropsFillAndMayPutChannelsLast(long last, String shape) {
        LayerGraph graph = read(
                file().input("x", FLOAT, 1, 16, 5, 7),
                ContributedRules.BLOCKED_DOMAIN,
                "ReorderOutput",
                List.of("x"),
                List.of("y"),
                integer("channels", 12),
                integer("channels_last", last));

        assertOutput(graph, 0, ElementType.FLOAT32, shape);
    }
}
