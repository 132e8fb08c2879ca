package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.BOOL;
import static io.github.codnn.testing.OnnxFile.DOUBLE;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT32;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.STRING;
import static io.github.codnn.testing.OnnxFile.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators that only few files have: types, shapes and work by their definitions. */
class OtherOperatorsTest {

    @TempDir
    private Path folder;

    private ImportedModel model(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        return OnnxReader.withDefaults()
                .read(file.node(operator, inputs, "y", attributes).output("y").write(folder));
    }

    private LayerGraph graph(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        ImportedModel model = model(file, operator, inputs, attributes);
        assertThat(model.unknownOperators()).isEmpty();
        return model.graph();
    }

    private static void assertOutput(LayerGraph graph, ElementType type, String shape) {
        assertThat(graph.outputs().get(0).type()).isEqualTo(type);
        assertThat(graph.outputs().get(0).shape()).hasToString(shape);
    }

    @Test
    void unary_operator_hasTheTypeOfItsResult() {
        assertOutput(
                graph(OnnxFile.opset(17).input("x", FLOAT, 2, 3), "IsNaN", List.of("x")), ElementType.BOOL, "[2, 3]");
        assertOutput(
                graph(OnnxFile.opset(17).input("x", FLOAT, 2, 3), "IsInf", List.of("x")), ElementType.BOOL, "[2, 3]");
        assertOutput(
                graph(OnnxFile.opset(20).input("x", STRING, 2, 3), "RegexFullMatch", List.of("x")),
                ElementType.BOOL,
                "[2, 3]");
        assertOutput(
                graph(OnnxFile.opset(17).input("x", FLOAT, 2, 3), "Bernoulli", List.of("x")),
                ElementType.FLOAT32,
                "[2, 3]");
        assertOutput(
                graph(OnnxFile.opset(17).input("x", FLOAT, 2, 3), "Bernoulli", List.of("x"), integer("dtype", DOUBLE)),
                ElementType.FLOAT64,
                "[2, 3]");
        assertOutput(
                graph(OnnxFile.opset(17).input("x", FLOAT, 2, 3).input("z", DOUBLE, 1), "CastLike", List.of("x", "z")),
                ElementType.FLOAT64,
                "[2, 3]");
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, FLOAT32", "DOUBLE, FLOAT64", "INT32, INT32", "BOOL, BOOL"})
    void cast_ofTheFirstOperatorSet_namesItsType(String name, ElementType type) {
        LayerGraph graph =
                graph(OnnxFile.opset(1).input("x", INT64, 2), "Cast", List.of("x"), OnnxFile.string("to", name));

        assertOutput(graph, type, "[2]");
    }

    @Test
    void cast_toNoNumberType_isRefused() {
        assertThatThrownBy(() -> model(
                        OnnxFile.opset(1).input("x", INT64, 2), "Cast", List.of("x"), OnnxFile.string("to", "MATRIX")))
                .hasMessageContaining("'MATRIX', which is not a number type");
        assertThatThrownBy(
                        () -> model(OnnxFile.opset(17).input("x", INT64, 2), "Cast", List.of("x"), integer("to", 99)))
                .hasMessageContaining("asks for element type 99");
    }

    @ParameterizedTest
    @CsvSource({"Max", "Mean", "Min", "Sum"})
    void sum_ofOneTensor_isAllowed(String operator) {
        assertOutput(
                graph(OnnxFile.opset(17).input("x", FLOAT, 2, 3), operator, List.of("x")),
                ElementType.FLOAT32,
                "[2, 3]");
    }

    @ParameterizedTest
    @CsvSource({"Add", "Pow", "Less"})
    void operation_withOneTensor_isRefused(String operator) {
        assertThatThrownBy(() -> model(OnnxFile.opset(17).input("x", FLOAT, 2, 3), operator, List.of("x")))
                .hasMessageContaining("input 1 is missing");
    }

    /** Trained are the real constants of more than one number. */
    @Test
    void arithmetic_withConstants_countsThemUnlessSingleOrWhole() {
        OnnxFile real =
                OnnxFile.opset(17).input("x", FLOAT, 2, 3).weight("w", FLOAT, 3).weight("one", FLOAT, 1);
        OnnxFile whole = OnnxFile.opset(17).input("x", INT32, 2, 3).weight("w", INT32, 3);

        assertThat(graph(real, "Sum", List.of("x", "w", "one")).parameters()).isEqualTo(3);
        assertThat(graph(whole, "Add", List.of("x", "w")).parameters()).isZero();
    }

    @Test
    void where_realConstants_hasTheTypeOfTheSecond() {
        OnnxFile file =
                OnnxFile.opset(17).input("c", BOOL, 2, 1).input("a", FLOAT, 3).input("b", FLOAT, 1);

        assertOutput(graph(file, "Where", List.of("c", "a", "b")), ElementType.FLOAT32, "[2, 3]");
    }

    @ParameterizedTest
    @CsvSource({"12, 2, true", "13, 2, false", "13, -2, true", "13, -3, false", "12, 3, false"})
    void softmax_axis_mustBeOneOfItsAxes(long opset, long axis, boolean isAllowed) {
        OnnxFile file = OnnxFile.opset(opset).input("x", FLOAT, 2, 3);

        if (isAllowed) {
            assertOutput(graph(file, "Softmax", List.of("x"), integer("axis", axis)), ElementType.FLOAT32, "[2, 3]");
        } else {
            assertThatThrownBy(() -> model(file, "Softmax", List.of("x"), integer("axis", axis)))
                    .hasMessageContaining("axis " + axis + " is outside");
        }
    }

    /** At most as many as there are conditions, and as there are elements. */
    @ParameterizedTest
    @CsvSource({"-1, 3, '[3]'", "-1, 9, '[6]'", "0, 9, '[2, 3]'", "1, 2, '[2, 2]'", "1, 9, '[2, 3]'"})
    void compress_unknownConditions_takesTheGreatestLength(long axis, long conditions, String shape) {
        OnnxFile file = OnnxFile.opset(17).input("x", FLOAT, 2, 3).input("c", BOOL, conditions);
        Message[] attributes = axis < 0 ? new Message[0] : new Message[] {integer("axis", axis)};

        ImportedModel model = model(file, "Compress", List.of("x", "c"), attributes);

        assertOutput(model.graph(), ElementType.FLOAT32, shape);
        assertThat(model.notices()).anyMatch(notice -> notice.contains("the greatest possible length is taken"));
    }

    @ParameterizedTest
    @CsvSource({"-1, '[6]', '[6]'", "0, '[2, 3]', '[2]'", "1, '[2, 3]', '[3]'"})
    void unique_takesTheGreatestLength(long axis, String values, String positions) {
        Message[] attributes = axis < 0 ? new Message[0] : new Message[] {integer("axis", axis)};
        List<String> outputs = List.of("y", "first", "inverse", "counts");
        OnnxFile file = OnnxFile.opset(17).input("x", FLOAT, 2, 3).node("Unique", List.of("x"), outputs, attributes);
        outputs.forEach(file::output);

        LayerGraph graph = OnnxReader.withDefaults().read(file.write(folder)).graph();

        assertThat(graph.outputs())
                .extracting(tensor -> tensor.shape().toString())
                .containsExactly(values, positions, positions, positions);
        assertOutput(graph, ElementType.FLOAT32, values);
    }

    /** Two heads of size 4 for 3 queries and 5 keys, after 6 past ones: 2 x 3 x 11 x (4 + 8) multiplications. */
    @Test
    void attention_flatInputsAndPast_hasShapesAndWork() {
        List<String> outputs = List.of("y", "keys", "values", "scores");
        OnnxFile file = OnnxFile.opset(23)
                .input("q", FLOAT, 1, 3, 8)
                .input("k", FLOAT, 1, 5, 8)
                .input("v", FLOAT, 1, 5, 16)
                .input("pk", FLOAT, 1, 2, 6, 4)
                .input("pv", FLOAT, 1, 2, 6, 8)
                .node(
                        "Attention",
                        List.of("q", "k", "v", "", "pk", "pv"),
                        outputs,
                        integer("q_num_heads", 2),
                        integer("kv_num_heads", 2));
        outputs.forEach(file::output);

        LayerGraph graph = OnnxReader.withDefaults().read(file.write(folder)).graph();

        assertThat(graph.outputs())
                .extracting(tensor -> tensor.shape().toString())
                .containsExactly("[1, 3, 16]", "[1, 2, 11, 4]", "[1, 2, 11, 8]", "[1, 2, 3, 11]");
        assertThat(graph.macs()).isEqualTo(2 * 3 * 11 * (4 + 8));
    }

    @Test
    void attention_inputsByHeads_keepsThem() {
        OnnxFile file = OnnxFile.opset(23)
                .input("q", FLOAT, 1, 2, 3, 4)
                .input("k", FLOAT, 1, 2, 5, 4)
                .input("v", FLOAT, 1, 2, 5, 8);

        LayerGraph graph = graph(file, "Attention", List.of("q", "k", "v"));

        assertOutput(graph, ElementType.FLOAT32, "[1, 2, 3, 8]");
        assertThat(graph.macs()).isEqualTo(2 * 3 * 5 * (4 + 8));
    }

    @ParameterizedTest
    @CsvSource({"0", "3"})
    void attention_headsThatDoNotFit_isRefused(long heads) {
        OnnxFile file = OnnxFile.opset(23)
                .input("q", FLOAT, 1, 3, 8)
                .input("k", FLOAT, 1, 5, 8)
                .input("v", FLOAT, 1, 5, 8);

        assertThatThrownBy(() -> model(file, "Attention", List.of("q", "k", "v"), integer("q_num_heads", heads)))
                .hasMessageContaining("cannot be split into " + heads + " heads");
    }
}
