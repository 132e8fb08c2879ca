package io.github.codnn.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.Fitness;
import io.github.codnn.optimize.LowerBound;
import io.github.codnn.optimize.Objective;
import io.github.codnn.optimize.OffloadingProblem;
import io.github.codnn.optimize.RandomScenarios;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.WeightedSum;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.plan.Scenario;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeveralObjectivesTest {

    private static final SearchOptions OPTIONS =
            SearchOptions.withDefaults().withStopRule(StopRule.evaluations(30_000));

    @Test
    void weightedSum_smallProblems_isMinimisedAndBounded() {
        WeightedSum sum = WeightedSum.of(Objective.ENERGY, 2).plus(Objective.PRICE, 5).plus(Objective.MEAN, 0);
        for (long seed = 0; seed < 15; seed++) {
            OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(seed, 3, 3), sum);
            double optimum = BruteForce.optimum(problem);

            SearchResult result = DblpsoMd.withDefaults().search(problem, OPTIONS);

            assertThat(LowerBound.of(problem)).isLessThanOrEqualTo(optimum);
            if (optimum < Double.POSITIVE_INFINITY) {
                assertThat(result.value()).as("seed %d", seed).isCloseTo(optimum, within(1e-9 * optimum));
                assertThat(result.gap()).isFinite();
            }
        }
    }

    @Test
    void weightedSum_badWeights_areRefused() {
        assertThatThrownBy(() -> WeightedSum.of(Objective.ENERGY, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("energy");
        assertThatThrownBy(() -> WeightedSum.of(Objective.ENERGY, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WeightedSum(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(WeightedSum.of(Objective.ENERGY, 2).plus(Objective.PRICE, 0.5).label())
                .isEqualTo("2.0*energy+0.5*price");
    }

    /** Among the plans of least period the one of least energy: found by trying all placements twice. */
    @Test
    void lexicographic_smallProblems_findsTheBestOfTheBest() {
        for (long seed = 0; seed < 15; seed++) {
            Scenario scenario = RandomScenarios.several(seed, 3, 3);
            OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
            double period = BruteForce.optimum(problem);
            if (period == Double.POSITIVE_INFINITY) {
                continue;
            }
            Fitness energy = metrics ->
                    metrics.periodSeconds() > period * (1 + 1e-6) ? Double.MAX_VALUE : metrics.energyJoules();
            double expected = BruteForce.optimum(problem.withFitness(energy));

            SearchResult result = Lexicographic.of(Objective.ENERGY).search(problem, OPTIONS);

            PlanMetrics metrics = result.best().orElseThrow().metrics();
            assertThat(metrics.periodSeconds()).as("seed %d", seed).isCloseTo(period, within(1.1e-6 * period));
            assertThat(metrics.energyJoules()).as("seed %d", seed).isCloseTo(expected, within(1e-9 * expected));
            assertThat(result.value()).isEqualTo(metrics.periodSeconds());
        }
    }
}
