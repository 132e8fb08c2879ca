package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TaskMovesTest {

    private static Offset<Double> rounding(double value) {
        return within(1e-9 * Math.max(1e-3, Math.abs(value)));
    }

    /** If pipelines were changed without being measured again, the score would differ from the evaluator's. */
    @Test
    void improve_anyChains_neverMakesWorseAndScoresAsTheEvaluator() {
        for (long seed = 0; seed < 60; seed++) {
            Scenario scenario =
                    seed % 4 == 0 ? RandomScenarios.chain(seed, 12, 5) : RandomScenarios.severalChains(seed, 12, 5);
            OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.ENERGY);
            Arrangement arrangement = Arrangement.of(problem);
            Scorer scorer = new Scorer(problem);
            SimulatedAnnealing search = TaskMoves.annealing(
                    Pipelines.of(problem).orElseThrow(), arrangement, scorer, Optional.of(LevyFlight.withDefaults()));
            SplitMix random = new SplitMix(seed);
            int[] placement = new int[arrangement.layers];
            new RandomPlacement(arrangement).drawStages(random, placement);
            scorer.score(placement);
            Score before = scorer.last();

            search.improve(placement, before, random, 300, 0.01);

            Score after = search.best();
            assertThat(after.violation()).isLessThanOrEqualTo(before.violation() * (1 + 1e-9));
            if (before.isFeasible()) {
                assertThat(after.value()).isLessThanOrEqualTo(before.value() * (1 + 1e-9));
            }
            scorer.score(placement);
            assertThat(scorer.last().value()).isCloseTo(after.value(), rounding(after.value()));
            assertThat(scorer.last().violation()).isCloseTo(after.violation(), rounding(after.violation()));
        }
    }

    /** Responses do not ask the evaluator, but what they find is scored by it; all rules occur. */
    @Test
    void improve_focusedMovesOfAnyObjective_neverMakesWorseAndScoresAsTheEvaluator() {
        for (int seed = 0; seed < 60; seed++) {
            List<Objective> objectives = List.of(Objective.values());
            Objective objective = objectives.get(seed % objectives.size());
            OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.severalChains(seed, 12, 5), objective);
            Arrangement arrangement = Arrangement.of(problem);
            Scorer scorer = new Scorer(problem);
            SimulatedAnnealing search =
                    TaskMoves.focused(Pipelines.of(problem).orElseThrow(), arrangement, scorer, objective);
            SplitMix random = new SplitMix(seed);
            int[] placement = new int[arrangement.layers];
            new RandomPlacement(arrangement).drawStages(random, placement);
            scorer.score(placement);
            Score before = scorer.last();
            scorer.limit(scorer.count() + 200, () -> false);

            search.improve(placement, before, random, 1000, 0.01);

            assertThat(scorer.count()).isLessThanOrEqualTo(201L + 2 * 3);
            Score after = search.best();
            assertThat(before.isBetterThan(after)).isFalse();
            scorer.score(placement);
            assertThat(scorer.last().value()).isCloseTo(after.value(), rounding(after.value()));
            assertThat(scorer.last().violation()).isCloseTo(after.violation(), rounding(after.violation()));
        }
    }
}
