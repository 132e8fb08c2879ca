package io.github.codnn.dagsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a plan of a DAG within a period: depth-first over sequences of down-sets (sets of nodes that contain all
 * they depend on), each larger than the one before by one stage on one device.
 *
 * <p>A stage grows node by node in topological order; the search includes or excludes each node, so that it visits
 * every stage once. It prunes a stage if its device is full, if the stage can no longer do enough work for the unused
 * devices to do the rest, and if its down-set with the same used devices has failed before. A failure is stored only if
 * it does not depend on the loads of earlier stages: how often a sender sends depends on later stages, and
 * {@link StageLoads} computes that exactly.
 */
public final class DagSearch {

    private final DagModel model;
    private final DagNodes nodes;
    private final StopSignal signal;
    private final DagState state;
    private final WorkLimits limits;
    private final DownSetTable failed;
    private final StageLoads loads;
    private final Optional<SuffixSearch> suffixes;
    private final List<List<Integer>> pinned;
    private final long[] usedUnit; // [class] what a used device adds to the count
    private final int[] usedCount; // [class]
    private final long[][] leftCopies; // [frame] nodes that cannot join the stage
    private double period;
    private long historyFailures;
    private int frame;
    private Stage stage = new Stage(0, 0, 0);
    private Optional<int[]> found = Optional.empty();

    /** The state of a stage while it grows. */
    private static final class Stage {
        private final int level;
        private final int deviceClass; // class
        private final double workNeeded; // in the down-set at its end
        private double seconds;
        private double parameterBytes;
        private double activationBytes;
        private double workReachable; // in the down-set at its end
        private long[] left = new long[0]; // nodes that cannot join

        private Stage(int level, int deviceClass, double workNeeded) {
            this.level = level;
            this.deviceClass = deviceClass;
            this.workNeeded = workNeeded;
        }
    }

    public DagSearch(DagModel model, StopSignal signal, StageLoads loads) {
        this(model, signal, loads, Optional.empty());
    }

    /** Makes a search that ends stages only where the last search of suffixes has found a way to go on. */
    public DagSearch(DagModel model, StopSignal signal, StageLoads loads, SuffixSearch suffixes) {
        this(model, signal, loads, Optional.of(suffixes));
    }

    private DagSearch(DagModel model, StopSignal signal, StageLoads loads, Optional<SuffixSearch> suffixes) {
        this.model = model;
        this.suffixes = suffixes;
        this.signal = signal;
        this.loads = loads;
        nodes = model.nodes;
        state = new DagState(model);
        limits = new WorkLimits(model);
        int share = suffixes.isPresent() ? 4 : 1; // labels take memory, too
        failed = new DownSetTable(nodes.words(), DownSetTable.MAX_LONGS / share);
        pinned = model.pinnedNodes();
        usedUnit = new long[model.classes];
        usedCount = new int[model.classes];
        long unit = 1;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            usedUnit[deviceClass] = unit;
            unit = Math.multiplyExact(unit, model.members.get(deviceClass).size() + 1);
        }
        leftCopies = new long[model.size + model.maxStages + 2][nodes.words()];
    }

    /** Returns a plan as a placement; nothing if there is none, or if the signal is raised. */
    public Optional<int[]> planWithin(double period) {
        this.period = period;
        historyFailures = 0;
        frame = 0;
        found = Optional.empty();
        Arrays.fill(usedCount, 0);
        failed.clear();
        state.clear();
        limits.prepare(period);
        loads.clear(period);
        nextStage(0, 0);
        return found;
    }

    /** Returns a lower bound of the period in seconds. */
    public double leastPeriod() {
        return limits.leastPeriod();
    }

    /** Tries every class for the next stage; returns whether the search is over. */
    private boolean nextStage(int level, long used) {
        if (level == model.maxStages) {
            return false;
        }
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            int count = model.members.get(deviceClass).size();
            if (usedCount[deviceClass] < count && isOver(level, deviceClass, used)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOver(int level, int deviceClass, long used) {
        usedCount[deviceClass]++;
        double others = limits.maxWork(usedCount, model.maxStages - level - 1);
        double needed = model.totalWork - others - Tolerances.BOUND;
        boolean over = false;
        if (state.workDone() + limits.maxWork(deviceClass) >= needed) {
            Stage outer = stage;
            stage = new Stage(level, deviceClass, needed);
            stage.workReachable = model.totalWork;
            stage.left = new long[nodes.words()];
            state.beginStage(level, deviceClass);
            over = grow(-1, used + usedUnit[deviceClass]);
            state.endStage();
            stage = outer;
        }
        usedCount[deviceClass]--;
        return over;
    }

    /** Decides for each ready node after one whether it joins the stage; returns whether the search is over. */
    private boolean grow(int after, long used) {
        Stage current = stage;
        double reachable = current.workReachable;
        long[] left = leftCopies[frame++];
        System.arraycopy(current.left, 0, left, 0, left.length);
        boolean over = false;
        boolean pruned = false;
        for (int node = state.nextReady(after); node >= 0 && !over && !pruned; node = state.nextReady(node)) {
            if (signal.isRaised(nodes.words())) {
                over = true;
            } else if (fits(current, node)) {
                over = join(current, node, used);
            }
            leave(current, node);
            pruned = current.workReachable < current.workNeeded;
        }
        if (!over && !pruned && state.stageSize() > 0) {
            over = close(current, used);
        }
        current.workReachable = reachable;
        System.arraycopy(left, 0, current.left, 0, left.length);
        frame--;
        return over;
    }

    private boolean fits(Stage current, int node) {
        double bytes = current.parameterBytes
                + model.parameterBytes[node]
                + Math.max(current.activationBytes, (double) model.activationBytes[node]);
        return model.allowed[current.deviceClass][node]
                && bytes <= model.memoryBytes[current.deviceClass]
                && current.seconds + model.seconds[current.deviceClass][node] + state.secondsIn(node) <= period;
    }

    private boolean join(Stage current, int node, long used) {
        double seconds = current.seconds;
        double parameters = current.parameterBytes;
        double activations = current.activationBytes;
        current.seconds += model.seconds[current.deviceClass][node];
        current.parameterBytes += model.parameterBytes[node];
        current.activationBytes = Math.max(activations, (double) model.activationBytes[node]);
        state.join(node);
        // The time left on the device bounds the work that the stage can still do.
        double most =
                state.workDone() + limits.maxWork(current.deviceClass, period - current.seconds - state.secondsIn());
        boolean over = most >= current.workNeeded && grow(node, used);
        state.undoJoin(node);
        current.seconds = seconds;
        current.parameterBytes = parameters;
        current.activationBytes = activations;
        return over;
    }

    /** Leaves a node and all nodes that depend on it to later stages. */
    private void leave(Stage current, int node) {
        long[] behind = nodes.behind(node);
        double lost = 0;
        for (int word = node >> 6; word < behind.length; word++) {
            long fresh = behind[word] & ~current.left[word];
            current.left[word] |= fresh;
            for (; fresh != 0; fresh &= fresh - 1) {
                lost += model.work[(word << 6) + Long.numberOfTrailingZeros(fresh)];
            }
        }
        current.workReachable -= lost;
    }

    /** Ends a stage with the nodes that it has and goes on with the next; returns whether the search is over. */
    private boolean close(Stage current, long used) {
        if (!hasItsPins(current) || !mayEnd(current) || failed.contains(state.done(), used)) {
            return false;
        }
        if (signal.isRaised(state.stageSize())) {
            return true;
        }
        int device = model.members.get(current.deviceClass).get(usedCount[current.deviceClass] - 1);
        if (!loads.put(current.level, current.deviceClass, device, state)) {
            historyFailures++;
            return false;
        }
        long before = historyFailures;
        boolean over;
        if (state.isAllDone()) {
            found = loads.plan();
            over = found.isPresent();
            historyFailures += over ? 0 : 1;
        } else {
            over = nextStage(current.level + 1, used);
        }
        if (!over && historyFailures == before) {
            failed.add(state.done(), used);
        }
        return over;
    }

    private boolean hasItsPins(Stage current) {
        for (int node : pinned.get(current.deviceClass)) {
            if (!state.isDone(node)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the stage fits its device and links, and the rest fits the other devices, by lower bounds. */
    private boolean mayEnd(Stage current) {
        int stagesLeft = Math.min(model.maxStages - current.level - 1, devicesLeft());
        boolean fitsHere = model.blocking
                ? current.seconds + state.secondsIn() + state.secondsOut() <= period
                : current.seconds <= period && linksCanSend(stagesLeft);
        return fitsHere
                && (state.isAllDone()
                        || (state.secondsLeft() <= period * stagesLeft * (1 + Tolerances.BOUND)
                                && suffixes.map(any -> any.mayFinish(state.done(), usedCount, period))
                                        .orElse(true)));
    }

    /** Tells whether the links to at most this many receivers can carry what the stage sends. */
    private boolean linksCanSend(int receivers) {
        // Without receivers the stage sends nothing; what remains are rounding errors.
        return receivers == 0 || state.secondsOut() <= period * receivers * (1 + Tolerances.BOUND);
    }

    private int devicesLeft() {
        int left = 0;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            left += model.members.get(deviceClass).size() - usedCount[deviceClass];
        }
        return left;
    }
}
