package io.github.codnn.closest;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first layers of all tasks on their devices, with what their constraints cost so far. State by depth, the number
 * of placed layers, so that a search goes back by placing another layer. Not thread-safe.
 */
final class PartialPlacement {

    static final int MAX_DEVICES = 62; // bits of a set of devices

    final CompiledScenario compiled;
    final int devices;
    final int layers;
    final int[] placement;
    final int[] task; // [layer]
    final boolean isTimed; // whether times of layers are those of the evaluation: blocks are closed
    final long[] touchedByClosedTask; // [task] valid for the tasks before the current one
    final double[] responseOfClosedTask;
    final double[] slowestOfClosedTask;

    // By depth.
    final int[] pins; // layers away from their pins
    final int[] forbidden;
    final int[] links; // transfers without a link
    final int[] apart; // layers apart from their group
    final int[] returns; // of tasks, but for the current one unless it is a chain
    final long[] used;
    final long[] usedByTask; // of the current task
    final long[] touched; // the same, with devices that its transfers block
    final double[] slowest; // seconds of the slowest transfer of the current task
    final double[] bytes; // [depth * D + device]
    final double[] peak; // [depth * D + device] activations of the current task
    final double[] load; // [depth * D + device] seconds of all tasks
    final double[] work; // seconds of the current task
    final double[] response; // of the current task and the least that follows
    private final double[] free; // [depth * D + device] when the device is free in the schedule of the task
    private final long[] feeders; // [depth * D + device] devices of the current task that send to the device

    private final ResponseTails tails;
    private final boolean oneStage;
    private final boolean blocking;
    private final boolean countsActivations;
    private final int[][] inputs; // [layer]
    private final int[][] delivered; // [layer] outputs that are results
    private final double[] finish; // [layer]

    /** Has room for the given number of layers. */
    PartialPlacement(CompiledScenario compiled, ResponseTails tails, int most) {
        this.compiled = compiled;
        this.tails = tails;
        devices = compiled.deviceCount();
        layers = compiled.layerCount();
        isTimed = compiled.opened() == compiled;
        oneStage = compiled.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE;
        blocking = compiled.scenario().rules().transfers() == TransferMode.BLOCKING;
        countsActivations = isTimed && compiled.scenario().rules().memory() == MemoryModel.PARAMETERS_AND_ACTIVATIONS;
        placement = new int[layers];
        task = new int[layers];
        finish = new double[layers];
        touchedByClosedTask = new long[compiled.taskCount()];
        slowestOfClosedTask = new double[compiled.taskCount()];
        responseOfClosedTask = new double[compiled.taskCount()];
        for (int each = 0; each < compiled.taskCount(); each++) {
            Arrays.fill(task, compiled.firstLayer(each), compiled.firstLayer(each + 1), each);
        }
        inputs = tensors(true);
        delivered = tensors(false);
        int depths = most + 1;
        pins = new int[depths];
        forbidden = new int[depths];
        links = new int[depths];
        apart = new int[depths];
        returns = new int[depths];
        used = new long[depths];
        usedByTask = new long[depths];
        touched = new long[depths];
        slowest = new double[depths];
        work = new double[depths];
        response = new double[depths];
        bytes = new double[depths * devices];
        peak = new double[depths * devices];
        load = new double[depths * devices];
        free = new double[depths * devices];
        feeders = new long[depths * devices];
    }

    /** Returns the tensors that each layer reads, or those results that it writes. */
    private int[][] tensors(boolean read) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            lists.add(new ArrayList<>());
        }
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            if (read) {
                for (int consumer : compiled.consumers(tensor)) {
                    lists.get(consumer).add(tensor);
                }
            } else if (compiled.producer(tensor) >= 0 && compiled.isDelivered(tensor)) {
                lists.get(compiled.producer(tensor)).add(tensor);
            }
        }
        return lists.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** Places the next layer: the layer whose number is the depth. Depth + 1 then has the new state. */
    void place(int depth, int device) {
        placement[depth] = device;
        boolean opens = depth == 0 || task[depth] != task[depth - 1];
        copy(depth, opens);
        int next = depth + 1;
        int pinned = compiled.pinned(depth);
        int leader = compiled.colocated(depth);
        pins[next] = pins[depth] + (pinned >= 0 && pinned != device ? 1 : 0);
        forbidden[next] = forbidden[depth] + (compiled.seconds(depth, device) == Double.POSITIVE_INFINITY ? 1 : 0);
        apart[next] = apart[depth] + (leader >= 0 && placement[leader] != device ? 1 : 0);
        links[next] = links[depth] + (opens ? missingDeliveries(task[depth]) : 0) + missingLinks(depth, device);
        addStage(depth, device, opens);
        long bit = 1L << device;
        used[next] = used[depth] | bit;
        usedByTask[next] |= bit;
        touched[next] |= bit;
        int entry = next * devices + device;
        bytes[entry] += compiled.parameterBytes(depth);
        if (countsActivations) {
            peak[entry] = Math.max(peak[entry], (double) compiled.activationBytes(depth));
        }
        addTime(depth, device);
    }

    private void copy(int depth, boolean opens) {
        int from = depth * devices;
        int to = from + devices;
        System.arraycopy(bytes, from, bytes, to, devices);
        System.arraycopy(load, from, load, to, devices);
        returns[depth + 1] = returns[depth];
        if (!opens) {
            System.arraycopy(peak, from, peak, to, devices);
            System.arraycopy(free, from, free, to, devices);
            System.arraycopy(feeders, from, feeders, to, devices);
            usedByTask[depth + 1] = usedByTask[depth];
            touched[depth + 1] = touched[depth];
            slowest[depth + 1] = slowest[depth];
            work[depth + 1] = work[depth];
            response[depth + 1] = response[depth];
            return;
        }
        if (depth > 0) {
            int closed = task[depth - 1];
            returns[depth + 1] += cyclicDevices(depth);
            touchedByClosedTask[closed] = touched[depth];
            slowestOfClosedTask[closed] = slowest[depth];
            responseOfClosedTask[closed] = response[depth];
            for (int device = 0; device < devices; device++) {
                bytes[to + device] += peak[from + device];
            }
        }
        Arrays.fill(peak, to, to + devices, 0);
        Arrays.fill(free, to, to + devices, 0);
        Arrays.fill(feeders, to, to + devices, 0);
        usedByTask[depth + 1] = 0;
        touched[depth + 1] = 0;
        slowest[depth + 1] = 0;
        work[depth + 1] = 0;
        response[depth + 1] = 0;
    }

    /** Returns how many inputs of a task are results that no link brings from the source to the sink. */
    private int missingDeliveries(int opened) {
        int missing = 0;
        int source = compiled.source(opened);
        int sink = compiled.sink(opened);
        int end = compiled.firstTensor(opened + 1);
        for (int tensor = compiled.firstTensor(opened); tensor < end && compiled.producer(tensor) < 0; tensor++) {
            boolean moves = compiled.isDelivered(tensor) && source >= 0 && sink >= 0 && source != sink;
            missing += moves && isMissing(tensor, source, sink) ? 1 : 0;
        }
        return missing;
    }

    private boolean isMissing(int tensor, int from, int to) {
        return compiled.transferSeconds(tensor, from, to) == Double.POSITIVE_INFINITY;
    }

    private int missingLinks(int layer, int device) {
        int sink = compiled.sink(task[layer]);
        int missing = 0;
        for (int tensor : inputs[layer]) {
            int producer = compiled.producer(tensor);
            int from = producer < 0 ? compiled.source(task[layer]) : placement[producer];
            boolean arrives = compiled.isDelivered(tensor) && sink == device; // counted with the result
            if (from >= 0 && from != device && !arrives && isMissing(tensor, from, device)) {
                missing += isReadBefore(tensor, layer, device) ? 0 : 1;
            }
        }
        for (int tensor : delivered[layer]) {
            missing += sink >= 0 && sink != device && isMissing(tensor, device, sink) ? 1 : 0;
        }
        return missing;
    }

    private boolean isReadBefore(int tensor, int layer, int device) {
        for (int consumer : compiled.consumers(tensor)) {
            if (consumer >= layer) {
                return false;
            }
            if (placement[consumer] == device) {
                return true;
            }
        }
        return false;
    }

    private void addStage(int depth, int device, boolean opens) {
        if (!oneStage) {
            return;
        }
        if (compiled.isChain(task[depth])) {
            boolean isBack = !opens && placement[depth - 1] != device && (usedByTask[depth] >> device & 1) != 0;
            returns[depth + 1] += isBack ? 1 : 0;
            return;
        }
        int entry = (depth + 1) * devices + device;
        for (int tensor : inputs[depth]) {
            int producer = compiled.producer(tensor);
            if (producer >= 0 && placement[producer] != device) {
                feeders[entry] |= 1L << placement[producer];
            }
        }
    }

    /** Counts the devices of the current task that remain after repeatedly removing one to which none sends. */
    int cyclicDevices(int depth) {
        if (!oneStage || depth == 0 || compiled.isChain(task[depth - 1])) {
            return 0;
        }
        long remaining = usedByTask[depth];
        boolean found = true;
        while (found) {
            found = false;
            for (long rest = remaining; rest != 0; rest &= rest - 1) {
                int device = Long.numberOfTrailingZeros(rest);
                if ((feeders[depth * devices + device] & remaining) == 0) {
                    remaining &= ~(1L << device);
                    found = true;
                }
            }
        }
        return Long.bitCount(remaining);
    }

    /** The schedule of the evaluation without waiting for links: more layers and transfers only delay it. */
    private void addTime(int layer, int device) {
        double seconds = tails.seconds(layer, device);
        int entry = (layer + 1) * devices + device;
        load[entry] += seconds;
        work[layer + 1] += seconds;
        double start = free[entry];
        for (int tensor : inputs[layer]) {
            int producer = compiled.producer(tensor);
            int from = producer < 0 ? compiled.source(task[layer]) : placement[producer];
            double written = producer < 0 ? 0 : finish[producer];
            double arrived = from < 0 || from == device ? written : written + transfer(tensor, from, device);
            start = Math.max(start, arrived);
            boolean returns = compiled.isDelivered(tensor) && compiled.sink(task[layer]) == device;
            if (from >= 0 && from != device && !returns && !isReadBefore(tensor, layer, device)) {
                addTransfer(layer, from, device, transfer(tensor, from, device));
            }
        }
        int sink = compiled.sink(task[layer]);
        for (int tensor : delivered[layer]) {
            if (sink >= 0 && sink != device) {
                addTransfer(layer, device, sink, transfer(tensor, device, sink));
            }
        }
        finish[layer] = start + seconds;
        free[entry] = finish[layer];
        response[layer + 1] = Math.max(response[layer + 1], finish[layer] + tails.after(layer, device));
    }

    private void addTransfer(int layer, int from, int to, double seconds) {
        int next = layer + 1;
        slowest[next] = Math.max(slowest[next], seconds);
        if (blocking) {
            load[next * devices + from] += seconds;
            load[next * devices + to] += seconds;
            touched[next] |= 1L << from | 1L << to;
        }
    }

    private double transfer(int tensor, int from, int to) {
        double seconds = compiled.transferSeconds(tensor, from, to);
        return seconds == Double.POSITIVE_INFINITY ? 0 : seconds;
    }
}
