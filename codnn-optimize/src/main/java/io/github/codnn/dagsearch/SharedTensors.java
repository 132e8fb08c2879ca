package io.github.codnn.dagsearch;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The tensors of a down-set that several nodes outside of it read, and how many devices receive each of them, by label.
 * Not thread-safe.
 */
final class SharedTensors {

    private final DagModel model;
    private final StageTransfers transfers;
    private final LastStage stage;
    private final int[] candidates; // tensors that several nodes read and that take time to send
    private final byte[] single; // [tensor] 1 if one node outside of the down-set reads it
    private final int[] position; // [tensor] among the shared ones of the down-set, -1
    private final int[] open; // shared tensors of the down-set
    private final int[] rest; // shared tensors of the rest
    private final byte[] restCounts;
    private int openCount;
    private int restCount;
    private byte[] counts = new byte[16]; // [label * openCount + position]
    private final byte[] least; // [position]

    SharedTensors(DagModel model, StageTransfers transfers, LastStage stage) {
        this.model = model;
        this.transfers = transfers;
        this.stage = stage;
        int tensors = model.leastCross.length;
        candidates = IntStream.range(0, tensors).filter(this::isCandidate).toArray();
        single = new byte[tensors];
        position = new int[tensors];
        open = new int[candidates.length];
        rest = new int[candidates.length];
        restCounts = new byte[candidates.length];
        least = new byte[candidates.length];
    }

    private boolean isCandidate(int tensor) {
        boolean takesTime = false;
        for (double[] out : transfers.out) {
            takesTime |= out[tensor] > 0;
        }
        return model.blocking && takesTime && model.nodes.writer(tensor) >= 0 && model.nodes.readers(tensor).length > 1;
    }

    /** Reads the labels of the down-set that the stage was opened with. */
    void open(SuffixTable table, int[] labels, int labelCount) {
        openCount = 0;
        for (int tensor : candidates) {
            boolean isShared = stage.isInRest(model.nodes.writer(tensor)) && stage.readersOutside(tensor) > 1;
            single[tensor] = (byte) (stage.readersOutside(tensor) == 1 ? 1 : 0);
            position[tensor] = isShared ? openCount : -1;
            if (isShared) {
                open[openCount++] = tensor;
            }
        }
        if (counts.length < labelCount * openCount) {
            counts = new byte[2 * labelCount * openCount];
        }
        Arrays.fill(least, Byte.MAX_VALUE);
        for (int index = 0; index < labelCount; index++) {
            for (int at = 0; at < openCount; at++) {
                byte count = table.count(labels[index], at);
                counts[index * openCount + at] = count;
                least[at] = (byte) Math.min(least[at], count);
            }
        }
        for (int at = 0; at < openCount; at++) {
            stage.putReceivers(open[at], least[at]);
        }
    }

    /** Finds the shared tensors of the rest. */
    void close() {
        restCount = 0;
        for (int tensor : candidates) {
            if (stage.readersOutsideRest(tensor) > 1 && stage.isInRest(model.nodes.writer(tensor))) {
                rest[restCount++] = tensor;
            }
        }
    }

    /** Returns how long the stage sends shared tensors to more than the least number of receivers. */
    double moreSent(int index, double[] out) {
        double more = 0;
        for (int at = 0; at < openCount; at++) {
            if (!stage.isInRest(model.nodes.writer(open[at]))) {
                more += (counts[index * openCount + at] - least[at]) * out[open[at]];
            }
        }
        return more;
    }

    /** Returns how much longer the rest sends than to the least number of receivers. */
    double more(int index) {
        double more = 0;
        for (int at = 0; at < openCount; at++) {
            if (stage.isInRest(model.nodes.writer(open[at]))) {
                more += (counts[index * openCount + at] - least[at]) * transfers.leastOut[open[at]];
            }
        }
        return more;
    }

    /** Returns the numbers of receivers of the shared tensors of the rest, in an array that the next call changes. */
    byte[] counts(int index) {
        for (int at = 0; at < restCount; at++) {
            int tensor = rest[at];
            int before = position[tensor] < 0 ? single[tensor] : counts[index * openCount + position[tensor]];
            restCounts[at] = (byte) Math.min(Byte.MAX_VALUE, before + (stage.reads(tensor) ? 1 : 0));
        }
        return restCounts;
    }

    int size() {
        return restCount;
    }
}
