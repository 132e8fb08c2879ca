package io.github.codnn.dagsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The least period by dynamic programming over down-sets, from the whole network down to the empty set: a label of a
 * down-set is a way to run all nodes outside of it. Going backwards, the receivers of a tensor are known when the stage
 * that writes it is chosen, so that labels need only their numbers, and those only for tensors that several nodes
 * outside of the down-set read. A label is dropped if another one of the same down-set and devices is at most as great
 * in its value, in each number, and in the loads of source and sink.
 *
 * <p>Values are exact if all links are equal and transfers block; otherwise they are lower bounds. Complete plans are
 * evaluated, and what they miss of their value ends up in {@link #bound()}.
 */
public final class SuffixSearch {

    private static final int MAX_PLANS = 2_000; // evaluated in one pass

    private final DagModel model;
    private final DagNodes nodes;
    private final StopSignal signal;
    private final StageTransfers transfers;
    private final UsedDevices usedDevices;
    private final WorkLimits limits;
    private final SuffixTable table;
    private final LastStage stage;
    private final SharedTensors shared;
    private final List<List<Integer>> pinned;
    private final int[] sumClasses; // classes of source and sink if their transfers take their time
    private final double[] sums;
    private final double[] added;
    private final long[] downSet;
    private final long[] left; // nodes that cannot join the stage
    private final long[][] leftCopies; // [depth of recursion]
    private ToDoubleFunction<int[]> plans = placement -> 0;
    private double limit; // period that new plans must keep
    private double unrealised; // least value of a label whose plan has a greater period
    private boolean isComplete;
    private int planCount;
    private int deviceClass;
    private double mostRestWork;
    private double reachable; // least work of the rest
    private int frame;
    private int[] labels = new int[16]; // of the down-set
    private int[] nextUsed = new int[16]; // with the device of the stage, -1 if there is none
    private int labelCount;

    public SuffixSearch(DagModel model, StopSignal signal) {
        this.model = model;
        this.signal = signal;
        nodes = model.nodes;
        transfers = new StageTransfers(model);
        limits = new WorkLimits(model);
        usedDevices = new UsedDevices(model, limits);
        sumClasses = model.blocking
                ? IntStream.of(transfers.sourceClass, transfers.sinkClass)
                        .filter(any -> any >= 0)
                        .distinct()
                        .toArray()
                : new int[0];
        sums = new double[sumClasses.length];
        added = new double[sumClasses.length];
        table = new SuffixTable(nodes.words(), model.size, sums.length);
        stage = new LastStage(model, transfers);
        shared = new SharedTensors(model, transfers, stage);
        pinned = model.pinnedNodes();
        downSet = new long[nodes.words()];
        left = new long[nodes.words()];
        leftCopies = new long[model.size + 2][nodes.words()];
    }

    /**
     * Looks for the plan of the least period.
     *
     * @param period the greatest period of interest, in seconds
     * @param known a proven lower bound of the period
     * @param offer takes each plan that is found, as a placement, and returns the least period of all plans so far
     */
    public void search(double period, double known, ToDoubleFunction<int[]> offer) {
        plans = offer;
        limit = period;
        unrealised = Double.POSITIVE_INFINITY;
        isComplete = false;
        planCount = 0;
        table.clear();
        usedDevices.clear(period);
        Arrays.fill(downSet, 0);
        for (int node = 0; node < model.size; node++) {
            downSet[node >> 6] |= 1L << node;
        }
        Arrays.fill(sums, 0);
        table.add(table.cell(table.set(downSet, model.size), 0), known, sums, new byte[0], 0, -1, -1);
        for (int size = model.size; size > 0; size--) {
            for (int set = table.firstOfSize(size); set >= 0; set = table.nextOfSize(set)) {
                if (signal.isRaised(model.size) || table.isFull()) {
                    return;
                }
                expand(set);
            }
        }
        isComplete = !signal.isRaised();
    }

    /** Tells whether the last search was complete: not stopped, and its labels did not take too much memory. */
    public boolean isComplete() {
        return isComplete;
    }

    /**
     * Returns the lower bound of the period of all plans that the last search has proven if it was complete. Plans that
     * it found may have this period, or a greater one.
     */
    public double bound() {
        return Math.min(limit, unrealised);
    }

    /** Tells whether the last search found labels whose plans have greater periods than it computed. */
    public boolean hasUnrealised() {
        return unrealised < limit;
    }

    /** Gives the memory of the labels back. */
    public void clear() {
        isComplete = false;
        table.clear();
    }

    private void expand(int set) {
        readLabels(set);
        if (labelCount == 0) {
            return;
        }
        table.read(set, downSet);
        stage.open(downSet);
        shared.open(table, labels, labelCount);
        for (deviceClass = 0; deviceClass < model.classes && !signal.isRaised(); deviceClass++) {
            mostRestWork = Double.NEGATIVE_INFINITY;
            for (int index = 0; index < labelCount; index++) {
                nextUsed[index] = usedDevices.with(usedOf(index), deviceClass);
                mostRestWork = nextUsed[index] < 0
                        ? mostRestWork
                        : Math.max(mostRestWork, usedDevices.workLeft(nextUsed[index]));
            }
            if (mostRestWork > Double.NEGATIVE_INFINITY) {
                Arrays.fill(left, 0);
                reachable = 0;
                frame = 0;
                stage.begin(deviceClass);
                grow(model.size);
            }
        }
    }

    private int usedOf(int index) {
        return table.usedOf(table.cellOf(labels[index]));
    }

    private void readLabels(int set) {
        labelCount = 0;
        for (int cell = table.firstCell(set); cell >= 0; cell = table.nextCell(cell)) {
            for (int label = table.firstLabel(cell); label >= 0; label = table.nextLabel(label)) {
                if (labelCount == labels.length) {
                    labels = Arrays.copyOf(labels, 2 * labelCount);
                    nextUsed = Arrays.copyOf(nextUsed, 2 * labelCount);
                }
                if (table.value(label) <= limit) {
                    labels[labelCount++] = label;
                }
            }
        }
    }

    /** Decides for each ready node before one whether it joins the stage. */
    private void grow(int before) {
        double leastWork = reachable;
        long[] copy = leftCopies[frame++];
        System.arraycopy(left, 0, copy, 0, left.length);
        int node = stage.readyBefore(before);
        while (node >= 0 && reachable <= mostRestWork && !signal.isRaised(nodes.words())) {
            if (stage.holds(node)) {
                stage.join(node);
                if (fits()) {
                    grow(node);
                }
                stage.undoJoin();
            }
            leave(node);
            node = stage.readyBefore(node);
        }
        if (node < 0 && reachable <= mostRestWork && stage.stageSize() > 0) {
            close();
        }
        reachable = leastWork;
        System.arraycopy(copy, 0, left, 0, left.length);
        frame--;
    }

    /** Tells whether the device keeps the period, and can still do what the others cannot. */
    private boolean fits() {
        double seconds = stage.seconds();
        if (model.blocking) {
            seconds += stage.sent() + stage.returned() + stage.uploaded();
        }
        double free = limit * (1 + Tolerances.LOAD) - seconds;
        return free >= 0 && stage.restWork() - limits.maxWork(deviceClass, free) <= mostRestWork;
    }

    /** Leaves a node and all that it depends on to earlier stages. */
    private void leave(int node) {
        long[] ahead = nodes.ahead(node);
        for (int word = node >> 6; word >= 0; word--) {
            long fresh = ahead[word] & ~left[word];
            left[word] |= fresh;
            for (; fresh != 0; fresh &= fresh - 1) {
                reachable += model.work[(word << 6) + Long.numberOfTrailingZeros(fresh)];
            }
        }
    }

    /** Ends the stage with the nodes that it has, for each label. */
    private void close() {
        double load = stage.seconds();
        if (model.blocking) {
            load += stage.sent() + stage.received() + stage.returned() + stage.uploaded();
        } else {
            load = Math.max(load, Math.max(stage.returned(), stage.uploaded()));
        }
        if (load > limit * (1 + Tolerances.LOAD) || !hasItsPins()) {
            return;
        }
        signal.isRaised(labelCount);
        shared.close();
        for (int index = 0; index < labelCount; index++) {
            if (nextUsed[index] >= 0 && stage.restWork() <= usedDevices.workLeft(nextUsed[index])) {
                extend(index, load);
            }
        }
    }

    private boolean hasItsPins() {
        for (int node : pinned.get(deviceClass)) {
            if (stage.isInRest(node)) {
                return false;
            }
        }
        return true;
    }

    private void extend(int index, double leastLoad) {
        int label = labels[index];
        int used = nextUsed[index];
        boolean returnsToo = transfers.sinkClass >= 0 && usedDevices.count(used, transfers.sinkClass) == 0;
        double load = leastLoad;
        if (model.blocking) {
            load += shared.moreSent(index, transfers.out[deviceClass]) + (returnsToo ? stage.returnedToo() : 0);
        } else {
            load = Math.max(load, linkLoad(used));
        }
        double value = Math.max(table.value(label), load);
        for (int sum = 0; sum < sums.length; sum++) {
            added[sum] = sumClasses[sum] == deviceClass ? load : 0;
            added[sum] += sumClasses[sum] == transfers.sourceClass ? stage.uploaded() : 0;
            added[sum] += sumClasses[sum] != transfers.sinkClass
                    ? 0
                    : stage.returned() + (returnsToo ? stage.returnedToo() : 0);
            sums[sum] = table.sum(label, sum) + added[sum];
            value = Math.max(value, sums[sum]);
        }
        if (value <= limit * (1 + Tolerances.LOAD) && restFits(index, used)) {
            store(label, index, used, value);
        }
    }

    /** Returns the mean load of the links to later stages or from earlier ones, whatever is greater. */
    private double linkLoad(int used) {
        double load = 0;
        int later = usedDevices.stages(used) - 1;
        int earlier = usedDevices.stagesLeft(used);
        if (later > 0) {
            load = stage.sent() / later;
        }
        if (earlier > 0) {
            load = Math.max(load, stage.received() / earlier);
        }
        return load * (1 - Tolerances.BOUND);
    }

    private boolean restFits(int index, int used) {
        if (stage.restSize() == 0) {
            return true;
        }
        int stages = usedDevices.stagesLeft(used);
        double seconds = stage.restSeconds();
        if (model.blocking) {
            seconds += stage.crossing() + shared.more(index);
        }
        return stages > 0 && seconds <= limit * stages * (1 + Tolerances.BOUND);
    }

    private void store(int label, int index, int used, double value) {
        if (stage.restSize() == 0) {
            complete(label, value);
        } else {
            int cell = table.cell(table.set(stage.rest(), stage.restSize()), used);
            table.add(cell, value, sums, shared.counts(index), shared.size(), label, deviceClass);
        }
    }

    private void complete(int label, double value) {
        if (planCount == MAX_PLANS && value >= unrealised) {
            return;
        }
        planCount++;
        double best = plans.applyAsDouble(placement(label));
        if (best > value * (1 + Tolerances.EQUAL)) {
            unrealised = Math.min(unrealised, value);
        }
        limit = Math.min(limit, best * (1 - Tolerances.EQUAL));
    }

    /** Returns the placement of the stage and of all stages of a label. */
    private int[] placement(int label) {
        int[] deviceOf = new int[model.size];
        int[] count = new int[model.classes];
        long[] none = new long[nodes.words()];
        int device = model.members.get(deviceClass).get(count[deviceClass]++);
        long[] smaller = none;
        for (int at = label; ; at = table.parent(at)) {
            long[] larger = new long[nodes.words()];
            table.read(table.setOf(at), larger);
            for (int node = 0; node < model.size; node++) {
                long bit = 1L << node;
                if ((larger[node >> 6] & ~smaller[node >> 6] & bit) != 0) {
                    deviceOf[node] = device;
                }
            }
            if (table.parent(at) < 0) {
                return model.placement(deviceOf);
            }
            int next = table.deviceClass(at);
            device = model.members.get(next).get(count[next]++);
            smaller = larger;
        }
    }

    /**
     * Tells whether devices other than those used may run all nodes outside of a down-set within a period, as far as
     * the last search knows.
     */
    boolean mayFinish(long[] done, int[] usedCount, double period) {
        if (!isComplete || period > limit) {
            return true;
        }
        int set = table.find(done);
        for (int cell = set < 0 ? -1 : table.firstCell(set); cell >= 0; cell = table.nextCell(cell)) {
            for (int label = table.firstLabel(cell); label >= 0; label = table.nextLabel(label)) {
                if (table.value(label) <= period * (1 + Tolerances.BOUND)
                        && usedDevices.fitsBeside(table.usedOf(cell), usedCount)) {
                    return true;
                }
            }
        }
        return false;
    }
}
