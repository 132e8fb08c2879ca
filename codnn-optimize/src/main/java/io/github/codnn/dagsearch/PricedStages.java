package io.github.codnn.dagsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Proves that no plan keeps a period, or finds one that does, on any number of devices: each device gets a price, and
 * the cheapest sequence of stages from the empty down-set to the whole network must not cost more than all devices
 * together, since a plan uses each device at most once (Lagrangian relaxation of the numbers of devices: A. M.
 * Geoffrion, 1974). Stages are those of {@link StageArcs}, which miss none that a plan within the period may have, in
 * sequences as {@link CheapestStages} allows them; so any prices give a proof, and equal devices need no search for
 * them. Prices start at what each device can work within the period, rise where the cheapest sequence uses a class too
 * often, and fall where it leaves some unused.
 *
 * <p>The idea of bounding throughput-optimal pipelines of graphs by relaxations is that of A. Archer et al. (Practical
 * performance guarantees for pipelined DNN inference, ICML 2024), who solve mixed-integer programs for equal devices.
 *
 * <p>Needs all down-sets at once: a few hundred to some tens of thousands on most networks. Not thread-safe.
 */
public final class PricedStages {

    private static final int MAX_SETS = 60_000;
    private static final int FEW_SETS = 400;
    private static final double FIRST_STEP = 0.5; // of logarithms of prices
    private static final double ROUNDING = 1e-9;

    private final DagModel model;
    private final LightNodes light;
    private final StopSignal signal;
    private final CheapestStages stages;
    private final WorkLimits limits;
    private final double[] price; // [class]; prices of all devices sum up to 1
    private double stagePrice; // for each stage of any class
    private double budget;
    private boolean isComplete;

    private PricedStages(LightNodes light, DagModel model, DownSets sets, StopSignal signal) {
        this.light = light;
        this.model = model;
        this.signal = signal;
        stages = new CheapestStages(model, sets, signal);
        limits = new WorkLimits(model);
        price = new double[model.classes];
    }

    /** Returns the search for a network, nothing if it has too many down-sets or classes of devices. */
    public static Optional<PricedStages> of(DagModel model, StopSignal signal) {
        return of(model, LightNodes.none(model), signal);
    }

    /**
     * Returns the search for a network without its light nodes, nothing if the network has few down-sets or is too
     * large nevertheless.
     */
    public static Optional<PricedStages> withoutLightNodes(DagModel model, StopSignal signal) {
        return withoutLightNodes(model, FEW_SETS, signal);
    }

    static Optional<PricedStages> withoutLightNodes(DagModel model, int few, StopSignal signal) {
        return DownSets.of(model, few, signal).isPresent()
                ? Optional.empty()
                : of(model, LightNodes.of(model, few, signal), signal);
    }

    private static Optional<PricedStages> of(DagModel whole, LightNodes light, StopSignal signal) {
        DagModel model = light.rest();
        return whole.classes > StageArcs.MAX_CLASSES
                ? Optional.empty()
                : DownSets.of(model, MAX_SETS, signal).map(sets -> new PricedStages(light, model, sets, signal));
    }

    /** Prepares for another period. */
    public void prepare(double period) {
        limits.prepare(period);
        for (int any = 0; any < price.length; any++) {
            price[any] = Math.max(limits.maxWork(any), Double.MIN_NORMAL);
        }
        stagePrice = 0;
        isComplete = true;
        scale();
        stages.prepare(period);
    }

    /** Tells whether there was room for all stages so far; otherwise nothing can be proven. */
    public boolean isComplete() {
        return isComplete;
    }

    /** Returns whether no plan keeps the period, by the prices as they are. */
    public boolean isImpossible() {
        isComplete &= stages.find(prices(), budget, leastRate());
        return isComplete && stages.cost() > budget * (1 + ROUNDING) && !signal.isRaised();
    }

    /** Returns the prices of a device of each class. */
    public double[] prices() {
        double[] whole = price.clone();
        Arrays.setAll(whole, any -> price[any] + stagePrice);
        return whole;
    }

    /** Tells whether there is a sequence of stages. */
    public boolean isReached() {
        return stages.stages() > 0;
    }

    /** Tells whether the cheapest sequence uses no class more often than there are devices. */
    public boolean fitsDevices() {
        boolean fits = isReached() && stages.stages() <= model.maxStages;
        for (int any = 0; any < price.length; any++) {
            fits &= stages.used(any) <= model.members.get(any).size();
        }
        return fits;
    }

    /** Returns the nodes of the whole network in the order of the stages of the cheapest sequence. */
    public int[] order() {
        int[] order = new int[model.size];
        int end = 0;
        for (int stage = 0; stage < stages.stages(); stage++) {
            for (int node : stages.nodes(stage)) {
                order[end++] = node;
            }
        }
        return light.restore(order);
    }

    /** Returns the placement of the cheapest sequence, which must fit the devices. */
    public int[] placement() {
        return light.placement(stages.onDevices());
    }

    /** Looks for a plan that keeps the period and spends little by the prices; it may still exceed it a little. */
    public Optional<int[]> plan() {
        return stages.plan(prices()).map(light::placement);
    }

    /** Changes prices by the use of the cheapest sequence; steps grow smaller. */
    public void adapt(int step) {
        double size = FIRST_STEP / Math.sqrt(step + 1.0);
        for (int any = 0; any < price.length; any++) {
            double devices = model.members.get(any).size();
            double more = Math.max(-1, Math.min(2, (stages.used(any) - devices) / devices));
            price[any] = Math.max(price[any] * Math.exp(size * more), Double.MIN_NORMAL);
        }
        double excess = (stages.stages() - model.maxStages) / (double) model.maxStages;
        stagePrice = Math.max(0, stagePrice + size * excess / model.maxStages);
        scale();
    }

    private void scale() {
        double all = 0;
        for (int any = 0; any < price.length; any++) {
            all += price[any] * model.members.get(any).size();
        }
        all += stagePrice * model.maxStages;
        budget = 0;
        for (int any = 0; any < price.length; any++) {
            price[any] /= all;
            budget += price[any] * model.members.get(any).size();
        }
        stagePrice /= all;
        budget += stagePrice * model.maxStages;
    }

    /** Returns the least price of a unit of work. */
    private double leastRate() {
        double least = Double.POSITIVE_INFINITY;
        for (int any = 0; any < price.length; any++) {
            if (limits.maxWork(any) > 0) {
                least = Math.min(least, (price[any] + stagePrice) / limits.maxWork(any));
            }
        }
        return least == Double.POSITIVE_INFINITY ? 0 : least;
    }
}
