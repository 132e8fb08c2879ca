package io.github.codnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.zoo.Filter;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.NetworkBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotWriterTest {

    @TempDir
    private Path folder;

    @Test
    void network_isDrawnWithLayersAndTensors() {
        NetworkBuilder net = NetworkBuilder.named("small \"net\"");
        net.relu("relu", net.conv("conv", net.input("x", 1, 3, 8, 8), 4, Filter.same(3)));

        assertThat(DotWriter.toText(net.build())).isEqualTo("""
                digraph "small \\"net\\"" {
                  node [shape=box, style=rounded, fontname="sans-serif"];
                  edge [fontname="sans-serif", fontsize=10];
                  n0 [label="x\\nFLOAT32", shape=ellipse];
                  n1 [label="conv\\nConv\\n6.91 k MACs"];
                  n2 [label="relu\\nRelu"];
                  n3 [label="relu", shape=ellipse];
                  n0 -> n1 [label="[1, 3, 8, 8]"];
                  n1 -> n2 [label="[1, 4, 8, 8]"];
                  n2 -> n3 [label="[1, 4, 8, 8]"];
                }
                """);
    }

    @Test
    void block_isAFrameAroundItsLayers() {
        NetworkBuilder net = NetworkBuilder.named("body");
        Tensor x = net.input("x", 1, 3, 8, 8);
        Tensor y = net.relu("relu", net.conv("conv", x, 4, Filter.same(3)));
        LayerGraph collapsed = LayerGraph.builder("whole")
                .input(x)
                .add(Layer.of("block1", new Operator.Block("ConvRelu", net.build()), List.of(x), List.of(y)))
                .build();

        assertThat(DotWriter.toText(collapsed))
                .contains("  subgraph cluster0 {\n    label=\"block1 (ConvRelu)\";\n    n1 [label=\"conv")
                .contains("    n2 [label=\"relu\\nRelu\"];\n  }\n")
                .contains("\n  n1 -> n2 ");
    }

    @Test
    void blocks_sideBySide_haveFramesOfTheirOwn() {
        Tensor x = Tensor.ofBytes("x", 1);
        Tensor y = Tensor.ofBytes("y", 1);
        Layer inner = Layer.of("relu", new Operator.Activation("Relu"), List.of(x), List.of(y));
        Operator block = new Operator.Block(
                "One",
                LayerGraph.builder("body").input(x).add(inner.withMacs(1000)).build());
        Operator other = new Operator.Block(
                "Two",
                LayerGraph.builder("body")
                        .input(y)
                        .add(Layer.of("sink", new Operator.Activation("Relu"), List.of(y), List.of())
                                .withMacs(999))
                        .build());
        LayerGraph network = LayerGraph.builder("whole")
                .input(x)
                .add(Layer.of("block1", block, List.of(x), List.of(y)))
                .add(Layer.of("block2", other, List.of(y), List.of()))
                .build();

        assertThat(DotWriter.toText(network))
                .contains("subgraph cluster0 {", "subgraph cluster1 {", "label=\"block2 (Two)\"")
                .contains("\\n1.00 k MACs\"", "\\n999 MACs\"");
    }

    @Test
    void zooNetwork_hasOneArrowPerUse() {
        LayerGraph network = ModelZoo.GOOGLENET.build();
        long uses = network.layers().stream()
                .mapToLong(layer -> layer.inputs().size())
                .sum();
        String text = DotWriter.toText(network);

        assertThat(Pattern.compile(" -> ").matcher(text).results().count())
                .isEqualTo(uses + network.outputs().size());
    }

    @Test
    void file_isWrittenOrRefused() {
        LayerGraph network = ModelZoo.ALEXNET.build();
        DotWriter.write(network, folder.resolve("alexnet.dot"));

        assertThat(folder.resolve("alexnet.dot")).hasContent(DotWriter.toText(network));
        assertThatThrownBy(() -> DotWriter.write(network, folder.resolve("none/alexnet.dot")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("alexnet.dot");
    }
}
