package io.github.codnn.costsearch;

import java.util.Optional;

/**
 * A plan of the first blocks.
 */
final class Label {

    /** The plans of the blocks, the last one first: all that labels of earlier blocks leave behind. */
    record Trail(Optional<Trail> before, BlockPlan plan) {}

    final Optional<Trail> trail; // nothing at the start
    final int device; // the device of the last layer
    final long used; // the devices that run layers, as bits
    final double cost; // the sum so far
    final double seconds; // when the last layer is done
    final double[] loads; // how long one frame loads each resource
    final double[] bytes; // the parameters on each device, empty if memory does not count
    final boolean isReal; // whether all blocks have real plans
    final double bound; // a lower bound of all plans that begin so

    Label(
            Optional<Trail> trail,
            int device,
            long used,
            double cost,
            double seconds,
            double[] loads,
            double[] bytes,
            boolean isReal,
            double bound) {
        this.trail = trail;
        this.device = device;
        this.used = used;
        this.cost = cost;
        this.seconds = seconds;
        this.loads = loads;
        this.bytes = bytes;
        this.isReal = isReal;
        this.bound = bound;
    }

    static Label start(CostModel model) {
        return new Label(
                Optional.empty(),
                Math.max(model.source, 0),
                0,
                0,
                0,
                new double[model.resources],
                new double[model.hasTight ? model.devices : 0],
                true,
                Double.NEGATIVE_INFINITY);
    }

    double greatestLoad() {
        double greatest = 0;
        for (double load : loads) {
            greatest = Math.max(greatest, load);
        }
        return greatest;
    }

    /** Returns the device of every layer of a complete plan with real parts. */
    int[] placement(CostModel model) {
        int[] placement = new int[model.layers];
        int end = placement.length;
        for (Optional<Trail> last = trail; last.isPresent(); last = last.get().before) {
            int[] devices = last.get().plan.devices;
            System.arraycopy(devices, 0, placement, end - devices.length, devices.length);
            end -= devices.length;
        }
        return placement;
    }
}
