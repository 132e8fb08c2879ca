package io.github.codnn.dagsearch;

import java.util.Arrays;

/**
 * What a stage after a down-set costs before its own price, by its class: steps of growing load, the time that it
 * receives what it surely reads, and of falling cost. Not thread-safe.
 */
final class NextStages {

    /** The cost of sequences up to a down-set. */
    interface Costs {

        /** Returns the least cost if the last stage has time for a load of a level; infinite if there is none. */
        double of(int set, int ofClass, int level);
    }

    private final DagModel model;
    private final CutTransfers cuts;
    private final StageArcs arcs;
    private final int classes;
    private final int[] count; // [class] steps
    private final double[] load; // [class * classes + step]
    private final double[] cost;
    private final int[] from; // class of the stage before, -1
    private int opened; // how often
    private int[] stamp = new int[1 << 4]; // [kind]
    private int[] cheapest = new int[1 << 4]; // [kind] class
    private int[] second = new int[1 << 4];

    NextStages(DagModel model, CutTransfers cuts, StageArcs arcs) {
        this.model = model;
        this.cuts = cuts;
        this.arcs = arcs;
        classes = model.classes;
        count = new int[classes];
        load = new double[classes * classes];
        cost = new double[classes * classes];
        from = new int[classes * classes];
    }

    void open(int set, Costs costs) {
        opened++;
        Arrays.fill(count, 0);
        if (set == 0) {
            for (int any = 0; any < classes; any++) {
                add(any, 0, 0, -1);
            }
        } else if (cuts.isSure(set)) {
            for (int any = 0; any < classes; any++) {
                openSure(set, any, costs);
            }
        } else {
            openAny(set, costs);
        }
    }

    private void openSure(int set, int ofClass, Costs costs) {
        for (int before = 0; before < classes; before++) {
            int level = cuts.level(set, before, ofClass);
            double whole = level < 0 ? Double.POSITIVE_INFINITY : costs.of(set, before, level);
            if (whole < Double.POSITIVE_INFINITY) {
                add(ofClass, model.blocking ? cuts.loads(set, before)[level] : 0, whole, before);
            }
        }
    }

    /** Any class may follow any other one, so that the two cheapest ones suffice. */
    private void openAny(int set, Costs costs) {
        int first = -1;
        int other = -1;
        for (int any = 0; any < classes; any++) {
            double whole = costs.of(set, any, 0);
            if (whole < Double.POSITIVE_INFINITY && (first < 0 || whole < costs.of(set, first, 0))) {
                other = first;
                first = any;
            } else if (whole < Double.POSITIVE_INFINITY && (other < 0 || whole < costs.of(set, other, 0))) {
                other = any;
            }
        }
        for (int any = 0; any < classes; any++) {
            int before = first >= 0 && cuts.level(set, first, any) >= 0 ? first : other;
            if (before >= 0 && cuts.level(set, before, any) >= 0) {
                add(any, 0, costs.of(set, before, 0), before);
            }
        }
    }

    /** Adds a step, unless one of at most its load costs no more; drops those that it beats in this way. */
    private void add(int ofClass, double seconds, double whole, int before) {
        int base = ofClass * classes;
        int at = base + count[ofClass];
        while (at > base && load[at - 1] > seconds) {
            at--;
        }
        if (at > base && cost[at - 1] <= whole) {
            return;
        }
        if (at > base && load[at - 1] == seconds) {
            at--;
        }
        int end = base + count[ofClass];
        int kept = at;
        while (kept < end && cost[kept] >= whole) {
            kept++;
        }
        System.arraycopy(load, kept, load, at + 1, end - kept);
        System.arraycopy(cost, kept, cost, at + 1, end - kept);
        System.arraycopy(from, kept, from, at + 1, end - kept);
        load[at] = seconds;
        cost[at] = whole;
        from[at] = before;
        count[ofClass] = at + 1 + end - kept - base;
    }

    /** Returns the last step of a class, which has the greatest load and the least cost; -1 if there is none. */
    int last(int ofClass) {
        return ofClass < 0 ? -1 : count[ofClass] - 1;
    }

    double load(int ofClass, int step) {
        return load[ofClass * classes + step];
    }

    double cost(int ofClass, int step) {
        return cost[ofClass * classes + step];
    }

    /** Returns the class of the stage before, -1 if there is none. */
    int from(int ofClass, int step) {
        return from[ofClass * classes + step];
    }

    /** Returns the class of a kind of stages that costs the least with its price, -1 if none can follow. */
    int cheapest(int kind, double[] price) {
        if (kind >= stamp.length) {
            int length = 2 * arcs.kinds();
            stamp = Arrays.copyOf(stamp, length);
            cheapest = Arrays.copyOf(cheapest, length);
            second = Arrays.copyOf(second, length);
        }
        if (stamp[kind] != opened) {
            stamp[kind] = opened;
            findCheapest(kind, price);
        }
        return cheapest[kind];
    }

    /** Returns the second one, after {@link #cheapest}. */
    int secondCheapest(int kind) {
        return second[kind];
    }

    private void findCheapest(int kind, double[] price) {
        cheapest[kind] = -1;
        second[kind] = -1;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        for (long left = arcs.classes(kind); left != 0; left &= left - 1) {
            int any = Long.numberOfTrailingZeros(left);
            double whole = last(any) < 0 ? Double.POSITIVE_INFINITY : cost(any, last(any)) + price[any];
            if (whole < least) {
                second[kind] = cheapest[kind];
                most = least;
                cheapest[kind] = any;
                least = whole;
            } else if (whole < most) {
                second[kind] = any;
                most = whole;
            }
        }
    }
}
