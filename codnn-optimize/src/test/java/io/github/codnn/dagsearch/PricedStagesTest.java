package io.github.codnn.dagsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.GnmtGraphs;
import io.github.codnn.testproblems.ManyDevices;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PricedStagesTest {

    private static final int STEPS = 60;

    private static StopSignal signal(OffloadingProblem problem) {
        return new StopSignal(SearchRun.start(problem, SearchOptions.withDefaults(), "test"));
    }

    private static PricedStages stages(
            OffloadingProblem problem, BiFunction<DagModel, StopSignal, Optional<PricedStages>> of) {
        return of.apply(new DagModel(problem.compiled()), signal(problem)).orElseThrow();
    }

    private static boolean isEverImpossible(PricedStages stages, double period) {
        boolean isImpossible = false;
        stages.prepare(period);
        for (int step = 0; step < STEPS && !isImpossible; step++) {
            isImpossible = stages.isImpossible();
            stages.adapt(step);
        }
        return isImpossible;
    }

    @Property(tries = 60)
    void isImpossible_withoutLightNodes_isNeverTrueOfTheOptimum(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.dag(seed, 7, 4), Objective.PERIOD);
        double optimum = BruteForce.optimum(problem);
        if (optimum < Double.POSITIVE_INFINITY) {
            PricedStages rough = stages(problem, (model, signal) -> PricedStages.withoutLightNodes(model, 1, signal));
            assertThat(isEverImpossible(rough, optimum)).isFalse();
        }
    }

    /** Layers of one second in a row; only the links of one device take less than five seconds. */
    @ParameterizedTest
    @EnumSource(TransferMode.class)
    void isImpossible_linksOfNeighbouringStages_count(TransferMode transfers) {
        List<Link> links = new ArrayList<>();
        for (String other : List.of("d1", "d2", "d3")) {
            links.addAll(Link.symmetric("d0", other, 1e9, 0));
        }
        links.add(Link.of(Link.ANY, Link.ANY, 2e5, 0));
        OffloadingProblem problem = problem(row(4), links, transfers);
        PricedStages stages = stages(problem, PricedStages::of);
        assertThat(isEverImpossible(stages, 1.9)).isTrue();
        assertThat(isEverImpossible(stages, 2.1)).isFalse();
        assertThat(BruteForce.optimum(problem)).isBetween(2.0, 2.1);
    }

    /** One layer feeds four others; each takes a second, and so does each transfer. */
    @Test
    void isImpossible_blocking_eachReceiverTakesTimeOfTheSender() {
        OffloadingProblem problem =
                problem(star(4), List.of(Link.of(Link.ANY, Link.ANY, 1e6, 0)), TransferMode.BLOCKING);
        double optimum = BruteForce.optimum(problem);
        PricedStages stages = stages(problem, PricedStages::of);
        assertThat(optimum).isEqualTo(3);
        assertThat(isEverImpossible(stages, 2.9)).isTrue();
        assertThat(isEverImpossible(stages, optimum)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TransferMode.class)
    void plan_roomyPeriod_keepsIt(TransferMode transfers) {
        Scenario scenario = ManyDevices.DIFFERENT
                .scenario(GnmtGraphs.WIDE.onEqual(1, TransferMode.OVERLAPPED), 16)
                .withTransfers(transfers);
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        PricedStages rough = stages(problem, PricedStages::withoutLightNodes);
        double period = transfers == TransferMode.BLOCKING ? 0.03 : 0.01;
        rough.prepare(period);
        rough.isImpossible();
        Evaluation evaluation = problem.evaluator().newEvaluation();
        evaluation.evaluate(rough.plan().orElseThrow());
        assertThat(evaluation.feasible()).isTrue();
        assertThat(evaluation.periodSeconds()).isLessThan(period * 1.01);
    }

    @Test
    void order_withoutLightNodes_isATopologicalOrderOfTheWhole() {
        Scenario scenario = ManyDevices.CLASSES.scenario(GnmtGraphs.WIDE.onEqual(1, TransferMode.OVERLAPPED), 16);
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        DagModel model = new DagModel(problem.compiled());
        PricedStages rough = stages(problem, PricedStages::withoutLightNodes);
        rough.prepare(0.01);
        rough.isImpossible();
        int[] order = rough.order();
        int[] position = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            position[order[place]] = place;
        }
        assertThat(Arrays.stream(order).sorted().distinct().toArray()).hasSize(model.size);
        for (int node = 0; node < model.size; node++) {
            for (int next : model.nodes.successors(node)) {
                assertThat(position[node]).isLessThan(position[next]);
            }
        }
    }

    private static LayerGraph row(int layers) {
        LayerGraph.Builder graph = LayerGraph.builder("row");
        Tensor last = Tensor.ofBytes("x", 1);
        graph.input(last);
        for (int layer = 0; layer < layers; layer++) {
            last = add(graph, layer, last);
        }
        return graph.build();
    }

    private static LayerGraph star(int leaves) {
        LayerGraph.Builder graph = LayerGraph.builder("star");
        Tensor input = Tensor.ofBytes("x", 1);
        graph.input(input);
        Tensor centre = add(graph, 0, input);
        for (int leaf = 1; leaf <= leaves; leaf++) {
            add(graph, leaf, centre);
        }
        return graph.build();
    }

    private static Tensor add(LayerGraph.Builder graph, int number, Tensor input) {
        Tensor output = Tensor.ofBytes("x" + number, 1_000_000);
        graph.add(Layer.of("l" + number, new Operator.Activation("Relu"), List.of(input), List.of(output)));
        return output;
    }

    private static OffloadingProblem problem(LayerGraph graph, List<Link> links, TransferMode transfers) {
        List<Device> devices = new ArrayList<>();
        for (int device = 0; device < 4; device++) {
            devices.add(Device.of("d" + device, "k"));
        }
        Map<String, Map<String, Double>> seconds = new HashMap<>();
        graph.layers().forEach(layer -> seconds.put(layer.name(), Map.of("k", 1.0)));
        Task task = Task.of("frames", graph).withSink(Optional.empty());
        Scenario scenario =
                Scenario.of("small", Workload.of(task), new Platform(devices, links), TableCostModel.of(seconds));
        return OffloadingProblem.of(scenario.withTransfers(transfers), Objective.PERIOD);
    }
}
