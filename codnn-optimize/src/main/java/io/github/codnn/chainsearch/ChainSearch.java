package io.github.codnn.chainsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.problem.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds the optimum of one chain with {@link ChainOracle}: by bisection for the period, with one query for the response
 * time, and by branch and bound over intervals of the period for an objective or deadline that depends on both.
 */
public final class ChainSearch {

    private static final long MAX_WORK_FOR_SPEED = 1 << 22; // units of StopSignal, some tens of milliseconds

    private final ChainModel model;
    private final SearchRun run;
    private final StopSignal signal;
    private final ChainOracle oracle;
    private final ChainOracle periodOracle;

    public ChainSearch(ChainModel model, SearchRun run, StopSignal signal) {
        this.model = model;
        this.run = run;
        this.signal = signal;
        oracle = ChainOracle.relaxing(model, signal);
        periodOracle = ChainOracle.counting(model, signal);
    }

    /**
     * Searches for the best path.
     *
     * @return the proven lower bound of the goal: its optimum unless the signal is raised, infinite if nothing is
     *     feasible
     */
    public double search(PeriodResponseGoal goal) {
        if (!goal.hasDeadline() && goal.objective() == Objective.PERIOD) {
            LeastPeriod bracket = leastPeriod();
            if (!signal.isRaised()) {
                preferFast(bracket.upper());
            }
            return bracket.lower();
        }
        if (!goal.hasDeadline() && goal.objective() == Objective.RESPONSE) {
            Optional<ChainPath> fastest = fastest();
            return signal.isRaised() ? 0 : fastest.map(ChainPath::response).orElse(Double.POSITIVE_INFINITY);
        }
        return searchFront(goal);
    }

    /**
     * Among the plans of the least period one may have a shorter response time; searches for it with a limited effort.
     */
    private void preferFast(double period) {
        ChainOracle oracle = ChainOracle.counting(model, new StopSignal(run, MAX_WORK_FOR_SPEED));
        oracle.fastestWithin(period * (1 + Tolerances.LOAD), Double.POSITIVE_INFINITY)
                .ifPresent(path -> run.offerEqual(path.placement(model)));
    }

    private Optional<ChainPath> fastest() {
        Optional<ChainPath> path = oracle.fastestWithin(Double.MAX_VALUE, Double.POSITIVE_INFINITY);
        path.ifPresent(this::offer);
        return path;
    }

    private void offer(ChainPath path) {
        run.offer(path.placement(model));
    }

    private LeastPeriod leastPeriod() {
        LeastPeriod bracket = new LeastPeriod(signal);
        bracket.search(
                period -> {
                    Optional<ChainPath> path = periodOracle.pathWithin(period);
                    path.ifPresent(this::offer);
                    return path.map(ChainPath::period).orElse(Double.POSITIVE_INFINITY);
                },
                new StageReach(model).leastPeriod(),
                model.longestPeriod());
        return bracket;
    }

    /**
     * An interval of periods that may still contain the optimum.
     *
     * @param low no path has a shorter period
     * @param high periods from here on are already explored
     * @param response no path with a period below {@code high} has a shorter response time
     * @param bound no path in this interval has a smaller value
     */
    private record Interval(double low, double high, double response, double bound) {}

    private double searchFront(PeriodResponseGoal goal) {
        LeastPeriod bracket = leastPeriod();
        if (signal.isRaised() || bracket.upper() == Double.POSITIVE_INFINITY) {
            return signal.isRaised() ? 0 : Double.POSITIVE_INFINITY;
        }
        Optional<ChainPath> fastest = fastest();
        if (fastest.isEmpty()) {
            return 0; // stopped
        }
        double best = value(goal, fastest.get());
        PriorityQueue<Interval> open = new PriorityQueue<>(Comparator.comparingDouble(Interval::bound));
        add(open, goal, below(fastest.get(), bracket.upper(), Double.POSITIVE_INFINITY));
        while (!open.isEmpty() && open.element().bound() < best * (1 - Tolerances.EQUAL) && !signal.isRaised()) {
            best = Math.min(best, split(open, goal, best));
        }
        return open.isEmpty() ? best : Math.min(best, open.element().bound());
    }

    private static double value(PeriodResponseGoal goal, ChainPath path) {
        boolean feasible = goal.keepsDeadline(path.period(), path.response());
        return feasible ? goal.value(path.period(), path.response()) : Double.POSITIVE_INFINITY;
    }

    /** Returns the periods below that of a path with the least response time for its period. */
    private static Interval below(ChainPath path, double low, double high) {
        return new Interval(low, Math.min(path.period(), high), path.response(), 0);
    }

    private static void add(PriorityQueue<Interval> open, PeriodResponseGoal goal, Interval interval) {
        boolean empty = interval.low > interval.high * (1 - Tolerances.EQUAL);
        if (!empty && goal.keepsDeadline(interval.low, interval.response)) {
            double bound = goal.value(interval.low, interval.response);
            open.add(new Interval(interval.low, interval.high, interval.response, bound));
        }
    }

    /** Finds the fastest path in one half of the interval with the least bound; returns its value. */
    private double split(PriorityQueue<Interval> open, PeriodResponseGoal goal, double best) {
        Interval interval = open.element();
        boolean coarse = interval.high - interval.low > LeastPeriod.COARSE * interval.high;
        double last = interval.high * (1 - Tolerances.EQUAL);
        double middle = coarse ? (interval.low + interval.high) / 2 : last;
        // Only better paths count; the least period of the interval gives the loosest limit.
        double most = goal.maxResponse(interval.low, best);
        Optional<ChainPath> path = oracle.fastestWithin(middle, most);
        if (signal.isRaised()) {
            return Double.POSITIVE_INFINITY; // the interval stays in the queue as a bound
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
    public List<ChainPath> front() {
        List<ChainPath> front = new ArrayList<>();
        double period = Double.MAX_VALUE;
        while (true) {
            Optional<ChainPath> path = oracle.fastestWithin(period, Double.POSITIVE_INFINITY);
            if (path.isEmpty() || signal.isRaised()) {
                return front;
            }
            offer(path.get());
            signal.endIteration();
            if (!front.isEmpty() && front.get(0).response() >= path.get().response() * (1 - Tolerances.EQUAL)) {
                front.remove(0); // a shorter period at the same response time
            }
            front.add(0, path.get());
            if (path.get().period() == 0) {
                return front;
            }
            period = path.get().period() * (1 - Tolerances.EQUAL);
        }
    }
}
