package io.github.codnn.swarm;

import io.github.codnn.pipeline.Cuts;
import io.github.codnn.pipeline.OptimalCuts;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.pipeline.StageCosts;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Moves of the stages of a single chain with one stage per device, where an evaluation takes O(stages) time whatever
 * the number of layers. They include one that shortens the longest stage. In the end the best devices get their
 * {@link OptimalCuts}. Not thread-safe.
 */
final class ChainMoves implements Neighbourhood {

    private final StageCosts chain;
    private final Scorer scorer;
    private final int most; // stages
    private final Stages current;
    private final Stages trial;
    private final Stages best;
    private final boolean[] used; // [device] in the current stages
    private final OptimalCuts cuts;

    /** The stages of a pipeline. */
    private static final class Stages {
        private final int[] devices; // the unused ones follow those of the stages, in any order
        private final int[] ends;
        private int count;

        Stages(int devices) {
            this.devices = new int[devices];
            ends = new int[devices];
        }

        void copy(Stages other) {
            count = other.count;
            System.arraycopy(other.devices, 0, devices, 0, devices.length);
            System.arraycopy(other.ends, 0, ends, 0, count);
        }

        int start(int stage) {
            return stage == 0 ? 0 : ends[stage - 1];
        }

        void swap(int one, int other) {
            int device = devices[one];
            devices[one] = devices[other];
            devices[other] = device;
        }
    }

    ChainMoves(StageCosts chain, Scorer scorer) {
        this.chain = chain;
        this.scorer = scorer;
        most = chain.maxStages();
        current = new Stages(chain.devices());
        trial = new Stages(chain.devices());
        best = new Stages(chain.devices());
        used = new boolean[chain.devices()];
        cuts = new OptimalCuts(chain);
    }

    static SimulatedAnnealing annealing(StageCosts chain, Scorer scorer) {
        return new SimulatedAnnealing(new ChainMoves(chain, scorer), Acceptance.BY_DEBS_RULES, scorer);
    }

    @Override
    public boolean read(int[] placement) {
        boolean readable = readStages(placement);
        if (readable) {
            best.copy(current);
        }
        return readable;
    }

    @Override
    public boolean readRepairs() {
        return false;
    }

    @Override
    public boolean propose(RandomGenerator random) {
        trial.copy(current);
        return change(random);
    }

    /** Moves the cuts of the best stages to where they are best for these devices. */
    @Override
    public boolean polish() {
        trial.copy(best);
        return cuts.solve(trial.count, trial.devices, trial.ends);
    }

    @Override
    public void scoreTrial() {
        scorer.score(trial.count, trial.devices, trial.ends);
    }

    @Override
    public void accept() {
        current.copy(trial);
    }

    @Override
    public void keepBest() {
        best.copy(current);
    }

    @Override
    public void writeBest(int[] placement) {
        for (int stage = 0; stage < best.count; stage++) {
            Arrays.fill(placement, best.start(stage), best.ends[stage], best.devices[stage]);
        }
    }

    /** Reads stages; returns false if a device has more than one. */
    private boolean readStages(int[] placement) {
        Arrays.fill(used, false);
        current.count = 0;
        for (int layer = 0; layer < placement.length; layer++) {
            if (layer > 0 && placement[layer] == placement[layer - 1]) {
                continue;
            }
            if (used[placement[layer]]) {
                return false;
            }
            used[placement[layer]] = true;
            if (layer > 0) {
                current.ends[current.count++] = layer;
            }
            current.devices[current.count] = placement[layer];
        }
        current.ends[current.count++] = placement.length;
        int unused = current.count;
        for (int device = 0; device < used.length; device++) {
            if (!used[device]) {
                current.devices[unused++] = device;
            }
        }
        return true;
    }

    private boolean change(RandomGenerator random) {
        int kind = random.nextInt(16);
        if (kind < 5) {
            return shiftCut(random);
        }
        if (kind < 8) {
            return relieve(random);
        }
        if (kind < 10) {
            return swapDevices(random);
        }
        if (kind < 12) {
            return replaceDevice(random);
        }
        if (kind < 13) {
            return merge(random.nextInt(trial.count), random);
        }
        return kind < 14 ? split(random) : relocate(random);
    }

    /** Moves the cut between two stages; neither vanishes. */
    private boolean shiftCut(RandomGenerator random) {
        if (trial.count < 2) {
            return split(random);
        }
        int stage = random.nextInt(trial.count - 1);
        int cut = trial.ends[stage];
        int least = trial.start(stage) + 1;
        int greatest = trial.ends[stage + 1] - 1;
        if (least == greatest) {
            return merge(stage, random);
        }
        int target = random.nextBoolean()
                ? Cuts.nudge(cut, least, greatest, random)
                : least + random.nextInt(greatest - least + 1);
        trial.ends[stage] = target;
        return target != cut;
    }

    /** Shortens the stage that computes longest by a few layers. */
    private boolean relieve(RandomGenerator random) {
        int longest = 0;
        double greatest = -1;
        for (int stage = 0; stage < trial.count; stage++) {
            double seconds = seconds(trial.devices[stage], trial.start(stage), trial.ends[stage]);
            if (seconds > greatest) {
                greatest = seconds;
                longest = stage;
            }
        }
        int length = trial.ends[longest] - trial.start(longest);
        if (trial.count < 2 || length < 2) {
            return shiftCut(random);
        }
        int step = 1 + random.nextInt(length - 1 < Cuts.SMALL_STEP ? length - 1 : Cuts.SMALL_STEP);
        boolean front = longest == trial.count - 1 || (longest > 0 && random.nextBoolean());
        // Cuts beyond the neighbour may shift, too, so that the neighbour does not become the longest.
        if (front) {
            trial.ends[longest - 1] += step;
            for (int stage = longest - 2; stage >= 0 && random.nextBoolean(); stage--) {
                trial.ends[stage] += step;
            }
        } else {
            trial.ends[longest] -= step;
            for (int stage = longest + 1; stage < trial.count - 1 && random.nextBoolean(); stage++) {
                trial.ends[stage] -= step;
            }
        }
        return true;
    }

    private double seconds(int device, int start, int end) {
        return chain.seconds(device, start, end);
    }

    private boolean swapDevices(RandomGenerator random) {
        if (trial.count < 2) {
            return replaceDevice(random);
        }
        int one = random.nextInt(trial.count);
        int other = (one + 1 + random.nextInt(trial.count - 1)) % trial.count;
        trial.swap(one, other);
        return true;
    }

    private boolean replaceDevice(RandomGenerator random) {
        int unused = trial.devices.length - trial.count;
        if (unused == 0) {
            return trial.count > 1 && swapDevices(random);
        }
        trial.swap(random.nextInt(trial.count), trial.count + random.nextInt(unused));
        return true;
    }

    /** Moves a stage to the device before or after it. */
    private boolean merge(int stage, RandomGenerator random) {
        if (trial.count < 2) {
            return replaceDevice(random);
        }
        boolean back = stage == trial.count - 1 || (stage > 0 && random.nextBoolean());
        if (back) {
            trial.ends[stage - 1] = trial.ends[stage];
        }
        remove(stage);
        return true;
    }

    private void remove(int stage) {
        int device = trial.devices[stage];
        for (int later = stage; later < trial.count - 1; later++) {
            trial.devices[later] = trial.devices[later + 1];
            trial.ends[later] = trial.ends[later + 1];
        }
        trial.count--;
        trial.devices[trial.count] = device;
    }

    private void insert(int stage, int end, int unused) {
        int device = trial.devices[trial.count + unused];
        trial.devices[trial.count + unused] = trial.devices[trial.count];
        for (int later = trial.count; later > stage; later--) {
            trial.devices[later] = trial.devices[later - 1];
            trial.ends[later] = trial.ends[later - 1];
        }
        trial.devices[stage] = device;
        trial.ends[stage] = end;
        trial.count++;
    }

    /** Moves the front or the back of a stage to an unused device. */
    private boolean split(RandomGenerator random) {
        int unused = trial.devices.length - trial.count;
        int stage = random.nextInt(trial.count);
        int length = trial.ends[stage] - trial.start(stage);
        if (unused == 0 || length < 2 || trial.count >= most) {
            return false;
        }
        int cut = trial.start(stage) + 1 + random.nextInt(length - 1);
        insert(stage, cut, random.nextInt(unused));
        if (random.nextBoolean()) {
            trial.swap(stage, stage + 1);
        }
        return true;
    }

    /** Merges a stage into a neighbour, and moves the front or the back of some stage to the device that it leaves. */
    private boolean relocate(RandomGenerator random) {
        if (trial.count < 2) {
            return split(random);
        }
        merge(random.nextInt(trial.count), random);
        int stage = random.nextInt(trial.count);
        int length = trial.ends[stage] - trial.start(stage);
        if (length < 2) {
            return true;
        }
        // The device that it leaves is the first of the unused ones.
        insert(stage, trial.start(stage) + 1 + random.nextInt(length - 1), 0);
        if (random.nextBoolean()) {
            trial.swap(stage, stage + 1);
        }
        return true;
    }
}
