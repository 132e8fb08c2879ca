package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.Roofline;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.json.PlanJson;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UnknownWorkTest {

    private static final Tensor IN = Tensor.ofBytes("in", 4);
    private static final Tensor MIDDLE = Tensor.ofBytes("middle", 4);
    private static final Tensor OUT = Tensor.ofBytes("out", 4);
    private static final Device DEVICE = Device.of("d", "k");
    private static final CostModel MODEL =
            RooflineCostModel.withPresets().with("k", new Roofline(1, Double.POSITIVE_INFINITY, 1));

    private static LayerGraph network(Operator second) {
        return LayerGraph.builder("net")
                .input(IN)
                .add(Layer.of("known", new Operator.FullyConnected(), List.of(IN), List.of(MIDDLE))
                        .withMacs(2))
                .add(Layer.of("second", second, List.of(MIDDLE), List.of(OUT)))
                .build();
    }

    private static Scenario scenario(LayerGraph graph, CostModel model) {
        return Scenario.of("s", Workload.of(Task.of("t", graph)), new Platform(List.of(DEVICE), List.of()), model);
    }

    private static Plan plan(Scenario scenario) {
        Map<String, Map<String, String>> places = new LinkedHashMap<>();
        for (Task task : scenario.workload().tasks()) {
            Map<String, String> devices = new LinkedHashMap<>();
            task.graph().layers().forEach(layer -> devices.put(layer.name(), "d"));
            places.put(task.name(), devices);
        }
        return PlanEvaluator.of(scenario).plan(new Placement(places));
    }

    @Test
    void unknownWork_unknownOperator_countsItsShareOfTheTime() {
        UnknownWork work =
                plan(scenario(network(new Operator.Other("Mystery")), MODEL)).unknownWork();

        assertThat(work.share()).isEqualTo(0.25);
        assertThat(work.layers())
                .containsExactly(new UnknownWork.Part("t", "second", "the work of operator 'Mystery' is not known"));
    }

    @Test
    void unknownWork_knownOperators_isEmpty() {
        UnknownWork work =
                plan(scenario(network(new Operator.Activation("Relu")), MODEL)).unknownWork();

        assertThat(work.isEmpty()).isTrue();
        assertThat(work.share()).isZero();
    }

    @Test
    void unknownWork_otherWithMacs_isKnown() {
        LayerGraph graph = LayerGraph.builder("net")
                .input(IN)
                .add(Layer.of("attention", new Operator.Other("Attention"), List.of(IN), List.of(OUT))
                        .withMacs(9))
                .build();

        assertThat(plan(scenario(graph, MODEL)).unknownWork().isEmpty()).isTrue();
    }

    @Test
    void unknownWork_noTimeAtAll_isAllOfIt() {
        LayerGraph graph = LayerGraph.builder("net")
                .input(IN)
                .add(Layer.of("only", new Operator.Other("Mystery"), List.of(IN), List.of(OUT)))
                .build();
        CostModel free = (layer, device) -> Cost.ZERO;

        assertThat(plan(scenario(graph, free)).unknownWork().share()).isEqualTo(1);
    }

    @Test
    void unknownWork_measuredLayer_isKnown() {
        CostModel measured = TableCostModel.of(Map.of("known", Map.of("k", 1.0), "second", Map.of("k", 1.0)));

        assertThat(plan(scenario(network(new Operator.Other("Mystery")), measured))
                        .unknownWork()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void unknownWork_severalTasks_weighsFramesAndNamesTasks() {
        LayerGraph mystery = network(new Operator.Other("Mystery"));
        Scenario scenario = scenario(mystery, MODEL)
                .withWorkload(new Workload(List.of(
                        Task.of("a", mystery).withFrames(3),
                        Task.of("b", network(new Operator.Activation("Relu"))).withFrames(2))));

        UnknownWork work = plan(scenario).unknownWork();

        assertThat(work.share()).isCloseTo(3.0 / (3 * 4 + 2 * 3), within(1e-12));
        assertThat(work.layers()).extracting(UnknownWork.Part::task).containsExactly("a");
    }

    @Test
    void unknownWork_block_isUnknownIfALayerInsideIs() {
        LayerGraph body = network(new Operator.Other("Mystery"));
        Layer block = Layer.of("block", new Operator.Block("Block", body), List.of(IN), List.of(OUT))
                .withMacs(2);
        LayerGraph graph = LayerGraph.builder("net").input(IN).add(block).build();

        assertThat(plan(scenario(graph, MODEL)).unknownWork().layers())
                .extracting(UnknownWork.Part::reason)
                .containsExactly("in 'second' the work of operator 'Mystery' is not known");
    }

    @Test
    void unknownWork_scenarioAsBytes_isKept() {
        Scenario sent = scenario(network(new Operator.Other("Mystery")), MODEL);

        Scenario arrived = ScenarioBytes.read(ScenarioBytes.write(sent));

        assertThat(plan(arrived).unknownWork().share()).isEqualTo(0.25);
    }

    @Test
    void planFile_ofUnknownWorkAndNotices_keepsBoth() {
        LayerGraph graph = new ImportedModel(
                        network(new Operator.Other("Mystery")), Map.of("Mystery", 1), List.of("Assumed something."))
                .graph();
        Plan plan = plan(scenario(graph, MODEL));

        Plan read = PlanJson.parse(PlanJson.render(plan, OptionalDouble.empty()));

        assertThat(read.notices())
                .isEqualTo(plan.notices())
                .containsExactly(
                        "Assumed something.",
                        "Unknown operators, whose work is not counted, with the number of their layers: Mystery (1).");
        assertThat(read.unknownWork()).isEqualTo(plan.unknownWork());
        assertThat(read.unknownWork().share()).isEqualTo(0.25);
    }

    @Test
    void problemFile_tasksOfOneLayerNameWithDifferentReasons_keepsThemApart() {
        Scenario scenario = scenario(network(new Operator.Other("Mystery")), MODEL)
                .withWorkload(new Workload(List.of(
                        Task.of("a", network(new Operator.Elementwise("Add"))),
                        Task.of("b", network(new Operator.Other("Mystery"))))));

        Scenario read = ProblemJson.parse(ProblemJson.render(scenario));

        assertThat(plan(read).unknownWork().layers())
                .extracting(UnknownWork.Part::task)
                .containsExactly("b");
    }

    @Test
    void notices_collapsedScenario_areThoseOfTheNetwork() {
        LayerGraph graph = network(new Operator.Activation("Relu")).withNotices(List.of("Assumed something."));
        CollapsedScenario collapsed = CollapsedScenario.of(scenario(graph, MODEL), ChainLinearizer.withDefaults());

        assertThat(collapsed.scenario().notices()).containsExactly("Assumed something.");
        assertThat(collapsed.expand(plan(collapsed.scenario())).notices()).containsExactly("Assumed something.");
    }

    @Test
    void notices_severalTasks_beginWithTheTask() {
        LayerGraph graph = network(new Operator.Activation("Relu")).withNotices(List.of("Assumed something."));
        Scenario scenario =
                scenario(graph, MODEL).withWorkload(new Workload(List.of(Task.of("a", graph), Task.of("b", graph))));

        assertThat(scenario.notices()).containsExactly("a: Assumed something.", "b: Assumed something.");
    }

    @Test
    void notices_networkAsBytes_arrive() {
        LayerGraph graph = network(new Operator.Activation("Relu")).withNotices(List.of("Assumed something."));

        Scenario arrived = ScenarioBytes.read(ScenarioBytes.write(scenario(graph, MODEL)));

        assertThat(arrived.notices()).containsExactly("Assumed something.");
    }
}
