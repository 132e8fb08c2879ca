package io.github.codnn.dagsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a plan within a period whose stages are slices of a topological order, each on a device of its own: keeps
 * for each cut the labels that have spent the least on devices, by given prices, and extends each by one slice on a
 * device of every class that is left. Loads of devices and links are exact, since a label knows its stages. Slicing an
 * order and searching orders is the idea of A. Archer et al. (ICML 2024), for equal devices.
 *
 * <p>Exact for equal devices where transfers cost nothing; a heuristic otherwise, since the cheapest label of a
 * cut need not be the one that can go on. Callers evaluate what they get. O(L W C R) slices and their tensors for L
 * nodes, W labels, C classes and slices of up to R nodes. Not thread-safe.
 */
public final class SliceSearch {

    private final DagModel model;
    private final CompiledScenario compiled;
    private final DagNodes nodes;
    private final StopSignal signal;
    private final int devices;
    private final int[] position; // [node]
    private final int[] lastReader; // [tensor] position, -1 if none
    private final int[] deviceOf; // [node] before the cut
    private final int[] stageEnd; // [device] of its stage before the cut
    private final double[] extra; // [device] what the slice adds to the load of a sender
    private final double[] fromDevice; // [device] what the slice receives from it
    private final int[] senders; // devices with extra load
    private final int[] gotBy; // [tensor] stamp of the slice that has it
    private final List<List<Label>> labels = new ArrayList<>(); // [cut]
    private int senderCount;
    private int stamp;
    private int[] order = new int[0];
    private double limit;
    private double[] price = new double[0];
    private int width;

    /** Slices up to a cut. */
    private static final class Label {
        private final @Nullable Label before;
        private final int end; // cut
        private final int device;
        private final int stages;
        private final double cost;
        private final int[] used; // [class] devices
        private final double[] load; // [device] seconds, with what it has to send at least, if transfers block

        private Label(@Nullable Label before, int end, int device, int stages, double cost, int[] used, double[] load) {
            this.before = before;
            this.end = end;
            this.device = device;
            this.stages = stages;
            this.cost = cost;
            this.used = used;
            this.load = load;
        }
    }

    public SliceSearch(DagModel model, StopSignal signal) {
        this.model = model;
        this.signal = signal;
        compiled = model.compiled;
        nodes = model.nodes;
        devices = compiled.deviceCount();
        int tensors = model.leastCross.length;
        position = new int[model.size];
        lastReader = new int[tensors];
        deviceOf = new int[model.size];
        stageEnd = new int[devices];
        extra = new double[devices];
        fromDevice = new double[devices];
        senders = new int[devices];
        gotBy = new int[tensors];
        for (int cut = 0; cut <= model.size; cut++) {
            labels.add(new ArrayList<>());
        }
    }

    /**
     * Looks for a plan.
     *
     * @param newOrder all nodes in topological order
     * @param period what the loads of all devices and links must keep, in seconds
     * @param prices what a device of each class costs
     * @param newWidth how many labels each cut keeps
     * @return a placement, nothing if none is found or the signal is raised
     */
    public Optional<int[]> plan(int[] newOrder, double period, double[] prices, int newWidth) {
        order = newOrder;
        limit = period * (1 + Tolerances.LOAD);
        price = prices;
        width = newWidth;
        labels.forEach(List::clear);
        for (int place = 0; place < order.length; place++) {
            position[order[place]] = place;
        }
        for (int tensor = 0; tensor < lastReader.length; tensor++) {
            lastReader[tensor] = -1;
            for (int node : nodes.readers(tensor)) {
                lastReader[tensor] = Math.max(lastReader[tensor], position[node]);
            }
        }
        labels.get(0).add(new Label(null, 0, -1, 0, 0, new int[model.classes], new double[devices]));
        for (int cut = 0; cut < order.length; cut++) {
            for (Label label : labels.get(cut)) {
                if (label.stages < model.maxStages) {
                    extend(label);
                }
            }
            if (signal.isRaised()) {
                return Optional.empty();
            }
        }
        return labels.get(order.length).stream().findFirst().map(this::placement);
    }

    private int[] placement(Label last) {
        place(last);
        return model.placement(deviceOf);
    }

    private void place(Label last) {
        for (Label label = last; label != null && label.before != null; label = label.before) {
            for (int place = label.before.end; place < label.end; place++) {
                deviceOf[order[place]] = label.device;
            }
            stageEnd[label.device] = label.end;
        }
    }

    private void extend(Label label) {
        place(label);
        for (int any = 0; any < model.classes; any++) {
            if (label.used[any] < model.members.get(any).size()) {
                slice(label, any, model.members.get(any).get(label.used[any]));
            }
        }
    }

    /** Grows a slice of one device node by node, and ends it wherever that keeps the period. */
    private void slice(Label label, int deviceClass, int device) {
        stamp++;
        senderCount = 0;
        Arrays.fill(fromDevice, 0);
        double seconds = 0; // computing and, if that blocks, receiving
        double memory = 0;
        boolean goesOn = true;
        for (int place = label.end; place < order.length && goesOn; place++) {
            int node = order[place];
            memory += model.parameterBytes[node];
            seconds += model.seconds[deviceClass][node];
            double received = model.allowed[deviceClass][node] && memory <= model.memoryBytes[deviceClass]
                    ? receive(label, node, device)
                    : Double.POSITIVE_INFINITY;
            seconds += received;
            goesOn = seconds <= limit;
            if (goesOn) {
                end(label, deviceClass, device, place + 1, seconds);
            }
        }
        signal.isRaised(model.size / 4 + 1);
        for (int index = 0; index < senderCount; index++) {
            extra[senders[index]] = 0;
        }
    }

    /** Returns the time that receiving what a node reads takes of the device; infinite if some load is too great. */
    private double receive(Label label, int node, int device) {
        double seconds = 0;
        for (int tensor : nodes.reads(node)) {
            int writer = nodes.writer(tensor);
            boolean isOld = writer < 0 || position[writer] < label.end;
            int from = writer < 0 ? compiled.source(0) : isOld ? deviceOf[writer] : device;
            if (from >= 0 && from != device && gotBy[tensor] != stamp) {
                gotBy[tensor] = stamp;
                double transfer = compiled.transferSeconds(tensor, from, device);
                fromDevice[from] += transfer;
                boolean fits = fromDevice[from] <= limit;
                if (model.blocking && writer >= 0) {
                    fits &= load(label, tensor, from, transfer);
                }
                seconds += fits ? model.blocking ? transfer : 0 : Double.POSITIVE_INFINITY;
            }
        }
        return seconds;
    }

    /** Adds a transfer to what its sender does; the first one was foreseen at the rate of its fastest link. */
    private boolean load(Label label, int tensor, int from, double transfer) {
        if (extra[from] == 0) {
            senders[senderCount++] = from;
            extra[from] = Double.MIN_VALUE;
        }
        extra[from] += transfer - (isSent(tensor, from, label.end) ? 0 : foreseen(tensor, from));
        return label.load[from] + extra[from] <= limit;
    }

    private double foreseen(int tensor, int device) {
        return model.leastOut[model.classOf[device]][tensor];
    }

    /** Tells whether a stage between that of the sender and a cut has read a tensor. */
    private boolean isSent(int tensor, int from, int cut) {
        for (int node : nodes.readers(tensor)) {
            if (position[node] >= stageEnd[from] && position[node] < cut) {
                return true;
            }
        }
        return false;
    }

    private void end(Label label, int deviceClass, int device, int cut, double seconds) {
        double cost = label.cost + price[deviceClass];
        List<Label> there = labels.get(cut);
        if (there.size() == width && there.get(width - 1).cost <= cost) {
            return;
        }
        double sent = sent(label, deviceClass, cut);
        double whole = model.blocking ? seconds + sent : seconds;
        if (whole > limit || sent == Double.POSITIVE_INFINITY) {
            return;
        }
        int[] used = label.used.clone();
        used[deviceClass]++;
        double[] load = label.load;
        if (model.blocking) {
            load = load.clone();
            load[device] = whole;
            for (int index = 0; index < senderCount; index++) {
                load[senders[index]] += extra[senders[index]];
            }
        }
        insert(there, new Label(label, cut, device, label.stages + 1, cost, used, load));
    }

    /** Returns what the slice must send at least; infinite if one tensor takes too long. */
    private double sent(Label label, int deviceClass, int cut) {
        double sent = 0;
        for (int place = label.end; place < cut; place++) {
            for (int tensor : nodes.writes(order[place])) {
                double seconds = lastReader[tensor] >= cut ? model.leastOut[deviceClass][tensor] : 0;
                sent += seconds <= limit ? seconds : Double.POSITIVE_INFINITY;
            }
        }
        return sent;
    }

    private void insert(List<Label> there, Label label) {
        int index = there.size();
        while (index > 0 && there.get(index - 1).cost > label.cost) {
            index--;
        }
        for (int other = 0; other < there.size(); other++) {
            if (Arrays.equals(there.get(other).used, label.used)) {
                if (other < index) {
                    return;
                }
                there.remove(other);
                break;
            }
        }
        there.add(index, label);
        if (there.size() > width) {
            there.remove(width);
        }
    }
}
