package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.darknet.DarknetReader;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.mining.MiningEnd;
import io.github.codnn.mining.MiningOptions;
import io.github.codnn.mining.MiningResult;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.testing.TestData;
import io.github.codnn.zoo.ModelZoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Candidates from regions against candidates from the miner: the table of docs/collapsing.md. */
class CandidateComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "googlenet, 9, 0",
        "resnet18, 8, 0",
        "resnet50, 16, 0",
        "resnet152, 50, 0",
        "darknet53, 23, 0",
        "squeezenet1.0, 8, 0",
        "squeezenet1.1, 8, 0",
        "vit-b-16, 12, 0",
        "mobilenet-v2, 10, 7",
        "densenet121, 0, 4"
    })
    void collapse_zoo_findsTheSameBlocks(String network, int both, int onlyRegions) {
        CandidateComparison found =
                CandidateComparison.of(ModelZoo.named(network).build());

        assertThat(found.counts().subList(0, 2)).containsExactly(both, onlyRegions);
        assertThat(found.mining().stopReason()).isEqualTo(MiningEnd.COMPLETE);
    }

    @Test
    void collapse_plainChain_minesItsPairs() {
        assertThat(CandidateComparison.of(ModelZoo.VGG16.build()).counts()).containsExactly(0, 0, 13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnx/light_inception_v1.onnx", "onnx/light_resnet50.onnx", "onnx/all-minilm-l6-v2-q.onnx"})
    void collapse_realFile_minesAllBlocksOfTheRegions(String file) {
        assertThat(CandidateComparison.of(read(TestData.path("models/" + file)))
                        .counts()
                        .get(1))
                .isZero();
    }

    @Test
    void mine_stepLimit_endsWithWhatIsFound() {
        FrequentSubgraphCollapser collapser = FrequentSubgraphCollapser.withDefaults()
                .withMining(MiningOptions.withDefaults().withMaxSteps(40));
        LayerGraph graph = ModelZoo.RESNET50.build();

        MiningResult mined = collapser.mine(graph);

        assertThat(mined.stopReason()).isEqualTo(MiningEnd.STEPS);
        assertThat(mined.statistics().steps()).isEqualTo(40);
        assertThat(collapser.collapse(graph).expand()).isEqualTo(graph);
    }

    /** Hundreds of different layers, twice in a row: the most patterns that a network of so many layers can have. */
    @Tag("slow")
    @Test
    void mine_networkOfHundredsOfLayers_endsSoon() {
        int kinds = Boolean.getBoolean("codnn.nightly") ? 400 : 250; // each twice
        Tensor x = Tensor.float32("x0", 8);
        LayerGraph.Builder builder = LayerGraph.builder("twice").input(x);
        for (int index = 0; index < 2 * kinds; index++) {
            Tensor next = Tensor.float32("x" + (index + 1), 8);
            Operator operator = new Operator.Activation("Kind" + index % kinds);
            builder.add(Layer.of("l" + index, operator, List.of(x), List.of(next)));
            x = next;
        }
        LayerGraph graph = builder.build();

        CandidateComparison found = CandidateComparison.of(graph);

        assertThat(found.mining().stopReason()).isEqualTo(MiningEnd.EDGE_LIMIT);
        assertThat(found.mining().statistics().steps()).isLessThan(50_000);
        assertThat(found.mined().graph().layers()).hasSizeLessThan(100);
    }

    /** Writes the table of docs/collapsing.md to target/candidates.md, with the CPU time of this machine. */
    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void table_allNetworks_isWritten() throws IOException {
        Map<String, LayerGraph> graphs = new LinkedHashMap<>();
        for (ModelZoo network : ModelZoo.values()) {
            LayerGraph graph = network.build();
            graphs.put(graph.name(), graph);
        }
        try (Stream<Path> files = Files.walk(TestData.path("models"))) {
            files.filter(file ->
                            file.toString().endsWith(".onnx") || file.toString().endsWith(".cfg"))
                    .sorted()
                    .forEach(file -> graphs.put("`" + file.getFileName() + "`", read(file)));
        }
        graphs.values().forEach(CandidateComparison::of); // compiles the code before times are measured
        List<String> lines = new ArrayList<>(List.of(CandidateComparison.header()));
        graphs.forEach((name, graph) -> lines.add(CandidateComparison.of(graph).row(name)));
        Path table = TestData.root().resolve("codnn-core/target/candidates.md");
        Files.createDirectories(table.getParent());
        Files.write(table, lines);

        assertThat(graphs.values())
                .extracting(graph ->
                        FrequentSubgraphCollapser.withDefaults().mine(graph).stopReason())
                .doesNotContain(MiningEnd.STEPS, MiningEnd.TIME);
    }

    private static LayerGraph read(Path file) {
        return (file.toString().endsWith(".onnx")
                        ? OnnxReader.withDefaults().withOtherDimensions(128).read(file)
                        : DarknetReader.withDefaults().read(file))
                .graph();
    }
}
