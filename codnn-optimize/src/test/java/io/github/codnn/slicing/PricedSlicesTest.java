package io.github.codnn.slicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.codnn.dagsearch.DagModel;
import io.github.codnn.dagsearch.PricedStages;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.GnmtGraphs;
import io.github.codnn.testproblems.HardGraphs;
import io.github.codnn.testproblems.ManyDevices;
import io.github.codnn.testproblems.RandomScenarios;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PricedSlicesTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1)));
    private static final long SMALL_WORK = 1 << 16;

    @Property(tries = 40)
    void search_smallDag_bracketsTheOptimum(@ForAll long seed) {
        assertBracket(RandomScenarios.dag(seed, 6, 4));
    }

    @Property(tries = 20)
    void search_smallChain_bracketsTheOptimum(@ForAll long seed) {
        assertBracket(RandomScenarios.chain(seed, 6, 4));
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void search_manySmallProblems_bracketsTheOptimum() {
        for (long seed = 0; seed < 2_000; seed++) {
            assertBracket(RandomScenarios.dag(seed, 6, 4));
            assertBracket(RandomScenarios.chain(seed, 6, 4));
        }
    }

    private static void assertBracket(Scenario scenario) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        double optimum = BruteForce.optimum(problem);
        SearchResult actual = search(problem, SMALL_WORK);
        assertThat(actual.lowerBound()).isLessThanOrEqualTo(optimum * (1 + 1e-9));
        assertThat(actual.value()).isGreaterThanOrEqualTo(optimum * (1 - 1e-9));
    }

    /** Whatever the prices are, a period that a plan keeps is never found impossible. */
    @Property(tries = 40)
    void isImpossible_periodThatAPlanKeeps_isNeverTrue(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.dag(seed, 6, 4), Objective.PERIOD);
        double optimum = BruteForce.optimum(problem);
        if (optimum < Double.POSITIVE_INFINITY) {
            StopSignal signal = new StopSignal(SearchRun.start(problem, TO_THE_END, "test"));
            PricedStages stages =
                    PricedStages.of(new DagModel(problem.compiled()), signal).orElseThrow();
            stages.prepare(optimum);
            for (int step = 0; step < 10; step++) {
                assertThat(stages.isImpossible()).isFalse();
                stages.adapt(step);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ManyDevices.class)
    void search_sixteenDevices_isWithinTenPercentOfItsBound(ManyDevices platform) {
        Scenario scenario = platform.scenario(HardGraphs.of(30, 1, 1), 16);
        SearchResult result = search(OffloadingProblem.of(scenario, Objective.PERIOD), 1 << 22);
        assertThat(result.lowerBound() / result.value()).isBetween(0.9, 1.0);
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void search_moreDownSetsThanFitsWork_stillFindsAPlan() {
        Scenario scenario = ManyDevices.DIFFERENT.scenario(GnmtGraphs.WIDE.onEqual(1, TransferMode.BLOCKING), 64);
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        assertThat(search(problem, 1 << 22).best()).isPresent();
    }

    @Test
    void search_sameSeed_givesTheSamePlan() {
        OffloadingProblem problem =
                OffloadingProblem.of(ManyDevices.CLASSES.scenario(HardGraphs.of(40, 1, 2), 16), Objective.PERIOD);
        assertThat(search(problem, 1 << 20).best().orElseThrow().placement())
                .isEqualTo(search(problem, 1 << 20).best().orElseThrow().placement());
    }

    @Test
    void search_anotherObjective_isRejected() {
        OffloadingProblem problem =
                OffloadingProblem.of(ManyDevices.EQUAL.scenario(HardGraphs.of(10, 1, 2), 4), Objective.ENERGY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search(problem, 1))
                .withMessageContaining("many")
                .withMessageContaining("Auto");
    }

    private static SearchResult search(OffloadingProblem problem, long work) {
        return PricedSlices.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(progress -> Optional.empty()), work);
    }
}
