package io.github.codnn.costsearch;

import java.util.Optional;

/**
 * A plan of the first blocks.
 */
final class Label {
    final Optional<Label> before; // the plan of one block less, nothing at the start
    final Optional<BlockPlan> plan; // that of the last of these blocks; of no meaning at the start
    final int device; // the device of the last layer
    final long used; // the devices that run layers, as bits
    final double cost; // the sum so far
    final double seconds; // when the last layer is done
    final double[] loads; // how long one frame loads each resource
    final double[] bytes; // the parameters on each device, empty if memory does not count
    final boolean isReal; // whether all blocks have real plans
    final double bound; // a lower bound of all plans that begin so

    Label(
            Optional<Label> before,
            Optional<BlockPlan> plan,
            int device,
            long used,
            double cost,
            double seconds,
            double[] loads,
            double[] bytes,
            boolean isReal,
            double bound) {
        this.before = before;
        this.plan = plan;
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
        for (Optional<Label> label = Optional.of(this); label.isPresent(); label = label.get().before) {
            int[] devices = label.get().plan.map(plan -> plan.devices).orElse(new int[0]);
            System.arraycopy(devices, 0, placement, end - devices.length, devices.length);
            end -= devices.length;
        }
        return placement;
    }
}
