package io.github.codnn.dagsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The stages that may keep a period, as arcs between down-sets, each with the classes of devices that may run it: its
 * work fits the class, and so do its transfers over the fastest links of that class. If transfers block and it is sure
 * where one of them goes to or comes from, it also has the time that is left. No stage of a plan within the
 * period is missing, so that whatever no path of arcs can do no plan can do. Not thread-safe.
 */
final class StageArcs {

    /** Devices must belong to no more classes than a {@code long} has bits. */
    static final int MAX_CLASSES = Long.SIZE;

    private static final int MAX_ARCS = 24_000_000; // 96 MB
    private static final int MAX_SETS_TO_COUNT = 4_000; // receivers, for which all arcs are listed
    private static final int MAX_KINDS = 1 << Character.SIZE;

    private static final char[] NONE = {};
    private static final float[] NO_SLACK = {};

    private final DagModel model;
    private final DownSets sets;
    private final StopSignal signal;
    private final StageTransfers transfers;
    private final double[] work; // [set * classes + class] seconds of all its nodes
    private final double[] bytes; // [set] parameters of all its nodes
    private final double[] rounding; // [class] of differences of work, in seconds
    private final long[] forbidden; // [node] classes that must not run it
    private final int[] seen; // [set] the last listing that reached it
    private final long[] alive; // [set] classes that have time for the stage up to it, but for sending
    private final double[] stageSeconds; // [class] of that stage
    private final int[] queue;
    private final boolean[] crossesStart; // [tensor]
    private final long[] canReceive; // [tensor] classes that can do so in time
    private final long[] canSend; // [tensor]
    private double limit;
    private final CutTransfers cuts;
    private final Receivers receivers;
    private float[] newSlack = new float[1 << 6];
    private final float[][] keptSlack; // [set]
    private float[] slack = NO_SLACK; // seconds, rounded up, for each class of each arc that has any
    private int slackCount;
    private final int[] moved; // tensors that the stage receives, or those that it sends
    private final char[][] keptEnds; // [set][arc]
    private final char[][] keptKinds;
    private final boolean[] isKept; // [set]
    private final char[] newEnds; // of the set that was listed last
    private final char[] newKinds;
    private final Map<Long, Character> kindOf = new HashMap<>(); // by classes
    private long[] classes = new long[1 << 4]; // [kind]
    private int kinds;
    private int lastKind;
    private int listings;
    private char[] ends = NONE;
    private char[] endKinds = NONE;
    private int count;
    private int kept;

    StageArcs(DagModel model, DownSets sets, CutTransfers cuts, StopSignal signal) {
        this.model = model;
        this.sets = sets;
        this.cuts = cuts;
        receivers = new Receivers(model, sets, model.blocking && sets.count() <= MAX_SETS_TO_COUNT);
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
        moved = new int[model.leastCross.length];
        keptEnds = new char[sets.count()][];
        keptKinds = new char[sets.count()][];
        keptSlack = new float[sets.count()][];
        isKept = new boolean[sets.count()];
        newEnds = new char[sets.count()];
        newKinds = new char[sets.count()];
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
        kept = 0;
        Arrays.fill(isKept, false);
        Arrays.fill(keptEnds, NONE);
        Arrays.fill(keptKinds, NONE);
        Arrays.fill(keptSlack, NO_SLACK);
        kindOf.clear();
        kinds = 0;
        lastKind = 0;
        for (int tensor = 0; tensor < canSend.length; tensor++) {
            canReceive[tensor] = withinLimit(transfers.in, tensor);
            canSend[tensor] = withinLimit(transfers.out, tensor);
        }
        countReceivers();
    }

    /** Lists all stages, the last ones first, if that tells how often tensors are sent. */
    private void countReceivers() {
        boolean goesOn = !receivers.isEmpty();
        for (int set = sets.count() - 2; set >= 0 && goesOn; set--) {
            goesOn = list(set, true);
            receivers.count(set, this);
        }
    }

    /** Returns what loads must not exceed, in seconds. */
    double limit() {
        return limit;
    }

    /**
     * Turns to the arcs of a down-set, and lists them unless they are kept from before; returns whether there was room
     * for all.
     */
    boolean list(int set, boolean keeps) {
        if (isKept[set]) {
            ends = keptEnds[set];
            endKinds = keptKinds[set];
            slack = keptSlack[set];
            count = ends.length;
        } else {
            count = 0;
            slackCount = 0;
            listFrom(set);
            ends = newEnds;
            endKinds = newKinds;
            slack = newSlack;
            if (keeps) {
                keptEnds[set] = Arrays.copyOf(newEnds, count);
                keptKinds[set] = Arrays.copyOf(newKinds, count);
                keptSlack[set] = slackCount == 0 ? NO_SLACK : Arrays.copyOf(newSlack, slackCount);
                isKept[set] = true;
                kept += count + slackCount;
            }
        }
        return kept < MAX_ARCS && kinds < MAX_KINDS && !signal.isRaised();
    }

    private long withinLimit(double[][] seconds, int tensor) {
        long mask = 0;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            mask |= seconds[deviceClass][tensor] <= limit ? 1L << deviceClass : 0;
        }
        return mask;
    }

    private void listFrom(int start) {
        listings++;
        mark(start, true);
        alive[start] = model.classes == Long.SIZE ? -1L : (1L << model.classes) - 1;
        int end = 0;
        queue[end++] = start;
        for (int index = 0; index < end; index++) {
            int from = queue[index];
            for (int edge = sets.firstEdge(from); edge < sets.firstEdge(from + 1); edge++) {
                int next = sets.edgeTo(edge);
                if (seen[next] != listings) {
                    seen[next] = listings;
                    alive[next] = computing(start, next, alive[from] & ~forbidden[sets.edgeNode(edge)]);
                    if (alive[next] != 0) {
                        queue[end++] = next;
                        add(next, model.blocking ? blocking(start, next) : overlapping(start, next));
                    }
                }
            }
            if (signal.isRaised(4 * model.classes) || kinds == MAX_KINDS) {
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
        int received = model.blocking ? findReceived(start, end) : 0;
        for (long left = candidates; left != 0; left &= left - 1) {
            int any = Long.numberOfTrailingZeros(left);
            double seconds = seconds(start, end, any);
            for (int index = 0; index < received; index++) {
                seconds += transfers.in[any][moved[index]];
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

    /** Collects the tensors that the stage receives; returns how many they are. */
    private int findReceived(int start, int end) {
        int found = 0;
        for (int index = sets.firstCrossing(start); index < sets.firstCrossing(start + 1); index++) {
            if (sets.isReadBetween(sets.crossing(index), start, end)) {
                moved[found++] = sets.crossing(index);
            }
        }
        return found;
    }

    /** Returns the classes that have time to send, too, after {@link #computing}. */
    private long blocking(int start, int end) {
        int sent = 0;
        for (int index = sets.firstCrossing(end); index < sets.firstCrossing(end + 1); index++) {
            if (isWrittenHere(sets.crossing(index))) {
                moved[sent++] = sets.crossing(index);
            }
        }
        long fits = 0;
        boolean hasSlack = hasSlack(start, end);
        for (long left = alive[end]; left != 0; left &= left - 1) {
            int any = Long.numberOfTrailingZeros(left);
            double seconds = stageSeconds[any];
            for (int index = 0; index < sent; index++) {
                seconds += receivers.count(moved[index], end) * transfers.out[any][moved[index]];
            }
            double rest = limit + rounding[any] - seconds;
            fits |= rest >= 0 ? 1L << any : 0;
            if (rest >= 0 && hasSlack) {
                addSlack(Math.nextUp((float) rest));
            }
        }
        return fits;
    }

    /** Tells whether the arcs between two sets have a slack. */
    boolean hasSlack(int start, int end) {
        return model.blocking && (cuts.isSure(start) || cuts.isSure(end));
    }

    private void addSlack(float seconds) {
        if (slackCount == newSlack.length) {
            newSlack = Arrays.copyOf(newSlack, 2 * slackCount);
        }
        newSlack[slackCount++] = seconds;
    }

    private void add(int end, long mask) {
        if (mask != 0) {
            newEnds[count] = (char) end;
            newKinds[count++] = kind(mask);
        }
    }

    private char kind(long mask) {
        if (kinds > 0 && classes[lastKind] == mask) {
            return (char) lastKind;
        }
        Character known = kindOf.get(mask);
        if (known == null) {
            known = (char) kinds;
            if (kinds == classes.length) {
                classes = Arrays.copyOf(classes, 2 * kinds);
            }
            kindOf.put(mask, known);
            classes[kinds++] = mask;
        }
        lastKind = known;
        return known;
    }

    /** Returns how long a class computes the nodes between two sets. */
    double seconds(int start, int end, int ofClass) {
        return work[end * model.classes + ofClass] - work[start * model.classes + ofClass];
    }

    /** Returns how many stages behind a set receive a tensor at least, one or more. */
    int receivers(int tensor, int set) {
        return receivers.count(tensor, set);
    }

    /** Returns how many arcs the down-set has. */
    int count() {
        return count;
    }

    /** Returns the down-set at the end of an arc. */
    int to(int arc) {
        return ends[arc];
    }

    /** Returns which classes may run the stage, as a number. */
    int kind(int arc) {
        return endKinds[arc];
    }

    /**
     * Returns the time that a stage leaves, of the period, with the fastest link for each transfer: one figure for each
     * class of each arc that has any, in the order of arcs and classes.
     */
    float slack(int index) {
        return slack[index];
    }

    /** Returns the number of kinds so far. */
    int kinds() {
        return kinds;
    }

    /** Returns the classes of a kind, as bits. */
    long classes(int kind) {
        return classes[kind];
    }
}
