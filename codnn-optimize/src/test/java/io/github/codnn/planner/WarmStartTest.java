package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.exact.Exact;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.testproblems.HardChains;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans that start from a plan. */
class WarmStartTest {

    private static final SearchOptions OPTIONS = SearchOptions.withDefaults();
    private static final OffloadingProblem CHAIN = OffloadingProblem.of(HardChains.of(30, 6, 1), Objective.PERIOD);
    private static final Placement LOCAL = CHAIN.evaluator().decode(new int[30]);

    @Test
    void search_ofAChain_isTheOptimum() {
        SearchResult result = WarmStart.of(LOCAL).search(CHAIN, OPTIONS);

        assertThat(result.value())
                .isCloseTo(Exact.withDefaults().search(CHAIN, OPTIONS).value(), within(1e-12));
        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
    }

    @Test
    void search_oneEvaluation_isNeverWorseThanTheStart() {
        Placement start =
                Exact.withDefaults().search(CHAIN, OPTIONS).best().orElseThrow().placement();
        SearchOptions least = OPTIONS.withStopRule(StopRule.evaluations(1));
        SearchResult result = WarmStart.of(start).withMoves(0).search(CHAIN, least);

        assertThat(result.best().orElseThrow().placement()).isEqualTo(start);
        assertThat(result.evaluations()).isOne();
        assertThat(result.stopReason()).isEqualTo(StopReason.EVALUATIONS);
    }

    @Test
    void search_planOfAnotherProblem_isRefused() {
        assertThatThrownBy(() -> WarmStart.of(new Placement(Map.of())).search(CHAIN, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WarmStart.of(LOCAL).withMoves(-1)).hasMessageContaining("moves");
    }
}
