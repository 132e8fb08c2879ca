package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.darknet.DarknetReader;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.testing.TestData;
import io.github.codnn.zoo.Filter;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.NetworkBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrequentSubgraphCollapserTest {

    private static final FrequentSubgraphCollapser COLLAPSER = FrequentSubgraphCollapser.withDefaults();

    /** Counts of the papers that describe the networks; layers of blocks and layers beside them follow from the zoo. */
    @ParameterizedTest
    @CsvSource({
        "googlenet, Inception, 9, 26",
        "googlenet-torchvision, Inception, 9, 25",
        "resnet18, Residual, 8, 15",
        "resnet50, Residual, 16, 23",
        "resnet152, Residual, 50, 57",
        "darknet53, Residual, 23, 44",
        "squeezenet1.0, Fire, 8, 17",
        "squeezenet1.1, Fire, 8, 17",
        "mobilenet-v2, InvertedResidual, 17, 26",
        "densenet121, Dense, 4, 25",
        "bert-base, Encoder, 12, 19",
        "vit-b-16, Encoder, 12, 20"
    })
    void collapse_zoo_findsItsBlocks(String network, String family, int blocks, int layersAfter) {
        CollapsedGraph collapsed = COLLAPSER.collapse(ModelZoo.named(network).build());

        assertThat(family(collapsed.graph(), family)).isEqualTo(blocks);
        assertThat(collapsed.graph().layers()).hasSize(layersAfter);
    }

    @ParameterizedTest
    @CsvSource({
        "onnx/light_inception_v1.onnx, Inception, 9",
        "onnx/light_resnet50.onnx, Residual, 16",
        "darknet/darknet53.cfg, Residual, 23",
        "darknet/resnet18.cfg, Residual, 8"
    })
    void collapse_realFile_findsItsBlocks(String file, String family, int blocks) {
        Path path = TestData.path("models/" + file);
        LayerGraph graph = (file.endsWith(".onnx")
                        ? OnnxReader.withDefaults().read(path)
                        : DarknetReader.withDefaults().read(path))
                .graph();

        CollapsedGraph collapsed = COLLAPSER.collapse(graph);

        assertThat(family(collapsed.graph(), family)).isEqualTo(blocks);
        assertThat(collapsed.graph().isChain()).isTrue();
        assertThat(collapsed.expand()).isEqualTo(graph);
    }

    @Test
    void collapse_variants_areToldApartByLabel() {
        assertThat(labels(ModelZoo.RESNET50))
                .containsOnly(Map.entry("Residual", 12), Map.entry("Residual(projection)", 4));
        assertThat(labels(ModelZoo.MOBILENET_V2))
                .containsOnly(
                        Map.entry("InvertedResidual", 10),
                        Map.entry("InvertedResidual(linear)", 6),
                        Map.entry("InvertedResidual(unexpanded)", 1));
    }

    @Test
    void collapse_blocksInBlocks_nest() {
        assertThat(labels(ModelZoo.DENSENET121)).containsEntry("DenseLayer", 58);
        assertThat(labels(ModelZoo.VIT_B_16)).containsEntry("Attention", 12).containsEntry("FeedForward", 12);
    }

    @ParameterizedTest
    @EnumSource(ModelZoo.class)
    void collapse_zoo_makesChainsAndKeepsEverything(ModelZoo network) {
        LayerGraph graph = network.build();

        CollapsedGraph collapsed = COLLAPSER.collapse(graph);

        assertThat(collapsed.graph().isChain()).isTrue();
        assertThat(collapsed.graph().macs()).isEqualTo(graph.macs());
        assertThat(collapsed.graph().parameters()).isEqualTo(graph.parameters());
        assertThat(collapsed.graph().parameterBytes()).isEqualTo(graph.parameterBytes());
        assertThat(collapsed.expand()).isEqualTo(graph);
    }

    @Test
    void collapse_firstBlockReadsTheInput_isABlockLikeTheOthers() {
        NetworkBuilder net = NetworkBuilder.named("stack");
        Tensor x = net.input("image", 1, 8, 4, 4);
        for (int block = 0; block < 25; block++) {
            Tensor y = net.conv(block + "/conv1", x, 8, Filter.same(3));
            y = net.conv(block + "/conv2", net.relu(block + "/relu", y), 8, Filter.same(3));
            x = net.add(block + "/add", y, x);
        }

        LayerGraph graph = net.build();
        LayerGraph collapsed = COLLAPSER.collapse(graph).graph();

        assertThat(graph.layers()).hasSize(100);
        assertThat(collapsed.layers()).hasSize(25);
        assertThat(labels(collapsed)).containsOnly(Map.entry("Residual", 25));
        assertThat(collapsed.isChain()).isTrue();
        assertThat(collapsed.hasBypass()).isFalse();
    }

    @Test
    void minSupport_aboveTheCount_leavesOrdinaryBlocks() {
        LayerGraph graph = ModelZoo.GOOGLENET.build();

        assertThat(family(COLLAPSER.withMinSupport(9).collapse(graph).graph(), "Inception"))
                .isEqualTo(9);
        assertThat(labels(COLLAPSER.withMinSupport(10).collapse(graph).graph()))
                .containsOnly(Map.entry(ChainLinearizer.LABEL, 9));
    }

    @Test
    void maxBlockLayers_belowTheSize_leavesTheLayers() {
        LayerGraph graph = ModelZoo.GOOGLENET.build();

        CollapsedGraph collapsed =
                COLLAPSER.withMaxBlockLayers(13).withLinearise(false).collapse(graph);

        assertThat(collapsed.graph()).isEqualTo(graph);
    }

    @Test
    void settings_outOfRange_areRefused() {
        assertThatThrownBy(() -> COLLAPSER.withMinSupport(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COLLAPSER.withMaxBlockLayers(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int family(LayerGraph graph, String family) {
        return labels(graph).entrySet().stream()
                .filter(entry -> entry.getKey().replaceAll("\\(.*", "").equals(family))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Integer> labels(ModelZoo network) {
        return labels(COLLAPSER.collapse(network.build()).graph());
    }

    private static Map<String, Integer> labels(LayerGraph graph) {
        Map<String, Integer> labels = new TreeMap<>();
        count(graph, labels);
        return labels;
    }

    private static void count(LayerGraph graph, Map<String, Integer> labels) {
        for (Layer layer : graph.layers()) {
            if (layer.operator() instanceof Operator.Block block) {
                labels.merge(block.label(), 1, Integer::sum);
                count(block.body(), labels);
            }
        }
    }
}
