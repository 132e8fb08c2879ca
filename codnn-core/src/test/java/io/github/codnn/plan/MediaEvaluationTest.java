package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Medium.Duplex;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.simulate.Simulation;
import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.testing.PlanningArbitraries.Case;
import io.github.codnn.testing.SharedMedia;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Links that share a medium. */
class MediaEvaluationTest {

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.oneOf(List.of(
                PlanningArbitraries.cases(PlanningArbitraries.scenarios()),
                PlanningArbitraries.stageCases(PlanningArbitraries.scenarios()),
                PlanningArbitraries.stageCases(PlanningArbitraries.oneChainScenarios()),
                PlanningArbitraries.cases(PlanningArbitraries.sparseScenarios())));
    }

    @Provide
    Arbitrary<Case> linkedCases() {
        return Arbitraries.oneOf(List.of(
                PlanningArbitraries.cases(PlanningArbitraries.scenarios()),
                PlanningArbitraries.cases(PlanningArbitraries.oneTaskScenarios()),
                PlanningArbitraries.stageCases(PlanningArbitraries.oneChainScenarios())));
    }

    private static Offset<Double> rounding(double value) {
        return within(1e-9 * Math.max(1e-6, Math.abs(value)));
    }

    @Property(tries = 1000, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void evaluate_anyMedia_agreesWithTheDefinitions(@ForAll("cases") Case sample, @ForAll long seed) {
        Scenario scenario = SharedMedia.spread(sample.scenario(), seed);
        NaiveEvaluator naive = new NaiveEvaluator(scenario, sample.placement());

        MetricsSnapshot metrics = PlanEvaluator.of(scenario).evaluate(sample.placement());

        for (int index = 0; index < metrics.taskCount(); index++) {
            Task task = scenario.workload().tasks().get(index);
            double makespan = naive.makespan(task);
            assertThat(metrics.periodSeconds(index)).isCloseTo(naive.period(task.name()), rounding(makespan));
            assertThat(metrics.responseSeconds(index)).isCloseTo(naive.response(task.name()), rounding(makespan));
            assertThat(metrics.makespanSeconds(index)).isCloseTo(makespan, rounding(makespan));
        }
        assertThat(metrics.transferJoules()).isCloseTo(naive.transferJoules(), rounding(naive.transferJoules()));
        assertThat(metrics.violation()).isCloseTo(naive.violation(), rounding(1 + naive.violation()));
    }

    @Property(tries = 1000, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void evaluate_fixedPlan_isNeverFasterForSharing(@ForAll("cases") Case sample, @ForAll long seed) {
        Scenario scenario = SharedMedia.spread(sample.scenario(), seed);

        MetricsSnapshot shared = PlanEvaluator.of(scenario).evaluate(sample.placement());

        MetricsSnapshot apart = PlanEvaluator.of(SharedMedia.remove(scenario)).evaluate(sample.placement());

        boolean slower = false;
        for (int task = 0; task < apart.taskCount(); task++) {
            assertThat(shared.periodSeconds(task)).isGreaterThanOrEqualTo(apart.periodSeconds(task) * (1 - 1e-12));
            assertThat(shared.responseSeconds(task)).isGreaterThanOrEqualTo(apart.responseSeconds(task) * (1 - 1e-12));
            slower |= shared.periodSeconds(task) > apart.periodSeconds(task);
        }
        Statistics.label("slower").collect(slower);
    }

    /** What one evaluation leaves behind must not reach the next. */
    @Property(tries = 200, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void evaluation_usedAgain_givesWhatANewOneGives(@ForAll("cases") Case sample, @ForAll long seed) {
        PlanEvaluator evaluator = PlanEvaluator.of(SharedMedia.spread(sample.scenario(), seed));
        int[] placement = evaluator.encode(sample.placement());
        int[] other = new int[placement.length];
        Evaluation used = evaluator.newEvaluation();
        used.evaluate(placement);
        used.evaluate(other);
        used.evaluate(placement);
        Evaluation fresh = evaluator.newEvaluation();
        fresh.evaluate(placement);

        assertThat(used.periodSeconds()).isEqualTo(fresh.periodSeconds());
        assertThat(used.responseSeconds()).isEqualTo(fresh.responseSeconds());
    }

    @Property(tries = 1000, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void simulation_anyMedia_takesTheClosedFormOrLonger(@ForAll("linkedCases") Case sample, @ForAll long seed) {
        Scenario scenario = SharedMedia.spread(sample.scenario(), seed);
        MetricsSnapshot closed = PlanEvaluator.of(scenario).evaluate(sample.placement());

        Simulation simulation = PipelineSimulator.of(scenario).simulate(sample.placement());

        for (int task = 0; task < closed.taskCount(); task++) {
            Simulation.TaskRun run = simulation.tasks().get(task);
            double makespan = closed.makespanSeconds(task);
            assertThat(run.interArrivalSeconds()).isCloseTo(closed.periodSeconds(task), rounding(makespan));
            assertThat(run.lastCompletionSeconds()).isGreaterThanOrEqualTo(makespan * (1 - 1e-9));
        }
        assertThat(simulation.resources())
                .allSatisfy(use -> assertThat(use.utilization()).isBetween(0.0, 1 + 1e-9));
    }

    private static final Tensor FRAME = Tensor.ofBytes("x", 30);
    private static final Tensor INNER = Tensor.ofBytes("y", 20);
    private static final Tensor RESULT = Tensor.ofBytes("z", 10);

    /** A frame of 30 bytes goes to the edge, 20 bytes to the cloud, 10 bytes back to the drone; 10 bytes a second. */
    private static Scenario drone(Duplex duplex) {
        Operator operator = new Operator.Other("Measured");
        LayerGraph graph = LayerGraph.builder("net")
                .input(FRAME)
                .add(Layer.of("first", operator, List.of(FRAME), List.of(INNER)))
                .add(Layer.of("last", operator, List.of(INNER), List.of(RESULT)))
                .output("z")
                .build();
        List<Device> devices = List.of(
                Device.of("drone", "k").withTier(Tier.TERMINAL),
                Device.of("edge", "k"),
                Device.of("cloud", "k").withTier(Tier.CLOUD));
        Medium radio = new Medium("radio", 10, duplex);
        Platform platform = new Platform(
                devices,
                List.of(
                        Link.of("drone", Link.ANY, radio, 0),
                        Link.of(Link.ANY, "drone", radio, 0),
                        Link.of("edge", "cloud", 10, 0)),
                List.of(radio));
        return Scenario.of(
                "drone",
                Workload.of(Task.of("t", graph, "drone").withFrames(50)),
                platform,
                TableCostModel.of(Map.of("first", Map.of("k", 0.5), "last", Map.of("k", 0.5))));
    }

    private static Placement placement(String first, String last) {
        return new Placement(Map.of("t", Map.of("first", first, "last", last)));
    }

    @Test
    void period_halfDuplex_sumsBothDirections() {
        MetricsSnapshot metrics = PlanEvaluator.of(drone(Duplex.HALF)).evaluate(placement("edge", "cloud"));

        assertThat(metrics.periodSeconds()).isEqualTo(3 + 1);
        assertThat(metrics.responseSeconds()).isEqualTo(3 + 0.5 + 2 + 0.5 + 1);
    }

    @Test
    void period_fullDuplex_sumsEachDirection() {
        assertThat(PlanEvaluator.of(drone(Duplex.FULL))
                        .evaluate(placement("edge", "cloud"))
                        .periodSeconds())
                .isEqualTo(3);
        // 20 bytes up to the cloud, 10 bytes down from there.
        assertThat(PlanEvaluator.of(drone(Duplex.FULL))
                        .evaluate(placement("drone", "cloud"))
                        .periodSeconds())
                .isEqualTo(2);
    }

    @Test
    void period_twoTasks_shareTheMedium() {
        Scenario one = drone(Duplex.FULL);
        Task task = one.workload().tasks().get(0);
        Task second = Task.of("u", task.graph(), "drone").withFrames(50);
        Scenario two = one.withWorkload(Workload.of(task, second));
        Placement placement = new Placement(
                Map.of("t", Map.of("first", "edge", "last", "edge"), "u", Map.of("first", "cloud", "last", "cloud")));

        MetricsSnapshot metrics = PlanEvaluator.of(two).evaluate(placement);

        assertThat(metrics.periodSeconds(0)).isEqualTo(6);
        assertThat(metrics.periodSeconds(1)).isEqualTo(6);
    }

    @Test
    void simulation_blocking_occupiesSenderReceiverAndMedium() {
        Scenario scenario = drone(Duplex.HALF).withTransfers(TransferMode.BLOCKING);

        Simulation simulation = PipelineSimulator.of(scenario).simulate(placement("edge", "cloud"));

        assertThat(simulation.resources().stream().map(Simulation.ResourceUse::resource))
                .containsExactly("drone", "edge", "cloud", "drone -> edge", "edge -> cloud", "cloud -> drone", "radio");
        assertThat(simulation.resources().stream()
                        .filter(use -> use.resource().equals("radio"))
                        .findFirst()
                        .orElseThrow()
                        .busySeconds())
                .isCloseTo(50 * 4.0, rounding(200));
    }

    /** The load of a medium that one pair uses in one direction is the link's, in the closed form and the simulator. */
    @Test
    void simulation_onceOnTheMedium_isTheClosedForm() {
        Scenario scenario = drone(Duplex.FULL);

        double simulated = PipelineSimulator.of(scenario)
                .simulate(placement("edge", "cloud"))
                .makespanSeconds();

        assertThat(simulated)
                .isCloseTo(
                        PlanEvaluator.of(scenario)
                                .evaluate(placement("edge", "cloud"))
                                .makespanSeconds(),
                        rounding(simulated));
    }
}
