package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.BOOL;
import static io.github.codnn.testing.OnnxFile.DOUBLE;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes that the data decide on, that only the file declares, or that contradict what it declares. */
class UnknownShapesTest {

    private static final String GREATEST = "the greatest possible length is taken";

    @TempDir
    private Path folder;

    private ImportedModel read(OnnxFile file) {
        return OnnxReader.withDefaults().read(file.write(folder));
    }

    private static String shape(ImportedModel model) {
        return model.graph().outputs().get(0).shape().toString();
    }

    private static OnnxFile nonZero() {
        return OnnxFile.opset(17).input("x", FLOAT, 2, 3).node("NonZero", List.of("x"), "n");
    }

    /** At most all 6 numbers differ from 0; a file that fixes fewer is right, one that fixes more is not. */
    @ParameterizedTest
    @CsvSource({"4, '[2, 4]'", "6, '[2, 6]'", "7, '[2, 6]'"})
    void greatestLength_declaredOne_countsUpToIt(long declared, String shape) {
        OnnxFile file = nonZero()
                .value("n", INT64, 2, declared)
                .node("Identity", List.of("n"), "y")
                .output("y");

        assertThat(shape(read(file))).isEqualTo(shape);
    }

    @Test
    void greatestLength_declaredWithOtherAxes_isTaken() {
        ImportedModel model = read(nonZero()
                .value("n", INT64, 4)
                .node("Identity", List.of("n"), "y")
                .output("y"));

        assertThat(shape(model)).isEqualTo("[2, 6]");
        assertThat(model.notices())
                .anyMatch(notice -> notice.contains(GREATEST))
                .anyMatch(notice -> notice.contains(
                        "1 tensor(s) are declared with another shape than they have: " + "'n' is [2, 6]"));
    }

    /** What is made of a shape that may be smaller may be smaller, too; beside it, declared extents are compared. */
    @Test
    void greatestLength_tensorsMadeOfIt_takeDeclaredOnes() {
        OnnxFile after = nonZero()
                .node("Transpose", List.of("n"), "t")
                .value("t", INT64, 5, 2)
                .node("Identity", List.of("t"), "y")
                .output("y");
        OnnxFile beside = nonZero()
                .node("Relu", List.of("x"), "r")
                .value("r", FLOAT, 2, 2)
                .node("Identity", List.of("r"), "y")
                .output("y")
                .output("n");

        assertThat(shape(read(after))).isEqualTo("[5, 2]");
        assertThat(shape(read(beside))).isEqualTo("[2, 3]");
    }

    @Test
    void assumedTrips_tensorsMadeOfThem_takeDeclaredOnesEvenIfGreater() {
        Message body = new Message()
                .text(2, "body")
                .message(1, OnnxFile.node("", "Identity", List.of("go"), List.of("on")))
                .message(1, OnnxFile.node("", "Relu", List.of("x"), List.of("seen")))
                .message(11, new Message().text(1, "i"))
                .message(11, new Message().text(1, "go"))
                .message(12, new Message().text(1, "on"))
                .message(12, new Message().text(1, "seen"));
        OnnxFile file = OnnxFile.opset(17)
                .input("x", FLOAT, 2, 3)
                .input("trips", INT64)
                .node("Loop", List.of("trips", ""), "all", OnnxFile.body("body", body))
                .node("Relu", List.of("all"), "r")
                .value("r", FLOAT, 8, 2, 3)
                .node("Identity", List.of("r"), "y")
                .output("y");

        assertThat(shape(read(file))).isEqualTo("[8, 2, 3]");
    }

    @Test
    void unknownOperator_declaredOutput_hasItsTypeAndShape() {
        ImportedModel typed = read(OnnxFile.opset(17)
                .input("x", FLOAT, 2, 3)
                .node("Mystery", List.of("x"), "m")
                .value("m", DOUBLE, 4, 5)
                .node("Identity", List.of("m"), "y")
                .output("y"));

        assertThat(shape(typed)).isEqualTo("[4, 5]");
        assertThat(typed.graph().outputs().get(0).type()).isEqualTo(ElementType.FLOAT64);
        assertThat(typed.unknownOperators()).containsOnlyKeys("Mystery");
    }

    @Test
    void unknownOperator_declaredWithoutType_hasThatOfItsInput() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", DOUBLE, 2, 3)
                .node("Mystery", List.of("x"), "y")
                .output("y", 0, 4, 5);

        ImportedModel model = read(file);

        assertThat(shape(model)).isEqualTo("[4, 5]");
        assertThat(model.graph().outputs().get(0).type()).isEqualTo(ElementType.FLOAT64);
    }

    @Test
    void unknownOperator_withoutADeclaredShape_isRefused() {
        assertThatThrownBy(() -> read(OnnxFile.opset(17)
                        .input("x", FLOAT, 2, 3)
                        .node("Mystery", List.of("x"), "m")
                        .node("Relu", List.of("m"), "y")
                        .output("y")))
                .hasMessageContaining("Mystery")
                .hasMessageContaining("'m'");
    }

    @Test
    void node_moreOutputsThanItsOperator_isRefused() {
        assertThatThrownBy(() -> read(OnnxFile.opset(17)
                        .input("x", FLOAT, 2, 3)
                        .node("Relu", List.of("x"), List.of("y", "z"))
                        .output("y")
                        .output("z")))
                .hasMessageContaining("it has more outputs than its operator, among them 'z'");
    }

    @Test
    void input_withoutTypeOrShape_isRefused() {
        Message shapeless = new Message().message(1, new Message().number(1, FLOAT));
        OnnxFile noShape = OnnxFile.opset(17);
        noShape.graph().message(11, new Message().text(1, "x").message(2, shapeless));
        OnnxFile noType = OnnxFile.opset(17).input("x", 0, 2, 3);

        assertThatThrownBy(() -> read(noShape.node("Relu", List.of("x"), "y").output("y")))
                .hasMessageContaining("input 'x' has no shape");
        assertThatThrownBy(() -> read(noType.node("Relu", List.of("x"), "y").output("y")))
                .hasMessageContaining("input 'x' is not a tensor of numbers");
    }

    @Test
    void weight_ofAnUnknownType_isRefusedWhereItIsRead() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", FLOAT, 2, 3)
                .initializer(OnnxFile.tensor("w", 99, 3))
                .node("Add", List.of("x", "w"), "y")
                .output("y");

        assertThatThrownBy(() -> read(file)).hasMessageContaining("'w', whose element type 99 is not a number type");
    }

    /** A graph of constants only has their layers, so that it has any. */
    @Test
    void constantGraph_deliveredConstants_areLayers() {
        ImportedModel model = read(OnnxFile.opset(17)
                .weight("w", FLOAT, 4, 5)
                .named("turn", "Transpose", List.of("w"), List.of("y"))
                .output("y"));

        assertThat(shape(model)).isEqualTo("[5, 4]");
        assertThat(model.graph().layers()).extracting(layer -> layer.name()).containsExactly("turn");
    }

    /** An output beside the first that nothing reads need not be known. */
    @Test
    void optionalOutput_thatNothingReads_isLeftOut() {
        ImportedModel model = read(OnnxFile.opset(17)
                .input("x", FLOAT, 2, 3)
                .node("Dropout", List.of("x"), List.of("y", "mask"))
                .output("y"));
        ImportedModel both = read(OnnxFile.opset(17)
                .input("x", FLOAT, 2, 3)
                .node("Dropout", List.of("x"), List.of("y", "mask"))
                .node("Cast", List.of("mask"), "z", integer("to", BOOL))
                .output("y")
                .output("z"));

        assertThat(model.graph().layers().get(0).outputs()).hasSize(1);
        assertThat(both.graph().layers().get(0).outputs()).hasSize(2);
    }
}
