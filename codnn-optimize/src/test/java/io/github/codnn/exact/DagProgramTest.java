package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.ClosedForm;
import io.github.codnn.testproblems.DownSetProgram;
import io.github.codnn.testproblems.GnmtGraphs;
import io.github.codnn.testproblems.HardGraphs;
import io.github.codnn.testproblems.RandomScenarios;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dynamic program over down-sets, alone, without the depth-first search that solves small problems before it. */
class DagProgramTest {

    private static final int CASES = Boolean.getBoolean("codnn.nightly") ? 2_000 : 150;
    private static final long ALL = Long.MAX_VALUE;
    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(2)));

    private static OffloadingProblem problem(Scenario scenario) {
        return OffloadingProblem.of(scenario, Objective.PERIOD);
    }

    private static SearchResult program(OffloadingProblem problem, SearchOptions options) {
        return ExactDag.search(problem, options, Optional.empty(), ALL, 0);
    }

    private static SearchResult depthFirst(OffloadingProblem problem) {
        return ExactDag.search(problem, TO_THE_END, Optional.empty(), ALL, ALL);
    }

    /** Equal and different devices, both transfer modes, memory, pins, colocated layers, deadlines, upload, return. */
    @Test
    void search_smallDags_agreeWithBruteForce() {
        for (long seed = 0; seed < CASES; seed++) {
            OffloadingProblem problem = problem(RandomScenarios.dag(seed, 7, 4));
            double optimum = BruteForce.optimum(problem);

            SearchResult result = program(problem, TO_THE_END);

            double value = result.late()
                    .flatMap(late -> late.run().map(run -> run.value()))
                    .orElse(result.value());
            assertThat(result.lowerBound()).as("bound of seed " + seed).isLessThanOrEqualTo(optimum * (1 + 1e-9));
            if (optimum == Double.POSITIVE_INFINITY) {
                assertThat(result.best()).as("plan of seed " + seed).isEmpty();
                assertThat(result.lowerBound()).as("bound of seed " + seed).isInfinite();
            } else {
                assertThat(value).as("seed " + seed).isCloseTo(optimum, within(1e-9 * optimum));
            }
        }
    }

    /** Whenever the search is stopped, its bound is at most the optimum, and its plan at least. */
    @Test
    void search_stoppedEarly_neverClaimsTooMuch() {
        for (long seed = 0; seed < CASES; seed++) {
            OffloadingProblem problem = problem(RandomScenarios.dag(~seed, 6, 4));
            double optimum = BruteForce.optimum(problem);
            StopRule rule = StopRule.iterations(1 + (int) (seed % 4));

            SearchResult result = program(problem, SearchOptions.withDefaults().withStopRule(rule));

            assertThat(result.lowerBound()).as("bound of seed " + seed).isLessThanOrEqualTo(optimum * (1 + 1e-9));
            assertThat(result.value()).as("value of seed " + seed).isGreaterThanOrEqualTo(optimum * (1 - 1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void search_differentDevices_agreesWithDepthFirstSearch(long seed) {
        for (TransferMode transfers : TransferMode.values()) {
            OffloadingProblem problem = problem(HardGraphs.of(30, 5, seed).withTransfers(transfers));

            ClosedForm.assertProven(program(problem, TO_THE_END), depthFirst(problem));
        }
    }

    @ParameterizedTest
    @EnumSource(TransferMode.class)
    void search_smallTranslator_agreesWithDepthFirstSearchAndIsNoBetterThanThePlainProgram(TransferMode transfers) {
        for (List<String> kinds : List.of(List.of("a", "a", "a"), List.of("a", "a", "b"), List.of("a", "b", "c"))) {
            Scenario scenario = new GnmtGraphs(2, 3, 1, 5).on(kinds, transfers);
            OffloadingProblem problem = problem(scenario);
            double plain = new DownSetProgram(scenario, transfers == TransferMode.BLOCKING).leastPeriod();

            SearchResult result = program(problem, TO_THE_END);

            ClosedForm.assertProven(result, depthFirst(problem));
            assertThat(result.value()).isBetween(plain * (1 - 1e-9), plain * 1.1);
        }
    }

    /** Depth-first search takes minutes here: the translator sends its context to all decoder layers. */
    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void search_wideTranslator_provesTheOptimum() {
        for (GnmtGraphs graph : List.of(GnmtGraphs.WIDE, GnmtGraphs.WIDER)) {
            for (int devices : List.of(2, 4, 6, 8)) {
                OffloadingProblem problem = problem(graph.onEqual(devices, TransferMode.BLOCKING));

                SearchResult result = ExactDag.withDefaults().search(problem, TO_THE_END);

                assertThat(result.stopReason()).as(graph + " on " + devices).isEqualTo(StopReason.PROVEN);
            }
        }
    }
}
