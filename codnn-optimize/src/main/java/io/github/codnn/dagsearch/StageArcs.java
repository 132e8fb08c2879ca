package io.github.codnn.dagsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;

/**
 * The stages that may keep a period, as arcs between down-sets, each with the classes of devices that may run it: its
 * work fits the class, and so do its transfers over the fastest links of that class. No stage of a plan within the
 * period is missing, so that whatever no path of arcs can do no plan can do. Not thread-safe.
 */
final class StageArcs {

    /** Devices must belong to no more classes than a {@code long} has bits. */
    static final int MAX_CLASSES = Long.SIZE;

    private static final int MAX_ARCS = 6_000_000; // 72 MB; arrays grow by a factor of two

    private final DagModel model;
    private final DownSets sets;
    private final StopSignal signal;
    private final StageTransfers transfers;
    private final double[] work; // [set * classes + class] seconds of all its nodes
    private final double[] bytes; // [set] parameters of all its nodes
    private final double[] rounding; // [class] of differences of work, in seconds
    private final long[] forbidden; // [node] classes that must not run it
    private final int[] seen; // [set] the last one from which it was reached
    private final long[] alive; // [set] classes that have time for the stage up to it, but for sending
    private final double[] stageSeconds; // [class] of that stage
    private final int[] queue;
    private final boolean[] crossesStart; // [tensor]
    private final long[] canReceive; // [tensor] classes that can do so in time
    private final long[] canSend; // [tensor]
    private double limit;
    private final int[] firstArc; // [set] -1 if its arcs are not listed
    private final int[] endArc; // [set]
    private int[] to = new int[1 << 10];
    private long[] classes = new long[1 << 10];
    private int arcs;

    StageArcs(DagModel model, DownSets sets, StopSignal signal) {
        this.model = model;
        this.sets = sets;
        this.signal = signal;
        transfers = new StageTransfers(model);
        work = new double[sets.count() * model.classes];
        bytes = new double[sets.count()];
        forbidden = new long[model.size];
        rounding = new double[model.classes];
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            for (int node = 0; node < model.size; node++) {
                forbidden[node] |= model.allowed[deviceClass][node] ? 0 : 1L << deviceClass;
            }
            rounding[deviceClass] =
                    Tolerances.EQUAL * Arrays.stream(model.seconds[deviceClass]).sum();
        }
        seen = new int[sets.count()];
        alive = new long[sets.count()];
        stageSeconds = new double[model.classes];
        queue = new int[sets.count()];
        firstArc = new int[sets.count()];
        endArc = new int[sets.count()];
        crossesStart = new boolean[model.leastCross.length];
        canReceive = new long[model.leastCross.length];
        canSend = new long[model.leastCross.length];
        sumUp();
    }

    private void sumUp() {
        for (int set = 0; set < sets.count(); set++) {
            for (int edge = sets.firstEdge(set); edge < sets.firstEdge(set + 1); edge++) {
                int next = sets.edgeTo(edge);
                int node = sets.edgeNode(edge);
                bytes[next] = bytes[set] + model.parameterBytes[node];
                for (int any = 0; any < model.classes; any++) {
                    work[next * model.classes + any] = work[set * model.classes + any] + model.seconds[any][node];
                }
            }
        }
    }

    /** Prepares for stages within another period. */
    void clear(double period) {
        limit = period * (1 + Tolerances.BOUND);
        arcs = 0;
        Arrays.fill(seen, -1);
        Arrays.fill(firstArc, -1);
        for (int tensor = 0; tensor < canSend.length; tensor++) {
            canReceive[tensor] = withinLimit(transfers.in, tensor);
            canSend[tensor] = withinLimit(transfers.out, tensor);
        }
    }

    /** Lists the arcs of a down-set unless they are listed; returns whether there is room for them. */
    boolean list(int set, boolean keep) {
        if (firstArc[set] < 0) {
            arcs = keep ? arcs : 0;
            firstArc[set] = arcs;
            listFrom(set);
            endArc[set] = arcs;
        }
        return arcs < MAX_ARCS && !signal.isRaised();
    }

    private long withinLimit(double[][] seconds, int tensor) {
        long mask = 0;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            mask |= seconds[deviceClass][tensor] <= limit ? 1L << deviceClass : 0;
        }
        return mask;
    }

    private void listFrom(int start) {
        mark(start, true);
        alive[start] = model.classes == Long.SIZE ? -1L : (1L << model.classes) - 1;
        int end = 0;
        queue[end++] = start;
        for (int index = 0; index < end; index++) {
            int from = queue[index];
            for (int edge = sets.firstEdge(from); edge < sets.firstEdge(from + 1); edge++) {
                int next = sets.edgeTo(edge);
                if (seen[next] != start) {
                    seen[next] = start;
                    alive[next] = computing(start, next, alive[from] & ~forbidden[sets.edgeNode(edge)]);
                    if (alive[next] != 0) {
                        queue[end++] = next;
                        add(next, model.blocking ? blocking(next) : overlapping(start, next));
                    }
                }
            }
            if (signal.isRaised(4 * model.classes) || arcs >= MAX_ARCS) {
                break;
            }
        }
        mark(start, false);
    }

    private void mark(int set, boolean crosses) {
        for (int index = sets.firstCrossing(set); index < sets.firstCrossing(set + 1); index++) {
            crossesStart[sets.crossing(index)] = crosses;
        }
    }

    private long computing(int start, int end, long candidates) {
        long fits = 0;
        for (long left = candidates; left != 0; left &= left - 1) {
            int any = Long.numberOfTrailingZeros(left);
            double seconds = work[end * model.classes + any] - work[start * model.classes + any];
            if (model.blocking) {
                seconds += received(start, end, any);
            }
            stageSeconds[any] = seconds;
            boolean hasMemory = bytes[end] - bytes[start] <= model.memoryBytes[any] * (1 + Tolerances.BOUND);
            fits |= seconds <= limit + rounding[any] && hasMemory ? 1L << any : 0;
        }
        return fits;
    }

    private long overlapping(int start, int end) {
        long fits = alive[end];
        for (int index = sets.firstCrossing(start); index < sets.firstCrossing(start + 1); index++) {
            int tensor = sets.crossing(index);
            boolean needed = (fits & ~canReceive[tensor]) != 0 && sets.isReadBetween(tensor, start, end);
            fits &= needed ? canReceive[tensor] : -1L;
        }
        for (int index = sets.firstCrossing(end); index < sets.firstCrossing(end + 1); index++) {
            int tensor = sets.crossing(index);
            fits &= isWrittenHere(tensor) ? canSend[tensor] : -1L;
        }
        return fits;
    }

    private boolean isWrittenHere(int tensor) {
        return !crossesStart[tensor] && model.nodes.writer(tensor) >= 0;
    }

    private double received(int start, int end, int deviceClass) {
        double seconds = 0;
        for (int index = sets.firstCrossing(start); index < sets.firstCrossing(start + 1); index++) {
            int tensor = sets.crossing(index);
            seconds += sets.isReadBetween(tensor, start, end) ? transfers.in[deviceClass][tensor] : 0;
        }
        return seconds;
    }

    /** Returns the classes that have time to send, too, after {@link #computing}. */
    private long blocking(int end) {
        long fits = 0;
        for (long left = alive[end]; left != 0; left &= left - 1) {
            int any = Long.numberOfTrailingZeros(left);
            double seconds = stageSeconds[any];
            for (int index = sets.firstCrossing(end); index < sets.firstCrossing(end + 1); index++) {
                int tensor = sets.crossing(index);
                seconds += isWrittenHere(tensor) ? transfers.out[any][tensor] : 0;
            }
            fits |= seconds <= limit + rounding[any] ? 1L << any : 0;
        }
        return fits;
    }

    private void add(int end, long mask) {
        if (mask == 0) {
            return;
        }
        if (arcs == to.length) {
            to = Arrays.copyOf(to, 2 * arcs);
            classes = Arrays.copyOf(classes, 2 * arcs);
        }
        to[arcs] = end;
        classes[arcs++] = mask;
    }

    int firstArc(int set) {
        return firstArc[set];
    }

    int endArc(int set) {
        return endArc[set];
    }

    int to(int arc) {
        return to[arc];
    }

    /** Returns the classes that may run the stage, as bits. */
    long classes(int arc) {
        return classes[arc];
    }
}
