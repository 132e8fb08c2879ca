package io.github.codnn.planner;

import io.github.codnn.closest.ClosestPlan;
import io.github.codnn.closest.LeastValues;
import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.RunRecord.LeastValue;
import io.github.codnn.plan.StopReason;
import io.github.codnn.plan.Violation;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.swarm.LocalImprovement;
import java.util.List;

/** What follows a search that found no feasible plan, whatever its strategy. */
final class Closest {

    /** The part of the budget of a search after which it gives up if it has found infeasible plans only. */
    static final double SHARE = 0.9;

    private static final String NAME = "ClosestPlan";

    static final Infeasibility NOTHING_KNOWN = new Infeasibility(false, false, List.of());

    private Closest() {}

    /** Returns the options for what follows a search. */
    static SearchOptions after(SearchResult result, SearchOptions options) {
        return options.after(Progress.before(result.iterations(), result.evaluations(), result.elapsed()));
    }

    /**
     * Looks for the closest plan.
     *
     * @param problem what was solved
     * @param result a result without a feasible plan
     * @param bound a proven bound for the problem
     * @param rest the options for what follows the result
     * @return the better of the result and what is found, with what is proven; it may be feasible
     */
    static SearchResult of(OffloadingProblem problem, SearchResult result, double bound, SearchOptions rest) {
        if (result.infeasibility().filter(Infeasibility::closest).isPresent() || isLate(problem, result)) {
            return result;
        }
        SearchRun run = SearchRun.start(problem, rest, NAME);
        result.closest()
                .map(plan -> problem.evaluator().encode(plan.placement()))
                .ifPresent(run::offer);
        run.raiseLowerBound(bound);
        SearchResult closest = ClosestPlan.finish(problem, run, result.stopReason(), result.evaluations());
        double known = closest.isBetterThan(result)
                ? closest.lowerBound()
                : Math.max(result.lowerBound(), closest.lowerBound());
        return better(closest, result)
                .withLowerBound(known)
                .withStopReason(closest.stopReason())
                .withInfeasibility(closest.infeasibility().orElse(NOTHING_KNOWN));
    }

    /** Tells whether the closest plan keeps all constraints in closed form: then nothing is proven about it. */
    private static boolean isLate(OffloadingProblem problem, SearchResult result) {
        return problem.hasStreamDeadlines()
                && result.closest()
                        .map(plan ->
                                problem.evaluator().evaluate(plan.placement()).feasible())
                        .orElse(false);
    }

    /** Returns the better result with the effort of both; the second came first. */
    static SearchResult better(SearchResult later, SearchResult first) {
        boolean isLaterBetter = later.isBetterThan(first);
        List<SearchResult.Improvement> history = later.history().stream()
                .map(each -> new SearchResult.Improvement(first.evaluations() + each.evaluations(), each.value()))
                .toList();
        List<String> notices =
                first.bestOrClosest().flatMap(Plan::run).map(RunRecord::notices).orElse(List.of());
        return (isLaterBetter ? later.withNotices(notices) : first)
                .withEffort(
                        first.evaluations() + later.evaluations(),
                        first.iterations() + later.iterations(),
                        first.elapsed().plus(later.elapsed()),
                        isLaterBetter ? history : first.history());
    }

    /**
     * Looks for the closest plan, and for the least value of each constraint that it breaks.
     *
     * @param problem the problem that was stated, layer by layer
     * @param result a result with a closest plan of the problem
     * @param options the options of the whole search
     * @param ofLayers whether the strategy searched layer by layer, so that what it has proven holds
     * @return a result with the closest plan found; that of the strategy, without what is known about infeasibility, if
     *     the strategy has missed a feasible plan
     */
    static SearchResult withLimits(
            OffloadingProblem problem, SearchResult result, SearchOptions options, boolean ofLayers) {
        if (isLate(problem, result)) {
            return result.withInfeasibility(NOTHING_KNOWN);
        }
        SearchResult start = ofLayers ? result : result.withInfeasibility(NOTHING_KNOWN);
        double bound = ofLayers ? result.lowerBound() : Double.NEGATIVE_INFINITY;
        SearchResult closest = improved(problem, of(problem, start, bound, after(result, options)), options);
        if (closest.best().isPresent()) {
            return result.withEffort(closest.evaluations(), closest.iterations(), closest.elapsed(), result.history());
        }
        SearchRun run = SearchRun.start(problem, after(closest, options), NAME);
        List<Violation> broken = closest.closest().orElseThrow().metrics().violations();
        List<LeastValue> limits = LeastValues.of(problem, run, broken, closest.evaluations());
        SearchResult search = run.finish(StopReason.COMPLETED);
        SearchResult stated = search.best().isPresent() ? result : closest;
        SearchResult counted = stated.withEffort(
                closest.evaluations() + search.evaluations(),
                closest.iterations(),
                closest.elapsed().plus(search.elapsed()),
                result.history());
        Infeasibility known = closest.infeasibility().orElse(NOTHING_KNOWN).withLimits(limits);
        return search.best().isPresent() ? counted : counted.withInfeasibility(known);
    }

    /** Moves single layers unless the plan is proven to be the closest or is feasible. */
    private static SearchResult improved(OffloadingProblem problem, SearchResult closest, SearchOptions options) {
        Infeasibility known = closest.infeasibility().orElse(NOTHING_KNOWN);
        if (closest.best().isPresent() || known.closest()) {
            return closest;
        }
        Placement start = closest.closest().orElseThrow().placement();
        SearchResult moved = LocalImprovement.of(start).search(problem, after(closest, options));
        return better(moved, closest).withLowerBound(closest.lowerBound()).withInfeasibility(known);
    }
}
