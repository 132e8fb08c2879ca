package io.github.codnn.costsearch;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.PairCosts;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A lower bound of the plans that use no other devices than some, in which time is a price on every layer and transfer.
 *
 * <p>The period is at least any weighted mean of the loads. The response time is at least the length of every path, so
 * it is at least any mean of these lengths: that is a flow of one unit through the graph. A tensor that several layers
 * read costs each of them an equal part, which together is no more than it costs once for each device. What is left is
 * a sum over layers and pairs of layers, whose least value {@link PairCosts} finds. Weights are raised by the
 * subgradient method (M. Held, P. Wolfe and H. P. Crowder, 1974), the flow by steps towards the longest path.
 *
 * <p>A layer cannot be on a device in a plan below a limit if the least sum with it there is above. Not thread-safe.
 */
final class PriceBound {

    private static final int PATIENCE = 4;
    private static final double HOPE = 0.1; // by what share the bound may grow where no plan is known
    private static final double FADING = 0.95; // of visits in earlier steps
    private static final double ROUNDING = 1e-9;
    private static final int SLOW = 2; // the step of the flow is one over the number of steps and this

    private final CostModel model; // of all plans
    private final CompiledScenario compiled;
    private final int[] members;
    private final int values;
    private final Sendings sendings;
    private final PairCosts costs;
    private Region region;
    private double response; // what a second of it costs
    private double period;
    private double longest; // seconds that the period may have
    private double[] shares; // [resource]
    private Flow flow;
    private double[] visits;
    private long work;

    /** One unit that flows from the first layers to the last ones. */
    static final class Flow {
        final double[] layers;
        final double[] sendings;

        Flow(double[] layers, double[] sendings) {
            this.layers = layers;
            this.sendings = sendings;
        }

        Flow towards(Flow other, double step) {
            return new Flow(mean(layers, other.layers, step), mean(sendings, other.sendings, step));
        }

        private static double[] mean(double[] one, double[] other, double step) {
            double[] mean = new double[one.length];
            Arrays.setAll(mean, index -> (1 - step) * one[index] + step * other[index]);
            return mean;
        }
    }

    /**
     * Prepares the bound.
     *
     * @param model the costs of all plans
     * @param set the devices, as bits
     */
    PriceBound(CostModel model, Wiring wiring, long set) {
        this.model = model;
        compiled = model.compiled;
        members = IntStream.range(0, model.devices)
                .filter(device -> (set >> device & 1) != 0)
                .toArray();
        values = members.length;
        sendings = Sendings.of(model, wiring, members);
        costs = new PairCosts(model.layers, values, sendings.edges(), sendings.weights());
        region = all();
        shares = region.shares;
        flow = region.flow;
        visits = region.visits;
    }

    private static long charged(CostModel model) {
        return IntStream.range(0, model.devices)
                .filter(model::isFree)
                .mapToLong(device -> 1L << device)
                .sum();
    }

    /** Returns the region of all plans, without a bound. */
    Region all() {
        boolean[] allowed = new boolean[model.layerCost.length];
        for (int entry = 0; entry < allowed.length; entry++) {
            allowed[entry] = model.layerCost[entry] < Double.POSITIVE_INFINITY;
        }
        double[] equal = new double[model.resources];
        Arrays.fill(equal, 1.0 / equal.length);
        Flow none = new Flow(new double[model.layers], new double[sendings.all().size()]);
        double[] unknown = new double[allowed.length];
        return new Region(model, charged(model), allowed, equal, none, Double.NEGATIVE_INFINITY, unknown);
    }

    /** Returns about how many steps were taken. */
    long work() {
        return work;
    }

    /**
     * Raises the bound of a region, and leaves out where layers cannot be in plans below a limit.
     *
     * @param of the region, whose devices are in the set
     * @param limit a value, may be infinite
     * @param steps how often to solve the sum
     * @param found takes the placements that it finds, as arrays that nothing changes
     * @return the region with its best bound
     */
    Region improve(Region of, double limit, int steps, Consumer<int[]> found) {
        region = of;
        response = model.weight(of.charged) * model.responseFactor;
        period = model.weight(of.charged) * model.periodFactor;
        shares = of.shares;
        flow = of.flow;
        visits = new double[of.visits.length];
        double target = limit - of.fixed();
        longest = period > 0 ? target / period * (1 + ROUNDING) : Double.POSITIVE_INFINITY;
        double value = raise(target, steps, found);
        boolean[] allowed = value < Double.POSITIVE_INFINITY && !LabelSearch.reaches(value, target)
                ? allowedBelow(target)
                : of.allowed;
        return new Region(model, of.charged, allowed, shares, flow, Math.max(of.bound, of.fixed() + value), visits);
    }

    private double raise(double target, int steps, Consumer<int[]> found) {
        double best = Double.NEGATIVE_INFINITY;
        double[] bestShares = shares;
        Flow bestFlow = flow;
        double ambition = 1;
        int since = 0;
        for (int step = 0; step < steps; step++) {
            double value = value();
            if (!(value < Double.POSITIVE_INFINITY)) {
                return value;
            }
            since++;
            if (value > best) {
                best = value;
                bestShares = shares;
                bestFlow = flow;
                since = 0;
            } else if (since % PATIENCE == 0) {
                ambition /= 2;
            }
            int[] placement = placement();
            found.accept(placement);
            visit(placement);
            if (best >= target) {
                break;
            }
            double aim = target < Double.POSITIVE_INFINITY ? target : best + HOPE * Math.abs(best);
            double missing = ambition * (Math.max(aim, best + 1e-3 * Math.abs(best)) - best) + best - value;
            step(placement, missing, step);
        }
        shares = bestShares;
        flow = bestFlow;
        return best;
    }

    private void visit(int[] placement) {
        for (int entry = 0; entry < visits.length; entry++) {
            visits[entry] *= FADING;
        }
        for (int layer = 0; layer < placement.length; layer++) {
            visits[layer * model.devices + placement[layer]] += 1 - FADING;
        }
    }

    private void step(int[] placement, double missing, int step) {
        if (period > 0) {
            double[] next = shares.clone();
            PathBound.climb(next, loads(placement), missing / period);
            shares = next;
        }
        if (response > 0) {
            flow = flow.towards(sendings.longestPath(placement), step == 0 && isEmpty() ? 1 : 1.0 / (step + SLOW));
        }
    }

    private boolean isEmpty() {
        return Arrays.stream(flow.layers).allMatch(share -> share == 0);
    }

    /** Returns which devices a layer may have in plans below a limit, [layer * D + device]. */
    private boolean[] allowedBelow(double limit) {
        value();
        double[] least = costs.marginals();
        boolean[] allowed = new boolean[model.layers * model.devices];
        for (int layer = 0; layer < model.layers; layer++) {
            for (int value = 0; value < values; value++) {
                int entry = layer * model.devices + members[value];
                allowed[entry] = region.allowed[entry] && !LabelSearch.reaches(least[layer * values + value], limit);
            }
        }
        return allowed;
    }

    private double value() {
        double[] ofNodes = costs.ofNodes();
        for (int layer = 0; layer < model.layers; layer++) {
            for (int value = 0; value < values; value++) {
                int entry = layer * model.devices + members[value];
                double price = response * flow.layers[layer] + period * shares[model.deviceResource[members[value]]];
                ofNodes[layer * values + value] = region.allowed[entry] && model.seconds[entry] <= longest
                        ? model.layerCost[entry] + price * model.seconds[entry]
                        : Double.POSITIVE_INFINITY;
            }
        }
        for (Sendings.Sending sending : sendings.all()) {
            if (sending.edge() >= 0) {
                Arrays.fill(costs.ofPair(sending.edge()), 0);
            }
        }
        for (int number = 0; number < sendings.all().size(); number++) {
            price(sendings.all().get(number), response * flow.sendings[number]);
        }
        work += costs.work() + (long) sendings.all().size() * values * values;
        return costs.least();
    }

    private void price(Sendings.Sending sending, double flowing) {
        if (sending.from() < 0) {
            for (int value = 0; value < values; value++) {
                costs.ofNodes()[sending.to() * values + value] += price(sending, flowing, model.source, members[value]);
            }
        } else if (sending.to() == model.layers) {
            for (int value = 0; value < values; value++) {
                costs.ofNodes()[sending.from() * values + value] += price(sending, flowing, members[value], model.sink);
            }
        } else {
            double[] pair = costs.ofPair(sending.edge());
            for (int from = 0; from < values; from++) {
                for (int to = 0; to < values; to++) {
                    pair[from * values + to] += price(sending, flowing, members[from], members[to]);
                }
            }
        }
    }

    private double price(Sendings.Sending sending, double flowing, int from, int to) {
        if (from == to) {
            return 0;
        }
        double seconds = compiled.transferSeconds(sending.tensor(), from, to);
        if (!(seconds < Double.POSITIVE_INFINITY) || seconds > longest) {
            return Double.POSITIVE_INFINITY;
        }
        int link = model.resource[from * model.devices + to];
        double load = link < 0 ? 0 : shares[link];
        if (model.blocking) {
            load += shares[model.deviceResource[from]] + shares[model.deviceResource[to]];
        }
        return sending.share() * (model.transferCost(sending.tensor(), from, to) + period * load * seconds)
                + flowing * seconds;
    }

    /** Returns the device of each layer in the plan with the least sum. */
    private int[] placement() {
        int[] placement = costs.values();
        Arrays.setAll(placement, layer -> members[placement[layer]]);
        return placement;
    }

    /** Returns the loads in the relaxed problem. */
    private double[] loads(int[] placement) {
        double[] loads = new double[model.resources];
        for (int layer = 0; layer < model.layers; layer++) {
            loads[model.deviceResource[placement[layer]]] += model.seconds[layer * model.devices + placement[layer]];
        }
        for (Sendings.Sending sending : sendings.all()) {
            int from = sendings.device(sending.from(), placement);
            int to = sendings.device(sending.to(), placement);
            if (from != to) {
                double seconds = sending.share() * compiled.transferSeconds(sending.tensor(), from, to);
                int link = model.resource[from * model.devices + to];
                if (link >= 0) {
                    loads[link] += seconds;
                }
                if (model.blocking) {
                    loads[model.deviceResource[from]] += seconds;
                    loads[model.deviceResource[to]] += seconds;
                }
            }
        }
        return loads;
    }
}
