package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentence encoders as exported from PyTorch, in single precision and quantised; both come with a test dependency. */
class RealTransformersTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm-l6-v2.onnx", "all-minilm-l6-v2-q.onnx"})
    void collapse_sixEncodersThatReadOneMask_findsThem(String file) throws IOException {
        LayerGraph graph = read(file);

        CollapsedGraph collapsed = FrequentSubgraphCollapser.withDefaults().collapse(graph);
        CollapsedGraph mined =
                FrequentSubgraphCollapser.withDefaults().withMining().collapse(graph);

        assertThat(encoders(collapsed)).hasSize(6);
        assertThat(encoders(mined)).isEqualTo(encoders(collapsed));
        assertThat(collapsed.graph().hasOneOrder()).isTrue();
        assertThat(collapsed.graph().macs()).isEqualTo(graph.macs());
        assertThat(collapsed.graph().parameterBytes()).isEqualTo(graph.parameterBytes());
        assertThat(collapsed.expand()).isEqualTo(graph);
        assertThat(mined.expand()).isEqualTo(graph);
        assertCostsTheSame(graph, collapsed);
    }

    private LayerGraph read(String file) throws IOException {
        Path model = folder.resolve(file);
        try (InputStream stream = RealTransformersTest.class.getResourceAsStream("/" + file)) {
            Files.copy(stream, model);
        }
        return OnnxReader.withDefaults().withOtherDimensions(128).read(model).graph();
    }

    private static List<List<String>> encoders(CollapsedGraph collapsed) {
        return collapsed.graph().layers().stream()
                .filter(layer -> layer.operator() instanceof Operator.Block block
                        && block.label().equals(BlockForm.ENCODER))
                .map(Layer::name)
                .map(collapsed::layersOf)
                .map(names -> names.stream().sorted().toList())
                .toList();
    }

    /** The mask is sent from the device of the first block to every other device that runs an encoder. */
    private static void assertCostsTheSame(LayerGraph graph, CollapsedGraph collapsed) {
        Platform platform = new Platform(
                List.of(
                        DevicePresets.RASPBERRY_PI_4B.device("terminal"),
                        DevicePresets.JETSON_NANO_GPU.device("edge"),
                        DevicePresets.TESLA_T4_FP32.device("cloud")),
                List.of(Link.of("*", "*", 1e7, 0.001)));
        Scenario scenario = Scenario.of(
                "sentences",
                Workload.of(Task.of("sentences", graph, "terminal").withFrames(10)),
                platform,
                RooflineCostModel.withPresets());
        PlanEvaluator layers = PlanEvaluator.of(scenario);
        CollapsedScenario blocks = CollapsedScenario.of(scenario, any -> collapsed);
        PlanEvaluator evaluator = PlanEvaluator.of(blocks.scenario());
        Random random = new Random(11);
        Offset<Double> rounding = Offset.offset(1e-9);
        for (int round = 0; round < 10; round++) {
            Placement placement = evaluator.decode(
                    random.ints(evaluator.compiled().layerCount(), 0, 3).toArray());
            MetricsSnapshot before = layers.evaluate(blocks.expand(placement));
            MetricsSnapshot after = evaluator.evaluate(placement);

            assertThat(after.periodSeconds()).isCloseTo(before.periodSeconds(), rounding);
            assertThat(after.responseSeconds()).isCloseTo(before.responseSeconds(), rounding);
            assertThat(after.energyJoules()).isCloseTo(before.energyJoules(), rounding);
            assertThat(after.transferJoules()).isCloseTo(before.transferJoules(), rounding);
        }
    }
}
