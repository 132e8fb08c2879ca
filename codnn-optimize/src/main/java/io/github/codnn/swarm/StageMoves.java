package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Cuts;
import io.github.codnn.pipeline.Scorer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Moves of stages that may consist of any layers: moves a cut, swaps or replaces devices, merges and splits stages, and
 * where stages need not be contiguous moves single layers and branches, too. Not thread-safe.
 */
final class StageMoves implements Neighbourhood {

    private static final int[] NONE = {};

    private final Arrangement arrangement;
    private final Scorer scorer;
    private final int[] current;
    private final int[] trial;
    private final int[] best;
    private final int[] starts; // first layers of the runs of task k, from firstLayer(k) on
    private final int[] counts; // [task] number of runs
    private final int[] unused; // scratch: devices that a task does not use
    private final boolean[] used;
    private int changed; // task whose trial differs

    StageMoves(Arrangement arrangement, Scorer scorer) {
        this.arrangement = arrangement;
        this.scorer = scorer;
        current = new int[arrangement.layers];
        trial = new int[arrangement.layers];
        best = new int[arrangement.layers];
        starts = new int[arrangement.layers];
        counts = new int[arrangement.maxStages.length];
        unused = new int[arrangement.devices];
        used = new boolean[arrangement.devices];
    }

    static SimulatedAnnealing annealing(Arrangement arrangement, Scorer scorer) {
        return new SimulatedAnnealing(new StageMoves(arrangement, scorer), Acceptance.BY_DEBS_RULES, scorer);
    }

    @Override
    public boolean read(int[] placement) {
        System.arraycopy(placement, 0, current, 0, current.length);
        System.arraycopy(placement, 0, best, 0, best.length);
        for (int task = 0; task < counts.length; task++) {
            findRuns(task);
        }
        return true;
    }

    @Override
    public boolean readRepairs() {
        return false;
    }

    @Override
    public boolean propose(RandomGenerator random) {
        changed = counts.length == 1 ? 0 : random.nextInt(counts.length);
        System.arraycopy(current, 0, trial, 0, trial.length);
        return change(changed, random);
    }

    @Override
    public boolean polish() {
        return false;
    }

    @Override
    public void scoreTrial() {
        scorer.score(trial);
    }

    @Override
    public void accept() {
        System.arraycopy(trial, 0, current, 0, current.length);
        findRuns(changed);
    }

    @Override
    public void keepBest() {
        System.arraycopy(current, 0, best, 0, best.length);
    }

    @Override
    public void writeBest(int[] placement) {
        System.arraycopy(best, 0, placement, 0, placement.length);
    }

    private void findRuns(int task) {
        int first = arrangement.firstLayer(task);
        int count = 0;
        int device = -1;
        for (int layer = first; layer < arrangement.endLayer(task); layer++) {
            if (current[layer] != device) {
                device = current[layer];
                starts[first + count++] = layer;
            }
        }
        counts[task] = count;
    }

    private boolean change(int task, RandomGenerator random) {
        boolean free = !arrangement.oneStage || !arrangement.compiled.isChain(task);
        int kind = random.nextInt(free ? 16 : 12);
        if (kind < 6) {
            return shiftCut(task, random);
        }
        if (kind < 8) {
            return swapDevices(task, random);
        }
        if (kind < 10) {
            return replaceDevice(task, random);
        }
        if (kind == 10) {
            return merge(task, random);
        }
        if (kind == 11) {
            return split(task, random);
        }
        return kind < 14 ? moveLayer(task, random) : moveBranch(task, random);
    }

    private int start(int task, int run) {
        return run == counts[task] ? arrangement.endLayer(task) : starts[arrangement.firstLayer(task) + run];
    }

    private void fill(int from, int to, int device) {
        for (int layer = from; layer < to; layer++) {
            trial[layer] = device;
        }
    }

    /** Moves the cut between two runs; neither run vanishes. */
    private boolean shiftCut(int task, RandomGenerator random) {
        if (counts[task] < 2) {
            return split(task, random);
        }
        int run = 1 + random.nextInt(counts[task] - 1);
        int cut = start(task, run);
        int least = start(task, run - 1) + 1;
        int most = start(task, run + 1) - 1;
        if (least == most) {
            return merge(task, random);
        }
        int target = Cuts.shift(cut, least, most, random);
        fill(target, cut, current[cut]);
        fill(cut, target, current[cut - 1]);
        return target != cut;
    }

    /** Swaps the devices of two runs, and of all others on the same devices. */
    private boolean swapDevices(int task, RandomGenerator random) {
        if (counts[task] < 2) {
            return replaceDevice(task, random);
        }
        int one = random.nextInt(counts[task]);
        int other = (one + 1 + random.nextInt(counts[task] - 1)) % counts[task];
        return exchange(task, current[start(task, one)], current[start(task, other)]);
    }

    private boolean exchange(int task, int device, int other) {
        for (int layer = arrangement.firstLayer(task); layer < arrangement.endLayer(task); layer++) {
            if (current[layer] == device) {
                trial[layer] = other;
            } else if (current[layer] == other) {
                trial[layer] = device;
            }
        }
        return device != other;
    }

    private boolean replaceDevice(int task, RandomGenerator random) {
        int count = findUnused(task);
        if (count == 0) {
            return counts[task] > 1 && swapDevices(task, random);
        }
        return exchange(task, current[start(task, random.nextInt(counts[task]))], unused[random.nextInt(count)]);
    }

    /** Moves a run to the device before or after it. */
    private boolean merge(int task, RandomGenerator random) {
        if (counts[task] < 2) {
            return replaceDevice(task, random);
        }
        int run = random.nextInt(counts[task]);
        boolean back = run == counts[task] - 1 || (run > 0 && random.nextBoolean());
        int device = back ? current[start(task, run) - 1] : current[start(task, run + 1)];
        fill(start(task, run), start(task, run + 1), device);
        return true;
    }

    /** Moves the front or the back of a run to a device that the task does not use yet. */
    private boolean split(int task, RandomGenerator random) {
        int count = findUnused(task);
        int run = random.nextInt(counts[task]);
        int from = start(task, run);
        int to = start(task, run + 1);
        if (count == 0 || to - from < 2) {
            return false;
        }
        int cut = from + 1 + random.nextInt(to - from - 1);
        int device = unused[random.nextInt(count)];
        if (random.nextBoolean()) {
            fill(from, cut, device);
        } else {
            fill(cut, to, device);
        }
        return true;
    }

    /** Moves one layer to the device of a layer that feeds it or, less often, to any device. */
    private boolean moveLayer(int task, RandomGenerator random) {
        int first = arrangement.firstLayer(task);
        int layer = first + random.nextInt(arrangement.endLayer(task) - first);
        int[] feeders = arrangement.feeders[layer];
        int device = random.nextInt(arrangement.devices);
        if (feeders.length > 0 && random.nextInt(4) > 0) {
            int feeder = feeders[random.nextInt(feeders.length)];
            if (random.nextBoolean()) {
                device = current[feeder];
            } else {
                device = current[layer];
                layer = feeder;
            }
        }
        for (int each = first; each < arrangement.endLayer(task); each++) {
            if (arrangement.leader[each] == arrangement.leader[layer]) {
                trial[each] = device;
            }
        }
        return current[layer] != device;
    }

    /**
     * Moves a layer to any device, and with it the layers of its stage that depend on it or on which it depends:
     * branches of a network are not contiguous in topological order, so that no cut separates them.
     */
    private boolean moveBranch(int task, RandomGenerator random) {
        int first = arrangement.firstLayer(task);
        int end = arrangement.endLayer(task);
        int layer = first + random.nextInt(end - first);
        int from = current[layer];
        int to = random.nextInt(arrangement.devices);
        if (from == to) {
            return false;
        }
        trial[layer] = to;
        if (random.nextBoolean()) {
            for (int next = layer + 1; next < end; next++) {
                if (current[next] == from && readsMoved(next, from)) {
                    trial[next] = to;
                }
            }
        } else {
            for (int next = layer; next >= first; next--) {
                for (int feeder : trial[next] != current[next] ? arrangement.feeders[next] : NONE) {
                    trial[feeder] = current[feeder] == from ? to : trial[feeder];
                }
            }
        }
        return true;
    }

    private boolean readsMoved(int layer, int from) {
        for (int feeder : arrangement.feeders[layer]) {
            if (current[feeder] == from && trial[feeder] != from) {
                return true;
            }
        }
        return false;
    }

    private int findUnused(int task) {
        Arrays.fill(used, false);
        for (int run = 0; run < counts[task]; run++) {
            used[current[start(task, run)]] = true;
        }
        int count = 0;
        for (int device = 0; device < used.length; device++) {
            if (!used[device]) {
                unused[count++] = device;
            }
        }
        return count;
    }
}
