package io.github.codnn.strategy;

import io.github.codnn.optimize.Objective;
import io.github.codnn.optimize.SearchRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Drives {@link ChainOracle} to the optimum of one chain: by bisection for the period, at once for the response time, and
 * for everything that depends on both by branch and bound over intervals of the period.
 */
final class ChainSearch {

    /** What remains of an interval below this relative width counts as nothing: rounding is of that size. */
    private static final double RESOLUTION = 1e-12;

    /** Above this relative width intervals are halved; below, the best path found is put to the proof. */
    private static final double COARSE = 1e-5;

    private final ChainModel model;
    private final SearchRun run;
    private final StopSignal signal;
    private final ChainOracle oracle;

    ChainSearch(ChainModel model, SearchRun run, StopSignal signal) {
        this.model = model;
        this.run = run;
        this.signal = signal;
        oracle = new ChainOracle(model, signal);
    }

    /**
     * Searches for the best path.
     *
     * @return the proven lower bound of the goal: its optimum unless the signal is raised, infinite if nothing is feasible
     */
    double search(FrontGoal goal) {
        if (!goal.hasDeadline() && goal.objective() == Objective.PERIOD) {
            return leastPeriod().lower;
        }
        if (!goal.hasDeadline() && goal.objective() == Objective.RESPONSE) {
            Optional<ChainPath> fastest = fastest();
            return signal.isRaised() ? 0 : fastest.map(ChainPath::response).orElse(Double.POSITIVE_INFINITY);
        }
        return searchFront(goal);
    }

    private Optional<ChainPath> fastest() {
        Optional<ChainPath> path = oracle.fastestWithin(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        path.ifPresent(this::offer);
        return path;
    }

    private void offer(ChainPath path) {
        run.offer(path.placement(model));
    }

    /** The least period: between {@code lower} and that of the path, if there is one. */
    private static final class PeriodBracket {
        private double lower;
        private double upper = Double.POSITIVE_INFINITY;

        private boolean isOpen() {
            return lower < upper * (1 - RESOLUTION);
        }
    }

    private PeriodBracket leastPeriod() {
        PeriodBracket bracket = new PeriodBracket();
        bracket.lower = new StageReach(model).leastPeriod();
        double longest = model.longestPeriod();
        double step = 1.0 / 256;
        while (bracket.isOpen() && !signal.isRaised()) {
            double period = middle(bracket);
            if (bracket.upper == Double.POSITIVE_INFINITY) {
                // Short steps first: just above the bound a question is easy to answer, and the answer often is near.
                period = bracket.lower * (1 + step) + (bracket.lower == 0 ? step * longest : 0);
                period = period >= longest ? Double.MAX_VALUE : period;
                step *= 2;
            }
            ask(period, bracket);
        }
        if (!signal.isRaised()) {
            bracket.lower = bracket.upper;
        }
        return bracket;
    }

    private static double middle(PeriodBracket bracket) {
        boolean coarse = bracket.upper - bracket.lower > COARSE * bracket.upper;
        return coarse ? (bracket.lower + bracket.upper) / 2 : bracket.upper * (1 - RESOLUTION);
    }

    private void ask(double period, PeriodBracket bracket) {
        Optional<ChainPath> path = oracle.pathWithin(period);
        if (signal.isRaised()) {
            return;
        }
        if (path.isPresent()) {
            offer(path.get());
            // Rounding can give a path that is longer than asked for; that must not keep the bracket open for ever.
            bracket.lower = path.get().period() > period ? Math.max(bracket.lower, period) : bracket.lower;
            bracket.upper = Math.min(bracket.upper, path.get().period());
        } else {
            bracket.lower = period == Double.MAX_VALUE ? Double.POSITIVE_INFINITY : period;
        }
        signal.endIteration();
    }

    /**
     * Periods of which it is open whether they hold the optimum.
     *
     * @param low no path has a lesser period
     * @param high periods from here on are done with
     * @param response no path with a period below {@code high} has a lesser response time
     * @param bound no path in this interval has a lesser value
     */
    private record Interval(double low, double high, double response, double bound) {}

    private double searchFront(FrontGoal goal) {
        PeriodBracket bracket = leastPeriod();
        if (signal.isRaised() || bracket.upper == Double.POSITIVE_INFINITY) {
            return signal.isRaised() ? 0 : Double.POSITIVE_INFINITY;
        }
        Optional<ChainPath> fastest = fastest();
        if (fastest.isEmpty()) {
            return 0; // stopped
        }
        double best = value(goal, fastest.get());
        PriorityQueue<Interval> open = new PriorityQueue<>(Comparator.comparingDouble(Interval::bound));
        add(open, goal, below(fastest.get(), bracket.upper, Double.POSITIVE_INFINITY));
        while (!open.isEmpty() && open.element().bound() < best * (1 - RESOLUTION) && !signal.isRaised()) {
            best = Math.min(best, split(open, goal, best));
        }
        return open.isEmpty() ? best : Math.min(best, open.element().bound());
    }

    private static double value(FrontGoal goal, ChainPath path) {
        boolean feasible = goal.keepsDeadline(path.period(), path.response());
        return feasible ? goal.value(path.period(), path.response()) : Double.POSITIVE_INFINITY;
    }

    /** Returns the periods below that of a path with the least response time for its period. */
    private static Interval below(ChainPath path, double low, double asked) {
        return new Interval(low, Math.min(path.period(), asked), path.response(), 0);
    }

    private static void add(PriorityQueue<Interval> open, FrontGoal goal, Interval interval) {
        boolean empty = interval.low > interval.high * (1 - RESOLUTION);
        if (!empty && goal.keepsDeadline(interval.low, interval.response)) {
            double bound = goal.value(interval.low, interval.response);
            open.add(new Interval(interval.low, interval.high, interval.response, bound));
        }
    }

    /** Asks for the fastest path in one half of the most promising interval; returns its value. */
    private double split(PriorityQueue<Interval> open, FrontGoal goal, double best) {
        Interval interval = open.element();
        boolean coarse = interval.high - interval.low > COARSE * interval.high;
        double last = interval.high * (1 - RESOLUTION);
        double middle = coarse ? (interval.low + interval.high) / 2 : last;
        // Only what would be better counts, at the least period that a path may have.
        double most = goal.mostResponse(interval.low, best);
        Optional<ChainPath> path = oracle.fastestWithin(middle, most);
        if (signal.isRaised()) {
            return Double.POSITIVE_INFINITY; // the interval stays open, as a bound
        }
        open.remove();
        path.ifPresent(this::offer);
        path.ifPresent(found -> add(open, goal, below(found, interval.low, middle)));
        if (coarse) {
            add(open, goal, new Interval(middle, interval.high, interval.response, 0));
        }
        signal.endIteration();
        return path.map(found -> value(goal, found)).orElse(Double.POSITIVE_INFINITY);
    }

    /** Finds every path whose period and response time cannot both be improved, from the least period on. */
    List<ChainPath> front() {
        List<ChainPath> front = new ArrayList<>();
        double period = Double.POSITIVE_INFINITY;
        while (true) {
            Optional<ChainPath> path = oracle.fastestWithin(period, Double.POSITIVE_INFINITY);
            if (path.isEmpty() || signal.isRaised()) {
                return front;
            }
            offer(path.get());
            signal.endIteration();
            front.add(0, path.get());
            period = path.get().period() * (1 - RESOLUTION);
        }
    }
}
