package io.github.codnn.dagsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Proves that no plan keeps a period, on any number of devices: each device gets a price, and the cheapest sequence of
 * stages from the empty down-set to the whole network must not cost more than all devices together, since a plan uses
 * each device at most once (Lagrangian relaxation of the numbers of devices: A. M. Geoffrion, 1974). Stages are those
 * of {@link StageArcs}, which miss none that a plan within the period may have; so any prices give a proof, and equal
 * devices need no search for them. Prices start at what each device can work within the period, rise where the cheapest
 * sequence uses a class too often, and fall where it leaves some unused.
 *
 * <p>The idea of bounding throughput-optimal pipelines of graphs by relaxations is that of A. Archer et al. (Practical
 * performance guarantees for pipelined DNN inference, ICML 2024), who solve mixed-integer programs for equal devices.
 *
 * <p>Needs all down-sets at once: a few hundred to some tens of thousands on most networks. Not thread-safe.
 */
public final class PricedStages {

    private static final int MAX_SETS = 60_000;
    private static final double FIRST_STEP = 0.5; // of logarithms of prices
    private static final double ROUNDING = 1e-9;

    private final DagModel model;
    private final DownSets sets;
    private final StopSignal signal;
    private final StageArcs arcs;
    private final WorkLimits limits;
    private final double[] price; // [class]; prices of all devices sum up to 1
    private final int[] used; // [class] by the cheapest sequence
    private final Integer[] byPrice; // classes by growing price
    private final double[] cost; // [set]
    private final double[] restWork; // [set] of the nodes behind it
    private final int[] from; // [set] where the last stage of the cheapest sequence to it begins
    private final int[] classOf; // [set] of that stage
    private double[] kindPrice = new double[1 << 4]; // [kind of arc] of the cheapest class, with that of the stage
    private int[] kindClass = new int[1 << 4]; // [kind of arc]
    private int kinds; // with a price
    private double stagePrice; // for each stage of any class
    private double budget;
    private boolean isComplete;

    private PricedStages(DagModel model, DownSets sets, StopSignal signal) {
        this.model = model;
        this.sets = sets;
        this.signal = signal;
        arcs = new StageArcs(model, sets, signal);
        limits = new WorkLimits(model);
        price = new double[model.classes];
        used = new int[model.classes];
        byPrice = new Integer[model.classes];
        cost = new double[sets.count()];
        restWork = new double[sets.count()];
        from = new int[sets.count()];
        classOf = new int[sets.count()];
        restWork[0] = model.totalWork;
        for (int set = 0; set < sets.count(); set++) {
            for (int edge = sets.firstEdge(set); edge < sets.firstEdge(set + 1); edge++) {
                restWork[sets.edgeTo(edge)] = restWork[set] - model.work[sets.edgeNode(edge)];
            }
        }
    }

    /** Returns the search for a network, nothing if it has too many down-sets or classes of devices. */
    public static Optional<PricedStages> of(DagModel model, StopSignal signal) {
        return model.classes > StageArcs.MAX_CLASSES
                ? Optional.empty()
                : DownSets.of(model, MAX_SETS, signal).map(sets -> new PricedStages(model, sets, signal));
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
        arcs.clear(period);
    }

    /** Tells whether there was room for all stages so far; otherwise nothing can be proven. */
    public boolean isComplete() {
        return isComplete;
    }

    /** Returns whether no plan keeps the period, by the prices as they are. */
    public boolean isImpossible() {
        findCheapest();
        return isComplete && cost[sets.count() - 1] > budget * (1 + ROUNDING) && !signal.isRaised();
    }

    /** Returns the prices of a device of each class. */
    public double[] prices() {
        double[] whole = price.clone();
        Arrays.setAll(whole, any -> price[any] + stagePrice);
        return whole;
    }

    /** Tells whether there is a sequence of stages. */
    public boolean isReached() {
        return cost[sets.count() - 1] < Double.POSITIVE_INFINITY;
    }

    /** Tells whether the cheapest sequence uses no class more often than there are devices. */
    public boolean fitsDevices() {
        boolean fits = Arrays.stream(used).sum() <= model.maxStages;
        for (int any = 0; any < used.length; any++) {
            fits &= used[any] <= model.members.get(any).size();
        }
        return fits;
    }

    /** Returns the nodes of the network in the order of the stages of the cheapest sequence. */
    public int[] order() {
        int[] order = new int[model.size];
        int end = model.size;
        for (int set = sets.count() - 1; set > 0; set = from[set]) {
            int[] stage = new int[model.size];
            int length = sets.nodesBetween(from[set], set, stage, 0);
            end -= length;
            System.arraycopy(stage, 0, order, end, length);
        }
        return order;
    }

    /** Changes prices by the use of the cheapest sequence; steps grow smaller. */
    public void adapt(int step) {
        double size = FIRST_STEP / Math.sqrt(step + 1.0);
        int stages = 0;
        for (int any = 0; any < price.length; any++) {
            double devices = model.members.get(any).size();
            stages += used[any];
            double more = Math.max(-1, Math.min(2, (used[any] - devices) / devices));
            price[any] = Math.max(price[any] * Math.exp(size * more), Double.MIN_NORMAL);
        }
        double excess = (stages - model.maxStages) / (double) model.maxStages;
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
            byPrice[any] = any;
        }
        stagePrice /= all;
        budget += stagePrice * model.maxStages;
        Arrays.sort(byPrice, (one, other) -> Double.compare(price[one], price[other]));
    }

    private void findCheapest() {
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        cost[0] = 0;
        kinds = 0;
        signal.isRaised(sets.count() + model.size);
        double rate = leastRate();
        for (int set = 0; set < sets.count() - 1 && isComplete && !signal.isRaised(); set++) {
            double rest = Math.max(0, restWork[set] - ROUNDING) * rate;
            if (cost[set] + rest <= budget * (1 + 2 * ROUNDING)) {
                isComplete = arcs.list(set, model.classes > 1);
                extend(set);
            }
        }
        Arrays.fill(used, 0);
        if (cost[sets.count() - 1] < Double.POSITIVE_INFINITY) {
            for (int set = sets.count() - 1; set > 0; set = from[set]) {
                used[classOf[set]]++;
            }
        }
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

    private void extend(int set) {
        signal.isRaised(2 * arcs.count());
        for (int arc = 0; arc < arcs.count(); arc++) {
            int kind = arcs.kind(arc);
            if (kind >= kinds) {
                findCheapestOfKinds();
            }
            double whole = cost[set] + kindPrice[kind];
            int to = arcs.to(arc);
            if (whole < cost[to]) {
                cost[to] = whole;
                from[to] = set;
                classOf[to] = kindClass[kind];
            }
        }
    }

    /** Finds the cheapest class of each kind that is new. */
    private void findCheapestOfKinds() {
        if (arcs.kinds() > kindPrice.length) {
            kindPrice = Arrays.copyOf(kindPrice, 2 * arcs.kinds());
            kindClass = Arrays.copyOf(kindClass, 2 * arcs.kinds());
        }
        for (; kinds < arcs.kinds(); kinds++) {
            int rank = 0;
            while ((arcs.classes(kinds) & 1L << byPrice[rank]) == 0) {
                rank++;
            }
            kindClass[kinds] = byPrice[rank];
            kindPrice[kinds] = price[byPrice[rank]] + stagePrice;
        }
    }
}
