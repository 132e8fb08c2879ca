package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.darknet.DarknetReader;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.zoo.Filter;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.NetworkBuilder;
import io.github.codnn.zoo.ZooInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxWriterTest {

    private static final OnnxWriter WRITER = OnnxWriter.withDefaults();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void zooNetwork_readBack_isTheSame(ModelZoo model) {
        LayerGraph network = model.build();
        ImportedModel read = roundTrip(network, WRITER);

        assertThat(read.unknownOperators()).isEmpty();
        assertThat(read.graph().name()).isEqualTo(network.name());
        assertThat(read.graph().inputs()).isEqualTo(network.inputs());
        assertThat(read.graph().outputs()).isEqualTo(network.outputs());
        assertThat(read.graph().macs()).isEqualTo(network.macs());
        assertThat(shapes(read.graph())).containsAllEntriesOf(shapes(network));
        assertThat(read.graph().parameters()).isEqualTo(trained(network));
    }

    @Test
    void layers_readBack_areTheSame() {
        LayerGraph network = ModelZoo.RESNET50.build();

        assertThat(roundTrip(network, WRITER).graph()).isEqualTo(network);
    }

    @Test
    void batch_readBack_isTheSame() {
        LayerGraph network = ModelZoo.VIT_B_16.build(ZooInput.ofSize(32).withBatch(2));
        LayerGraph read = roundTrip(network, WRITER).graph();

        assertThat(shapes(read)).containsAllEntriesOf(shapes(network));
        assertThat(read.macs()).isEqualTo(network.macs());
    }

    @Test
    void randomWeights_areStoredAndCounted() throws IOException {
        LayerGraph network = ModelZoo.SQUEEZENET_1_1.build();
        Path file = folder.resolve("squeezenet.onnx");
        WRITER.withRandomWeights(7).write(network, file);

        assertThat(Files.size(file)).isGreaterThan(network.parameterBytes());
        assertThat(Files.size(file)).isLessThan(network.parameterBytes() + 50_000);
        assertThat(OnnxReader.withDefaults().read(file).graph()).isEqualTo(network);
        assertThat(folder.toFile().list()).containsExactly("squeezenet.onnx");
    }

    @Test
    void randomWeights_followTheSeed() throws IOException {
        LayerGraph network = ModelZoo.SQUEEZENET_1_1.build();
        Path file = folder.resolve("one.onnx");
        Path same = folder.resolve("same.onnx");
        Path other = folder.resolve("other.onnx");
        WRITER.withRandomWeights(1).write(network, file);
        WRITER.withRandomWeights(1).write(network, same);
        WRITER.withRandomWeights(2).write(network, other);

        assertThat(Files.mismatch(file, same)).isEqualTo(-1);
        assertThat(Files.mismatch(file, other)).isPositive();
    }

    /** Buffers hold a few thousand numbers; the weights of VGG-19 are 575 MB. */
    @Test
    void randomWeights_ofAnySize_areStreamed() throws IOException {
        long[] bytes = {0, 0};
        OutputStream counter = new OutputStream() {
            @Override
            public void write(int value) {
                bytes[0]++;
            }

            @Override
            public void write(byte[] part, int offset, int length) {
                bytes[0] += length;
                bytes[1] = Math.max(bytes[1], length);
            }
        };
        WRITER.withRandomWeights(1).write(ModelZoo.ALEXNET.build(), counter);

        assertThat(bytes[0]).isGreaterThan(4 * 61_100_840L);
        assertThat(bytes[1]).isLessThan(1 << 17);
    }

    @Test
    void weights_beyondTheFormat_areRefused() {
        NetworkBuilder net = NetworkBuilder.named("huge");
        net.fullyConnected("fc", net.input("x", 1, 1L << 16), 1L << 14);
        LayerGraph network = net.build();

        assertThat(network.parameterBytes()).isGreaterThan(1L << 31);
        assertThatThrownBy(() -> WRITER.withRandomWeights(1).write(network, folder.resolve("huge.onnx")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("huge")
                .hasMessageContaining("2 GiB");
        assertThat(roundTrip(network, WRITER).graph().parameters()).isEqualTo(network.parameters());
    }

    @Test
    void blocks_areWrittenLayerByLayer() {
        NetworkBuilder net = NetworkBuilder.named("whole");
        Tensor x = net.input("x", 1, 3, 8, 8);
        Tensor y = net.relu("relu", net.conv("conv", x, 4, Filter.same(3)));
        LayerGraph body = net.build();
        LayerGraph collapsed = LayerGraph.builder("whole")
                .input(x)
                .add(Layer.of("block", new Operator.Block("Block", body), List.of(x), List.of(y)))
                .build();

        assertThat(roundTrip(collapsed, WRITER).graph()).isEqualTo(body);
    }

    @Test
    void darknetNetwork_withShortcutsBetweenSizes_isWritten() {
        LayerGraph network = DarknetReader.withDefaults().read("mixed.cfg", """
                [net]
                width=16
                height=16
                channels=3
                [convolutional]
                batch_normalize=1
                filters=8
                size=3
                pad=1
                activation=mish
                [convolutional]
                filters=16
                size=3
                stride=2
                pad=1
                activation=swish
                [shortcut]
                from=-2
                activation=leaky
                [upsample]
                [shortcut]
                from=0
                [reorg]
                stride=2
                [route]
                layers=-1
                groups=4
                group_id=1
                [local_avgpool]
                size=2
                stride=2
                [avgpool]
                [connected]
                batch_normalize=1
                output=12
                activation=relu
                [lstm]
                output=6
                [gru]
                output=5
                [softmax]
                """).graph();
        LayerGraph read = roundTrip(network, WRITER).graph();

        assertThat(shapes(read)).containsAllEntriesOf(shapes(network));
        assertThat(read.macs()).isEqualTo(network.macs());
        assertThat(read.parameters()).isEqualTo(trained(network));
    }

    @Test
    void movements_areToldFromTheirShapes() {
        NetworkBuilder net = NetworkBuilder.named("moves");
        Tensor x = net.input("x", 2, 3, 8, 8);
        net.move("crop", x, "Slice", TensorShape.of(2, 3, 6, 7));
        net.move("sub", x, "Slice", TensorShape.of(2, 3, 4, 4));
        net.move("channels", x, "Slice", TensorShape.of(2, 1, 8, 8));
        net.move("pad", x, "Pad", TensorShape.of(2, 5, 9, 8));
        net.move("resize", x, "Resize", TensorShape.of(2, 3, 12, 5));
        net.move("tile", x, "Tile", TensorShape.of(2, 6, 8, 16));
        net.move("expand", net.globalAveragePool("mean", x), "Expand", TensorShape.of(2, 3, 4, 4));
        net.move("gather", x, "Gather", TensorShape.of(2, 2, 8, 8));
        net.move("first", x, "Gather", TensorShape.of(2, 8, 8));
        net.move("flat", x, "Flatten", TensorShape.of(6, 64));
        net.transpose("turn", x, 3, 1, 0, 2);
        LayerGraph network = net.build();

        assertThat(shapes(roundTrip(network, WRITER).graph())).containsAllEntriesOf(shapes(network));
    }

    @Test
    void layerThatOnnxLacks_isRefusedByName() {
        assertRefused(new Operator.Other("Yolo"), 0, "Yolo");
        assertRefused(new Operator.Activation("Loggy"), 0, "Loggy");
        assertRefused(new Operator.Elementwise("Add"), 7, "7 parameters");
        assertRefused(new Operator.FullyConnected(), 7, "7 parameters");
        assertRefused(new Operator.Normalization("GroupNormalization"), 0, "GroupNormalization");
        assertRefused(new Operator.DataMovement("ScatterND"), 0, "ScatterND");
        assertThat(folder).isEmptyDirectory();
    }

    private void assertRefused(Operator operator, long parameters, String part) {
        NetworkBuilder net = NetworkBuilder.named("refused");
        net.parameterised("odd", net.input("x", 1, 3, 4, 4), operator, parameters);
        LayerGraph network = net.build();

        assertThatThrownBy(() -> WRITER.write(network, folder.resolve("refused.onnx")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'odd'")
                .hasMessageContaining(part);
    }

    @Test
    void file_hasThePermissionsOfAnyFile() throws IOException {
        Path file = folder.resolve("network.onnx");
        WRITER.write(ModelZoo.SQUEEZENET_1_1.build(), file);
        Path plain = Files.createFile(folder.resolve("plain"));

        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
        }
    }

    @Test
    void file_thatCannotBeWritten_isRefused() {
        assertThatThrownBy(() -> WRITER.write(ModelZoo.SQUEEZENET_1_1.build(), folder.resolve("none/x.onnx")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("x.onnx");
    }

    private ImportedModel roundTrip(LayerGraph network, OnnxWriter writer) {
        Path file = folder.resolve("network.onnx");
        writer.write(network, file);
        return OnnxReader.withDefaults().read(file);
    }

    private static Map<String, TensorShape> shapes(LayerGraph network) {
        return network.layers().stream()
                .flatMap(layer -> layer.outputs().stream())
                .collect(Collectors.toMap(Tensor::name, Tensor::shape));
    }

    /**
     * Returns the parameters as {@link OnnxReader} counts them: of a batch normalisation two values per channel, and
     * weights that two layers hold twice, since an ONNX file keeps the transposed matrix of a head apart.
     */
    private static long trained(LayerGraph network) {
        return network.layers().stream()
                .mapToLong(layer -> layer.operator().kind().equals("BatchNormalization")
                        ? 2 * layer.outputs().get(0).shape().dimension(1)
                        : layer.parameterBytes() / 4)
                .sum();
    }
}
