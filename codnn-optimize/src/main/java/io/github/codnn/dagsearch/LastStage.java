package io.github.codnn.dagsearch;

import java.util.Arrays;

/**
 * The last stage of a down-set while it grows backwards, node by node: what it computes, sends to later stages and
 * receives from earlier ones. Updated incrementally and undone in reverse order. Not thread-safe.
 */
final class LastStage {

    private static final int SAVED = 12; // sums per node

    private final DagModel model;
    private final DagNodes nodes;
    private final StageTransfers transfers;
    private final long[] rest; // the down-set without the stage
    private final long[] ready; // nodes of the rest that nothing in the rest depends on
    private final int[] missing; // [node] nodes of the rest that depend on it
    private final int[] readersOutside; // [tensor] nodes outside of the down-set that read it
    private final int[] readsHere; // [tensor] nodes of the stage that read it
    private final int[] joined;
    private final double[] saved;
    private final byte[] receivers; // [tensor] how many devices at least receive it after the down-set
    private int deviceClass;
    private int size; // of the rest
    private int depth;
    private double restWork;
    private double restSeconds; // least
    private double seconds;
    private double parameterBytes;
    private double activationBytes;
    private double sent;
    private double returned; // of tensors that no later stage reads
    private double returnedToo; // of tensors that a later stage reads
    private double uploaded;
    private final RunningSum received = new RunningSum(); // from earlier stages
    private final RunningSum crossing = new RunningSum(); // what the rest sends, at least

    LastStage(DagModel model, StageTransfers transfers) {
        this.model = model;
        this.transfers = transfers;
        nodes = model.nodes;
        int tensors = model.leastCross.length;
        rest = new long[nodes.words()];
        ready = new long[nodes.words()];
        missing = new int[model.size];
        readersOutside = new int[tensors];
        readsHere = new int[tensors];
        joined = new int[model.size];
        saved = new double[model.size * SAVED];
        receivers = new byte[tensors];
    }

    /** Starts from a down-set. */
    void open(long[] downSet) {
        System.arraycopy(downSet, 0, rest, 0, rest.length);
        Arrays.fill(ready, 0);
        Arrays.fill(readersOutside, 0);
        size = 0;
        restWork = 0;
        restSeconds = 0;
        for (int node = 0; node < model.size; node++) {
            if (isInRest(node)) {
                size++;
                restWork += model.work[node];
                restSeconds += model.leastSeconds[node];
                countMissing(node);
            } else {
                for (int tensor : nodes.reads(node)) {
                    readersOutside[tensor]++;
                }
            }
        }
        for (int tensor = 0; tensor < receivers.length; tensor++) {
            receivers[tensor] = (byte) Math.min(1, readersOutside[tensor]);
        }
    }

    private void countMissing(int node) {
        missing[node] = 0;
        for (int successor : nodes.successors(node)) {
            missing[node] += isInRest(successor) ? 1 : 0;
        }
        if (missing[node] == 0) {
            ready[node >> 6] |= 1L << node;
        }
    }

    /** Says how many devices at least receive a tensor after the down-set, in all its labels. */
    void putReceivers(int tensor, byte count) {
        receivers[tensor] = count;
    }

    /** Starts an empty stage on a device of a class. */
    void begin(int ofClass) {
        deviceClass = ofClass;
        seconds = 0;
        parameterBytes = 0;
        activationBytes = 0;
        sent = 0;
        returned = 0;
        returnedToo = 0;
        uploaded = 0;
        received.clear();
        crossing.clear();
        for (int tensor = 0; tensor < receivers.length; tensor++) {
            int writer = nodes.writer(tensor);
            if (receivers[tensor] > 0 && writer >= 0 && isInRest(writer)) {
                crossing.add(receivers[tensor] * transfers.leastOut[tensor]);
            }
        }
    }

    /** Returns the last ready node before another, or -1. */
    int readyBefore(int node) {
        if (node == 0) {
            return -1;
        }
        int last = node - 1;
        int lastWord = last >> 6;
        int above = 63 - (last & 63);
        for (int word = lastWord; word >= 0; word--) {
            long bits = word == lastWord ? ready[word] & (-1L >>> above) : ready[word];
            if (bits != 0) {
                return (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
            }
        }
        return -1;
    }

    /** Tells whether the device may run one more node and has the memory for it. */
    boolean holds(int node) {
        double bytes = parameterBytes
                + model.parameterBytes[node]
                + Math.max(activationBytes, (double) model.activationBytes[node]);
        return model.allowed[deviceClass][node] && bytes <= model.memoryBytes[deviceClass];
    }

    void join(int node) {
        save(depth * SAVED);
        joined[depth++] = node;
        size--;
        rest[node >> 6] &= ~(1L << node);
        ready[node >> 6] &= ~(1L << node);
        seconds += model.seconds[deviceClass][node];
        parameterBytes += model.parameterBytes[node];
        activationBytes = Math.max(activationBytes, (double) model.activationBytes[node]);
        restWork -= model.work[node];
        restSeconds -= model.leastSeconds[node];
        for (int predecessor : nodes.predecessors(node)) {
            if (--missing[predecessor] == 0) {
                ready[predecessor >> 6] |= 1L << predecessor;
            }
        }
        addTransfers(node);
    }

    private void addTransfers(int node) {
        double[] in = transfers.in[deviceClass];
        for (int tensor : nodes.writes(node)) {
            sent += receivers[tensor] * transfers.out[deviceClass][tensor];
            received.add(readsHere[tensor] > 0 ? -in[tensor] : 0);
            double crossed = receivers[tensor] + (readsHere[tensor] > 0 ? 1 : 0);
            crossing.add(-crossed * transfers.leastOut[tensor]);
        }
        for (int tensor : nodes.results(node)) {
            returned += readersOutside[tensor] == 0 ? transfers.back[deviceClass][tensor] : 0;
            returnedToo += readersOutside[tensor] > 0 ? transfers.back[deviceClass][tensor] : 0;
        }
        for (int tensor : nodes.reads(node)) {
            if (readsHere[tensor]++ == 0) {
                if (nodes.writer(tensor) < 0) {
                    uploaded += in[tensor];
                } else {
                    received.add(in[tensor]);
                    crossing.add(transfers.leastOut[tensor]);
                }
            }
        }
    }

    private void save(int base) {
        saved[base] = seconds;
        saved[base + 1] = parameterBytes;
        saved[base + 2] = activationBytes;
        saved[base + 3] = sent;
        saved[base + 4] = returned;
        saved[base + 5] = returnedToo;
        saved[base + 6] = uploaded;
        received.save(saved, base + 7);
        crossing.save(saved, base + 9);
        saved[base + 11] = restWork;
    }

    void undoJoin() {
        int node = joined[--depth];
        int base = depth * SAVED;
        seconds = saved[base];
        parameterBytes = saved[base + 1];
        activationBytes = saved[base + 2];
        sent = saved[base + 3];
        returned = saved[base + 4];
        returnedToo = saved[base + 5];
        uploaded = saved[base + 6];
        received.restore(saved, base + 7);
        crossing.restore(saved, base + 9);
        restWork = saved[base + 11];
        restSeconds += model.leastSeconds[node];
        size++;
        rest[node >> 6] |= 1L << node;
        ready[node >> 6] |= 1L << node;
        for (int predecessor : nodes.predecessors(node)) {
            if (missing[predecessor]++ == 0) {
                ready[predecessor >> 6] &= ~(1L << predecessor);
            }
        }
        for (int tensor : nodes.reads(node)) {
            readsHere[tensor]--;
        }
    }

    long[] rest() {
        return rest;
    }

    int restSize() {
        return size;
    }

    boolean isInRest(int node) {
        return (rest[node >> 6] & 1L << node) != 0;
    }

    int stageSize() {
        return depth;
    }

    /** Returns how long the device computes. */
    double seconds() {
        return seconds;
    }

    /** Returns how long the device sends to later stages, for the least number of receivers. */
    double sent() {
        return sent;
    }

    double received() {
        return received.value();
    }

    double uploaded() {
        return uploaded;
    }

    /** Returns how long the device sends to the sink what no later stage reads. */
    double returned() {
        return returned;
    }

    /** Returns how long the device sends to the sink what a later stage reads, too. */
    double returnedToo() {
        return returnedToo;
    }

    double restWork() {
        return restWork;
    }

    double restSeconds() {
        return restSeconds;
    }

    /** Returns how long the devices of the rest send to the stage and to later ones, at least. */
    double crossing() {
        return crossing.value();
    }

    int readersOutside(int tensor) {
        return readersOutside[tensor];
    }

    /** Tells whether a node of the stage reads a tensor. */
    boolean reads(int tensor) {
        return readsHere[tensor] > 0;
    }

    /** Returns how many nodes outside of the rest read a tensor. */
    int readersOutsideRest(int tensor) {
        return readersOutside[tensor] + readsHere[tensor];
    }
}
