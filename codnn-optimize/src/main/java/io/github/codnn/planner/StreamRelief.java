package io.github.codnn.planner;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.swarm.LocalImprovement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Continues from a plan of many tasks that misses deadlines as a stream only, by little in most cases: local search
 * under deadlines that are tighter by the ratio of both figures, each round with half of the evaluations that are left.
 * A heuristic.
 *
 * @param problem what to solve
 * @param expand makes a plan of the stated scenario, which is feasible only if its stream keeps the deadlines
 */
record StreamRelief(OffloadingProblem problem, UnaryOperator<Plan> expand) {

    private static final int ROUNDS = 6;
    private static final double SHARE = 0.5; // of what is left
    private static final long MOST_MOVES = 50_000; // of a round
    private static final long FEWEST_MOVES = 20;
    private static final double TEMPERATURE = 0.01; // as a share of the value of a task

    // Of the budget, for the search before.
    private static final double SHARE_BEFORE = 0.95;
    private static final double SHARE_BEFORE_IF_LATE = 0.85;

    /** Returns the options of the search before, which leave enough for the relief. */
    static SearchOptions before(SearchOptions options) {
        return options.withShare(SHARE_BEFORE).withShareIfLate(SHARE_BEFORE_IF_LATE);
    }

    /**
     * Searches on, from the late plan or else from the best one.
     *
     * @param first a result of the problem
     * @param options of the whole search
     * @return the better of both results, for the scenario as stated
     */
    SearchResult search(SearchResult first, SearchOptions options) {
        SearchResult best = first.withPlans(expand);
        Optional<Plan> start = first.late().or(first::best);
        Optional<Plan> late = best.late();
        List<Double> shares = Collections.nCopies(problem.compiled().taskCount(), 1.0);
        for (int round = 0; round < ROUNDS && start.isPresent(); round++) {
            SearchOptions rest = Closest.after(best, options);
            long moves = moves(rest, round == ROUNDS - 1 ? 1 : SHARE);
            if (moves < FEWEST_MOVES) {
                break;
            }
            shares = late.isPresent() ? StreamRounds.tighter(problem, shares, late.get()) : shares;
            SearchResult found = improve(start.get().placement(), shares, moves, rest);
            start = found.late().or(found::best).or(found::closest);
            SearchResult expanded = found.withPlans(expand);
            late = expanded.late();
            best = Closest.better(expanded.withInfeasibility(Closest.NOTHING_KNOWN), best)
                    .withLowerBound(first.lowerBound());
        }
        return best;
    }

    private long moves(SearchOptions rest, double share) {
        return (long) (share * PhasedRun.evaluationsLeft(problem, rest, (long) (MOST_MOVES / SHARE)));
    }

    private SearchResult improve(Placement start, List<Double> shares, long moves, SearchOptions rest) {
        return LocalImprovement.of(start)
                .withMoves((int) moves)
                .withTemperature(TEMPERATURE / shares.size())
                .search(problem.withTightDeadlines(shares), rest);
    }
}
