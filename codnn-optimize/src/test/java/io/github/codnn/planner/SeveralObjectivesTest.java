package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.problem.WeightedSum;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeveralObjectivesTest {

    private static final SearchOptions OPTIONS =
            SearchOptions.withDefaults().withStopRule(StopRule.evaluations(30_000));

    @Test
    void weightedSum_smallProblems_isMinimisedAndBounded() {
        WeightedSum sum =
                WeightedSum.of(Objective.ENERGY, 2).plus(Objective.PRICE, 5).plus(Objective.MEAN, 0);
        for (long seed = 0; seed < 8; seed++) {
            OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(seed, 3, 3), sum);
            double optimum = BruteForce.optimum(problem);

            SearchResult result = DblpsoMd.withDefaults().search(problem, OPTIONS);

            assertThat(problem.lowerBound()).isLessThanOrEqualTo(optimum);
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
        assertThat(WeightedSum.of(Objective.ENERGY, 2)
                        .plus(Objective.PRICE, 0.5)
                        .label())
                .isEqualTo("2.0*energy+0.5*price");
    }

    /** Among the plans of least period the one of least energy: found by trying all placements twice. */
    @Test
    void lexicographic_smallProblems_findsTheBestOfTheBest() {
        for (long seed = 0; seed < 8; seed++) {
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

    /** Whatever the swarm finds lies on the front of all placements, and the ends of that front are among it. */
    @Test
    void paretoSwarm_smallProblems_findsPlansOfTheFront() {
        List<Objective> objectives = List.of(Objective.MEAN, Objective.ENERGY, Objective.PRICE);
        for (long seed = 0; seed < 4; seed++) {
            OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(seed, 3, 3), Objective.MEAN);
            ParetoFront front = ParetoSwarm.withDefaults().withDivisions(3).search(problem, objectives, OPTIONS);

            for (Objective objective : objectives) {
                double least = BruteForce.optimum(problem.withFitness(objective));
                double found = front.plans().stream()
                        .mapToDouble(plan -> objective.of(plan.metrics()))
                        .min()
                        .orElse(Double.POSITIVE_INFINITY);
                if (least < Double.POSITIVE_INFINITY) {
                    assertThat(found).as("seed %d", seed).isCloseTo(least, within(1e-9 * Math.max(1e-6, least)));
                }
            }
            front.figures()
                    .forEach(figures ->
                            assertThat(dominating(problem, objectives, figures)).isZero());
            assertThat(front.hypervolume()).isBetween(0.0, 1.0);
        }
    }

    /** Returns how many placements are clearly better in every objective. */
    private static long dominating(OffloadingProblem problem, List<Objective> objectives, List<Double> figures) {
        long[] count = {0};
        BruteForce.optimum(problem.withFitness(metrics -> {
            boolean better = metrics.feasible();
            for (int each = 0; each < figures.size(); each++) {
                better &= objectives.get(each).of(metrics) < figures.get(each) * (1 - 1e-9);
            }
            count[0] += better ? 1 : 0;
            return 0;
        }));
        return count[0];
    }

    @Test
    void paretoSwarm_wrongObjectives_areRefused() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(1, 3, 3), Objective.MEAN);
        for (List<Objective> wrong : List.of(
                List.of(Objective.MEAN),
                List.of(Objective.MEAN, Objective.MEAN),
                List.of(Objective.MEAN, Objective.ENERGY, Objective.PRICE, Objective.PERIOD))) {
            assertThatThrownBy(() -> ParetoSwarm.withDefaults().search(problem, wrong, OPTIONS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two or three");
        }
    }
}
