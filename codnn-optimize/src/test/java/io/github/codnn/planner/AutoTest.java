package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.CodnnException;
import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.DnnOff;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.problem.WeightedSum;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.testing.TestData;
import io.github.codnn.testproblems.RandomScenarios;
import io.github.codnn.testproblems.SizedScenarios;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@link Auto} is never behind what it could have asked. A part of the problems in every build, all with
 * {@code -Dcodnn.nightly=true}.
 */
class AutoTest {

    private static final int SHARE = Boolean.getBoolean("codnn.nightly") ? 1 : 5;

    private static final List<Fitness> FITNESS = List.of(
            Objective.PERIOD,
            Objective.RESPONSE,
            Objective.MEAN,
            Objective.ENERGY,
            Objective.PRICE,
            WeightedSum.of(Objective.PERIOD, 1).plus(Objective.ENERGY, 0.25));

    /** Baselines that get all of a small budget, or take a few evaluations. */
    private static final List<Strategy> ALWAYS = List.of(Greedy.withDefaults(), SingleDevice.withDefaults());

    /** Those that have a name. */
    private static final List<Strategy> NAMED = List.of(
            Greedy.withDefaults(),
            SingleDevice.withDefaults(),
            LocalOnly.withDefaults(),
            DnnOff.withDefaults(),
            Neurosurgeon.withDefaults(),
            Dads.withDefaults());

    private static final List<Strategy> CHEAP = List.of(
            Greedy.withDefaults(),
            SingleDevice.withDefaults(),
            LocalOnly.withDefaults(),
            DnnOff.withDefaults(),
            Neurosurgeon.withDefaults(),
            Neurosurgeon.withDefaults().withCriterion(Neurosurgeon.Criterion.ENERGY),
            Dads.withDefaults(),
            Dads.withDefaults().withLoad(Dads.Load.LIGHT));

    private static List<OffloadingProblem> problems(int count) {
        List<OffloadingProblem> problems = new ArrayList<>();
        for (long seed = 0; problems.size() < count; seed++) {
            Fitness fitness = FITNESS.get((int) (seed / 5 % FITNESS.size()));
            try {
                problems.add(OffloadingProblem.of(scenario(seed), fitness));
            } catch (CodnnException unreachable) {
                // Frames would have to go where no link leads.
            }
        }
        return problems;
    }

    private static Scenario scenario(long seed) {
        return switch ((int) (seed % 5)) {
            case 0 -> RandomScenarios.chain(seed, 15, 5);
            case 1 -> RandomScenarios.dag(seed, 15, 5);
            case 2 -> RandomScenarios.several(seed, 8, 4);
            case 3 -> SizedScenarios.dags(seed, 1, 20, 4);
            default -> SizedScenarios.chains(seed, 3, 6, 4);
        };
    }

    private static void assertNeverBehind(List<Strategy> baselines, int problems, long budget) {
        SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(budget));
        for (OffloadingProblem problem : problems(problems / SHARE)) {
            SearchResult auto = Auto.withDefaults().search(problem, options);
            for (Strategy baseline : baselines) {
                double value = baseline.search(problem, options).value();

                assertThat(auto.value())
                        .as("%s: %s", problem.scenario(), baseline)
                        .isLessThanOrEqualTo(value + 1e-9 * Math.abs(value));
            }
            assertThat(auto.evaluations()).isLessThanOrEqualTo((long) (1.1 * budget));
        }
    }

    @Test
    void search_smallBudget_isNeverBehindWhatTakesAFewEvaluations() {
        assertNeverBehind(ALWAYS, 200, 300);
    }

    @Test
    void search_fewEvaluations_isNeverBehindAnyBaseline() {
        assertNeverBehind(NAMED, 100, 500);
    }

    @Test
    void search_thousandsOfEvaluations_isNeverBehindAnyBaseline() {
        assertNeverBehind(CHEAP, 100, 2000);
        assertNeverBehind(CHEAP, 60, 5000);
    }

    @Test
    void search_normalBudget_isNeverBehindAnyBaseline() {
        assertNeverBehind(CHEAP, 200, 15_000);
    }

    @Test
    void search_twoEqualTimesOnAllKindsOfProblems_givesTheSamePlan() {
        for (OffloadingProblem problem : problems(5)) {
            SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(2000));

            assertThat(Auto.withDefaults().search(problem, options))
                    .isEqualTo(Auto.withDefaults().search(problem, options));
        }
    }

    @Test
    void search_blocksThatHideTheBestPlan_isNotBehindGreedyAndUsesItsBudget() {
        Scenario scenario = ProblemJson.read(TestData.path("faults/attack/auto-worse-than-greedy.json"));
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);

        SearchResult auto = Auto.withDefaults().search(problem, SearchOptions.withDefaults());
        SearchResult greedy = Greedy.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(auto.value()).isLessThanOrEqualTo(greedy.value()).isLessThan(0.929);
        assertThat(auto.stopReason() == StopReason.PROVEN || auto.evaluations() > 150_000)
                .isTrue();
    }

    /** The mean of the logarithms of both values, over seeds: single runs differ by several percent. */
    @Test
    void search_networksThatShareDevices_isNotBehindTheSwarmThatItContains() {
        Scenario scenario = sharedDevices();
        OffloadingProblem layers = OffloadingProblem.of(scenario, Objective.ENERGY);
        OffloadingProblem chains = OffloadingProblem.of(
                CollapsedScenario.of(scenario, ChainLinearizer.withDefaults()).scenario(), Objective.ENERGY);
        double behind = 0;
        for (long seed = 1; seed <= 3; seed++) {
            SearchOptions options =
                    SearchOptions.withDefaults().withSeed(seed).withStopRule(StopRule.evaluations(4000));
            SearchResult auto = Auto.withDefaults().search(layers, options);
            behind += Math.log(auto.value()
                    / DblpsoMd.withTaskJumps().search(chains, options).value());

            assertThat(auto.evaluations()).isBetween(3600L, 4400L);
        }
        assertThat(behind / 3).isLessThan(0.01);
    }

    private static Scenario sharedDevices() {
        List<Device> devices = List.of(
                DevicePresets.RASPBERRY_PI_4B.device("camera-0"),
                DevicePresets.RASPBERRY_PI_4B.device("camera-1"),
                DevicePresets.JETSON_NANO_GPU.device("edge-0"),
                DevicePresets.JETSON_TX2_NX_GPU.device("edge-1"),
                DevicePresets.CORE_I7_13700K.device("server"));
        List<Task> tasks = new ArrayList<>();
        for (ModelZoo network : List.of(ModelZoo.SQUEEZENET_1_1, ModelZoo.RESNET18, ModelZoo.GOOGLENET)) {
            tasks.add(Task.of(network.title(), network.build(), "camera-" + tasks.size() % 2)
                    .withFrames(1000)
                    .withDeadline(Deadline.onMean(0.2)));
        }
        Platform platform = new Platform(devices, List.of(LinkPresets.ETHERNET_1G.uplink(Link.ANY, Link.ANY)));
        return Scenario.of("shared", new Workload(tasks), platform, RooflineCostModel.withPresets());
    }
}
