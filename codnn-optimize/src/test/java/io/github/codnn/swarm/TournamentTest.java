package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many starts take part, and what they cost. */
class TournamentTest {

    private static final int LAYERS = 12;

    private static OffloadingProblem problem() {
        Scenario scenario = HandMade.scenario(
                HandMade.seconds(3, LAYERS, 10),
                HandMade.chain(0, new long[5]),
                HandMade.chain(4, new long[5]),
                HandMade.chain(8, new long[5]));
        return PlacementRecorder.record(scenario, Objective.MEAN);
    }

    /** Returns a start for each device: all layers there. */
    private static List<int[]> starts(int count) {
        List<int[]> starts = new ArrayList<>();
        for (int device = 0; device < count; device++) {
            int[] start = new int[LAYERS];
            Arrays.fill(start, device);
            starts.add(start);
        }
        return starts;
    }

    private static SearchRun run(OffloadingProblem problem, StopRule rule) {
        return SearchRun.start(problem, SearchOptions.withDefaults().withStopRule(rule), "test");
    }

    private static double mean(OffloadingProblem problem, int[] placement) {
        Evaluation evaluation = problem.evaluator().newEvaluation();
        evaluation.evaluate(placement);
        return evaluation.meanSeconds();
    }

    /** A start needs 250 evaluations in each round: 8 starts have 4 rounds, 4 have 3, 2 have 2. */
    @ParameterizedTest
    @CsvSource({
        "10, 8000, 8",
        "10, 7999, 4",
        "10, 3000, 4",
        "10, 2999, 2",
        "10, 1000, 2",
        "10, 999, 1",
        "10, 0, 1",
        "3, 8000, 3",
        "3, 1499, 1",
        "3, 1500, 3",
        "1, 500, 1"
    })
    void winner_fewEvaluations_triesFewerStarts(int count, long evaluations, int expected) {
        OffloadingProblem problem = problem();
        SearchRun run = run(problem, StopRule.evaluations(100_000));
        Tournament tournament = new Tournament(problem, Pipelines.of(problem).orElseThrow(), run, 4);
        PlacementRecorder.take(problem);

        int[] winner = tournament.winner(starts(count), evaluations).orElseThrow();

        List<List<Integer>> tried = PlacementRecorder.take(problem);
        Set<List<Integer>> found = new HashSet<>();
        for (int[] start : starts(count).subList(0, Math.min(count, 8))) {
            List<Integer> placement = Arrays.stream(start).boxed().toList();
            if (tried.contains(placement)) {
                found.add(placement);
            }
        }
        assertThat(found).hasSizeBetween(expected, expected + 1); // a search may pass through another start
        assertThat(tried.get(0))
                .isEqualTo(Arrays.stream(starts(1).get(0)).boxed().toList());
        long taken = 100_000 - run.evaluationsLeft(100_000);
        // Each start is scored once more in each round: less than twice the starts in all, as half of them go on.
        assertThat(taken).isBetween(evaluations * 9 / 10, evaluations + 2L * expected);
        assertThat(mean(problem, winner)).isEqualTo(run.bestScore().value());
    }

    @Test
    void winner_anyStarts_isBetterThanAllOfThem() {
        OffloadingProblem problem = problem();
        List<int[]> starts = starts(8);
        List<int[]> given = starts(8);

        int[] winner = new Tournament(
                        problem, Pipelines.of(problem).orElseThrow(), run(problem, StopRule.evaluations(100_000)), 4)
                .winner(starts, 8000)
                .orElseThrow();

        for (int each = 0; each < 8; each++) {
            assertThat(mean(problem, winner)).isLessThan(mean(problem, given.get(each)));
            assertThat(starts.get(each)).containsExactly(given.get(each));
        }
    }

    @Test
    void winner_noStartsOrNoEvaluationsLeft_isNone() {
        OffloadingProblem problem = problem();
        Pipelines pipelines = Pipelines.of(problem).orElseThrow();
        SearchRun run = run(problem, StopRule.evaluations(500));

        assertThat(new Tournament(problem, pipelines, run, 4).winner(List.of(), 8000))
                .isEmpty();
        Optional<int[]> winner = new Tournament(problem, pipelines, run, 4).winner(starts(8), 8000);
        assertThat(winner).isEmpty();
        assertThat(run.evaluationsLeft(1000)).isZero();
    }
}
