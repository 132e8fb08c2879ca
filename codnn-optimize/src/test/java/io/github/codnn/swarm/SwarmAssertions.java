package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.json.PlanJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.BruteForce;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Assertions that the tests of both swarms share. */
final class SwarmAssertions {

    private SwarmAssertions() {}

    /** Compares with brute force in closed form: the optimum if there is a feasible plan, else no plan. */
    static void assertOptimal(Strategy strategy, OffloadingProblem problem, SearchOptions options, long seed) {
        double optimum = BruteForce.optimum(problem);

        SearchResult result = strategy.search(problem, options);

        if (optimum == Double.POSITIVE_INFINITY) {
            assertThat(result.best()).as("seed %d", seed).isEmpty();
        } else {
            double value =
                    result.late().flatMap(Plan::run).map(RunRecord::value).orElse(result.value());
            assertThat(value).as("seed %d", seed).isCloseTo(optimum, within(1e-9 * Math.abs(optimum)));
        }
    }

    /** Compares the results on executors of 1, 2 and 8 threads with that of the caller's thread. */
    static void assertSamePlanOnThreads(Strategy strategy, OffloadingProblem problem, SearchOptions options) {
        SearchResult expected = strategy.search(problem, options);
        for (int threads : new int[] {1, 2, 8}) {
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            SearchResult result = strategy.search(problem, options.withExecutor(executor));
            executor.shutdown();

            assertThat(result).isEqualTo(expected);
            assertThat(json(result)).isEqualTo(json(expected));
        }
    }

    private static String json(SearchResult result) {
        return PlanJson.render(result.best().or(result::closest).orElseThrow(), OptionalDouble.empty());
    }
}
