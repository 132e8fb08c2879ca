package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import tells beside the graph, and the ways in which weights and operators can lie outside the usual. */
class OnnxImportTest {

    @TempDir
    Path folder;

    private ImportedModel read(OnnxFile file) {
        return OnnxReader.withDefaults().read(file.write(folder));
    }

    @Test
    void read_unknownOperatorWithDeclaredShape_isKeptAndCounted() {
        ImportedModel imported = read(OnnxFile.opset(13)
                .domain("com.example", 1)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .weight("w", OnnxFile.FLOAT, 3, 4)
                .value("a", OnnxFile.FLOAT, 1, 3)
                .node(OnnxFile.inDomain(
                        "com.example", OnnxFile.node("odd", "Frobnicate", List.of("x", "w"), List.of("a"))))
                .node("Relu", List.of("a"), "y")
                .output("y"));

        Layer odd = imported.graph().layers().get(0);
        assertThat(imported.unknownOperators()).containsExactly(Map.entry("Frobnicate", 1));
        assertThat(odd.operator()).isEqualTo(new Operator.Other("Frobnicate"));
        assertThat(odd.outputs().get(0).shape().dimensions()).containsExactly(1L, 3L);
        assertThat(odd.parameters()).isEqualTo(12);
    }

    @Test
    void read_unknownOperatorWithoutShape_isRefused() {
        OnnxFile file = OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .named("odd", "Frobnicate", List.of("x"), List.of("y"))
                .output("y");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContainingAll("'odd'", "Frobnicate", "'y'");
    }

    @Test
    void read_loop_isOneLayerWithItsWeightsAndANotice() {
        Message body = new Message()
                .message(1, OnnxFile.node("", "Identity", List.of("keep"), List.of("on")))
                .message(1, OnnxFile.node("", "MatMul", List.of("state", "w"), List.of("next")))
                .text(2, "step")
                .message(5, OnnxFile.zeros("w", OnnxFile.FLOAT, 4, 4))
                .message(11, OnnxFile.valueInfo("i", OnnxFile.INT64))
                .message(11, OnnxFile.valueInfo("keep", OnnxFile.BOOL))
                .message(11, OnnxFile.valueInfo("state", OnnxFile.FLOAT, 1, 4))
                .message(12, OnnxFile.valueInfo("on", OnnxFile.BOOL))
                .message(12, OnnxFile.valueInfo("next", OnnxFile.FLOAT, 1, 4));
        ImportedModel imported = read(OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .input("n", OnnxFile.INT64)
                .named("loop", "Loop", List.of("n", "", "x"), List.of("y"), OnnxFile.body("body", body))
                .output("y"));

        Layer loop = imported.graph().layers().get(0);
        assertThat(imported.graph().layers()).hasSize(1);
        assertThat(loop.operator().kind()).isEqualTo("Loop");
        assertThat(loop.parameters()).isEqualTo(16);
        assertThat(loop.outputs().get(0).shape().dimensions()).containsExactly(1L, 4L);
        assertThat(imported.notices()).anyMatch(notice -> notice.contains("'loop' (Loop)"));
        assertThat(imported.unknownOperators()).isEmpty();
    }

    @Test
    void read_bodyThatTakesATensorFromAround_readsIt() {
        Message body = new Message()
                .message(1, OnnxFile.node("", "Add", List.of("x", "outer"), List.of("r")))
                .text(2, "branch")
                .message(12, OnnxFile.valueInfo("r", OnnxFile.FLOAT, 1, 4));
        LayerGraph graph = read(OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1, 4)
                        .input("c", OnnxFile.BOOL)
                        .node("Tanh", List.of("x"), "outer")
                        .named(
                                "if",
                                "If",
                                List.of("c"),
                                List.of("y"),
                                OnnxFile.body("then_branch", body),
                                OnnxFile.body("else_branch", body))
                        .output("y"))
                .graph();

        assertThat(graph.layers().get(graph.indexOf("if")).inputs())
                .extracting(tensor -> tensor.name())
                .containsExactlyInAnyOrder("c", "x", "outer");
    }

    private static Message external(String name, int type, String location, long... dimensions) {
        return OnnxFile.tensor(name, type, dimensions)
                .message(13, new Message().text(1, "location").text(2, location))
                .message(13, new Message().text(1, "offset").text(2, "8"))
                .number(14, 1);
    }

    @Test
    void read_externalWeightsThatAreNotThere_countAll() {
        LayerGraph graph = read(OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 2, 300)
                        .initializer(external("w", OnnxFile.FLOAT, "weights.bin", 300, 500))
                        .node("MatMul", List.of("x", "w"), "y")
                        .output("y"))
                .graph();

        assertThat(graph.parameters()).isEqualTo(150_000);
        assertThat(graph.macs()).isEqualTo(300_000);
    }

    @Test
    void read_shapeInExternalData_isReadFromThere() throws IOException {
        Files.write(
                folder.resolve("shape.bin"),
                ByteBuffer.allocate(24)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(0)
                        .putLong(3)
                        .putLong(4)
                        .array());

        LayerGraph graph = read(OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 12)
                        .initializer(external("s", OnnxFile.INT64, "shape.bin", 2))
                        .node("Reshape", List.of("x", "s"), "y")
                        .output("y"))
                .graph();

        assertThat(graph.outputs().get(0).shape().dimensions()).containsExactly(3L, 4L);
    }

    @Test
    void read_externalDataOutsideTheFolder_isRefused() {
        OnnxFile file = OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 12)
                .initializer(external("s", OnnxFile.INT64, "../../etc/passwd", 2))
                .node("Reshape", List.of("x", "s"), "y")
                .output("y");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("outside the folder");
    }

    @Test
    void read_shapeThatOnlyTheRunKnows_isTakenFromTheFile() {
        LayerGraph graph = read(OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 12)
                        .input("s", OnnxFile.INT64, 2)
                        .value("a", OnnxFile.FLOAT, 3, 4)
                        .node("Reshape", List.of("x", "s"), "a")
                        .node("Relu", List.of("a"), "y")
                        .output("y"))
                .graph();

        assertThat(graph.outputs().get(0).shape().dimensions()).containsExactly(3L, 4L);
    }

    @Test
    void read_shapeThatOnlyTheRunKnowsAndNothingDeclares_isRefused() {
        OnnxFile file = OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 12)
                .input("s", OnnxFile.INT64, 2)
                .named("reshape", "Reshape", List.of("x", "s"), List.of("y"))
                .output("y");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContainingAll("'reshape'", "'s'", "not known before the run");
    }

    @Test
    void read_declaredShapeThatIsWrong_isNoticed() {
        ImportedModel imported = read(OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .value("a", OnnxFile.FLOAT, 2, 4)
                .node("Relu", List.of("x"), "a")
                .node("Relu", List.of("a"), "y")
                .output("y"));

        assertThat(imported.graph().outputs().get(0).shape().dimensions()).containsExactly(2L, 3L);
        assertThat(imported.notices()).singleElement().asString().contains("'a'", "[2, 3]");
    }

    @Test
    void read_weightsOfTwoLayers_areCountedInBothAndNoticed() {
        ImportedModel imported = read(OnnxFile.opset(13)
                .input("x", OnnxFile.INT64, 1, 5)
                .weight("wte", OnnxFile.FLOAT, 10, 4)
                .node("Gather", List.of("wte", "x"), "e")
                .node("Transpose", List.of("wte"), "t")
                .node("MatMul", List.of("e", "t"), "y")
                .output("y"));

        assertThat(imported.graph().parameters()).isEqualTo(80);
        assertThat(imported.notices()).singleElement().asString().contains("several layers", "wte");
    }

    @Test
    void read_newerOperatorSet_isNoticed() {
        ImportedModel imported = read(OnnxFile.opset(99)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .node("Relu", List.of("x"), "y")
                .output("y"));

        assertThat(imported.notices()).singleElement().asString().contains("99", "27");
    }

    @Test
    void read_lengthThatTheDataDecide_isTheGreatestAndNoticed() {
        ImportedModel imported = read(OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 3, 4)
                .node("NonZero", List.of("x"), "y")
                .output("y"));

        assertThat(imported.graph().outputs().get(0).shape().dimensions()).containsExactly(2L, 12L);
        assertThat(imported.notices()).singleElement().asString().contains("depends on the data");
    }

    @Test
    void read_fusedAttention_countsProjectionsAndScores() {
        Layer attention = read(OnnxFile.opset(13)
                        .domain("com.microsoft", 1)
                        .input("x", OnnxFile.FLOAT, 2, 7, 12)
                        .weight("w", OnnxFile.FLOAT, 12, 36)
                        .weight("b", OnnxFile.FLOAT, 36)
                        .node(OnnxFile.inDomain(
                                "com.microsoft",
                                OnnxFile.node(
                                        "",
                                        "Attention",
                                        List.of("x", "w", "b"),
                                        List.of("y"),
                                        OnnxFile.integer("num_heads", 3))))
                        .output("y"))
                .graph()
                .layers()
                .get(0);

        assertThat(attention.macs()).isEqualTo(2L * 7 * 12 * 36 + 2 * (2L * 7 * 7 * 12));
        assertThat(attention.parameters()).isEqualTo(12 * 36 + 36);
        assertThat(attention.outputs().get(0).shape().dimensions()).containsExactly(2L, 7L, 12L);
    }

    @Test
    void read_nameWithALineBreak_isReportedOnOneLine() {
        OnnxFile file = OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .named("two\nlines", "Relu", List.of("z"), List.of("y"))
                .output("y");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(CodnnException.class)
                .message()
                .contains("two?lines")
                .doesNotContain("\n");
    }
}
