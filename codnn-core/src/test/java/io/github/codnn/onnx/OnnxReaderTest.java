package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {

    @TempDir
    Path folder;

    private LayerGraph read(OnnxFile file) {
        return OnnxReader.withDefaults().read(file.write(folder)).graph();
    }

    private void assertRefused(OnnxFile file, String... parts) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    private static OnnxFile convolution() {
        return OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, "batch", 4, 8, 8)
                .weight("w", OnnxFile.FLOAT, 6, 2, 3, 3)
                .weight("b", OnnxFile.FLOAT, 6)
                .named(
                        "conv",
                        "Conv",
                        List.of("x", "w", "b"),
                        List.of("y"),
                        OnnxFile.integer("group", 2),
                        OnnxFile.ints("pads", 1, 1, 1, 1))
                .output("y");
    }

    @Test
    void read_groupedConvolution_countsPerGroup() {
        Layer layer = read(convolution()).layers().get(0);

        assertThat(layer.name()).isEqualTo("conv");
        assertThat(layer.macs()).isEqualTo(6L * 8 * 8 * 2 * 3 * 3);
        assertThat(layer.parameters()).isEqualTo(6 * 2 * 3 * 3 + 6);
        assertThat(layer.outputs().get(0).shape().dimensions()).containsExactly(1L, 6L, 8L, 8L);
    }

    @Test
    void withDimension_openBatch_isBound() {
        LayerGraph graph = OnnxReader.withDefaults()
                .withDimension("batch", 5)
                .read(convolution().write(folder))
                .graph();

        assertThat(graph.outputs().get(0).shape().dimensions()).containsExactly(5L, 6L, 8L, 8L);
        assertThat(graph.macs()).isEqualTo(5L * 6 * 8 * 8 * 2 * 3 * 3);
    }

    @Test
    void withDimension_nameThatTheFileLacks_isRefused() {
        Path file = convolution().write(folder);

        assertThatThrownBy(
                        () -> OnnxReader.withDefaults().withDimension("bach", 5).read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContainingAll(file.toString(), "'bach'", "batch");
    }

    @Test
    void read_openDimensionNotBound_isTakenAsOneAndNoticed() {
        ImportedModel imported = OnnxReader.withDefaults().read(convolution().write(folder));

        assertThat(imported.notices()).singleElement().asString().contains("taken as 1", "batch");
    }

    @Test
    void read_missingFile_isRefused() {
        assertThatThrownBy(() -> OnnxReader.withDefaults().read(folder.resolve("none.onnx")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContainingAll("none.onnx", "no such file");
    }

    @Test
    void read_truncatedFile_isRefusedWhereverItEnds() throws IOException {
        byte[] whole = convolution().bytes();
        int graphEnd = whole.length - 6;
        Path file = folder.resolve("cut.onnx");
        for (int length = 0; length < graphEnd; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> OnnxReader.withDefaults().read(file))
                    .as("cut after %d bytes", length)
                    .isInstanceOf(CodnnException.class)
                    .hasMessageContaining("cut.onnx");
        }
    }

    @Test
    void read_cycle_namesItsNodes() {
        assertRefused(
                OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1, 4)
                        .named("first", "Add", List.of("x", "c"), List.of("a"))
                        .named("second", "Relu", List.of("a"), List.of("b"))
                        .named("third", "Relu", List.of("b"), List.of("c"))
                        .named("after", "Relu", List.of("c"), List.of("y"))
                        .output("y"),
                "cycle",
                "'first'",
                "'second'",
                "'third'");
    }

    @Test
    void read_tensorThatNothingWrites_isRefused() {
        assertRefused(
                OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1, 4)
                        .named("relu", "Relu", List.of("z"), List.of("y"))
                        .output("y"),
                "node 'relu' (Relu)",
                "'z'");
    }

    @Test
    void read_tensorWrittenTwice_isRefused() {
        assertRefused(
                OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1, 4)
                        .named("one", "Relu", List.of("x"), List.of("y"))
                        .named("two", "Tanh", List.of("x"), List.of("y"))
                        .output("y"),
                "'y'",
                "'one'",
                "'two'");
    }

    @Test
    void read_nodesOutOfOrder_areSorted() {
        LayerGraph graph = read(OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .named("second", "Relu", List.of("a"), List.of("y"))
                .named("first", "Tanh", List.of("x"), List.of("a"))
                .output("y"));

        assertThat(graph.layers()).extracting(Layer::name).containsExactly("first", "second");
    }

    @Test
    void read_macsBeyondLong_areRefused() {
        assertRefused(
                OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1L << 20, 1L << 21)
                        .bareWeight("w", OnnxFile.FLOAT, 1L << 21, 1L << 23)
                        .named("product", "MatMul", List.of("x", "w"), List.of("y"))
                        .output("y"),
                "node 'product' (MatMul)",
                "2^63");
    }

    @Test
    void read_elementsBeyondLong_areRefused() {
        assertRefused(
                OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1L << 31, 1L << 31, 4)
                        .node("Relu", List.of("x"), "y")
                        .output("y"),
                "2^63");
    }

    @Test
    void read_weightsThatDoNotFit_nameNodeAndShapes() {
        assertRefused(
                OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1, 4, 8, 8)
                        .weight("w", OnnxFile.FLOAT, 6, 3, 3, 3)
                        .named("conv1", "Conv", List.of("x", "w"), List.of("y"))
                        .output("y"),
                "node 'conv1' (Conv)",
                "[6, 3, 3, 3]",
                "[1, 4, 8, 8]");
    }
}
