package io.github.codnn.dagsearch;

import java.util.Arrays;

/**
 * The state of a {@link DagSearch}: the nodes done, the nodes ready, and the transfers between done and open nodes.
 * Updated node by node and undone in reverse order.
 */
final class DagState {

    private static final int SAVED = 8; // sums per joined node

    private final DagModel model;
    private final DagNodes nodes;
    private final long[] done;
    private final long[] ready; // all nodes before them are done, they are not
    private final int[] missing; // [node] nodes before it that are not done
    private final int[] readersLeft; // [tensor] nodes that read it and are not done
    private final int[][] readsIn; // [level][tensor] nodes of that stage that read it
    private final int[] joined; // nodes in the order they were done
    private final double[] saved; // [depth * SAVED] sums before a node joined
    private final int[] levelOf; // [node] stage that did it, -1 if it is not done
    private final int[] stageStart; // [level] depth at its beginning
    private final int[] classOf; // [level]
    private final double[] secondsInOf; // [level]
    private final double[] secondsOutOf; // [level * 2]
    private int depth;
    private int level = -1;
    private double workDone;
    private double secondsIn; // what the current stage receives
    private final RunningSum secondsOut = new RunningSum(); // what the current stage sends once
    private final RunningSum crossing = new RunningSum(); // what later stages must receive from those done
    private final RunningSum secondsLeft = new RunningSum(); // least time of nodes that are not done

    DagState(DagModel model) {
        this.model = model;
        nodes = model.nodes;
        done = new long[nodes.words()];
        ready = new long[nodes.words()];
        missing = new int[model.size];
        readersLeft = new int[model.leastCross.length];
        readsIn = new int[model.maxStages + 1][readersLeft.length];
        joined = new int[model.size];
        saved = new double[model.size * SAVED];
        levelOf = new int[model.size];
        stageStart = new int[model.maxStages + 1];
        classOf = new int[model.maxStages + 1];
        secondsInOf = new double[model.maxStages + 1];
        secondsOutOf = new double[2 * (model.maxStages + 1)];
    }

    void clear() {
        Arrays.fill(done, 0);
        Arrays.fill(ready, 0);
        Arrays.fill(levelOf, -1);
        depth = 0;
        level = -1;
        workDone = 0;
        crossing.clear();
        secondsLeft.clear();
        Arrays.stream(model.leastSeconds).forEach(secondsLeft::add);
        for (int node = 0; node < model.size; node++) {
            missing[node] = nodes.predecessorCount(node);
            if (missing[node] == 0) {
                ready[node >> 6] |= 1L << node;
            }
        }
        for (int tensor = 0; tensor < readersLeft.length; tensor++) {
            readersLeft[tensor] = nodes.readers(tensor).length;
        }
        for (int[] reads : readsIn) {
            Arrays.fill(reads, 0);
        }
    }

    void beginStage(int ofLevel, int deviceClass) {
        if (level >= 0) {
            secondsInOf[level] = secondsIn;
            secondsOut.save(secondsOutOf, 2 * level);
        }
        level = ofLevel;
        classOf[level] = deviceClass;
        stageStart[level] = depth;
        secondsIn = 0;
        secondsOut.clear();
    }

    void endStage() {
        level--;
        if (level >= 0) {
            secondsIn = secondsInOf[level];
            secondsOut.restore(secondsOutOf, 2 * level);
        }
    }

    /** Returns the first ready node behind another, or -1. */
    int nextReady(int after) {
        int from = after + 1;
        for (int word = from >> 6; word < ready.length; word++) {
            long bits = word == from >> 6 ? ready[word] & -1L << from : ready[word];
            if (bits != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }

    /** Returns how long the current stage receives with one more node. */
    double secondsIn(int node) {
        double seconds = secondsIn;
        for (int tensor : nodes.reads(node)) {
            seconds += isReceived(tensor) ? 0 : model.leastIn[classOf[level]][tensor];
        }
        return seconds;
    }

    /** Tells whether the current stage has a tensor: it writes or already reads it. */
    private boolean isReceived(int tensor) {
        int writer = nodes.writer(tensor);
        return readsIn[level][tensor] > 0 || (writer >= 0 && levelOf[writer] == level);
    }

    void join(int node) {
        int base = depth * SAVED;
        saved[base] = workDone;
        saved[base + 1] = secondsIn;
        secondsOut.save(saved, base + 2);
        crossing.save(saved, base + 4);
        secondsLeft.save(saved, base + 6);
        secondsIn = secondsIn(node);
        workDone += model.work[node];
        secondsLeft.add(-model.leastSeconds[node]);
        levelOf[node] = level;
        joined[depth++] = node;
        done[node >> 6] |= 1L << node;
        ready[node >> 6] &= ~(1L << node);
        makeSuccessorsReady(node);
        double[] out = model.leastOut[classOf[level]];
        for (int tensor : nodes.reads(node)) {
            readsIn[level][tensor]++;
            if (--readersLeft[tensor] == 0 && nodes.writer(tensor) >= 0) {
                crossing.add(-model.leastCross[tensor]);
                secondsOut.add(levelOf[nodes.writer(tensor)] == level ? -out[tensor] : 0);
            }
        }
        for (int tensor : nodes.writes(node)) {
            crossing.add(model.leastCross[tensor]);
            secondsOut.add(out[tensor]);
        }
    }

    private void makeSuccessorsReady(int node) {
        for (int successor : nodes.successors(node)) {
            if (--missing[successor] == 0) {
                ready[successor >> 6] |= 1L << successor;
            }
        }
    }

    void undoJoin(int node) {
        for (int tensor : nodes.reads(node)) {
            readersLeft[tensor]++;
            readsIn[level][tensor]--;
        }
        for (int successor : nodes.successors(node)) {
            if (missing[successor]++ == 0) {
                ready[successor >> 6] &= ~(1L << successor);
            }
        }
        ready[node >> 6] |= 1L << node;
        done[node >> 6] &= ~(1L << node);
        levelOf[node] = -1;
        depth--;
        int base = depth * SAVED;
        workDone = saved[base];
        secondsIn = saved[base + 1];
        secondsOut.restore(saved, base + 2);
        crossing.restore(saved, base + 4);
        secondsLeft.restore(saved, base + 6);
    }

    int stageSize() {
        return depth - stageStart[level];
    }

    /** Returns a node of the current stage. */
    int stageNode(int index) {
        return joined[stageStart[level] + index];
    }

    boolean isDone(int node) {
        return (done[node >> 6] & 1L << node) != 0;
    }

    boolean isAllDone() {
        return depth == model.size;
    }

    long[] done() {
        return done;
    }

    double workDone() {
        return workDone;
    }

    double secondsIn() {
        return secondsIn;
    }

    /** Returns how long the current stage sends if each tensor goes to one device only. */
    double secondsOut() {
        return secondsOut.value();
    }

    /** Returns a lower bound of the time that the devices of later stages are busy. */
    double secondsLeft() {
        return secondsLeft.value() + crossing.value();
    }
}
