package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.optimize.InvalidProofException;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.testproblems.SizedScenarios;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fronts keep their budgets, and are found without the exact search if it fails. */
class AutoParetoTest {

    private static final double ALLOWANCE = 1.1;
    private static final List<Objective> TIMES = List.of(Objective.PERIOD, Objective.RESPONSE);
    private static final List<Objective> COSTS = List.of(Objective.PERIOD, Objective.ENERGY, Objective.PRICE);
    private static final Map<String, Scenario> SCENARIOS = Map.of(
            "chain", SizedScenarios.chains(1, 1, 20, 4),
            "dag", SizedScenarios.dags(2, 1, 20, 4),
            "3 chains", SizedScenarios.chains(3, 3, 8, 4));

    private static OffloadingProblem problem(String name) {
        return OffloadingProblem.of(SCENARIOS.get(name), Objective.PERIOD);
    }

    private static SearchOptions limited(long evaluations) {
        return SearchOptions.withDefaults().withStopRule(StopRule.evaluations(evaluations));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new CodnnException("why"),
                new ArithmeticException("why"),
                new InvalidProofException("why"),
                new OutOfMemoryError("why"),
                new StackOverflowError("why"));
    }

    private static ParetoSearch failing(Throwable failure) {
        return (problem, objectives, options) -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void search_exactSearchFails_findsTheFrontBySwarmsWithANotice(Throwable failure) {
        ParetoFront front =
                AutoPareto.search(problem("chain"), TIMES, limited(500), failing(failure), ParetoSwarm.withDefaults());

        assertThat(front.plans()).isNotEmpty();
        assertThat(front.epsilon()).isInfinite();
        assertThat(front.notices()).singleElement().asString().contains("ExactPareto", "why");
    }

    @Test
    void search_swarmFails_throwsItsFailure() {
        CodnnException failure = new CodnnException("why");

        assertThatThrownBy(() -> AutoPareto.search(
                        problem("chain"), TIMES, limited(500), failing(new CodnnException("first")), failing(failure)))
                .isSameAs(failure);
    }

    @Test
    void search_listenerThrowsInTheExactSearch_endsWithItsException() {
        IllegalStateException failure = new IllegalStateException("enough");
        SearchOptions options = limited(500).withListener(progress -> {
            throw failure;
        });

        assertThatThrownBy(() -> AutoPareto.withDefaults().search(problem("chain"), TIMES, options))
                .isSameAs(failure);
    }

    static Stream<Arguments> cases() {
        return SCENARIOS.keySet().stream()
                .sorted()
                .flatMap(name -> Stream.of(TIMES, COSTS).map(objectives -> Arguments.of(name, objectives)));
    }

    /** All sums together have one budget. */
    @ParameterizedTest
    @MethodSource("cases")
    void swarm_limitedEvaluations_keepsToThem(String name, List<Objective> objectives) {
        for (long budget : new long[] {300, 2000}) {
            long[] evaluations = {0};
            ParetoSwarm swarm = ParetoSwarm.withDefaults().withStrategy((problem, options) -> {
                SearchResult result = DblpsoMd.withDefaults().search(problem, options);
                evaluations[0] += result.evaluations();
                return result;
            });

            swarm.search(problem(name), objectives, limited(budget));

            assertThat(evaluations[0]).isBetween(budget / 2, (long) (budget * ALLOWANCE));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void search_clockAdvancesWithEveryCall_endsInTime(String name, List<Objective> objectives) {
        long budget = 5000;
        long[] nanos = {0};
        SearchOptions options = SearchOptions.withDefaults()
                .withStopRule(StopRule.elapsed(Duration.ofNanos(budget)).or(StopRule.evaluations(100_000)))
                .withNanoClock(() -> nanos[0]++);

        AutoPareto.withDefaults().search(problem(name), objectives, options);

        assertThat(nanos[0]).isPositive().isLessThanOrEqualTo((long) (budget * ALLOWANCE));
    }

    /** What a failed exact search has taken is not there for the swarm. */
    @Test
    void search_exactSearchFailsLate_endsInTime() {
        long budget = 5000;
        long[] nanos = {0};
        SearchOptions options = SearchOptions.withDefaults()
                .withStopRule(StopRule.elapsed(Duration.ofNanos(budget)).or(StopRule.evaluations(100_000)))
                .withNanoClock(() -> nanos[0]++);
        ParetoSearch late = (problem, objectives, half) -> {
            nanos[0] += budget / 2;
            throw new CodnnException("why");
        };

        AutoPareto.search(problem("chain"), TIMES, options, late, ParetoSwarm.withDefaults());

        assertThat(nanos[0]).isBetween(budget / 2, (long) (budget * ALLOWANCE));
    }
}
