package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What small structures are called. Each is described by its layers: name, operator and inputs. */
class BlockNamesTest {

    private static final String UNNAMED = "Block";
    private static final FrequentSubgraphCollapser COLLAPSER = FrequentSubgraphCollapser.withDefaults();

    private static Operator operator(String kind) {
        return switch (kind) {
            case "Conv" -> new Operator.Convolution(Window.square(3, 1, 1), 1, false);
            case "Point" -> new Operator.Convolution(Window.square(1, 1, 0), 1, false);
            case "Depth" -> new Operator.Convolution(Window.square(3, 1, 1), 4, false);
            case "Grouped" -> new Operator.Convolution(Window.square(3, 1, 1), 2, false);
            case "MatMul" -> new Operator.MatMul();
            case "Concat" -> new Operator.Concat();
            case "Global" -> new Operator.GlobalPooling(Operator.Pooling.Function.AVERAGE);
            case "Norm" -> new Operator.Normalization("BatchNormalization");
            case "Softmax" -> new Operator.Softmax(kind);
            case "Mean" -> new Operator.Reduction("ReduceMean");
            case "Add", "Sum", "Mul", "Sub" -> new Operator.Elementwise(kind);
            default -> new Operator.Activation(kind);
        };
    }

    /** Repeats a structure, whose layers read {@code x}, in a chain. Between two of them is a pooling of its own. */
    private static LayerGraph repeated(int times, String structure) {
        Tensor x = Tensor.float32("in", 1, 4, 8, 8);
        LayerGraph.Builder builder = LayerGraph.builder("net").input(x);
        for (int round = 0; round < times; round++) {
            Map<String, Tensor> tensors = new HashMap<>(Map.of("x", x));
            for (String layer : structure.split("; *", -1)) {
                String[] words = layer.split(" ", -1);
                x = Tensor.float32(round + words[0], 1, 4, 8, 8);
                List<Tensor> reads = Stream.of(words).skip(2).map(tensors::get).toList();
                builder.add(Layer.of(round + words[0], operator(words[1]), reads, List.of(x)));
                tensors.put(words[0], x);
            }
            Tensor next = Tensor.float32(round + "next", 1, 4, 8, 8);
            builder.add(Layer.of(round + "next", new Operator.Other("Own" + round), List.of(x), List.of(next)));
            x = next;
        }
        return builder.build();
    }

    private static List<String> names(LayerGraph graph) {
        List<String> names = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            if (layer.operator() instanceof Operator.Block block) {
                names.add(block.label().startsWith("Block<") ? UNNAMED : block.label());
                names.addAll(names(block.body()));
            }
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "a Point x; b Conv a; c Conv a; d Concat b c, Fire",
        "a Point x; b Relu a; c Conv b; d Relu b; e Concat c d, Fire",
        "a Point x; b Relu a; c Conv b; d Softmax b; e Concat c d, Block",
        "a Conv x; b Conv x; c Conv x; d Concat a b c, Inception",
        "a Relu x; b Relu x; c Tanh x; d Concat a b c, Block",
        "a Relu x; b Tanh x; c Concat a b, Block",
        "a Global x; b Sigmoid a; c Mul x b, SqueezeExcitation",
        "a Sigmoid x; b Mul x a, Swish",
        "a Tanh x; b Mul x a, Block",
        "a Sigmoid x; b Tanh a; c Mul x b, Block",
        "a Conv x; b Conv a; c Add b x, Residual",
        "a Conv x; b Conv a; c Add x b, Residual",
        "a Conv x; b Conv a; c Point x; d Add b c, Residual(projection)",
        "a Conv x; b Conv a; c Norm x; d Add c b, Residual(projection)",
        "a Conv x; b Conv a; c Relu x; d Add b c, Block",
        "a Conv x; b Conv a; c Sum b x x, Block",
        "a Relu x; b Tanh a; c Add b x, Residual",
        "a Point x; b Depth a; c Point b; d Add c x, InvertedResidual",
        "a Point x; b Grouped a; c Point b; d Add c x, Residual",
        "a MatMul x; b Softmax a; c Add b x, Attention",
        "a MatMul x; b Relu a; c Add b x, FeedForward",
        "a Sub x x, Nothing",
    })
    void collapse_structureThatOccursTwice_hasItsName(String structure, String name) {
        LayerGraph graph = repeated(2, structure);

        CollapsedGraph collapsed = COLLAPSER.withLinearise(false).collapse(graph);

        assertThat(names(collapsed.graph())).isEqualTo(name.equals("Nothing") ? List.of() : List.of(name, name));
        assertThat(collapsed.expand()).isEqualTo(graph);
    }

    /** A structure that occurs once is between cut points only. */
    @Test
    void collapse_structureThatOccursOnce_hasNoName() {
        LayerGraph graph = repeated(1, "a Conv x; b Conv a; c Add b x");

        assertThat(names(COLLAPSER.collapse(graph).graph())).containsExactly(ChainLinearizer.LABEL);
        assertThat(names(COLLAPSER.withMinSupport(1).collapse(graph).graph())).containsExactly("Residual");
        assertThat(COLLAPSER.withLinearise(false).collapse(graph).graph()).isEqualTo(graph);
    }

    @Test
    void collapse_branchesInOtherOrder_areTheSameStructure() {
        String first = "a Relu x; b Tanh x; c Concat a b";
        String second = "b Tanh x; a Relu x; c Concat b a";
        LayerGraph either = repeated(
                2,
                first + "; e Elu c; f Selu e; "
                        + second.replaceAll("\\b([abc])\\b", "$1$1").replace(" x", " f"));

        List<String> labels = new ArrayList<>();
        COLLAPSER.collapse(either).graph().layers().forEach(layer -> {
            if (layer.operator() instanceof Operator.Block block) {
                labels.add(block.label());
            }
        });

        assertThat(labels).hasSize(4);
        assertThat(labels.stream().distinct()).hasSize(1);
    }

    /** What follows or precedes every occurrence belongs to the blocks, up to the greatest number of layers. */
    @ParameterizedTest
    @CsvSource({
        "a Conv x; b Conv a; c Add b x; d Relu c, 4, 4",
        "a Conv x; b Conv a; c Add b x; d Norm c; e Relu d, 5, 5",
        "a Conv x; b Conv a; c Add b x; d Norm c; e Relu d, 4, 4",
        "a Conv x; b Conv a; c Add b x; d Norm c; e Relu d, 3, 3",
        "a Conv x; b Conv a; c Add b x; d Softmax c, 9, 3",
        "a Conv x; b Conv a; c Add b x; d Conv c, 9, 3",
        "y Conv x; z Relu y; a Conv z; b Point z; d Concat a b, 9, 5",
        "y Conv x; z Relu y; a Conv z; b Point z; d Concat a b, 4, 4",
        "y Softmax x; z Relu y; a Conv z; b Point z; d Concat a b, 9, 4",
        "a Conv x; b Point x; d Concat a b; e Relu d, 9, 3",
    })
    void collapse_layersBesideEveryBlock_joinIt(String structure, int most, int layers) {
        CollapsedGraph collapsed =
                COLLAPSER.withLinearise(false).withMaxBlockLayers(most).collapse(repeated(2, structure));

        assertThat(collapsed.graph().layers().stream()
                        .filter(layer -> layer.operator() instanceof Operator.Block)
                        .map(layer -> collapsed.layersOf(layer.name()).size()))
                .containsExactly(layers, layers);
    }

    @Test
    void collapse_attentionBesideFeedForward_isAnEncoder() {
        String structure = "a MatMul x; b Softmax a; c Add b x; n Norm c; d MatMul n; e Relu d; f Add e n";
        LayerGraph graph = repeated(2, structure);

        assertThat(names(COLLAPSER.collapse(graph).graph()))
                .containsExactly("Encoder", "Attention", "FeedForward", "Encoder", "Attention", "FeedForward");
        assertThat(names(COLLAPSER.withMaxBlockLayers(7).collapse(graph).graph()))
                .contains("Encoder");
        assertThat(names(COLLAPSER.withMaxBlockLayers(6).collapse(graph).graph()))
                .containsExactly("Attention", "FeedForward", "Attention", "FeedForward");
        assertThat(names(COLLAPSER
                        .collapse(repeated(
                                2,
                                structure
                                        .replace("d MatMul n", "m Softmax n; d MatMul m")
                                        .replace("f Add e n", "f Add e m")))
                        .graph()))
                .containsExactly("Attention", "FeedForward", "Attention", "FeedForward");
    }

    @Test
    void collapse_tensorThatIsReadOnEachSideOfACut_mayBeCarried() {
        LayerGraph.Builder builder = LayerGraph.builder("masked");
        Tensor x = Tensor.ofBytes("x", 100);
        Tensor mask = Tensor.ofBytes("mask", 10);
        Tensor raw = Tensor.ofBytes("raw", 10);
        builder.input(x).input(raw).add(Layer.of("sub", operator("Sub"), List.of(raw), List.of(mask)));
        for (int index = 0; index < 4; index++) {
            Tensor next = Tensor.ofBytes("x" + index, 100);
            List<Tensor> reads = index == 2 ? List.of(x) : List.of(x, mask);
            builder.add(
                    Layer.of("l" + index, operator("Add"), reads, List.of(next)).withMacs(1));
            x = next;
        }
        LayerGraph graph = builder.build();

        assertThat(COLLAPSER.withMaxCarriedShare(0.1).collapse(graph).graph().layers())
                .hasSize(4);
        assertThat(COLLAPSER.withMaxCarriedShare(0.09).collapse(graph).graph().layers())
                .hasSize(2);
        assertThat(COLLAPSER.withMaxCarriedShare(0).collapse(graph).graph().layers())
                .hasSize(2);
    }
}
