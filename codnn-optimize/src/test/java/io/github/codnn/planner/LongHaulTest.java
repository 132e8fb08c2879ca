package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.testproblems.ProcessUse;
import io.github.codnn.testproblems.SizedScenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that plans for days must not do: count wrongly, keep objects or threads, or mix up its threads. */
@EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
class LongHaulTest {

    private static final long EVALUATIONS = 100_000_000;
    private static final long MAX_GROWTH_BYTES = 2_000_000;
    private static final int MAX_MORE_CLASSES = 100;
    private static final List<Objective> OBJECTIVES = List.of(Objective.values());
    private static final Map<String, Strategy> STRATEGIES =
            Map.of("random", RandomSearch.withDefaults(), "swarm", DblpsoMd.withDefaults());

    @ParameterizedTest
    @ValueSource(strings = {"random", "swarm"})
    void search_hundredMillionEvaluations_countsThemAndKeepsNothing(String name, TestReporter reporter) {
        // Without a bound that a plan could reach, so that no search ends early.
        OffloadingProblem problem = OffloadingProblem.of(
                SizedScenarios.chains(1, 1, 12, 5), metrics -> metrics.periodSeconds() + 0.01 * metrics.energyJoules());
        List<ProcessUse> use = new ArrayList<>();
        SearchOptions options = SearchOptions.withDefaults()
                .withStopRule(StopRule.evaluations(EVALUATIONS))
                .withListener(progress -> {
                    if (progress.evaluations() >= (use.size() + 1) * (EVALUATIONS / 10)) {
                        use.add(ProcessUse.now());
                    }
                });

        SearchResult result = STRATEGIES.get(name).search(problem, options);

        reporter.publishEntry(name, result.elapsed() + " " + use);
        assertThat(result.evaluations()).isEqualTo(EVALUATIONS);
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
        assertThat(result.best()).isPresent();
        assertNoGrowth(use);
    }

    @Test
    void plan_thousandTimes_keepsNothing(TestReporter reporter) {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        List<ProcessUse> use = new ArrayList<>();
        try {
            for (int plan = 1; plan <= 1_000; plan++) {
                SearchOptions options = options(plan);
                Scenario scenario = scenarios().get(plan % 4);
                Objective objective = OBJECTIVES.get(plan % OBJECTIVES.size());
                Planner planner =
                        Planner.withDefaults().withOptions(plan % 2 == 0 ? options : options.withExecutor(pool));
                assertThat(planner.plan(scenario, objective).best()).isPresent();
                if (plan % 100 == 0) {
                    use.add(ProcessUse.now());
                }
            }
        } finally {
            pool.shutdownNow();
        }
        reporter.publishEntry("plans", use.toString());
        assertNoGrowth(use);
    }

    /** All threads share the planner and the scenarios, and each plans all of them. */
    @Test
    void plan_onThirtyTwoThreadsAtOnce_givesTheResultsOfOneThread() throws Exception {
        int threads = 32;
        List<Scenario> scenarios = scenarios();
        Planner planner = Planner.withDefaults().withOptions(options(1));
        List<SearchResult> expected = planAll(planner, scenarios, 0);
        CyclicBarrier barrier = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<List<SearchResult>>> jobs = IntStream.range(0, threads)
                    .<Callable<List<SearchResult>>>mapToObj(thread -> () -> {
                        barrier.await();
                        return planAll(planner, scenarios, thread);
                    })
                    .toList();
            for (Future<List<SearchResult>> job : pool.invokeAll(jobs)) {
                assertThat(job.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<SearchResult> planAll(Planner planner, List<Scenario> scenarios, int first) {
        SearchResult[] results = new SearchResult[scenarios.size()];
        for (int each = 0; each < results.length; each++) {
            int index = (first + each) % results.length; // so that threads plan different scenarios at the same time
            results[index] = planner.plan(scenarios.get(index), Objective.PERIOD);
        }
        return List.of(results);
    }

    private static SearchOptions options(long seed) {
        return SearchOptions.withDefaults().withSeed(seed).withStopRule(StopRule.evaluations(2_000));
    }

    private static List<Scenario> scenarios() {
        return List.of(
                SizedScenarios.chains(1, 1, 30, 5),
                SizedScenarios.dags(2, 1, 30, 5),
                SizedScenarios.chains(3, 3, 10, 4),
                SizedScenarios.dags(4, 3, 10, 4));
    }

    /** The first measurement comes after all kinds of work were done, so that what is created once is there. */
    private static void assertNoGrowth(List<ProcessUse> use) {
        assertThat(use).hasSize(10);
        ProcessUse first = use.get(0);
        ProcessUse last = use.get(use.size() - 1);
        assertThat(last.heapBytes() - first.heapBytes())
                .as("growth of the heap")
                .isLessThan(MAX_GROWTH_BYTES);
        assertThat(last.threads()).as("threads").isLessThanOrEqualTo(first.threads());
        assertThat(last.classes() - first.classes()).as("more classes").isLessThan(MAX_MORE_CLASSES);
    }
}
