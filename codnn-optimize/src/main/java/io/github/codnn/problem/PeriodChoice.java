package io.github.codnn.problem;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The least of {@code R + (n - 1) P + sum of m(r) l(r) / P} over all placements and periods P of one task, for prices
 * m(r) of its loads l(r), its response time R and its n frames.
 *
 * <p>For a range of periods from a to b, nothing that takes longer than b can be used. Let {@code t = 1 / P}, and g(t)
 * the least of {@code R + t sum of m(r) l(r)} over the placements that are left: as the least of rising lines it rises
 * and is concave. So it is nowhere below the chord {@code u + v t} through its values at 1 / b and 1 / a, and the least
 * of {@code (n - 1) / t + u + v t} there has a closed form. Where b is infinite, the chord starts at {@code t = 0} with
 * the least response time that is known; where a is 0, g(1 / b) is taken. Together the ranges hold all periods, so
 * their least bound is a bound; the range that has it is split. Not thread-safe.
 */
final class PeriodChoice {

    private static final int MAX_SPLITS = 10;
    private static final double PRECISION = 1e-3;
    private static final double NARROW = 1.002; // the last over the first period of a range that is not split
    private static final double WIDE = 1.25; // the same around the last choice
    private static final double SHORT = 1e-280; // seconds; shorter periods are not told apart from none
    private static final double ROUNDING = 1e-12;

    private final RelaxedTaskCosts costs;
    private final SharedResources resources;
    private final RelaxedTaskCosts.Prices prices;
    private final RelaxedTaskCosts.Usage usage;
    private final double leastPeriod;
    private final double leastResponse;
    private final double more; // frames after the first one
    private double[] ofResources = new double[0];
    private double chosen; // period
    private double attained; // the least value of a placement with a period
    private long work;

    /** Periods, with a bound and where it is. */
    private record Range(double from, double to, double bound, double period) {}

    PeriodChoice(
            RelaxedTaskCosts costs,
            SharedResources resources,
            RelaxedTaskCosts.Prices prices,
            RelaxedTaskCosts.Usage usage,
            double leastPeriod,
            double leastResponse) {
        this.costs = costs;
        this.resources = resources;
        this.prices = prices;
        this.usage = usage;
        this.leastPeriod = leastPeriod > SHORT ? leastPeriod : 0;
        this.leastResponse = leastResponse;
        more = costs.frames - 1;
    }

    /** Returns a lower bound of the least value. */
    double least(double[] newPrices) {
        ofResources = newPrices;
        attained = Double.POSITIVE_INFINITY;
        if (more == 0) {
            return leastResponse;
        }
        PriorityQueue<Range> ranges = new PriorityQueue<>(Comparator.comparingDouble(Range::bound));
        double first = chosen > leastPeriod ? chosen : guess();
        addFirst(first, ranges);
        Range least = ranges.remove();
        for (int split = 0; split < MAX_SPLITS && isWorthSplitting(least); split++) {
            double middle = middle(least);
            ranges.add(range(least.from, middle));
            ranges.add(range(middle, least.to));
            least = ranges.remove();
        }
        chosen = least.period;
        if (least.bound < Double.POSITIVE_INFINITY) {
            value(1 / chosen, least.to);
        }
        return least.bound;
    }

    /** Returns about how many steps were taken since the last call. */
    long takeWork() {
        long taken = work;
        work = 0;
        return taken;
    }

    /** Adds the shares of resources that the last choice uses, some times. */
    void addLoads(int count, double[] loads) {
        if (more > 0) {
            resources.add(usage, count / chosen, loads);
        }
    }

    /** Returns the best period of the placement with the least loads. */
    private double guess() {
        double loads = value(1, Double.POSITIVE_INFINITY) - leastResponse;
        double best = loads < Double.POSITIVE_INFINITY ? Math.sqrt(Math.max(0, loads) / more) : 0;
        return Math.max(Math.max(best, leastPeriod), SHORT);
    }

    private void addFirst(double period, PriorityQueue<Range> ranges) {
        double from = leastPeriod;
        for (double to : new double[] {period / WIDE, period * WIDE, Double.POSITIVE_INFINITY}) {
            if (to > from * NARROW) {
                ranges.add(range(from, to));
                from = to;
            }
        }
    }

    private boolean isWorthSplitting(Range range) {
        return range.bound < attained * (1 - PRECISION) && range.to > Math.max(SHORT, range.from * NARROW);
    }

    /** Returns where to split a range: where its bound is, unless that is at its end. */
    private static double middle(Range range) {
        if (range.to == Double.POSITIVE_INFINITY) {
            return Math.max(2 * range.from, range.period);
        }
        if (range.from == 0) {
            return range.to / 2;
        }
        boolean isInside = range.period > range.from * NARROW && range.period < range.to / NARROW;
        return isInside ? range.period : Math.sqrt(range.from * range.to);
    }

    private Range range(double from, double to) {
        boolean isOpen = to == Double.POSITIVE_INFINITY;
        double slow = isOpen ? leastResponse : value(1 / to, to);
        if (slow == Double.POSITIVE_INFINITY) {
            return new Range(from, to, slow, to);
        }
        if (!isOpen) {
            attained = Math.min(attained, more * to + slow);
        }
        if (from == 0) {
            return new Range(from, to, slow, to);
        }
        double fast = value(1 / from, to);
        if (fast == Double.POSITIVE_INFINITY) {
            return new Range(from, to, fast, from);
        }
        double least = isOpen ? 0 : 1 / to;
        double slope = Math.max(0, (fast - slow) / (1 / from - least));
        double period = Math.max(from, Math.min(to, Math.sqrt(slope / more)));
        double bound = more * period + slow + slope * (1 / period - least);
        return new Range(from, to, bound * (1 - ROUNDING), period);
    }

    private double value(double rate, double longest) {
        resources.price(ofResources, rate, prices);
        prices.time = 1;
        prices.longest = longest * (1 + ROUNDING);
        work += costs.work(prices.active.length);
        return costs.least(prices, usage);
    }
}
