package io.github.codnn.planner;

import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.plan.Violation;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Task;
import io.github.codnn.simulate.ClosedFormCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Searches with any strategy for plans that keep their deadlines as streams of frames. Where the best plan in closed
 * form misses one in the simulation, it searches again with tighter deadlines in closed form: by the ratio of both
 * figures of that plan, or half as tight as before if no plan keeps the tighter ones.
 * Late plans of many tasks are improved instead ({@link StreamRelief}). If all plans are late, whole
 * tasks move to one device at last, even if no evaluations are left. A heuristic.
 *
 * @param strategy how to search
 * @param problem what to solve
 * @param expand makes a plan of the stated scenario, which is feasible only if its stream keeps the deadlines
 */
record StreamRounds(Strategy strategy, OffloadingProblem problem, UnaryOperator<Plan> expand) {

    /** The part of the budget after which each round ends if its best plan is late. */
    private static final double[] SHARES = {0.6, 0.75, 0.9};

    private static final double LEAST_STEP = 0.5; // of a deadline, from round to round
    private static final double BELOW = 1e-6; // relative, so that the plan that was late is excluded

    /** Returns the best plan of all rounds, with a bound that holds for the deadlines as stated. */
    SearchResult search(SearchOptions options) {
        if (!problem.hasStreamDeadlines()) {
            return strategy.search(problem, options.withShareIfInfeasible(Closest.SHARE))
                    .withPlans(expand);
        }
        SearchResult found = round(problem, options, 0);
        Optional<Placement> late = found.late().map(Plan::placement);
        boolean isRelieved = hasRelief() && found.late().or(found::best).isPresent();
        SearchResult best =
                isRelieved ? new StreamRelief(problem, expand).search(found, options) : found.withPlans(expand);
        double bound = best.lowerBound();
        SearchResult last = best;
        List<Double> before = Collections.nCopies(tasks().size(), 1.0);
        List<Double> shares = before;
        int rounds = isRelieved ? 1 : SHARES.length;
        for (int round = 1; round < rounds && !isOver(best, options) && isWorthMore(last, round); round++) {
            List<Double> next = last.late().isPresent()
                    ? tighter(problem, shares, last.late().get())
                    : between(before, shares);
            before = last.late().isPresent() ? shares : before;
            shares = next;
            found = round(problem.withTightDeadlines(shares), Closest.after(best, options), round);
            late = found.late().isPresent() ? found.late().map(Plan::placement) : late;
            last = found.withPlans(expand);
            // What is proven for tighter deadlines does not hold for those that are stated.
            SearchResult unproven = last.withInfeasibility(Closest.NOTHING_KNOWN);
            best = Closest.better(unproven, best).withLowerBound(bound);
        }
        if (best.best().isEmpty() && best.late().isPresent()) {
            Placement start = late.orElseGet(() -> Placement.allOn(
                    problem.scenario().workload(), problem.devices().get(0)));
            SearchResult whole = WholeTasks.search(problem, expand, start, Closest.after(best, options));
            best = Closest.better(whole, best).withLowerBound(bound);
        }
        return best.withoutOpenProof();
    }

    private List<Task> tasks() {
        return problem.scenario().workload().tasks();
    }

    private SearchResult round(OffloadingProblem tight, SearchOptions rest, int round) {
        if (hasRelief()) {
            return strategy.search(tight, StreamRelief.before(rest.withShareIfInfeasible(Closest.SHARE)));
        }
        SearchOptions part = rest.withShareIfInfeasible(Closest.SHARE);
        return strategy.search(tight, SharedDevices.has(problem) ? part : part.withShareIfLate(SHARES[round]));
    }

    /** Auto relieves its own late plans of many tasks. */
    private boolean hasRelief() {
        return SharedDevices.has(problem) && !(strategy instanceof Auto);
    }

    private static boolean isOver(SearchResult best, SearchOptions options) {
        Progress progress = new Progress(
                best.iterations(),
                best.evaluations(),
                best.elapsed(),
                best.value(),
                best.best().isPresent() ? 0 : Double.POSITIVE_INFINITY,
                best.lowerBound(),
                0,
                false);
        return options.stopRule().check(progress).isPresent();
    }

    /** A round with a late plan asks for tighter deadlines; a later one without any plan has too tight ones. */
    private static boolean isWorthMore(SearchResult last, int round) {
        return last.late().isPresent() || (round > 1 && last.best().isEmpty());
    }

    /** Returns shares of the deadlines of a problem that exclude a late plan. */
    static List<Double> tighter(OffloadingProblem problem, List<Double> shares, Plan late) {
        List<Task> tasks = problem.scenario().workload().tasks();
        ClosedFormCheck check = ClosedFormCheck.of(late);
        List<Double> tighter = new ArrayList<>();
        for (int index = 0; index < shares.size(); index++) {
            double share = shares.get(index);
            Optional<Violation> missed = check.tasks().get(index).missedDeadline();
            if (missed.isPresent()) {
                Deadline deadline = tasks.get(index).deadline().orElseThrow();
                double simulated = deadline.seconds() * (1 + missed.get().amount());
                double ratio = closed(deadline, late.metrics().tasks().get(index)) / simulated;
                share = Math.max(LEAST_STEP * share, Math.min(share, ratio) * (1 - BELOW));
            }
            tighter.add(share);
        }
        return tighter;
    }

    private static double closed(Deadline deadline, TaskMetrics metrics) {
        return deadline.measure() == Deadline.Measure.RESPONSE ? metrics.responseSeconds() : metrics.meanSeconds();
    }

    private static List<Double> between(List<Double> wide, List<Double> tight) {
        List<Double> middle = new ArrayList<>();
        for (int index = 0; index < wide.size(); index++) {
            middle.add((wide.get(index) + tight.get(index)) / 2);
        }
        return middle;
    }
}
