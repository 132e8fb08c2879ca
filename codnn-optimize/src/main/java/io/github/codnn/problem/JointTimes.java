package io.github.codnn.problem;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Bounds of the times of tasks that share devices, links and media.
 *
 * <p><b>Rates.</b> Let P(k) be the period of task k and l(k, r) the seconds that one of its frames loads resource r: a
 * device, a link or a medium. If task k uses r, P(k) is at least the load that all tasks put on r. So with one over the
 * greatest of these loads, {@code l(k, r) / P(k)} summed over the tasks that use r is at most 1. Give each resource any
 * price {@code m(r) >= 0}, let M be their sum and c(k) the least of {@code sum of m(r) l(k, r)} over all placements of
 * task k alone, which {@link RelaxedTaskCosts} bounds. Then the sum of {@code c(k) / P(k)} is at most M.
 *
 * <p><b>Greatest time.</b> If the period of no task is above T, the sum of the c(k) is at most {@code M T}. If no task
 * takes longer than T for its n(k) frames and responds within R(k) at the earliest, {@code P(k) <= (T - R(k)) /
 * (n(k) - 1)}, so that the sum of {@code c(k) (n(k) - 1) / (T - R(k))} is at most M. Either way, a T below the root is
 * impossible. And if nothing that takes longer than P(k) for T is used in c(k), either T is exceeded, or the root is a
 * bound: the lesser of both holds.
 *
 * <p><b>Sum of times.</b> The sum of the makespans {@code R(k) + (n(k) - 1) P(k)} is at least that with {@code sum of
 * c(k) / P(k) - M <= 0} added, which is a sum over the tasks. {@link PeriodChoice} bounds each of its terms over all
 * periods and placements.
 *
 * <p>Prices follow the loads: a resource that is loaded more than it can be becomes more expensive, by a factor (the
 * multiplicative weights of Y. Freund and R. E. Schapire, 1997). The number of steps does not depend on the machine.
 * Not thread-safe.
 */
final class JointTimes {

    private static final long MAX_WORK = 100_000_000; // steps of a nanosecond or two
    private static final int STEPS = 120;
    private static final int PATIENCE = 4;
    private static final double FIRST_RATE = 0.5; // of the logarithm of a price for twice its load
    private static final double LAST_RATE = 4e-3;
    private static final double LEAST_GAIN = 1e-4;
    private static final double LEAST_PRICE = 1e-8; // of the sum, so that it can rise
    private static final double MOST_EXCESS = 2;
    private static final double AHEAD = 1.05; // of the bound known; longer layers are left out
    private static final double ROUNDING = 1e-12;

    private final BooleanSupplier stop;
    private final SharedResources resources;
    private final List<Demand> demands;
    private final RelaxedTaskCosts.Prices prices;
    private final RelaxedTaskCosts.Usage usage;
    private final double[] loads; // [resource] as shares of what it can do
    private long work;

    /** Equal tasks: how many, what one costs, and the least times that are known, in seconds. */
    private record Demand(int count, RelaxedTaskCosts costs, double period, double response, PeriodChoice choice) {

        /** Returns the frames after the first one. */
        double more() {
            return costs.frames - 1;
        }

        double makespan() {
            return period < Double.POSITIVE_INFINITY
                    ? BatchCosts.makespanSeconds(costs.frames, period, response)
                    : period;
        }
    }

    JointTimes(CompiledScenario compiled, BooleanSupplier stop) {
        this.stop = stop;
        resources = new SharedResources(compiled);
        prices = new RelaxedTaskCosts.Prices(compiled.deviceCount());
        prices.active = new int[compiled.deviceCount()];
        Arrays.setAll(prices.active, device -> device);
        usage = new RelaxedTaskCosts.Usage(compiled.deviceCount());
        loads = new double[resources.count];
        demands = demands(compiled);
    }

    private List<Demand> demands(CompiledScenario compiled) {
        Map<RelaxedTaskCosts, Integer> counts = new LinkedHashMap<>();
        RelaxedTaskCosts.of(compiled, RelaxedTaskCosts.Costs.NOTHING, true)
                .forEach(costs -> counts.merge(costs, 1, Integer::sum));
        PeriodBound period = new PeriodBound(compiled);
        ResponseBound response = new ResponseBound(compiled);
        List<Demand> all = new ArrayList<>();
        counts.forEach((costs, count) -> {
            double least = Math.max(period.of(costs.task), costs.leastPeriod()) * (1 - ROUNDING);
            double first = response.of(costs.task) * (1 - ROUNDING);
            PeriodChoice choice = new PeriodChoice(costs, resources, prices, usage, least, first);
            all.add(new Demand(count, costs, least, first, choice));
        });
        return all;
    }

    /** Returns a bound of the sum of the makespans of all tasks, in seconds. */
    double sumOfMakespans() {
        double alone = 0;
        for (Demand demand : demands) {
            alone += demand.count() * demand.makespan();
        }
        return alone < Double.POSITIVE_INFINITY ? Math.max(alone, raise(this::sumAt, firstPrices())) : alone;
    }

    /** Returns a bound of the greatest makespan, in seconds. */
    double greatestMakespan() {
        double alone = 0;
        for (Demand demand : demands) {
            alone = Math.max(alone, demand.makespan());
        }
        return greatest(alone, Demand::more, Demand::response);
    }

    /** Returns a bound of the greatest period, in seconds. */
    double greatestPeriod() {
        double alone = demands.stream().mapToDouble(Demand::period).max().orElse(0);
        return greatest(alone, demand -> 1, demand -> 0);
    }

    /** Returns prices at which the periods of equal resources would be about what they can do. */
    private double[] firstPrices() {
        double[] first = resources.equal();
        double root = 0;
        for (Demand demand : demands) {
            root += demand.count() * Math.sqrt(demand.more() * least(demand, first, Double.POSITIVE_INFINITY));
        }
        double scale = root * root;
        for (int resource = 0; resource < first.length; resource++) {
            first[resource] *= scale;
        }
        return first;
    }

    private double least(Demand demand, double[] ofResources, double longest) {
        resources.price(ofResources, 1, prices);
        prices.time = 0;
        prices.longest = longest;
        work += demand.costs().work(prices.active.length);
        return demand.costs().least(prices, usage);
    }

    /** Changes prices as long as that raises a bound; returns the best one, never an infinite one. */
    private double raise(ToDoubleFunction<double[]> bound, double[] first) {
        double[] current = first;
        double[] best = first;
        double[] bestLoads = loads.clone();
        double most = Double.NEGATIVE_INFINITY;
        double rate = FIRST_RATE;
        int since = 0;
        for (int step = 0; step < STEPS && rate > LAST_RATE && work < MAX_WORK && !stop.getAsBoolean(); step++) {
            double value = bound.applyAsDouble(current);
            if (!(value < Double.POSITIVE_INFINITY)) {
                break;
            }
            since = step == 0 || value > most + LEAST_GAIN * Math.abs(most) ? 0 : since + 1;
            if (value > most) {
                most = value;
                best = current;
                bestLoads = loads.clone();
            }
            if (since == PATIENCE) {
                rate /= 2;
                since = 0;
                current = next(best, bestLoads, rate);
            } else {
                current = next(current, loads, rate);
            }
        }
        return most;
    }

    private static double[] next(double[] current, double[] loads, double rate) {
        double[] next = new double[current.length];
        double floor = LEAST_PRICE * Arrays.stream(current).sum();
        for (int resource = 0; resource < next.length; resource++) {
            double excess = Math.min(MOST_EXCESS, loads[resource] - 1);
            next[resource] = Math.max(floor, current[resource] * Math.exp(rate * excess));
        }
        return next;
    }

    private double sumAt(double[] ofResources) {
        Arrays.fill(loads, 0);
        double sum = 0;
        double magnitude = 0;
        for (double price : ofResources) {
            sum -= price;
            magnitude += price;
        }
        for (Demand demand : demands) {
            PeriodChoice choice = demand.choice();
            double value = choice.least(ofResources);
            work += choice.takeWork();
            if (value == Double.POSITIVE_INFINITY) {
                return value;
            }
            sum += demand.count() * value;
            magnitude += demand.count() * value;
            choice.addLoads(demand.count(), loads);
        }
        return sum - ROUNDING * magnitude;
    }

    private double greatest(double alone, ToDoubleFunction<Demand> factor, ToDoubleFunction<Demand> offset) {
        if (!(alone < Double.POSITIVE_INFINITY)) {
            return alone;
        }
        GreatestTime time = new GreatestTime(alone, factor, offset);
        return Math.max(alone, raise(time::at, resources.equal()));
    }

    /** The greatest of {@code offset + factor * period} over the tasks. */
    private final class GreatestTime {

        private final ToDoubleFunction<Demand> factor;
        private final ToDoubleFunction<Demand> offset;
        private double known;

        GreatestTime(double known, ToDoubleFunction<Demand> factor, ToDoubleFunction<Demand> offset) {
            this.known = known;
            this.factor = factor;
            this.offset = offset;
        }

        double at(double[] ofResources) {
            double sum = Arrays.stream(ofResources).sum();
            double[] least = new double[demands.size()];
            double[][] used = new double[demands.size()][loads.length];
            double ahead = AHEAD * known;
            for (int index = 0; index < least.length; index++) {
                Demand demand = demands.get(index);
                double longest = period(demand, ahead);
                least[index] = factor.applyAsDouble(demand) == 0 ? 0 : least(demand, ofResources, longest);
                if (factor.applyAsDouble(demand) > 0 && least[index] < Double.POSITIVE_INFINITY) {
                    resources.add(usage, 1, used[index]);
                }
            }
            double root = root(least, sum * (1 + ROUNDING));
            double bound = Math.min(ahead, root);
            known = Math.max(known, bound);
            Arrays.fill(loads, 0);
            for (int index = 0; index < least.length; index++) {
                double rate = demands.get(index).count() / period(demands.get(index), Math.max(bound, known));
                for (int resource = 0; resource < loads.length && rate < Double.POSITIVE_INFINITY; resource++) {
                    loads[resource] += rate * used[index][resource];
                }
            }
            return bound;
        }

        /** Returns the greatest period of a task if the greatest time is some seconds. */
        private double period(Demand demand, double seconds) {
            double more = factor.applyAsDouble(demand);
            return more == 0
                    ? Double.POSITIVE_INFINITY
                    : Math.max(0, (seconds - offset.applyAsDouble(demand)) / more) * (1 + ROUNDING);
        }

        /** Returns a time below which the sum of the rates is above another one. */
        private double root(double[] least, double sum) {
            double low = known;
            double high = known;
            while (rates(least, high) > sum) {
                low = high;
                high = 2 * high + Double.MIN_NORMAL;
                if (high == Double.POSITIVE_INFINITY) {
                    return high;
                }
            }
            while (high - low > ROUNDING * high) {
                double middle = (low + high) / 2;
                if (rates(least, middle) > sum) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private double rates(double[] least, double seconds) {
            double sum = 0;
            for (int index = 0; index < least.length; index++) {
                if (least[index] > 0) {
                    sum += demands.get(index).count() * least[index] / period(demands.get(index), seconds);
                }
            }
            return sum;
        }
    }
}
