package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.DOUBLE;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.ints;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that are read, written and read again: the same operator, types, shapes, work and parameters. */
class WrittenLayersTest {

    @TempDir
    private Path folder;

    private static Arguments one(
            String name, OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        return Arguments.of(name, file.node(operator, inputs, "y", attributes).output("y"));
    }

    private static OnnxFile x(Object... extents) {
        return OnnxFile.opset(17).input("x", FLOAT, extents);
    }

    private static Message[] reducing(long keep, long... axes) {
        return new Message[] {ints("axes", axes), integer("keepdims", keep)};
    }

    private static Message[] window(Message more) {
        return new Message[] {ints("kernel_shape", 3, 3), ints("strides", 2, 2), more};
    }

    static Stream<Arguments> layers() {
        return Stream.of(
                        convolutions(),
                        Stream.of(
                                one("mean of images", x(2, 3, 5, 7), "ReduceMean", List.of("x"), reducing(1, 2, 3)),
                                one("mean without axes", x(2, 3, 5), "ReduceMean", List.of("x"), reducing(0, 1)),
                                one("greatest", x(2, 3, 5), "ReduceMax", List.of("x"), reducing(1, 2)),
                                one(
                                        "place of the greatest",
                                        x(2, 3, 5),
                                        "ArgMax",
                                        List.of("x"),
                                        integer("axis", 1),
                                        integer("keepdims", 0)),
                                one(
                                        "place of the least",
                                        x(2, 3, 5),
                                        "ArgMin",
                                        List.of("x"),
                                        integer("axis", 2),
                                        integer("keepdims", 1))),
                        normalizations(),
                        elementwise(),
                        recurrent())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> convolutions() {
        return Stream.of(
                one(
                        "transposed",
                        x(1, 4, 5, 6).weight("w", FLOAT, 4, 3, 3, 3),
                        "ConvTranspose",
                        List.of("x", "w"),
                        window(ints("output_padding", 1, 0))),
                one(
                        "transposed and padded",
                        x(1, 4, 5, 6).weight("w", FLOAT, 4, 3, 3, 3).weight("b", FLOAT, 3),
                        "ConvTranspose",
                        List.of("x", "w", "b"),
                        window(ints("pads", 1, 0, 1, 1))),
                one(
                        "transposed and dilated",
                        x(1, 4, 5, 6).weight("w", FLOAT, 4, 3, 3, 3),
                        "ConvTranspose",
                        List.of("x", "w"),
                        window(ints("dilations", 2, 3))),
                one(
                        "transposed in groups",
                        x(1, 4, 5, 6).weight("w", FLOAT, 4, 3, 3, 3),
                        "ConvTranspose",
                        List.of("x", "w"),
                        window(integer("group", 2))),
                one(
                        "in groups",
                        x(1, 4, 9, 9).weight("w", FLOAT, 6, 2, 3, 3),
                        "Conv",
                        List.of("x", "w"),
                        window(integer("group", 2))),
                one("rounded down", x(1, 2, 8, 9), "MaxPool", List.of("x"), window(integer("ceil_mode", 0))),
                one("rounded up", x(1, 2, 8, 9), "MaxPool", List.of("x"), window(integer("ceil_mode", 1))),
                one("rounded up, padded", x(1, 2, 9, 8), "AveragePool", List.of("x"), ceiled(ints("pads", 1, 0, 1, 0))),
                one(
                        "rounded up, more at the end",
                        x(1, 2, 8, 8),
                        "MaxPool",
                        List.of("x"),
                        ceiled(ints("pads", 0, 0, 1, 1))),
                one("dilated pool", x(1, 2, 12, 9), "MaxPool", List.of("x"), window(ints("dilations", 2, 1))));
    }

    private static Message[] ceiled(Message more) {
        return new Message[] {ints("kernel_shape", 3, 3), ints("strides", 2, 2), integer("ceil_mode", 1), more};
    }

    private static Stream<Arguments> normalizations() {
        return Stream.of(
                one(
                        "instance",
                        x(2, 3, 5, 5).weight("s", FLOAT, 3).weight("b", FLOAT, 3),
                        "InstanceNormalization",
                        List.of("x", "s", "b")),
                one("length", x(2, 3, 5, 5), "LpNormalization", List.of("x"), integer("axis", 1)),
                one("mean and variance", x(2, 3, 5, 5), "MeanVarianceNormalization", List.of("x")),
                one("neighbours", x(2, 3, 5, 5), "LRN", List.of("x"), integer("size", 5)),
                one(
                        "layer over two axes",
                        x(2, 3, 4, 5).weight("s", FLOAT, 4, 5).weight("b", FLOAT, 4, 5),
                        "LayerNormalization",
                        List.of("x", "s", "b"),
                        integer("axis", -2)));
    }

    private static Stream<Arguments> elementwise() {
        return Stream.of(
                one("other type", x(2, 3), "Cast", List.of("x"), integer("to", DOUBLE)),
                one("identity", x(2, 3), "Identity", List.of("x")),
                one("slope for each channel", x(2, 3, 5, 5).weight("s", FLOAT, 3, 1, 1), "PRelu", List.of("x", "s")),
                one("one slope", x(2, 3, 5, 5).weight("s", FLOAT, 5), "PRelu", List.of("x", "s")),
                one("whole constant", x(2, 3).weight("c", FLOAT, 2, 3), "Add", List.of("x", "c")),
                one("constant for each channel", x(2, 3, 5).weight("c", FLOAT, 3, 1), "Mul", List.of("x", "c")),
                one("softmax before an axis of one", x(2, 3, 1), "Softmax", List.of("x"), integer("axis", 1)),
                one("softmax of ones", x(1, 1), "Softmax", List.of("x")),
                one(
                        "trained part",
                        x(1, 4, 3).weight("c", FLOAT, 1, 2, 3),
                        "Concat",
                        List.of("c", "x"),
                        integer("axis", 1)),
                one("to space", x(1, 8, 3, 5), "DepthToSpace", List.of("x"), integer("blocksize", 2)),
                one("to depth", x(1, 2, 6, 10), "SpaceToDepth", List.of("x"), integer("blocksize", 2)));
    }

    private static Stream<Arguments> recurrent() {
        return Stream.of("LSTM", "GRU", "RNN").flatMap(kind -> {
            long gates = kind.equals("LSTM") ? 4 : kind.equals("GRU") ? 3 : 1;
            OnnxFile plain = x(5, 2, 3).weight("w", FLOAT, 1, gates * 4, 3).weight("r", FLOAT, 1, gates * 4, 4);
            OnnxFile both = x(5, 2, 3)
                    .weight("w", FLOAT, 2, gates * 4, 3)
                    .weight("r", FLOAT, 2, gates * 4, 4)
                    .weight("b", FLOAT, 2, gates * 8);
            return Stream.of(
                    one(kind, plain, kind, List.of("x", "w", "r"), integer("hidden_size", 4)),
                    one(
                            kind + " in both directions",
                            both,
                            kind,
                            List.of("x", "w", "r", "b"),
                            integer("hidden_size", 4),
                            OnnxFile.string("direction", "bidirectional")));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void write_layerThatWasRead_isReadAgain(String name, OnnxFile file) {
        assertSame(OnnxReader.withDefaults().read(file.write(folder)).graph());
    }

    private void assertSame(LayerGraph graph) {
        Path written = folder.resolve("written.onnx");
        OnnxWriter.withDefaults().write(graph, written);

        ImportedModel again = OnnxReader.withDefaults().read(written);

        assertThat(again.unknownOperators()).isEmpty();
        assertThat(again.graph().inputs()).isEqualTo(graph.inputs());
        assertThat(again.graph().outputs()).isEqualTo(graph.outputs());
        assertThat(again.graph().macs()).isEqualTo(graph.macs());
        assertThat(again.graph().parameters()).isEqualTo(graph.parameters());
        Layer first = graph.layers().get(0);
        assertThat(again.graph().layers()).extracting(Layer::operator).contains(first.operator());
    }

    /** A product over the last of three axes with a bias takes two nodes. */
    @Test
    void write_fullyConnectedOverThreeAxes_keepsWeightsAndBias() {
        Tensor x = Tensor.float32("x", 2, 3, 4);
        Layer layer = Layer.of("fc", new Operator.FullyConnected(), List.of(x), List.of(Tensor.float32("y", 2, 3, 5)))
                .withMacs(2 * 3 * 4 * 5)
                .withParameters(4 * 5 + 5, 4 * (4 * 5 + 5));
        LayerGraph graph = LayerGraph.builder("net").input(x).add(layer).build();
        Path written = folder.resolve("written.onnx");

        OnnxWriter.withDefaults().write(graph, written);

        LayerGraph again = OnnxReader.withDefaults().read(written).graph();
        assertThat(again.outputs()).isEqualTo(graph.outputs());
        assertThat(again.macs()).isEqualTo(2 * 3 * 4 * 5);
        assertThat(again.parameters()).isEqualTo(4 * 5 + 5);
    }
}
