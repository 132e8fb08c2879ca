package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.RandomScenarios;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * What every strategy must hold. Extend it in a test of your own strategy:
 *
 * <pre>{@code
 * class MyStrategyTest extends StrategyContract {
 *     protected Strategy strategy() {
 *         return new MyStrategy();
 *     }
 * }
 * }</pre>
 */
public abstract class StrategyContract {

    private static final SearchOptions SHORT =
            SearchOptions.withDefaults().withStopRule(StopRule.evaluations(700).or(StopRule.iterations(700)));
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration BUDGET = Duration.ofMillis(60);
    private static final Duration GRACE = Duration.ofMillis(50);

    /** Returns the strategy to be tested. */
    protected abstract Strategy strategy();

    /** Returns the strategies whose answers this one starts from. */
    protected List<Strategy> seeds() {
        return List.of();
    }

    /** Tells whether the strategy can solve a problem; a contract that supports nothing fails. */
    protected boolean supports(OffloadingProblem problem) {
        return true;
    }

    /** Returns the problems that most tests use. */
    protected List<OffloadingProblem> problems() {
        List<OffloadingProblem> problems = new ArrayList<>();
        long seed = 0;
        for (Objective objective : Objective.values()) {
            problems.add(OffloadingProblem.of(RandomScenarios.chain(seed, 15, 5), objective));
            problems.add(OffloadingProblem.of(RandomScenarios.dag(seed, 15, 5), objective));
            problems.add(OffloadingProblem.of(RandomScenarios.several(seed, 8, 4), objective));
            seed++;
        }
        problems.add(OffloadingProblem.of(
                RandomScenarios.chain(77, 12, 5), metrics -> metrics.devicesUsed() - metrics.periodSeconds()));
        List<OffloadingProblem> supported =
                problems.stream().filter(this::supports).toList();
        assertThat(supported).isNotEmpty();
        return supported;
    }

    @Test
    void search_sameSeed_givesTheSamePlanOnAnyNumberOfThreads() {
        List<OffloadingProblem> problems = problems();
        for (long seed = 1; seed <= 3; seed++) {
            OffloadingProblem problem = problems.get((int) seed % problems.size());
            SearchResult expected = strategy().search(problem, SHORT.withSeed(seed));
            assertSame(strategy().search(problem, SHORT.withSeed(seed)), expected, "again");
            for (int threads : new int[] {1, 2, 8}) {
                ExecutorService executor = Executors.newFixedThreadPool(threads);
                SearchResult result =
                        strategy().search(problem, SHORT.withSeed(seed).withExecutor(executor));
                executor.shutdown();
                assertSame(result, expected, "with " + threads + " threads");
            }
        }
    }

    /** Compares in a few words: a result holds its whole problem. */
    private static void assertSame(SearchResult actual, SearchResult expected, String how) {
        if (!actual.equals(expected)) {
            assertThat(brief(actual)).as("The same seed, %s", how).isEqualTo(brief(expected));
        }
    }

    private static String brief(SearchResult result) {
        return String.format(
                "value %s, bound %s, %d evaluations, %d iterations, stopped by %s, plan %x, history %x",
                result.value(),
                result.lowerBound(),
                result.evaluations(),
                result.iterations(),
                result.stopReason().label(),
                result.best().or(result::closest).map(Plan::placement).hashCode(),
                result.history().hashCode());
    }

    @Test
    void search_anyProblem_neverBeatsTheLowerBound() {
        for (OffloadingProblem problem : problems()) {
            SearchResult result = strategy().search(problem, SHORT);

            assertThat(result.value()).isGreaterThanOrEqualTo(problem.lowerBound());
            assertThat(result.value()).isGreaterThanOrEqualTo(result.lowerBound() * (1 - 1e-12));
            assertThat(result.gap()).isNotNegative();
        }
    }

    @Test
    void search_anyProblem_tellsTheTruthAboutItsPlan() {
        for (OffloadingProblem problem : problems()) {
            SearchResult result = strategy().search(problem, SHORT);

            assertThat(result.best().isPresent() && result.closest().isPresent())
                    .isFalse();
            result.best().ifPresent(plan -> assertTrue(problem, plan, true));
            result.closest().ifPresent(plan -> assertTrue(problem, plan, false));
        }
    }

    private static void assertTrue(OffloadingProblem problem, Plan plan, boolean feasible) {
        MetricsSnapshot metrics = problem.plan(plan.placement()).metrics();

        assertThat(metrics.feasible()).isEqualTo(feasible);
        assertThat(plan.metrics().equals(metrics))
                .as(
                        "the metrics of the plan are those of its placement: period %s and %s, energy %s and %s",
                        plan.metrics().periodSeconds(),
                        metrics.periodSeconds(),
                        plan.metrics().energyJoules(),
                        metrics.energyJoules())
                .isTrue();
        double value = problem.fitness().of(metrics);
        assertThat(plan.run().orElseThrow().value()).isCloseTo(value, within(1e-9 * Math.abs(value)));
    }

    @Test
    void search_oneIteration_stopsAfterOne() {
        for (OffloadingProblem problem : problems()) {
            SearchOptions options = SHORT.withStopRule(StopRule.iterations(1));

            assertThat(strategy().search(problem, options).iterations()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void search_listenerThrows_endsWithItsException() {
        SearchOptions options = SHORT.withListener(progress -> {
            throw new IllegalStateException("enough");
        });

        assertThatThrownBy(() -> strategy().search(problems().get(1), options))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }

    /** Measured in CPU time of the searching thread, which other processes do not change. */
    @Test
    void search_timeIsUp_endsWithinFiftyMilliseconds() {
        LongSupplier clock = THREADS::getCurrentThreadCpuTime;
        assertEndsInTime(SHORT.withNanoClock(clock).withStopRule(StopRule.elapsed(BUDGET)), StopReason.TIME);
    }

    @Test
    void search_cancelled_endsWithinFiftyMilliseconds() {
        long[] start = {0};
        SearchOptions options = SHORT.withNanoClock(() -> {
                    start[0] = start[0] == 0 ? THREADS.getCurrentThreadCpuTime() : start[0];
                    return 0;
                })
                .withStopRule(
                        StopRule.cancelled(() -> THREADS.getCurrentThreadCpuTime() - start[0] >= BUDGET.toNanos()));
        start[0] = 0;
        assertEndsInTime(options, StopReason.CANCELLED);
    }

    private void assertEndsInTime(SearchOptions options, StopReason reason) {
        for (OffloadingProblem problem : largeProblems()) {
            strategy().search(problem, SHORT.withStopRule(StopRule.iterations(3))); // loads and compiles
            long start = THREADS.getCurrentThreadCpuTime();
            SearchResult result = strategy().search(problem, options);
            long nanos = THREADS.getCurrentThreadCpuTime() - start;

            assertThat(result.stopReason()).isIn(reason, StopReason.COMPLETED, StopReason.PROVEN);
            assertThat(Duration.ofNanos(nanos)).isLessThan(BUDGET.plus(GRACE));
            assertThat(result.best().or(result::closest)).isPresent();
        }
    }

    private List<OffloadingProblem> largeProblems() {
        List<OffloadingProblem> problems = new ArrayList<>();
        problems.add(OffloadingProblem.of(RandomScenarios.chain(3, 300, 8), Objective.PERIOD));
        problems.add(OffloadingProblem.of(RandomScenarios.dag(4, 300, 8), Objective.RESPONSE));
        return problems.stream().filter(this::supports).toList();
    }

    @Test
    void search_seeded_isNeverWorseThanItsSeeds() {
        for (OffloadingProblem problem : problems()) {
            SearchResult result = strategy().search(problem, SHORT);
            for (Strategy seed : seeds()) {
                SearchResult other = seed.search(problem, SHORT);

                assertThat(result.value()).as(seed.toString()).isLessThanOrEqualTo(other.value() * (1 + 1e-9));
            }
        }
    }

    @Test
    void toString_anyStrategy_namesItsSettings() {
        assertThat(strategy().toString()).startsWith(strategy().getClass().getSimpleName());
    }
}
