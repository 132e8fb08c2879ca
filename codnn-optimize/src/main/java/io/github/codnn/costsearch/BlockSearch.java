package io.github.codnn.costsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the plans of a block that can be part of an optimum: depth-first over its layers, with lower bounds of what a
 * partial placement comes to, each compared with the plans found so far. Not thread-safe.
 *
 * <p>Where this takes too many steps, one more plan stands for all that were not looked at: with the least cost, time
 * and loads that they can have.
 */
final class BlockSearch {

    private final CostModel model;
    private final Wiring wiring;
    private final Dominance dominance;
    private final StopSignal signal;
    private final BlockSchedule schedule;
    private final StageOrder order;
    private final int maxNodes;
    private final int devices;
    private final int[] placement; // [layer]
    private final double[] finish; // [layer] at the earliest
    private final long[] sent; // [tensor] to which devices
    private final double[] tail; // [layer] the least time after it, up to the last layer of the block
    private final double[] rest; // [layer] the least cost of it and all later ones but the last
    private Block block = new Block(0, 0, new int[0], false);
    private int in;
    private int out;
    private int inner; // the end of the layers to place
    private int nodes; // partial placements, more if each is compared with many plans
    private List<BlockPlan> found = new ArrayList<>();
    private Partial open = new Partial(0, 0, 0);

    /** What a partial placement comes to at least. */
    private static final class Partial {
        private final double[] loads;
        private final double[] deviceFree;
        private final double[] bytes;
        private double cost;
        private double seconds;
        private long used;

        Partial(int resources, int devices, int limited) {
            loads = new double[resources];
            deviceFree = new double[devices];
            bytes = new double[limited];
        }

        void set(Partial other) {
            System.arraycopy(other.loads, 0, loads, 0, loads.length);
            System.arraycopy(other.deviceFree, 0, deviceFree, 0, deviceFree.length);
            System.arraycopy(other.bytes, 0, bytes, 0, bytes.length);
            cost = other.cost;
            seconds = other.seconds;
            used = other.used;
        }
    }

    BlockSearch(CostModel model, Wiring wiring, Dominance dominance, StopSignal signal, int maxNodes) {
        this.model = model;
        this.wiring = wiring;
        this.dominance = dominance;
        this.signal = signal;
        this.maxNodes = maxNodes;
        devices = model.devices;
        schedule = new BlockSchedule(model, wiring.consumers);
        order = new StageOrder(model, wiring);
        placement = new int[model.layers];
        finish = new double[model.layers];
        sent = new long[wiring.consumers.length];
        tail = new double[model.layers];
        rest = new double[model.layers + 1];
    }

    /** Returns the plans of a block whose inputs come from a device, -1 for none. */
    List<BlockPlan> plans(Block of, int from) {
        block = of;
        in = from;
        inner = of.isLast ? of.end : of.end - 1;
        Arrays.fill(placement, of.first, of.end, -1);
        measureRest();
        List<BlockPlan> all = new ArrayList<>();
        for (int to = 0; to < (of.isLast ? 1 : devices); to++) {
            if (of.isLast || isAllowed(of.end - 1, to)) {
                out = to;
                all.addAll(plansToOut());
            }
        }
        return all;
    }

    private boolean isAllowed(int layer, int device) {
        return model.layerCost[layer * devices + device] < Double.POSITIVE_INFINITY;
    }

    private void measureRest() {
        rest[inner] = 0;
        for (int layer = block.end - 1; layer >= block.first; layer--) {
            double cost = Double.POSITIVE_INFINITY;
            for (int device = 0; device < devices; device++) {
                cost = Math.min(cost, model.layerCost[layer * devices + device]);
            }
            if (layer < inner) {
                rest[layer] = rest[layer + 1] + cost;
            }
            tail[layer] = 0;
            for (int tensor : wiring.outputs[layer]) {
                for (int consumer : wiring.consumers[tensor]) {
                    tail[layer] = consumer < inner
                            ? Math.max(tail[layer], tail[consumer] + leastSeconds(consumer))
                            : tail[layer];
                }
            }
        }
    }

    private double leastSeconds(int layer) {
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < devices; device++) {
            least = isAllowed(layer, device) ? Math.min(least, model.seconds[layer * devices + device]) : least;
        }
        return least;
    }

    private List<BlockPlan> plansToOut() {
        found = new ArrayList<>();
        open = new Partial(model.resources, devices, model.hasTight ? devices : 0);
        open.cost = Double.POSITIVE_INFINITY;
        nodes = 0;
        for (int tensor : block.tensors) {
            sent[tensor] = 0;
        }
        Partial start = new Partial(model.resources, devices, model.hasTight ? devices : 0);
        start.used = block.before(in);
        boolean possible = true;
        if (inner < block.end) {
            int last = block.end - 1;
            placement[last] = out;
            add(start, last, out);
            start.seconds = model.seconds[last * devices + out];
            for (int tensor : block.tensors) {
                if (producer(tensor) < block.first && wiring.reads(last, tensor)) {
                    possible &= in < 0 || in == out || send(start, tensor, in, out) < Double.POSITIVE_INFINITY;
                }
            }
        }
        if (possible) {
            tryWhole(in);
            tryWhole(out);
            place(block.first, start);
        }
        if (open.cost < Double.POSITIVE_INFINITY) {
            found.add(new BlockPlan(out, new int[0], open.used, open.cost, open.seconds, open.loads, open.bytes));
        }
        return found;
    }

    private int producer(int tensor) {
        return model.compiled.producer(tensor);
    }

    /** Tries all layers but the last on one device, so that there is something to compare with. */
    private void tryWhole(int device) {
        boolean possible = device >= 0;
        for (int layer = block.first; layer < inner && possible; layer++) {
            placement[layer] = device;
            possible = isAllowed(layer, device);
        }
        if (possible && inner > block.first && areLinked()) {
            keep();
        }
    }

    private boolean areLinked() {
        for (int tensor : block.tensors) {
            int from = producer(tensor) < block.first ? in : placement[producer(tensor)];
            boolean free = from < 0;
            for (int consumer : wiring.consumers[tensor]) {
                if (!free
                        && model.compiled.transferSeconds(tensor, from, placement[consumer])
                                == Double.POSITIVE_INFINITY) {
                    return false;
                }
            }
            boolean delivered = !free && model.compiled.isDelivered(tensor) && model.sink >= 0;
            if (delivered && model.compiled.transferSeconds(tensor, from, model.sink) == Double.POSITIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    private void keep() {
        if (!order.allows(block, in, placement)) {
            return;
        }
        BlockPlan plan = schedule.plan(block, in, placement);
        if (model.fits(plan.bytes) && !isNeedless(plan.used, plan.cost, plan.seconds, plan.loads, plan.bytes)) {
            found.removeIf(other -> isNeedless(plan, other.used, other.cost, other.seconds, other.loads, other.bytes));
            found.add(plan);
        }
    }

    private boolean isNeedless(long used, double cost, double seconds, double[] loads, double[] bytes) {
        for (BlockPlan each : found) {
            if (isNeedless(each, used, cost, seconds, loads, bytes)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNeedless(BlockPlan one, long used, double cost, double seconds, double[] loads, double[] bytes) {
        double least = model.weight(used);
        return (one.used & ~used) == 0
                && dominance.isNoWorse(one.cost - cost, one.seconds - seconds, one.loads, loads, least)
                && !Dominance.exceeds(one.bytes, bytes);
    }

    private void place(int layer, Partial before) {
        if (layer == inner) {
            keep();
            return;
        }
        nodes += 1 + found.size() / 16;
        if (nodes > maxNodes || signal.isRaised((1 + found.size()) * (1 + model.resources / 8))) {
            giveUp(layer, before);
            return;
        }
        Partial after = new Partial(model.resources, devices, before.bytes.length);
        for (int turn = -1; turn < devices; turn++) {
            int device = turn < 0 ? in : turn;
            if (device < 0 || (turn >= 0 && turn == in) || !isAllowed(layer, device)) {
                continue;
            }
            after.set(before);
            long[] known = known(layer);
            if (put(layer, device, after)
                    && !isNeedless(after.used, after.cost + rest[layer + 1], after.seconds, after.loads, after.bytes)) {
                placement[layer] = device;
                place(layer + 1, after);
            }
            forget(layer, known);
        }
    }

    private void giveUp(int layer, Partial before) {
        boolean first = open.cost == Double.POSITIVE_INFINITY;
        open.used = first ? before.used : open.used & before.used;
        open.cost = Math.min(open.cost, before.cost + rest[layer]);
        open.seconds = first ? before.seconds : Math.min(open.seconds, before.seconds);
        for (int index = 0; index < open.loads.length; index++) {
            open.loads[index] = first ? before.loads[index] : Math.min(open.loads[index], before.loads[index]);
        }
        for (int index = 0; index < open.bytes.length; index++) {
            open.bytes[index] = first ? before.bytes[index] : Math.min(open.bytes[index], before.bytes[index]);
        }
    }

    private long[] known(int layer) {
        int[] inputs = wiring.inputs[layer];
        int[] outputs = wiring.outputs[layer];
        long[] known = new long[inputs.length + outputs.length];
        for (int index = 0; index < known.length; index++) {
            known[index] = sent[index < inputs.length ? inputs[index] : outputs[index - inputs.length]];
        }
        return known;
    }

    private void forget(int layer, long[] known) {
        int[] inputs = wiring.inputs[layer];
        for (int index = 0; index < known.length; index++) {
            sent[index < inputs.length ? inputs[index] : wiring.outputs[layer][index - inputs.length]] = known[index];
        }
    }

    /** Puts a layer on a device; returns false where no link leads. */
    private boolean put(int layer, int device, Partial partial) {
        double ready = partial.deviceFree[device];
        for (int tensor : wiring.inputs[layer]) {
            boolean early = producer(tensor) < block.first;
            int from = early ? in : placement[producer(tensor)];
            if (from < 0 || (producer(tensor) < 0 && model.source < 0)) {
                continue;
            }
            double seconds = from == device ? 0 : send(partial, tensor, from, device);
            ready = Math.max(ready, (early ? 0 : finish[producer(tensor)]) + seconds);
        }
        double seconds = model.seconds[layer * devices + device];
        finish[layer] = ready + seconds;
        partial.deviceFree[device] = finish[layer];
        add(partial, layer, device);
        int last = block.end - 1;
        double least = inner < block.end ? model.seconds[last * devices + out] : 0;
        double end = finish[layer] + tail[layer] + least;
        for (int tensor : wiring.outputs[layer]) {
            if (inner < block.end && device != out && wiring.reads(last, tensor)) {
                end = Math.max(end, finish[layer] + send(partial, tensor, device, out) + least);
            }
            if (block.isLast && model.compiled.isDelivered(tensor) && model.sink >= 0 && model.sink != device) {
                end = Math.max(end, finish[layer] + send(partial, tensor, device, model.sink));
            }
        }
        partial.seconds = Math.max(partial.seconds, end);
        return end < Double.POSITIVE_INFINITY && fits(partial, device);
    }

    private boolean fits(Partial partial, int device) {
        return partial.bytes.length == 0 || partial.bytes[device] <= model.memoryBytes(device);
    }

    private void add(Partial partial, int layer, int device) {
        partial.cost += model.layerCost[layer * devices + device];
        partial.loads[model.deviceResource[device]] += model.seconds[layer * devices + device];
        partial.used |= 1L << device;
        if (partial.bytes.length > 0) {
            partial.bytes[device] += model.compiled.parameterBytes(layer);
        }
    }

    /** Sends a tensor unless it was sent there before; returns how long that takes without waiting. */
    private double send(Partial partial, int tensor, int from, int to) {
        double seconds = model.compiled.transferSeconds(tensor, from, to);
        if ((sent[tensor] >> to & 1) == 0 && seconds < Double.POSITIVE_INFINITY) {
            sent[tensor] |= 1L << to;
            partial.cost += model.transferCost(tensor, from, to);
            int resource = model.resource[from * devices + to];
            if (resource >= 0) {
                partial.loads[resource] += seconds;
            }
            if (model.blocking) {
                partial.loads[model.deviceResource[from]] += seconds;
                partial.loads[model.deviceResource[to]] += seconds;
            }
        }
        return seconds;
    }
}
