package io.github.codnn.chainsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HardChains;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Two ways to answer the same question: sweeps over sets of devices, and over cuts with all devices counted. */
class DeviceSetPeriodCheckTest {

    @Property(tries = 300)
    void run_randomChain_agreesWithTheSweepOverCuts(@ForAll long seed) {
        assertSameAnswers(RandomScenarios.chain(seed, 12, 6));
    }

    @Property(tries = 10)
    void run_hardChain_agreesWithTheSweepOverCuts(@ForAll long seed) {
        assertSameAnswers(HardChains.of(40, 9, seed));
    }

    private static void assertSameAnswers(Scenario scenario) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        ChainModel model = new ChainModel(StageCosts.of(problem).orElseThrow());
        StopSignal signal = new StopSignal(SearchRun.start(problem, SearchOptions.withDefaults(), "test"));
        boolean[] all = new boolean[model.classes];
        Arrays.fill(all, true);
        UsageCounter usage = UsageCounter.of(model, Optional.empty(), all, true);
        CountedPeriodCheck cuts = new CountedPeriodCheck(model, signal);
        DeviceSetPeriodCheck sets =
                new DeviceSetPeriodCheck(model, signal, DeviceSets.of(model).orElseThrow());
        double least = new StageReach(model).leastPeriod();
        for (double period = least; period < 8 * least; period *= 1.05) {
            Optional<ChainPath> path = sets.run(period, PathEnds.any(model));

            assertThat(path.isPresent())
                    .isEqualTo(cuts.run(period, PathEnds.any(model), usage).isPresent());
            if (path.isPresent() && !model.blocking && !model.hasEndCoupling()) {
                path.get().measure(model, model.chain.newEvaluation());
                assertThat(path.get().period()).isLessThanOrEqualTo(period * (1 + 1e-13));
            }
        }
    }
}
