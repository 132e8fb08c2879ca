package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.testproblems.HardChains;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalImprovementTest {

    private static final SearchOptions OPTIONS = SearchOptions.withDefaults();

    private static OffloadingProblem problem(Objective objective) {
        return OffloadingProblem.of(HardChains.of(30, 6, 1), objective);
    }

    private static Placement local(OffloadingProblem problem) {
        return problem.evaluator().decode(new int[problem.compiled().layerCount()]);
    }

    @ParameterizedTest
    @EnumSource(
            value = Objective.class,
            names = {"PERIOD", "RESPONSE", "MEAN"})
    void search_fromOneDevice_comesNearTheOptimum(Objective objective) {
        OffloadingProblem problem = problem(objective);
        double optimum = ExactPipeline.withDefaults().search(problem, OPTIONS).value();

        SearchResult result = LocalImprovement.of(local(problem)).search(problem, OPTIONS);

        assertThat(result.value()).isBetween(optimum * (1 - 1e-9), optimum * 1.25);
        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void search_fromTheOptimum_keepsIt() {
        OffloadingProblem problem = problem(Objective.PERIOD);
        SearchResult exact = ExactPipeline.withDefaults().search(problem, OPTIONS);
        Placement optimum = exact.best().orElseThrow().placement();

        SearchResult result =
                LocalImprovement.of(optimum).withMoves(500).withTemperature(0.1).search(problem, OPTIONS);

        assertThat(result.best().orElseThrow().placement()).isEqualTo(optimum);
        assertThat(result.evaluations()).isLessThanOrEqualTo(501);
    }

    @Test
    void search_fewEvaluations_stopsAfterTheRound() {
        OffloadingProblem problem = problem(Objective.PERIOD);
        SearchOptions few = OPTIONS.withStopRule(StopRule.evaluations(1));

        SearchResult result = LocalImprovement.of(local(problem)).search(problem, few);

        assertThat(result.evaluations()).isOne();
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    @Test
    void search_planOfAnotherProblem_isRefused() {
        Placement other = local(OffloadingProblem.of(HardChains.of(20, 6, 1), Objective.PERIOD));

        assertThatThrownBy(() -> LocalImprovement.of(other).search(problem(Objective.PERIOD), OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frames");
    }
}
