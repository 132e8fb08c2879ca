package io.github.codnn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.Decoders;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.Constraints;
import io.github.codnn.testproblems.RandomScenarios;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OptimalCutsTest {

    @Property(tries = 100)
    void solve_period_isTheBestOfAllCuts(@ForAll long seed) {
        assertBest(seed, Objective.PERIOD);
    }

    @Property(tries = 100)
    void solve_response_isTheBestOfAllCuts(@ForAll long seed) {
        assertBest(seed, Objective.RESPONSE);
    }

    private static void assertBest(long seed, Objective objective) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 8, 4), objective);
        StageCosts chain = StageCosts.of(problem).orElseThrow();
        // Frames that come back to a source that runs a later stage load it twice, which cuts cannot know.
        if (Constraints.any(problem.compiled()) || chain.source() >= 0 || chain.sink() >= 0) {
            return;
        }
        int stages = Math.min(3, chain.maxStages());
        int[] devices = new int[chain.devices()];
        for (int device = 0; device < devices.length; device++) {
            devices[device] = devices.length - 1 - device;
        }
        StageEvaluation evaluation = chain.newEvaluation();
        double best = Double.POSITIVE_INFINITY;
        int[] ends = new int[devices.length];
        ends[stages - 1] = chain.layers();
        for (int one = 1; one <= chain.layers(); one++) {
            for (int two = one + 1; two <= chain.layers(); two++) {
                if (stages > 1) {
                    ends[0] = one;
                    ends[1] = stages > 2 ? two : chain.layers();
                }
                boolean empty = (stages > 2 && two == chain.layers()) || (stages == 2 && one == chain.layers());
                if (empty) {
                    continue;
                }
                evaluation.evaluate(stages, devices, ends);
                best = Math.min(best, objective.of(evaluation));
            }
        }
        if (best == Double.POSITIVE_INFINITY) {
            return; // a single layer
        }

        assertThat(new OptimalCuts(chain).solve(stages, devices, ends)).isTrue();

        evaluation.evaluate(stages, devices, ends);
        assertThat(objective.of(evaluation)).isCloseTo(best, within(1e-9));
    }

    @Test
    void search_optimalCuts_findsTheOptimum() {
        for (long seed = 0; seed < 8; seed++) {
            OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 7, 4), Objective.PERIOD);
            double optimum = BruteForce.optimum(problem);

            double value = Dbpso.withDefaults()
                    .withDecoder(Decoders.OPTIMAL_CUTS)
                    .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(5_000)))
                    .value();

            assertThat(value == optimum || value <= optimum * (1 + 1e-9)).isTrue();
        }
    }

    @Test
    void optimalCuts_graph_isRefusedWithAWayOut() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(1, 9, 3), Objective.PERIOD);

        assertThatThrownBy(() -> Decoders.OPTIMAL_CUTS.prepare(problem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ORDER_AND_CUTS");
    }
}
