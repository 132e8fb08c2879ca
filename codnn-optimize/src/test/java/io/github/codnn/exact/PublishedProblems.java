package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testing.TestData;

/** Problem files whose least period is published. */
final class PublishedProblems {

    private PublishedProblems() {}

    /** Searches the problem to the end and compares with the published optimum. */
    static void assertProven(Strategy strategy, String name, double optimum, SearchOptions options) {
        OffloadingProblem problem = OffloadingProblem.of(
                ProblemJson.read(TestData.path("data/problems/" + name + ".json")), Objective.PERIOD);

        SearchResult result = strategy.search(problem, options);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.value()).isCloseTo(optimum, within(1e-6 * optimum));
        assertThat(problem.lowerBound()).isLessThanOrEqualTo(result.value());
    }
}
