package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.OpenDimension;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.TestData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenDimensionsTest {

    private static final OnnxReader READER = OnnxReader.withDefaults();

    @TempDir
    private Path folder;

    private static String shape(ImportedModel model, int layer) {
        return model.graph().layers().get(layer).outputs().get(0).shape().toString();
    }

    private Path relu(Object... extents) {
        return OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, extents)
                .node("Relu", List.of("x"), "y")
                .output("y")
                .write(folder);
    }

    /** A file whose unknown operator is declared with an expression. */
    private Path mystery(String declared) {
        return OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, "s0", 64)
                .value("a", OnnxFile.FLOAT, declared, 64)
                .node("Mystery", List.of("x"), "a")
                .node("Relu", List.of("a"), "y")
                .output("y")
                .write(folder);
    }

    @Test
    void read_openDimensions_listsThemWithTheirTensors() {
        Path file = OnnxFile.opset(17)
                .input("a", OnnxFile.FLOAT, "batch", 3, null)
                .input("b", OnnxFile.FLOAT, "batch", 3, 1)
                .node("Add", List.of("a", "b"), "y")
                .output("y")
                .write(folder);

        ImportedModel model = READER.withDimension("batch", 8).read(file);

        assertThat(model.openDimensions())
                .containsExactly(
                        new OpenDimension("batch", List.of("a", "b"), 8, false),
                        new OpenDimension("a[2]", List.of("a"), 1, true));
        assertThat(model.assumedDimensions()).extracting(OpenDimension::name).containsExactly("a[2]");
        assertThat(model.graph().notices()).containsExactly("Open dimensions taken as 1: a[2].");
    }

    @Test
    void read_chosenDefault_isNotAssumed() {
        ImportedModel model = READER.withOtherDimensions(4).read(relu("n", "m"));

        assertThat(shape(model, 0)).isEqualTo("[4, 4]");
        assertThat(model.assumedDimensions()).isEmpty();
        assertThat(model.notices()).containsExactly("Open dimensions taken as 4: n, m.");
    }

    @ParameterizedTest
    @CsvSource({
        "2*s0, 16",
        "s0 * 2 + 1, 17",
        "s0//3, 2",
        "(s0 - 1)//2 + 1, 4",
        "floor(s0/2 + 1/2), 4",
        "Max(1; s0 - 9), 1",
        "ceiling(s0/3), 3",
        "Mod(s0; 3), 2",
        "Min(s0; 5), 5",
        "s0 % 5, 3",
        "-1 + s0, 7"
    })
    void read_expressionOfABoundDimension_isComputed(String expression, long extent) {
        ImportedModel model = READER.withDimension("s0", 8).read(mystery(expression.replace(';', ',')));

        assertThat(shape(model, 0)).isEqualTo("[" + extent + ", 64]");
        assertThat(model.assumedDimensions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2*t0", "s0 +", "f(s0)", "s0/3", "s0/0", "99999999999999999999*s0", "1 - s0", "s0 s0", "a-b"})
    void read_textThatIsNoExpressionOfKnownDimensions_isAnOpenDimension(String text) {
        ImportedModel model = READER.withDimension("s0", 8).read(mystery(text));

        assertThat(shape(model, 0)).isEqualTo("[1, 64]");
        assertThat(model.assumedDimensions()).extracting(OpenDimension::name).containsExactly(text);
    }

    @Test
    void read_expressionOfAnAssumedDimension_countsTheDimensionOnly() {
        ImportedModel model = READER.read(mystery("3*s0"));

        assertThat(shape(model, 0)).isEqualTo("[3, 64]");
        assertThat(model.assumedDimensions()).extracting(OpenDimension::name).containsExactly("s0");
    }

    @Test
    void read_dimensionThatOnlyAnExpressionNames_canBeBound() {
        assertThat(shape(READER.withDimension("t0", 5).read(mystery("2*t0")), 0))
                .isEqualTo("[10, 64]");
    }

    @Test
    void read_nameThatAComputedShapeSettles_isNotAssumedLater() {
        Path file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 7, 4)
                .value("a", OnnxFile.FLOAT, "unk__0", 4)
                .value("b", OnnxFile.FLOAT, "unk__0", 4)
                .node("Relu", List.of("x"), "a")
                .node("Mystery", List.of("a"), "b")
                .node("Relu", List.of("b"), "y")
                .output("y")
                .write(folder);

        ImportedModel model = READER.read(file);

        assertThat(shape(model, 1)).isEqualTo("[7, 4]");
        assertThat(model.assumedDimensions()).isEmpty();
    }

    @Test
    void read_boundDimensionThatContradictsAComputedOne_isNoticed() {
        Path file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 7, 4)
                .value("a", OnnxFile.FLOAT, "n", 4)
                .node("Relu", List.of("x"), "a")
                .output("a")
                .write(folder);

        ImportedModel model = READER.withDimension("n", 9).read(file);

        assertThat(shape(model, 0)).isEqualTo("[7, 4]");
        assertThat(model.notices()).anySatisfy(notice -> assertThat(notice).contains("'a' is [7, 4]"));
    }

    @Test
    void read_unknownDimension_isRefusedWithTheNames() {
        assertThatThrownBy(() -> READER.withDimension("batch", 2).read(relu("n", 4)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("no open dimension 'batch'. It has n");
    }

    @Test
    void withInputShape_oneNameForTwoAxes_givesEachItsExtent() {
        ImportedModel model = READER.withInputShape("x", 1, 128).read(relu("batch", "batch"));

        assertThat(shape(model, 0)).isEqualTo("[1, 128]");
        assertThat(model.openDimensions()).isEmpty();
    }

    @Test
    void withInputShape_namedAxes_bindsTheNamesElsewhere() {
        Path file = OnnxFile.opset(17)
                .input("a", OnnxFile.FLOAT, "n", 1)
                .input("b", OnnxFile.FLOAT, "n", "m")
                .node("Add", List.of("a", "b"), "y")
                .output("y")
                .write(folder);

        ImportedModel model = READER.withInputShape("b", 6, 5).read(file);

        assertThat(shape(model, 0)).isEqualTo("[6, 5]");
        assertThat(model.assumedDimensions()).isEmpty();
    }

    @Test
    void withInputShape_fixedAxisOrOtherRankOrNoSuchInput_isRefused() {
        Path file = relu("n", 4);

        assertThatThrownBy(() -> READER.withInputShape("x", 2, 5).read(file))
                .hasMessageContaining("axis 1 of input 'x' is fixed at 4, but is to be 5");
        assertThatThrownBy(() -> READER.withInputShape("x", 2).read(file)).hasMessageContaining("input 'x' has 2 axes");
        assertThatThrownBy(() -> READER.withInputShape("z", 2).read(file))
                .hasMessageContaining("it has no input 'z'. It has x");
        assertThatThrownBy(() -> READER.withInputShape("x", 0, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    private Path branching() {
        OnnxFile.Message wide = new OnnxFile.Message()
                .message(1, OnnxFile.node("", "Concat", List.of("x", "x"), List.of("t"), OnnxFile.integer("axis", 1)))
                .text(2, "then")
                .message(12, new OnnxFile.Message().text(1, "t"));
        OnnxFile.Message same = new OnnxFile.Message()
                .message(1, OnnxFile.node("", "Relu", List.of("x"), List.of("e")))
                .text(2, "else")
                .message(12, new OnnxFile.Message().text(1, "e"));
        return OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 4)
                .input("rate", OnnxFile.INT64)
                .wholeScalar("sixteen", 16000)
                .node("Equal", List.of("rate", "sixteen"), "is")
                .node(
                        "If",
                        List.of("is"),
                        List.of("y"),
                        OnnxFile.body("then_branch", wide),
                        OnnxFile.body("else_branch", same))
                .output("y")
                .write(folder);
    }

    @Test
    void withInputValue_selectsABranch() {
        ImportedModel wide = READER.withInputValue("rate", 16000).read(branching());
        ImportedModel same = READER.withInputValue("rate", 8000).read(branching());

        assertThat(wide.graph().outputs().get(0).shape().toString()).isEqualTo("[2, 8]");
        assertThat(same.graph().outputs().get(0).shape().toString()).isEqualTo("[2, 4]");
        assertThat(wide.graph().inputs()).extracting("name").containsExactly("x");
        assertThat(wide.notices()).containsExactly("Input 'rate' is taken as the constant 16000.");
        assertThat(wide.graph().layers())
                .extracting(layer -> layer.operator().kind())
                .doesNotContain("If");
    }

    @Test
    void withInputValue_wrongCountOrFractionOrNoSuchInput_isRefused() {
        assertThatThrownBy(() -> READER.withInputValue("rate", 1, 2).read(branching()))
                .hasMessageContaining("cannot have 2 values");
        assertThatThrownBy(() -> READER.withInputValue("rate", 0.5).read(branching()))
                .hasMessageContaining("holds whole numbers");
        assertThatThrownBy(() -> READER.withInputValue("r", 1).read(branching()))
                .hasMessageContaining("no input 'r'");
    }

    @Test
    void value_deepOrLongText_isNoExpression() {
        assertThat(DimensionExpression.value("(".repeat(100_000), any -> Optional.of(1L)))
                .isEqualTo(OptionalLong.empty());
        assertThat(DimensionExpression.value("(".repeat(250), any -> Optional.of(1L)))
                .isEqualTo(OptionalLong.empty());
    }

    @Test
    void read_publishedVoiceDetector_bindsItsSampleRate() {
        Path file = TestData.path("models/onnx/silero_vad_v5.onnx");

        ImportedModel model = READER.withInputShape("input", 1, 576)
                .withInputShape("state", 2, 1, 128)
                .withInputValue("sr", 16000)
                .read(file);

        assertThat(model.unknownOperators()).isEmpty();
        assertThat(model.assumedDimensions()).isEmpty();
        assertThat(model.graph().inputs()).extracting("name").containsExactly("input", "state");
    }

    @Test
    void read_reportedFile_computesTheExpression() {
        Path file = TestData.path("faults/onnx/wrong_shape_declared_2s0_taken_as_1.onnx");

        assertThat(shape(READER.withDimension("s0", 8).read(file), 1)).isEqualTo("[16, 64]");
    }

    /** The advice stands only where an open dimension can be the reason. */
    @ParameterizedTest
    @CsvSource({"h, true", "1, false"})
    void read_windowLargerThanAnOpenExtent_namesTheDimension(String extent, boolean isOpen) {
        Path file = OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 1, 3, isOpen ? extent : Long.valueOf(extent), 8)
                .node("MaxPool", List.of("x"), "y", OnnxFile.ints("kernel_shape", 2, 2))
                .output("y")
                .write(folder);

        AbstractThrowableAssert<?, ?> failure = assertThatThrownBy(() -> READER.read(file))
                .hasMessageContaining("a window that reaches over 2 does not fit into an extent of 1");
        if (isOpen) {
            failure.hasMessageContaining("leaves dimensions open, taken as 1: h. --dim NAME=SIZE");
        } else {
            failure.hasMessageNotContaining("--dim");
        }
    }

    @Test
    void read_reportedFileOfOneNameForTwoAxes_takesTheInputsShape() {
        Path file = TestData.path("faults/onnx/cannot_bind_batch_and_seq_of_one_name.onnx");

        assertThat(shape(READER.withInputShape("x", 1, 128).read(file), 0)).isEqualTo("[1, 128]");
    }
}
