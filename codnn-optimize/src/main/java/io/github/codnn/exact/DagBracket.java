package io.github.codnn.exact;

import io.github.codnn.chainsearch.LeastPeriod;
import io.github.codnn.dagsearch.DagModel;
import io.github.codnn.dagsearch.DagSearch;
import io.github.codnn.dagsearch.StageLoads;
import io.github.codnn.dagsearch.SuffixSearch;
import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Optional;

/**
 * The bracket of the least period of one graph: between a lower bound and the best plan of a run. Depth-first search
 * closes most brackets soon. Those that it leaves open are closed by dynamic programming over down-sets, for periods
 * that grow from the bound on; where links differ so that its values are bounds only, depth-first search decides
 * between them.
 */
final class DagBracket {

    /** How much work, in units of {@link StopSignal}, depth-first search does first: about a tenth of a second. */
    static final long FIRST_WORK = 1 << 22;

    private static final double FIRST_STEP = 1.0 / 256;
    private static final double MAX_STEP = 1.0 / 8;
    private static final int MAX_PASSES = 2_000; // more than the range of times needs

    private final SearchRun run;
    private final long maxWork;
    private final long firstWork;
    private final DagModel model;
    private final StageLoads loads;
    private double lower;

    DagBracket(OffloadingProblem problem, SearchRun run, long maxWork, long firstWork) {
        this.run = run;
        this.maxWork = maxWork;
        this.firstWork = Math.min(maxWork, firstWork);
        model = new DagModel(problem.compiled());
        loads = new StageLoads(model, problem);
    }

    /**
     * Closes the bracket, or narrows it until the work is done or the stop rule ends it.
     *
     * @param startsFromBest whether the best plan is a start that is worth improving on
     * @return why it ended
     */
    StopReason close(boolean startsFromBest) {
        StopSignal first = new StopSignal(run, firstWork);
        DagSearch search = new DagSearch(model, first, loads);
        lower = search.leastPeriod();
        if (firstWork == 0) {
            first.raise(StopReason.COMPLETED);
        } else {
            bisect(search, first, startsFromBest);
        }
        Optional<StopReason> reason = first.reason();
        if (isOpen(first)) {
            StopSignal second = new StopSignal(run, maxWork - firstWork);
            program(second);
            reason = second.reason();
        }
        run.raiseLowerBound(lower);
        return reason.orElse(StopReason.PROVEN);
    }

    /** Tells whether only the limit of the first work has ended it. */
    private boolean isOpen(StopSignal first) {
        return first.reason().filter(any -> any == StopReason.COMPLETED).isPresent() && maxWork > firstWork;
    }

    private double upper() {
        return run.bestScore().feasibleValue();
    }

    private double offer(int[] placement) {
        run.offer(placement);
        return upper();
    }

    private void bisect(DagSearch search, StopSignal signal, boolean startsFromBest) {
        LeastPeriod bracket = new LeastPeriod(signal);
        if (startsFromBest && upper() < Double.POSITIVE_INFINITY) {
            bracket.startFrom(upper());
        }
        bracket.search(
                period -> {
                    Optional<int[]> placement = search.planWithin(period);
                    placement.ifPresent(run::offer);
                    return placement.isPresent() ? run.bestScore().value() : Double.POSITIVE_INFINITY;
                },
                lower,
                model.longestPeriod());
        lower = Math.max(lower, bracket.lower());
    }

    /** Runs the dynamic program for growing periods. */
    private void program(StopSignal signal) {
        SuffixSearch suffixes = new SuffixSearch(model, signal);
        double longest = model.longestPeriod();
        double step = FIRST_STEP;
        boolean isRoomy = true;
        for (int pass = 0; pass < MAX_PASSES && isRoomy && !isClosed() && !signal.isRaised(); pass++) {
            double period = Math.min(lower * (1 + step) + (lower == 0 ? step * longest : 0), longest);
            suffixes.search(Math.min(period, upper() * (1 - Tolerances.EQUAL)), lower, this::offer);
            isRoomy = suffixes.isComplete();
            if (isRoomy) {
                decide(suffixes, signal, period);
                lower = period == longest && upper() == Double.POSITIVE_INFINITY && !signal.isRaised()
                        ? upper()
                        : lower;
            }
            signal.endIteration();
            step = Math.min(2 * step, MAX_STEP);
        }
        suffixes.clear();
        if (!isClosed() && !signal.isRaised()) {
            bisect(new DagSearch(model, signal, loads), signal, true);
        }
        lower = isClosed() ? upper() : lower;
    }

    private boolean isClosed() {
        return lower >= upper() * (1 - Tolerances.EQUAL);
    }

    /** Raises the bound after a pass; between bounds and plans, depth-first search decides. */
    private void decide(SuffixSearch suffixes, StopSignal signal, double period) {
        lower = Math.max(lower, suffixes.bound());
        if (!suffixes.hasUnrealised() || isClosed()) {
            return;
        }
        DagSearch search = new DagSearch(model, signal, loads, suffixes);
        if (upper() > period) {
            Optional<int[]> placement = search.planWithin(period);
            placement.ifPresent(run::offer);
            lower = placement.isEmpty() && !signal.isRaised() ? period : lower;
        }
        if (upper() <= period && !isClosed()) {
            bisect(search, signal, true);
        }
    }
}
