package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchResult.Improvement;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testproblems.GnmtGraphs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the bracket of a least period narrows, on problems whose bounds and optima follow by hand. */
class DagBracketTest {

    private static final long ALL = Long.MAX_VALUE;
    private static final long WORK_PER_CHECK = 1 << 17; // of a stop signal
    private static final SearchOptions UNLIMITED =
            SearchOptions.withDefaults().withStopRule(progress -> Optional.empty());

    /** Ten layers of 1 s on nine devices: at least 10/9 s by their sum, 2 s in fact, 10 s on one device. */
    private static OffloadingProblem tenLayersOnNineDevices() {
        return problem(SmallChains.equal(10, 9, 1));
    }

    private static OffloadingProblem problem(Scenario scenario) {
        return OffloadingProblem.of(scenario, Objective.PERIOD).withoutLowerBound();
    }

    private static SearchOptions iterations(int most) {
        return SearchOptions.withDefaults().withStopRule(StopRule.iterations(most));
    }

    /** Steps of 1/256 double up to 1/8; each pass without a plan proves its period. */
    @ParameterizedTest
    @CsvSource({"1", "2", "7", "8"})
    void search_programStoppedAfterPasses_hasRaisedTheBoundByItsSteps(int passes) {
        SearchResult result = ExactDag.search(tenLayersOnNineDevices(), iterations(passes), Optional.empty(), ALL, 0);

        double bound = 10.0 / 9;
        for (int pass = 0; pass < passes; pass++) {
            bound *= 1 + Math.min(1.0 / 8, Math.pow(2, pass) / 256);
        }
        assertThat(result.lowerBound()).isCloseTo(bound, within(1e-6));
        assertThat(result.stopReason()).isEqualTo(StopReason.ITERATIONS);
        assertThat(result.iterations()).isEqualTo(passes);
        assertThat(result.value()).isEqualTo(10);
    }

    @Test
    void search_programToTheEnd_provesTwoSeconds() {
        SearchResult result = ExactDag.search(tenLayersOnNineDevices(), UNLIMITED, Optional.empty(), ALL, 0);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.value()).isEqualTo(2);
        assertThat(result.lowerBound()).isEqualTo(2);
    }

    @Test
    void search_depthFirstToTheEnd_provesTwoSeconds() {
        SearchResult result = ExactDag.search(tenLayersOnNineDevices(), UNLIMITED, Optional.empty(), ALL, ALL);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.value()).isEqualTo(2);
        assertThat(result.lowerBound()).isEqualTo(2);
    }

    /** The program must not go on after the stop rule has ended the search. */
    @Test
    void search_stoppedInDepthFirstSearch_isOver() {
        SearchResult result = ExactDag.withDefaults().search(tenLayersOnNineDevices(), iterations(1));

        assertThat(result.stopReason()).isEqualTo(StopReason.ITERATIONS);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(result.lowerBound()).isCloseTo(10.0 / 9 * (1 + 1.0 / 256), within(1e-6));
    }

    @Test
    void search_noWork_completesWithTheBestWholeOffload() {
        SearchResult result = ExactDag.search(tenLayersOnNineDevices(), UNLIMITED, Optional.empty(), 0, 0);

        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isZero();
        assertThat(result.history()).containsExactly(new Improvement(1, 10));
        assertThat(result.lowerBound()).isCloseTo(10.0 / 9, within(1e-6));
    }

    /** Work takes no time, so that the first period comes from the longest one: 1 s from each device and to each. */
    @Test
    void search_boundOfZero_beginsWithAShareOfTheLongestPeriod() {
        Scenario scenario = SmallChains.pinned(SmallChains.of(2, 2, 100, (layer, device) -> 0));

        SearchResult first = ExactDag.search(problem(scenario), iterations(1), Optional.empty(), ALL, 0);
        SearchResult last = ExactDag.search(problem(scenario), iterations(100), Optional.empty(), ALL, 0);

        assertThat(first.lowerBound()).isCloseTo(4.0 / 256, within(1e-12));
        assertThat(last.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(last.value()).isCloseTo(1, within(1e-12));
    }

    /** No device has the memory for 100 bytes. */
    @Test
    void search_nothingFits_endsWhenTheLongestPeriodIsRefuted() {
        Scenario scenario = SmallChains.of(2, 2, 100, (layer, device) -> 1);
        List<Device> small = scenario.platform().devices().stream()
                .map(device -> device.withMemoryBytes(10))
                .toList();
        Scenario full =
                scenario.withPlatform(new Platform(small, scenario.platform().links()));

        SearchResult result = ExactDag.search(problem(full), iterations(100), Optional.empty(), ALL, 0);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.lowerBound()).isInfinite().isPositive();
        assertThat(result.iterations()).isLessThan(100);
    }

    /** Four layers of 1 s on two devices: the bound is 2 s but for rounding. Two whole offloads are tried, too. */
    @Test
    void searchFrom_bestPlan_asksOnceForABetterOne() {
        Scenario scenario = SmallChains.equal(4, 2, 1);
        Placement halves = new Placement(Map.of("t", Map.of("l0", "d0", "l1", "d0", "l2", "d1", "l3", "d1")));

        SearchResult result = ExactDag.searchFrom(problem(scenario), UNLIMITED, halves, 1 << 20);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(result.evaluations()).isEqualTo(3);
        assertThat(result.history()).containsExactly(new Improvement(1, 2));
    }

    @Test
    void searchFrom_startWorseThanAWholeOffload_takesThatFirst() {
        Scenario scenario = SmallChains.of(2, 2, 0, (layer, device) -> device == 0 ? 9 : 4);
        Placement slow = new Placement(Map.of("t", Map.of("l0", "d0", "l1", "d0")));

        SearchResult result = ExactDag.searchFrom(problem(scenario), UNLIMITED, slow, 1 << 20);

        assertThat(result.history()).startsWith(new Improvement(1, 18), new Improvement(3, 8));
        assertThat(result.value()).isEqualTo(8); // 9 if each device runs one layer
    }

    /** Depth-first search alone does not close this bracket with the same work. */
    @Test
    void searchFrom_wideNetwork_leavesTheProgramEnoughWork() {
        OffloadingProblem problem = problem(new GnmtGraphs(6, 6, 4, 1).onEqual(4, TransferMode.BLOCKING));
        Placement start = Placement.allOn(problem.scenario().workload(), "d0");

        SearchResult limited = ExactDag.search(problem, UNLIMITED, Optional.of(start), 1 << 20, 1 << 20);
        SearchResult result = ExactDag.searchFrom(problem, UNLIMITED, start, 1 << 20);

        assertThat(limited.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
    }

    /** The rule is asked once for so much work and once at the end of each iteration. */
    @ParameterizedTest
    @CsvSource({"8, 4", "8, 8", "8, 7"})
    void search_limitedWork_doesNoMore(int most, int first) {
        OffloadingProblem problem = problem(GnmtGraphs.WIDE.onEqual(6, TransferMode.BLOCKING));
        AtomicLong asked = new AtomicLong();

        SearchResult result = ExactDag.search(
                problem, counting(asked), Optional.empty(), most * WORK_PER_CHECK, first * WORK_PER_CHECK);

        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(asked.get() - result.iterations()).isLessThanOrEqualTo(most);
    }

    @Test
    void searchFrom_limitedWork_doesNoMore() {
        OffloadingProblem problem = problem(GnmtGraphs.WIDE.onEqual(6, TransferMode.BLOCKING));
        Placement start = Placement.allOn(problem.scenario().workload(), "d0");
        AtomicLong asked = new AtomicLong();

        SearchResult result = ExactDag.searchFrom(problem, counting(asked), start, 8 * WORK_PER_CHECK);

        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(asked.get() - result.iterations()).isLessThanOrEqualTo(8);
    }

    private static SearchOptions counting(AtomicLong asked) {
        return SearchOptions.withDefaults().withStopRule(progress -> {
            asked.incrementAndGet();
            return Optional.empty();
        });
    }
}
