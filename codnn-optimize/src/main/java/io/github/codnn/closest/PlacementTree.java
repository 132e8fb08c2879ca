package io.github.codnn.closest;

/**
 * Depth-first branch and bound over the devices of all layers, in their order, the most promising device first. Takes
 * exponential time at worst, which the effort limits. Not thread-safe.
 */
final class PlacementTree {

    static final int MAX_LAYERS = 1000; // the depth of the recursion

    /** What the search looks for. */
    interface Goal {

        /** Tells whether a placement with such bounds is still wanted. */
        boolean isPromising(int impossible, double violation, double quantity);

        /** Takes a whole placement, which changes afterwards. */
        void reach(int[] placement);
    }

    private final ConstraintBounds bounds;
    private final PartialPlacement partial;
    private final Effort effort;
    private final int[] order; // [depth * D + rank] the promising devices
    private final int[] impossible; // [depth * D + device]
    private final double[] violation;
    private final double[] quantity;

    PlacementTree(ConstraintBounds bounds, Effort effort) {
        this.bounds = bounds;
        this.effort = effort;
        partial = bounds.partial;
        order = new int[partial.layers * partial.devices];
        impossible = new int[order.length];
        violation = new double[order.length];
        quantity = new double[order.length];
    }

    /** Searches; returns whether no wanted placement is left. */
    boolean search(Goal goal) {
        bounds.bound(0);
        if (goal.isPromising(bounds.impossible(), bounds.violation(), bounds.quantity())) {
            descend(0, goal);
        }
        return !effort.isOver();
    }

    private void descend(int depth, Goal goal) {
        if (depth == partial.layers) {
            goal.reach(partial.placement);
            effort.evaluated(partial.layers);
            return;
        }
        int first = depth * partial.devices;
        int count = expand(depth, goal);
        for (int rank = 0; rank < count && !effort.isOver(); rank++) {
            int device = order[first + rank];
            int entry = first + device;
            if (goal.isPromising(impossible[entry], violation[entry], quantity[entry])) {
                partial.place(depth, device);
                descend(depth + 1, goal);
            }
        }
    }

    /** Bounds all devices of a layer; returns how many are promising, in order. */
    private int expand(int depth, Goal goal) {
        int first = depth * partial.devices;
        int count = 0;
        for (int device = 0; device < partial.devices; device++) {
            partial.place(depth, device);
            bounds.bound(depth + 1);
            int entry = first + device;
            impossible[entry] = bounds.impossible();
            violation[entry] = bounds.violation();
            quantity[entry] = bounds.quantity();
            if (goal.isPromising(impossible[entry], violation[entry], quantity[entry])) {
                int rank = count++;
                while (rank > 0 && precedes(depth, entry, first + order[first + rank - 1])) {
                    order[first + rank] = order[first + rank - 1];
                    rank--;
                }
                order[first + rank] = device;
            }
        }
        effort.spend(partial.devices);
        return count;
    }

    private boolean precedes(int depth, int entry, int other) {
        if (impossible[entry] != impossible[other]) {
            return impossible[entry] < impossible[other];
        }
        if (violation[entry] != violation[other]) {
            return violation[entry] < violation[other];
        }
        if (quantity[entry] != quantity[other]) {
            return quantity[entry] < quantity[other];
        }
        int stay = depth == 0 ? -1 : partial.placement[depth - 1];
        return entry - depth * partial.devices == stay;
    }
}
