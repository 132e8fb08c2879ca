package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.split.PipelineManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentence encoders as exported from PyTorch, in single precision and quantised; both come with a test dependency. */
class RealTransformersTest {

    private static final Platform PLATFORM = new Platform(
            List.of(
                    DevicePresets.RASPBERRY_PI_4B.device("terminal"),
                    DevicePresets.JETSON_NANO_GPU.device("edge"),
                    DevicePresets.TESLA_T4_FP32.device("cloud")),
            List.of(Link.of("*", "*", 1e7, 0.001)));

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
        assertSplitsAsPlanned(folder.resolve(file), graph, collapsed);
    }

    private LayerGraph read(String file) throws IOException {
        Path model = folder.resolve(file);
        try (InputStream stream = RealTransformersTest.class.getResourceAsStream("/" + file)) {
            Files.copy(stream, model);
        }
        return OnnxReader.withDefaults().withOtherDimensions(128).read(model).graph();
    }

    private static List<List<String>> encoders(CollapsedGraph collapsed) {
        return encoders(collapsed.graph()).stream()
                .map(Layer::name)
                .map(collapsed::layersOf)
                .map(names -> names.stream().sorted().toList())
                .toList();
    }

    private static List<Layer> encoders(LayerGraph graph) {
        return graph.layers().stream()
                .filter(layer -> layer.operator() instanceof Operator.Block block
                        && block.label().equals(BlockPattern.ENCODER))
                .toList();
    }

    /** The mask is sent from the device of the first block to every other device that runs an encoder. */
    private static void assertCostsTheSame(LayerGraph graph, CollapsedGraph collapsed) {
        Scenario scenario = Scenario.of(
                "sentences",
                Workload.of(Task.of("sentences", graph, "terminal").withFrames(10)),
                PLATFORM,
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

    /** A cut between two encoders sends what the encoder before it writes, and the mask from an earlier one. */
    private void assertSplitsAsPlanned(Path model, LayerGraph graph, CollapsedGraph collapsed) {
        Scenario scenario = Scenario.of(
                "sentences",
                Workload.of(Task.of("sentences", graph, "terminal")),
                PLATFORM,
                RooflineCostModel.withPresets());
        int cut = collapsed.graph().layers().indexOf(encoders(collapsed.graph()).get(3));
        Map<String, String> devices = new LinkedHashMap<>();
        for (Layer block : collapsed.graph().layers()) {
            devices.put(block.name(), collapsed.graph().indexOf(block.name()) < cut ? "terminal" : "edge");
        }
        Plan plan = PlanEvaluator.of(scenario).plan(new Placement(Map.of("sentences", collapsed.expand(devices))));
        List<String> crossing = collapsed.graph().layers().subList(0, cut).stream()
                .flatMap(layer -> layer.outputs().stream())
                .map(Tensor::name)
                .filter(tensor -> collapsed.graph().consumersOf(tensor).stream().anyMatch(reader -> reader >= cut))
                .toList();

        PipelineManifest manifest = OnnxSplitter.withDefaults()
                .withReader(OnnxReader.withDefaults().withOtherDimensions(128))
                .split(model, plan, folder.resolve("stages"));

        assertThat(crossing).hasSize(2);
        assertThat(manifest.stages()).hasSize(2);
        assertThat(manifest.stages().get(1).inputs())
                .extracting(route -> route.tensor().name())
                .containsExactlyInAnyOrderElementsOf(crossing);
    }
}
