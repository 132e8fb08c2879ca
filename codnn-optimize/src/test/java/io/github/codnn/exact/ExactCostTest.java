package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@link ExactCost} against all placements of small networks, for every objective, both transfer modes, one and any
 * number of stages, with and without media: 400 problems in each build, 20,000 with {@code -Dcodnn.nightly=true}.
 */
class ExactCostTest {

    private static final int CASES = Boolean.getBoolean("codnn.nightly") ? 20_000 : 400;
    private static final int MAX_FAULTS = 10;
    private static final double PRECISION = 1e-9;
    private static final SearchOptions OPTIONS = SearchOptions.withDefaults();

    @Test
    void search_randomProblems_findsOptimumWithoutGreaterBound() {
        List<String> faults = new ArrayList<>();
        int proven = 0;
        int feasible = 0;
        for (int seed = 0; seed < CASES && faults.size() < MAX_FAULTS; seed++) {
            OffloadingProblem problem = problem(seed);
            double optimum = BruteForce.optimum(problem.withFitness(problem.fitness()));
            if (!ExactCost.canSolve(problem) || problem.hasStreamDeadlines()) {
                continue;
            }
            SearchResult result = ExactCost.withDefaults().search(problem, OPTIONS);
            double slack = PRECISION * optimum;
            boolean isProven = result.stopReason() == StopReason.PROVEN;
            boolean isWrong = result.lowerBound() > optimum + slack
                    || (isProven && Math.abs(result.value() - optimum) > slack)
                    || (isProven && result.best().isPresent() != optimum < Double.POSITIVE_INFINITY);
            if (isWrong) {
                faults.add("seed " + seed + " " + problem.fitness().label() + ": " + result.value() + " bound "
                        + result.lowerBound() + " optimum " + optimum);
            }
            feasible += optimum < Double.POSITIVE_INFINITY ? 1 : 0;
            proven += isProven && result.best().isPresent() ? 1 : 0;
        }
        assertThat(faults).isEmpty();
        assertThat(proven).isGreaterThan(feasible * 95 / 100).isGreaterThan(CASES / 2);
    }

    private static OffloadingProblem problem(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int devices = 2 + random.nextInt(3);
        int layers = devices == 4 ? 5 : devices == 3 ? 7 : 9;
        Scenario scenario = random.nextInt(3) == 0
                ? RandomScenarios.chain(seed, layers, devices)
                : RandomScenarios.dag(seed, layers, devices);
        if (random.nextBoolean()) {
            scenario = scenario.withStagesPerDevice(StagesPerDevice.ANY);
        }
        if (random.nextInt(3) == 0) {
            scenario = scenario.withPlatform(withMedium(scenario.platform(), random));
        }
        Objective[] objectives = Objective.values();
        return OffloadingProblem.of(scenario, objectives[random.nextInt(objectives.length)]);
    }

    /** Lets some of the links share a channel of half or full duplex. */
    private static Platform withMedium(Platform platform, SplittableRandom random) {
        Medium.Duplex duplex = random.nextBoolean() ? Medium.Duplex.HALF : Medium.Duplex.FULL;
        List<Link> links = new ArrayList<>();
        for (Link link : platform.links()) {
            links.add(random.nextInt(3) > 0 ? link.withMedium("air") : link);
        }
        return new Platform(platform.devices(), links, List.of(new Medium("air", 1e9, duplex)));
    }

    @Test
    void search_severalTasks_isRefused() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(1, 3, 2), Objective.ENERGY);

        assertThatThrownBy(() -> ExactCost.withDefaults().search(problem, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tasks")
                .hasMessageContaining("Dbpso");
    }

    @Test
    void search_bothTransferModes_blockingIsNoBetter() {
        Scenario scenario = RandomScenarios.dag(7, 7, 3);
        double overlapped = value(scenario.withTransfers(TransferMode.OVERLAPPED));

        assertThat(value(scenario.withTransfers(TransferMode.BLOCKING))).isGreaterThanOrEqualTo(overlapped);
    }

    private static double value(Scenario scenario) {
        return ExactCost.withDefaults()
                .search(OffloadingProblem.of(scenario, Objective.MEAN), OPTIONS)
                .value();
    }

    /** Three layers of 1 s, whose least period is 1 s on three devices. */
    private static OffloadingProblem threeLayers(Objective objective) {
        return OffloadingProblem.of(SmallChains.equal(3, 3, 1), objective);
    }

    @Test
    void search_twoEvaluations_triesOnlyTwoOfThreeWholeOffloads() {
        SearchOptions two = OPTIONS.withStopRule(StopRule.evaluations(2));

        SearchResult result = ExactCost.withDefaults().search(threeLayers(Objective.PERIOD), two);

        assertThat(result.evaluations()).isEqualTo(2);
    }

    @Test
    void searchFrom_plan_beginsWithIt() {
        OffloadingProblem problem = threeLayers(Objective.PERIOD);
        Placement start = new Placement(Map.of("t", Map.of("l0", "d0", "l1", "d0", "l2", "d1")));

        SearchResult result = ExactCost.searchFrom(problem, OPTIONS, start, Long.MAX_VALUE);

        assertThat(result.history()).startsWith(new SearchResult.Improvement(1, 2));
        assertThat(result.value()).isEqualTo(1);
        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
    }

    /** Each layer takes 1 s, so that no response comes within 2 s; on one device it exceeds them by half of them. */
    @Test
    void searchFrom_deadlineOutOfReach_provesThatNothingIsFeasible() {
        OffloadingProblem problem = outOfReach();
        Placement start = Placement.allOn(problem.scenario().workload(), "d0");

        SearchResult result = ExactCost.searchFrom(problem, OPTIONS, start, Long.MAX_VALUE);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.lowerBound()).isInfinite().isPositive();
        assertThat(infeasibility(result)).isEmpty(); // who goes on looks for the closest plan later
    }

    @Test
    void search_deadlineOutOfReach_provesTheClosestPlan() {
        SearchResult result = ExactCost.withDefaults().search(outOfReach(), OPTIONS);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.closest().orElseThrow().metrics().violation()).isEqualTo(0.5);
        assertThat(infeasibility(result)).contains(new Infeasibility(true, true, List.of()));
    }

    private static Optional<Infeasibility> infeasibility(SearchResult result) {
        return result.closest().orElseThrow().run().orElseThrow().infeasibility();
    }

    private static OffloadingProblem outOfReach() {
        Scenario scenario = SmallChains.equal(3, 3, 1);
        Task late = SmallChains.task(scenario).withDeadline(Deadline.onResponse(2));
        return OffloadingProblem.of(SmallChains.with(scenario, late), Objective.PERIOD);
    }

    /** The longer a device computes, the less it would need. */
    @Test
    void canSolve_deviceThatNeedsMoreToWait_isFalseForEnergyOnly() {
        Scenario scenario = SmallChains.equal(3, 2, 1);
        Scenario thirsty = scenario.withPlatform(new Platform(
                List.of(Device.of("d0", "0").withWatts(1, 2), Device.of("d1", "0")),
                scenario.platform().links()));

        assertThat(ExactCost.canSolve(OffloadingProblem.of(thirsty, Objective.ENERGY)))
                .isFalse();
        assertThat(ExactCost.canSolve(OffloadingProblem.of(thirsty, Objective.PERIOD)))
                .isTrue();
    }

    /** Devices that all differ can be in use in 2^12 ways, or twice as many. */
    @ParameterizedTest
    @CsvSource({"12, true", "13, false"})
    void canSolve_energyOnDifferentDevices_countsTheirSets(int devices, boolean expected) {
        Scenario free = SmallChains.of(2, devices, 0, (layer, device) -> 1 + device);
        List<Device> costly = free.platform().devices().stream()
                .map(device -> device.withWatts(1, 1))
                .toList();
        Scenario scenario =
                free.withPlatform(new Platform(costly, free.platform().links()));

        assertThat(ExactCost.canSolve(OffloadingProblem.of(scenario, Objective.ENERGY)))
                .isEqualTo(expected);
    }
}
