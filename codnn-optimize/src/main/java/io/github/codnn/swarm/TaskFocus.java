package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipeline;
import java.util.Arrays;
import java.util.Collections;
import java.util.random.RandomGenerator;

/**
 * What focused moves of {@link TaskMoves} concern. The last task to finish sets how long all devices in use take idle
 * power: so every third move concerns it, or a task that shares its busiest device. Half of the devices to move to are
 * in use, as another one costs idle power, and a quarter are the source of the task. Shares and weights are ours. Not
 * thread-safe.
 */
final class TaskFocus {

    /** What changes in one task or two. */
    enum Change {
        CUT(10),
        REPLACE(8),
        SWAP_STAGES(2),
        MERGE(4),
        SPLIT(2),
        GATHER(4),
        SWAP_TASKS(4);

        private final int weight;

        Change(int weight) {
            this.weight = weight;
        }
    }

    private static final int OF_ALL_TASKS = 2; // changes: exchange, and take over or evacuate
    private static final Change[] CHANGES = Arrays.stream(Change.values())
            .flatMap(change -> Collections.nCopies(change.weight, change).stream())
            .toArray(Change[]::new);

    /** How many kinds of changes are drawn from, each as often as the other; the first two concern all tasks. */
    static final int KINDS = OF_ALL_TASKS + CHANGES.length;

    private static final double CRITICAL = 0.3; // share of moves
    private static final double IN_USE = 0.5; // shares of devices
    private static final double SOURCE = 0.25;

    private final Arrangement arrangement;
    private final double[] frames; // [task]

    TaskFocus(Arrangement arrangement) {
        this.arrangement = arrangement;
        frames = new double[arrangement.maxStages.length];
        Arrays.setAll(frames, arrangement.compiled.costs()::frames);
    }

    static Change change(int kind) {
        return CHANGES[kind - OF_ALL_TASKS];
    }

    /** Returns a task to change. */
    int task(Pipeline[] current, double[] loads, RandomGenerator random) {
        if (random.nextDouble() >= CRITICAL) {
            return random.nextInt(frames.length);
        }
        sumLoads(current, loads);
        int last = 0;
        int busiest = 0;
        double latest = -1;
        for (int task = 0; task < frames.length; task++) {
            for (int stage = 0; stage < current[task].stages; stage++) {
                double seconds = frames[task] * loads[current[task].devices[stage]];
                if (seconds > latest) {
                    latest = seconds;
                    last = task;
                    busiest = current[task].devices[stage];
                }
            }
        }
        return random.nextInt(3) == 0 ? last : sharing(busiest, last, current, random);
    }

    /** Returns any task that runs on a device. */
    private static int sharing(int device, int otherwise, Pipeline[] current, RandomGenerator random) {
        int chosen = otherwise;
        int count = 0;
        for (int task = 0; task < current.length; task++) {
            if (current[task].stageOn(device) >= 0 && random.nextInt(++count) == 0) {
                chosen = task;
            }
        }
        return chosen;
    }

    /** Returns a device for a task. */
    int device(int task, Pipeline[] trial, RandomGenerator random) {
        double share = random.nextDouble();
        if (share < IN_USE) {
            Pipeline other = trial[random.nextInt(trial.length)];
            return other.devices[random.nextInt(other.stages)];
        }
        int source = arrangement.compiled.source(task);
        return share < IN_USE + SOURCE && source >= 0 ? source : random.nextInt(arrangement.devices);
    }

    /** Sums the seconds of computing for a frame of each task. */
    static void sumLoads(Pipeline[] tasks, double[] loads) {
        Arrays.fill(loads, 0);
        for (Pipeline pipeline : tasks) {
            for (int stage = 0; stage < pipeline.stages; stage++) {
                loads[pipeline.devices[stage]] += pipeline.seconds[stage];
            }
        }
    }
}
