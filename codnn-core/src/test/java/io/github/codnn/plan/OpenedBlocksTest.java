package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OpenedBlocksTest {

    private static final Tensor X = Tensor.ofBytes("x", 1000);
    private static final Tensor MASK = Tensor.ofBytes("mask", 5000);
    private static final Tensor Y = Tensor.ofBytes("y", 1000);
    private static final Tensor Z = Tensor.ofBytes("z", 1000);

    private static final Platform PLATFORM = new Platform(
            List.of(Device.of("near", "kind"), Device.of("far", "kind")), List.of(Link.of("*", "*", 1000, 0)));

    private static final Map<String, Map<String, Double>> SECONDS =
            Map.of("early", Map.of("kind", 3.0), "late", Map.of("kind", 4.0));

    private static Layer layer(String name, List<Tensor> inputs, Tensor output) {
        return Layer.of(name, new Operator.Activation("Relu"), inputs, List.of(output));
    }

    private static Layer block(String name, List<Tensor> inputs, List<Layer> layers, Tensor output) {
        LayerGraph.Builder body = LayerGraph.builder(name);
        inputs.forEach(body::input);
        layers.forEach(body::add);
        return Layer.of(
                name, new Operator.Block("Block", body.output(output.name()).build()), inputs, List.of(output));
    }

    private static Scenario scenario(Map<String, Map<String, Double>> seconds, LayerGraph graph) {
        return Scenario.of("s", Workload.of(Task.of("t", graph, "near")), PLATFORM, TableCostModel.of(seconds));
    }

    private static LayerGraph masked() {
        List<Layer> layers = List.of(layer("early", List.of(X), Y), layer("late", List.of(Y, MASK), Z));
        return LayerGraph.builder("net")
                .input(X)
                .input(MASK)
                .add(block("block", List.of(X, MASK), layers, Z))
                .build();
    }

    /** The frame arrives after 1 s and the mask after 6, when the first layer has been done for 2; results take 1 s. */
    @Test
    void lateInput_delaysOnlyWhatReadsIt() {
        PlanEvaluator evaluator = PlanEvaluator.of(scenario(SECONDS, masked()));

        assertThat(evaluator.compiled().opened().layerCount()).isEqualTo(2);
        assertThat(evaluator.evaluate(evaluator.decode(new int[] {1})).responseSeconds())
                .isCloseTo(6 + 4 + 1, Offset.offset(1e-12));
    }

    @Test
    void blockWithTimeOfItsOwn_staysClosed() {
        Map<String, Map<String, Double>> measured = Map.of("block", Map.of("kind", 5.0));

        PlanEvaluator evaluator = PlanEvaluator.of(scenario(measured, masked()));

        assertThat(evaluator.compiled().opened()).isSameAs(evaluator.compiled());
        assertThat(evaluator.evaluate(evaluator.decode(new int[] {1})).responseSeconds())
                .isCloseTo(6 + 5 + 1, Offset.offset(1e-12));
    }

    @Test
    void blockWithOneEntryAndOneExit_staysClosed() {
        LayerGraph graph = LayerGraph.builder("net")
                .input(X)
                .add(block(
                        "block", List.of(X), List.of(layer("early", List.of(X), Y), layer("late", List.of(Y), Z)), Z))
                .build();

        CompiledScenario compiled = CompiledScenario.of(scenario(SECONDS, graph));

        assertThat(compiled.opened()).isSameAs(compiled);
    }

    @Test
    void blocksWithTheSameNamesWithin_stayClosed() {
        Tensor end = Tensor.ofBytes("end", 1);
        List<Layer> first = List.of(layer("early", List.of(X), Y), layer("late", List.of(Y, MASK), Z));
        List<Layer> second = List.of(layer("early", List.of(Z), Y), layer("late", List.of(Y, MASK), end));
        LayerGraph graph = LayerGraph.builder("net")
                .input(X)
                .input(MASK)
                .add(block("one", List.of(X, MASK), first, Z))
                .add(block("two", List.of(Z, MASK), second, end))
                .build();

        CompiledScenario compiled = CompiledScenario.of(scenario(SECONDS, graph));

        assertThat(compiled.opened()).isSameAs(compiled);
    }

    @Test
    void openedLayers_keepPinsAndStayTogether() {
        Task task = Task.of("t", masked(), "near").withPinned(Map.of("block", "far"));
        Scenario pinned = scenario(SECONDS, masked()).withWorkload(Workload.of(task));

        Task opened = OpenedBlocks.of(pinned).scenario().workload().tasks().get(0);

        assertThat(opened.pinned()).isEqualTo(Map.of("early", "far", "late", "far"));
        assertThat(opened.colocated().values()).containsOnly("block block");
    }

    @Test
    void scenarioWithoutBlocks_isItself() {
        LayerGraph graph = LayerGraph.builder("net")
                .input(X)
                .add(layer("early", List.of(X), Y))
                .build();
        Scenario scenario = scenario(SECONDS, graph);

        assertThat(OpenedBlocks.of(scenario).scenario()).isSameAs(scenario);
        assertThat(OpenedBlocks.of(scenario).owners()).containsExactly(0);
    }
}
