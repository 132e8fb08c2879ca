package io.github.codnn.swarm;

import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Improves several starts by simulated annealing with {@linkplain TaskMoves#focused focused moves}: every round gets an
 * equal part of the evaluations, shared among the starts that are left, and the better half of them goes on
 * (successive halving: K. Jamieson and A. Talwalkar, 2016), cooler each time. Not thread-safe.
 */
final class Tournament {

    private static final int MOST_STARTS = 8;
    private static final long FEWEST_EVALUATIONS = 250; // of a start in a round
    private static final long MOST_TRIES = 4; // for an evaluation: some moves change nothing
    private static final double TEMPERATURE = 0.03; // as a share of the value of a task
    private static final double COOLING = 0.7; // from round to round

    private final SearchRun run;
    private final Scorer scorer;
    private final SimulatedAnnealing search;
    private final RandomGenerator random;
    private final double temperature;

    private static final class Candidate {

        private final int[] placement;
        private final Score score;

        Candidate(int[] placement, Score score) {
            this.placement = placement;
            this.score = score;
        }
    }

    Tournament(OffloadingProblem problem, Pipelines pipelines, SearchRun run, long seed) {
        this.run = run;
        scorer = new Scorer(problem);
        scorer.obey(run);
        search = TaskMoves.focused(pipelines, Arrangement.of(problem), scorer, problem.fitness());
        random = Seeds.generator(seed);
        temperature = TEMPERATURE / pipelines.tasks;
    }

    /**
     * Returns the placement that wins, or nothing if there is no start or the run has to stop before.
     *
     * @param starts the best first; as many take part as the evaluations are enough for
     * @param evaluations how many there are
     */
    Optional<int[]> winner(List<int[]> starts, long evaluations) {
        int count = Math.min(MOST_STARTS, starts.size());
        while (count > 1 && evaluations < FEWEST_EVALUATIONS * count * rounds(count)) {
            count /= 2;
        }
        List<Candidate> left = starts.stream()
                .limit(count)
                .map(start -> new Candidate(start.clone(), Score.NONE))
                .toList();
        double hot = temperature;
        for (int rounds = rounds(count); !left.isEmpty(); hot *= COOLING) {
            left = round(left, evaluations / rounds / left.size(), hot);
            if (left.size() < 2) {
                break;
            }
            left = left.subList(0, left.size() / 2);
        }
        return left.stream().map(winner -> winner.placement).findFirst();
    }

    private static int rounds(int starts) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(starts);
    }

    /** Returns the improved starts, the best first; nothing if the run has to stop. */
    private List<Candidate> round(List<Candidate> starts, long evaluations, double hot) {
        List<Candidate> improved = new ArrayList<>();
        for (Candidate start : starts) {
            improved.add(improve(start.placement, evaluations, hot));
            scorer.report(run);
            if (!run.mayContinue()) {
                return List.of();
            }
        }
        improved.sort((one, other) -> Score.bestFirst(one.score, other.score));
        return improved;
    }

    private Candidate improve(int[] placement, long evaluations, double hot) {
        scorer.score(placement);
        if (!search.tryStart(placement, scorer.last())) {
            return new Candidate(placement, scorer.last());
        }
        long before = scorer.count() - 1;
        for (long move = 0; move < MOST_TRIES * evaluations && !scorer.isSpent(); move++) {
            long left = evaluations - (scorer.count() - before);
            if (left <= 0) {
                break;
            }
            search.move(random, hot * left / evaluations);
        }
        return new Candidate(search.bestPlacement(placement.length), search.best());
    }
}
