package io.github.codnn.chainsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.pipeline.StageEvaluation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.testproblems.HardChains;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodBeamTest {

    private static OffloadingProblem problem(int layers, int devices, long seed) {
        return OffloadingProblem.of(HardChains.of(layers, devices, seed), Objective.PERIOD);
    }

    private static SearchRun run(OffloadingProblem problem) {
        return SearchRun.start(problem, SearchOptions.withDefaults(), "PeriodBeam");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void within_anyPeriod_pathKeepsItAndUsesNoDeviceTwice(long seed) {
        OffloadingProblem problem = problem(40, 9, seed);
        ChainModel model = new ChainModel(StageCosts.of(problem).orElseThrow());
        StageEvaluation evaluation = model.chain.newEvaluation();
        PeriodBeam beam = new PeriodBeam(model, 16, new StopSignal(run(problem)));
        double least = new StageReach(model).leastPeriod();
        int found = 0;
        for (double factor = 1; factor < 4; factor *= 1.05) {
            Optional<ChainPath> path = beam.within(least * factor);
            if (path.isPresent()) {
                found++;
                path.get().measure(model, evaluation);
                assertThat(path.get().period()).isLessThanOrEqualTo(least * factor * (1 + Tolerances.LOAD));
                assertThat(Arrays.stream(path.get().classes).distinct().count()).isEqualTo(path.get().classes.length);
            }
        }
        assertThat(found).isPositive();
    }

    /** Local search alone ends 2.5 to 5.5 % above these optima after a second. */
    @ParameterizedTest
    @CsvSource({"100,8,1", "100,8,2", "100,16,1", "100,16,2", "500,16,1", "500,16,2"})
    void search_longChain_fromItsAnswerWithinOnePercent(int layers, int devices, long seed) {
        OffloadingProblem problem = problem(layers, devices, seed);
        double optimum = ExactPipeline.withDefaults()
                .search(problem, SearchOptions.withDefaults())
                .value();
        SearchOptions few = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(1000));
        assertThat(Dbpso.withDefaults().search(problem, few).value()).isBetween(optimum * (1 - 1e-9), optimum * 1.01);
    }

    @Test
    void placement_anotherObjective_isNotSearched() {
        OffloadingProblem problem = problem(20, 4, 1).withFitness(Objective.RESPONSE);
        assertThat(PeriodBeam.placement(problem, run(problem))).isEmpty();
    }
}
