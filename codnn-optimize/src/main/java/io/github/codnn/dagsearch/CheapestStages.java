package io.github.codnn.dagsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cheapest sequence of stages from the empty down-set to the whole network, by prices of classes of devices:
 * dynamic programming over down-sets, the class of the last stage and, where {@link CutTransfers} knows what the next
 * stage receives, how much time the last one has left to send it. Not thread-safe.
 */
final class CheapestStages {

    private static final double ROUNDING = 1e-9;

    private final DagModel model;
    private final DownSets sets;
    private final StopSignal signal;
    private final CutTransfers cuts;
    private final StageArcs arcs;
    private final NextStages next;
    private final StageBeam beam;
    private final int[] firstSlot; // [set]
    private final int[] width; // [set] slots for each class, one for each load if transfers block
    private final double[] cost; // [slot]
    private final int[] fromSet; // [slot] where the last stage begins
    private final byte[] fromClass; // [slot] class of the stage before, -1 if there is none
    private final double[] restWork; // [set] of the nodes behind it
    private final int[] used; // [class]
    private int[] path = new int[0]; // ends of stages
    private int[] pathClasses = new int[0];
    private double[] price = new double[0];

    CheapestStages(DagModel model, DownSets sets, StopSignal signal) {
        this.model = model;
        this.sets = sets;
        this.signal = signal;
        cuts = new CutTransfers(model, sets);
        arcs = new StageArcs(model, sets, cuts, signal);
        firstSlot = new int[sets.count()];
        width = new int[sets.count()];
        int slots = 0;
        for (int set = 0; set < sets.count(); set++) {
            firstSlot[set] = slots;
            width[set] = model.blocking ? cuts.mostLevels(set) : 1;
            slots += width[set] * model.classes;
        }
        cost = new double[slots];
        fromSet = new int[slots];
        fromClass = new byte[slots];
        restWork = new double[sets.count()];
        restWork[0] = model.totalWork;
        for (int set = 0; set < sets.count(); set++) {
            for (int edge = sets.firstEdge(set); edge < sets.firstEdge(set + 1); edge++) {
                restWork[sets.edgeTo(edge)] = restWork[set] - model.work[sets.edgeNode(edge)];
            }
        }
        used = new int[model.classes];
        next = new NextStages(model, cuts, arcs);
        beam = new StageBeam(model, sets, arcs, signal);
    }

    /** Prepares for another period. */
    void prepare(double period) {
        arcs.clear(period);
        cuts.clear(arcs.limit());
    }

    /**
     * Finds the sequence.
     *
     * @param prices of a stage on each class
     * @param budget costs above it do not matter
     * @param leastRate the least price of a unit of work
     * @return whether there was room for all stages, and time
     */
    boolean find(double[] prices, double budget, double leastRate) {
        price = prices;
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        signal.isRaised(sets.count() + model.size);
        boolean isComplete = true;
        for (int set = 0; set < sets.count() - 1 && isComplete && !signal.isRaised(); set++) {
            double rest = Math.max(0, restWork[set] - ROUNDING) * leastRate;
            if (least(set) + rest <= budget * (1 + 2 * ROUNDING)) {
                isComplete = arcs.list(set, model.classes > 1);
                next.open(set, this::costOf);
                extend(set);
            }
        }
        tracePath();
        return isComplete && !signal.isRaised();
    }

    private double least(int set) {
        double least = set == 0 ? 0 : Double.POSITIVE_INFINITY;
        for (int any = 0; any < model.classes; any++) {
            least = Math.min(least, cost[slot(set, any, 0)]);
        }
        return least;
    }

    private int slot(int set, int ofClass, int level) {
        return firstSlot[set] + ofClass * width[set] + Math.min(level, width[set] - 1);
    }

    private double costOf(int set, int ofClass, int level) {
        return cost[slot(set, ofClass, level)];
    }

    private void extend(int set) {
        signal.isRaised(2 * arcs.count());
        int slack = 0;
        for (int arc = 0; arc < arcs.count(); arc++) {
            int to = arcs.to(arc);
            if (arcs.hasSlack(set, to)) {
                for (long left = arcs.classes(arcs.kind(arc)); left != 0; left &= left - 1) {
                    int any = Long.numberOfTrailingZeros(left);
                    double seconds = arcs.slack(slack++) + cuts.leastIn(set, any) + cuts.leastOut(to, any);
                    extend(set, to, any, seconds);
                }
            } else if (cuts.isSure(to)) {
                for (long left = arcs.classes(arcs.kind(arc)); left != 0; left &= left - 1) {
                    int any = Long.numberOfTrailingZeros(left);
                    offer(slot(to, any, 0), set, any, next.last(any));
                }
            } else {
                int first = next.cheapest(arcs.kind(arc), price);
                int second = next.secondCheapest(arcs.kind(arc));
                offer(slot(to, first, 0), set, first, next.last(first));
                offer(slot(to, second, 0), set, second, next.last(second));
            }
        }
    }

    /** Extends by a stage that has a time left for what it surely receives and sends. */
    private void extend(int set, int to, int ofClass, double seconds) {
        double[] loads = cuts.loads(to, ofClass);
        int step = next.last(ofClass);
        for (int level = 0; level < loads.length && step >= 0; level++) {
            while (step >= 0 && next.load(ofClass, step) > seconds - loads[level]) {
                step--;
            }
            offer(slot(to, ofClass, level), set, ofClass, step);
        }
    }

    private void offer(int slot, int set, int ofClass, int step) {
        if (step >= 0) {
            double whole = next.cost(ofClass, step) + price[ofClass];
            if (whole < cost[slot]) {
                cost[slot] = whole;
                fromSet[slot] = set;
                fromClass[slot] = (byte) next.from(ofClass, step);
            }
        }
    }

    private void tracePath() {
        Arrays.fill(used, 0);
        int[] ends = new int[model.size + 1];
        int[] classes = new int[model.size + 1];
        int stages = 0;
        int set = sets.count() - 1;
        int ofClass = cheapestClass();
        int level = 0;
        while (ofClass >= 0) {
            used[ofClass]++;
            ends[stages] = set;
            classes[stages++] = ofClass;
            int slot = slot(set, ofClass, level);
            int before = fromClass[slot];
            set = fromSet[slot];
            level = before < 0 ? 0 : cuts.level(set, before, ofClass);
            ofClass = before;
        }
        path = new int[stages];
        pathClasses = new int[stages];
        for (int stage = 0; stage < stages; stage++) {
            path[stage] = ends[stages - 1 - stage];
            pathClasses[stage] = classes[stages - 1 - stage];
        }
    }

    /** Returns the class of the last stage of all, -1 if there is no sequence. */
    private int cheapestClass() {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int any = 0; any < model.classes; any++) {
            double whole = cost[slot(sets.count() - 1, any, 0)];
            best = whole < least ? any : best;
            least = Math.min(least, whole);
        }
        return best;
    }

    /** Looks for a plan. */
    Optional<PlannedStages> plan(double[] prices) {
        return beam.plan(prices);
    }

    /** Returns what the sequence costs; infinite if there is none. */
    double cost() {
        return least(sets.count() - 1);
    }

    /** Returns how often the sequence uses a class. */
    int used(int ofClass) {
        return used[ofClass];
    }

    int stages() {
        return path.length;
    }

    /** Returns the sequence on devices, which must be enough of them. */
    PlannedStages onDevices() {
        int[] deviceOfStage = new int[path.length];
        int[] next = new int[model.classes];
        for (int stage = 0; stage < path.length; stage++) {
            int ofClass = pathClasses[stage];
            deviceOfStage[stage] = model.members.get(ofClass).get(next[ofClass]++);
        }
        return new PlannedStages(model, sets, path, deviceOfStage);
    }

    /** Returns the nodes of a stage in topological order. */
    int[] nodes(int stage) {
        int[] all = new int[model.size];
        int count = sets.nodesBetween(stage == 0 ? 0 : path[stage - 1], path[stage], all, 0);
        return Arrays.copyOf(all, count);
    }
}
