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
 * Looks for a plan within a period among all sequences of stages: keeps for each down-set the labels that have spent
 * the least on devices, by given prices, and extends each by every stage on a device of every class that is left. Loads
 * of devices and links are exact, since a label knows its stages. A heuristic: a label that was dropped may have been
 * the one that can go on. Not thread-safe.
 */
final class StageBeam {

    private static final int WIDTH = 64; // labels of a down-set
    private static final int MAX_SETS = 4_000; // labels of 64 devices take some 200 MB then

    private final DagModel model;
    private final CompiledScenario compiled;
    private final DownSets sets;
    private final StageArcs arcs;
    private final StopSignal signal;
    private final List<List<Label>> labels = new ArrayList<>(); // [set] by growing cost
    private final int[] deviceOf; // [node] of the label that is extended, -1 behind it
    private final double[] extra; // [device] what the stage adds to the load of a sender
    private final double[] fromDevice; // [device] what the stage receives from it
    private final int[] read; // tensors that the stage receives
    private final int[] written; // tensors that it sends
    private int readCount;
    private int writtenCount;
    private @Nullable Label current; // that is extended
    private double limit;
    private double[] price = new double[0];

    /** Stages up to a down-set. */
    private static final class Label {
        private final @Nullable Label before;
        private final int set;
        private final int device;
        private final int stages;
        private final double cost;
        private final int[] used; // [class] devices
        private final double[] load; // [device] seconds, with what it has to send at least, if transfers block

        private Label(@Nullable Label before, int set, int device, double cost, int[] used, double[] load) {
            this.before = before;
            this.set = set;
            this.device = device;
            stages = before == null ? 0 : before.stages + 1;
            this.cost = cost;
            this.used = used;
            this.load = load;
        }
    }

    StageBeam(DagModel model, DownSets sets, StageArcs arcs, StopSignal signal) {
        this.model = model;
        this.sets = sets;
        this.arcs = arcs;
        this.signal = signal;
        compiled = model.compiled;
        deviceOf = new int[model.size];
        extra = new double[compiled.deviceCount()];
        fromDevice = new double[compiled.deviceCount()];
        read = new int[model.leastCross.length];
        written = new int[model.leastCross.length];
        for (int set = 0; set < sets.count(); set++) {
            labels.add(new ArrayList<>());
        }
    }

    /**
     * Looks for a plan.
     *
     * @param prices of a stage on a device of each class
     * @return the plan, nothing if none is found, if there are too many down-sets or if the signal is raised
     */
    Optional<PlannedStages> plan(double[] prices) {
        if (sets.count() > MAX_SETS) {
            return Optional.empty();
        }
        price = prices;
        limit = arcs.limit() * (1 + Tolerances.LOAD);
        labels.forEach(List::clear);
        int devices = compiled.deviceCount();
        labels.get(0).add(new Label(null, 0, -1, 0, new int[model.classes], new double[devices]));
        for (int set = 0; set < sets.count() - 1; set++) {
            if (!labels.get(set).isEmpty() && !arcs.list(set, true)) {
                return Optional.empty();
            }
            for (Label label : labels.get(set)) {
                if (label.stages < model.maxStages) {
                    extend(label);
                }
            }
            if (signal.isRaised(1)) {
                return Optional.empty();
            }
        }
        return labels.get(sets.count() - 1).stream().findFirst().map(this::stages);
    }

    private PlannedStages stages(Label last) {
        int[] ends = new int[last.stages];
        int[] deviceOfStage = new int[last.stages];
        for (Label label = last; label != null && label.before != null; label = label.before) {
            ends[label.stages - 1] = label.set;
            deviceOfStage[label.stages - 1] = label.device;
        }
        return new PlannedStages(model, sets, ends, deviceOfStage);
    }

    private void place(Label last) {
        Arrays.fill(deviceOf, -1);
        int[] nodes = new int[model.size];
        for (Label label = last; label != null && label.before != null; label = label.before) {
            int count = sets.nodesBetween(label.before.set, label.set, nodes, 0);
            for (int index = 0; index < count; index++) {
                deviceOf[nodes[index]] = label.device;
            }
        }
    }

    private void extend(Label label) {
        current = label;
        place(label);
        for (int arc = 0; arc < arcs.count(); arc++) {
            int to = arcs.to(arc);
            boolean isRead = false;
            for (long left = arcs.classes(arcs.kind(arc)); left != 0; left &= left - 1) {
                int any = Long.numberOfTrailingZeros(left);
                if (label.used[any] < model.members.get(any).size() && isCheap(to, label.cost + price[any])) {
                    if (!isRead) {
                        findTensors(label.set, to);
                        isRead = true;
                    }
                    signal.isRaised(1 + readCount);
                    extend(label, to, any);
                }
            }
        }
    }

    private boolean isCheap(int set, double cost) {
        List<Label> there = labels.get(set);
        return there.size() < WIDTH || cost < there.get(WIDTH - 1).cost;
    }

    private void findTensors(int set, int to) {
        readCount = 0;
        for (int index = sets.firstCrossing(set); index < sets.firstCrossing(set + 1); index++) {
            if (sets.isReadBetween(sets.crossing(index), set, to)) {
                read[readCount++] = sets.crossing(index);
            }
        }
        writtenCount = 0;
        for (int index = sets.firstCrossing(to); index < sets.firstCrossing(to + 1); index++) {
            int writer = model.nodes.writer(sets.crossing(index));
            if (writer >= 0 && !sets.contains(set, writer)) {
                written[writtenCount++] = sets.crossing(index);
            }
        }
    }

    private void extend(Label label, int to, int ofClass) {
        int device = model.members.get(ofClass).get(label.used[ofClass]);
        double received = receive(label, device);
        double seconds = arcs.seconds(label.set, to, ofClass) + (model.blocking ? received : 0);
        for (int index = 0; index < writtenCount && seconds <= limit; index++) {
            double sent = model.leastOut[ofClass][written[index]];
            seconds += model.blocking ? arcs.receivers(written[index], to) * sent : sent <= limit ? 0 : sent;
        }
        if (received < Double.POSITIVE_INFINITY && seconds <= limit) {
            insert(labels.get(to), label, to, ofClass, device, seconds);
        }
        for (int index = 0; index < readCount; index++) {
            int from = sender(read[index]);
            if (from >= 0) {
                extra[from] = 0;
                fromDevice[from] = 0;
            }
        }
    }

    private int sender(int tensor) {
        int writer = model.nodes.writer(tensor);
        return writer < 0 ? compiled.source(0) : deviceOf[writer];
    }

    /** Returns how long the device receives; infinite if a load is too great. */
    private double receive(Label label, int device) {
        double received = 0;
        for (int index = 0; index < readCount; index++) {
            int tensor = read[index];
            int from = sender(tensor);
            if (from >= 0 && from != device) {
                double seconds = compiled.transferSeconds(tensor, from, device);
                fromDevice[from] += seconds;
                boolean fits = fromDevice[from] <= limit;
                if (model.blocking && model.nodes.writer(tensor) >= 0) {
                    extra[from] += seconds - foreseen(tensor, from);
                    fits &= label.load[from] + extra[from] <= limit;
                }
                received += fits ? seconds : Double.POSITIVE_INFINITY;
            }
        }
        return received;
    }

    /** Returns what the load of the sender already has for the next receiver of a tensor. */
    private double foreseen(int tensor, int from) {
        int receivers = 0;
        int[] readers = model.nodes.readers(tensor);
        for (int index = 0; index < readers.length; index++) {
            int device = deviceOf[readers[index]];
            boolean isNew = device >= 0 && device != from;
            for (int other = 0; other < index && isNew; other++) {
                isNew = deviceOf[readers[other]] != device;
            }
            receivers += isNew ? 1 : 0;
        }
        return receivers < foreseenReceivers(tensor, from) ? model.leastOut[model.classOf[from]][tensor] : 0;
    }

    private int foreseenReceivers(int tensor, int from) {
        Label at = current;
        while (at != null && at.device != from) {
            at = at.before;
        }
        return at == null ? 0 : arcs.receivers(tensor, at.set);
    }

    private void insert(List<Label> there, Label before, int to, int ofClass, int device, double seconds) {
        int[] used = before.used.clone();
        used[ofClass]++;
        double cost = before.cost + price[ofClass];
        int index = there.size();
        while (index > 0 && there.get(index - 1).cost > cost) {
            index--;
        }
        for (int other = 0; other < index; other++) {
            if (there.get(other).device == device && Arrays.equals(there.get(other).used, used)) {
                return;
            }
        }
        double[] load = before.load;
        if (model.blocking) {
            load = load.clone();
            load[device] = seconds;
            for (int sender = 0; sender < load.length; sender++) {
                load[sender] += extra[sender];
            }
        }
        there.add(index, new Label(before, to, device, cost, used, load));
        if (there.size() > WIDTH) {
            there.remove(WIDTH);
        }
    }
}
