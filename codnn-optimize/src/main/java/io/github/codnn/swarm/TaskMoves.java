package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Cuts;
import io.github.codnn.pipeline.Pipeline;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.PipelinesEvaluation;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.pipeline.TaskReplanning;
import io.github.codnn.problem.Fitness;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Moves of the pipelines of several tasks: moves a cut, replaces or swaps devices, merges and splits stages, moves a
 * whole task to one device, swaps the stages of two devices, moves all stages of a device to another one, or
 * distributes them over the others in use. With flights a Levy step determines how many of these changes make one move,
 * so that the search also leaves local optima that no single change leaves. {@linkplain #focused Focused} moves mostly
 * concern the tasks that take longest, devices in use and sources. Not thread-safe.
 */
final class TaskMoves implements Neighbourhood {

    private static final int MAX_CHANGES = 9;
    private static final double STEP_SCALE = 0.2; // several changes in one of 25 moves
    private static final double REPLANNED = 0.6; // share of focused moves

    private final Pipelines problem;
    private final PipelinesEvaluation evaluation;
    private final Scorer scorer;
    private final StageRepair repair;
    private final LevyFlight.@Nullable Lengths lengths; // of the number of changes that make a move
    private final Pipeline[] current; // [task]
    private final Pipeline[] trial; // [task] the current one or the spare
    private final Pipeline[] spare; // [task]
    private final Pipeline[] best; // [task]
    private final @Nullable TaskFocus focus;
    private final @Nullable TaskReplanning replanning;
    private final int[] changed; // tasks whose trial is the spare
    private final double[] loads; // [device] scratch: seconds of computing for a frame of each task
    private int changes;
    private int work; // of the last proposal, in evaluations

    private TaskMoves(
            Pipelines problem,
            Arrangement arrangement,
            Scorer scorer,
            Optional<LevyFlight> flight,
            @Nullable TaskFocus focus,
            @Nullable TaskReplanning replanning) {
        this.focus = focus;
        this.replanning = replanning;
        lengths = flight.map(
                        levy -> levy.withScale(STEP_SCALE / (MAX_CHANGES - 1)).lengths())
                .orElse(null);
        this.problem = problem;
        this.scorer = scorer;
        repair = new StageRepair(arrangement);
        evaluation = new PipelinesEvaluation(problem);
        current = new Pipeline[problem.tasks];
        trial = new Pipeline[problem.tasks];
        spare = new Pipeline[problem.tasks];
        best = new Pipeline[problem.tasks];
        changed = new int[problem.tasks];
        loads = new double[problem.devices];
        for (int task = 0; task < problem.tasks; task++) {
            current[task] = problem.newPipeline(task);
            spare[task] = problem.newPipeline(task);
            best[task] = problem.newPipeline(task);
        }
    }

    static SimulatedAnnealing annealing(
            Pipelines problem, Arrangement arrangement, Scorer scorer, Optional<LevyFlight> flight) {
        TaskMoves moves = new TaskMoves(problem, arrangement, scorer, flight, null, null);
        return new SimulatedAnnealing(moves, new AdaptivePenalty(problem.tasks), scorer);
    }

    /**
     * For many tasks: single changes of what takes longest, to devices that are in use; most moves are best responses
     * of some tasks, where the fitness allows these.
     */
    static SimulatedAnnealing focused(Pipelines problem, Arrangement arrangement, Scorer scorer, Fitness fitness) {
        TaskFocus focus = new TaskFocus(arrangement);
        TaskReplanning replanning = TaskReplanning.of(problem, fitness).orElse(null);
        TaskMoves moves = new TaskMoves(problem, arrangement, scorer, Optional.empty(), focus, replanning);
        return new SimulatedAnnealing(moves, new AdaptivePenalty(problem.tasks), scorer);
    }

    /** Repairs the placement first: pipelines have no form for a device with several stages of a task. */
    @Override
    public boolean read(int[] placement) {
        repair.repair(placement);
        if (!problem.isReadable(placement)) {
            return false; // pins that send frames back
        }
        changes = 0;
        for (int task = 0; task < problem.tasks; task++) {
            problem.read(task, placement, current[task]);
            trial[task] = current[task];
        }
        keepBest();
        return true;
    }

    @Override
    public boolean readRepairs() {
        return true;
    }

    @Override
    public boolean propose(RandomGenerator random) {
        for (int each = 0; each < changes; each++) {
            trial[changed[each]] = current[changed[each]];
        }
        changes = 0;
        work = 0;
        if (focus != null && replanning != null && random.nextDouble() < REPLANNED) {
            return replan(focus, replanning, random);
        }
        boolean different = false;
        for (int left = jump(random); left > 0; left--) {
            different |= change(random);
        }
        return different;
    }

    @Override
    public int workOfProposal() {
        return work;
    }

    @Override
    public boolean polish() {
        return false;
    }

    @Override
    public void scoreTrial() {
        for (int each = 0; each < changes; each++) {
            problem.measure(changed[each], trial[changed[each]]);
        }
        scorer.score(evaluation, trial);
    }

    @Override
    public void accept() {
        for (int each = 0; each < changes; each++) {
            int task = changed[each];
            spare[task] = current[task];
            current[task] = trial[task];
        }
    }

    @Override
    public void keepBest() {
        for (int task = 0; task < best.length; task++) {
            best[task].copyStages(current[task]);
        }
    }

    @Override
    public void writeBest(int[] placement) {
        evaluation.write(best, placement);
    }

    /** Returns how many changes make a move. */
    private int jump(RandomGenerator random) {
        return lengths == null ? 1 : 1 + (int) Math.min(MAX_CHANGES - 1, STEP_SCALE * lengths.nextSize(random));
    }

    /** Opens a task for changes. */
    private Pipeline open(int task) {
        if (trial[task] != current[task]) {
            return trial[task];
        }
        spare[task].copyStages(current[task]);
        trial[task] = spare[task];
        changed[changes++] = task;
        return spare[task];
    }

    /** Lets some tasks respond; returns whether any of them changes. */
    private boolean replan(TaskFocus focused, TaskReplanning responses, RandomGenerator random) {
        long left = Math.max(1, scorer.limit() - scorer.count() - 1);
        int most = (int) Math.min(left, Math.min(TaskReplanning.MOST_TASKS, problem.tasks));
        int count = responses.choose(current, focused.task(current, loads, random), most, random);
        for (int each = 0; each < count; each++) {
            open(responses.task(each));
        }
        responses.recreate(trial, random);
        work = responses.work();
        scorer.addCount(work);
        boolean different = false;
        for (int each = 0; each < changes; each++) {
            different |= !trial[changed[each]].hasStagesOf(current[changed[each]]);
        }
        return different;
    }

    private boolean change(RandomGenerator random) {
        if (focus != null) {
            return change(focus, random);
        }
        int kind = random.nextInt(16);
        if (kind == 0) {
            return exchange(random);
        }
        if (kind == 1) {
            return random.nextBoolean() ? takeOver(random) : evacuate(random);
        }
        int task = problem.tasks == 1 ? 0 : random.nextInt(problem.tasks);
        Pipeline pipeline = open(task);
        if (kind < 7) {
            return pipeline.stages > 1 ? Cuts.shiftCut(pipeline, random) : split(task, random);
        }
        if (kind < 11) {
            return replace(task, random);
        }
        if (kind < 12) {
            return pipeline.stages > 1 && Cuts.swap(pipeline, random);
        }
        if (kind < 14) {
            return pipeline.stages > 1 ? Cuts.merge(pipeline, random) : split(task, random);
        }
        return kind == 14 ? split(task, random) : gather(task, random);
    }

    private boolean change(TaskFocus focused, RandomGenerator random) {
        int kind = random.nextInt(TaskFocus.KINDS);
        if (kind == 0) {
            return exchange(random);
        }
        if (kind == 1) {
            return random.nextBoolean() ? takeOver(random) : evacuate(random);
        }
        int task = focused.task(current, loads, random);
        Pipeline pipeline = open(task);
        return switch (TaskFocus.change(kind)) {
            case CUT -> pipeline.stages > 1 ? Cuts.shiftCut(pipeline, random) : split(task, random);
            case REPLACE -> replace(task, random);
            case SWAP_STAGES -> pipeline.stages > 1 && Cuts.swap(pipeline, random);
            case MERGE -> pipeline.stages > 1 ? Cuts.merge(pipeline, random) : split(task, random);
            case SPLIT -> split(task, random);
            case GATHER -> gather(task, random);
            case SWAP_TASKS -> swapTasks(task, random);
        };
    }

    /** Returns a device to move to. */
    private int device(int task, RandomGenerator random) {
        return focus == null ? random.nextInt(problem.devices) : focus.device(task, trial, random);
    }

    /** Swaps the devices of a stage of a task and one of another task. */
    private boolean swapTasks(int task, RandomGenerator random) {
        int other = random.nextInt(problem.tasks);
        Pipeline one = trial[task];
        int stage = random.nextInt(one.stages);
        int device = one.devices[stage];
        int otherStage = random.nextInt(trial[other].stages);
        int otherDevice = trial[other].devices[otherStage];
        if (one.stageOn(otherDevice) >= 0 || trial[other].stageOn(device) >= 0) {
            return false;
        }
        one.devices[stage] = otherDevice;
        open(other).devices[otherStage] = device;
        return true;
    }

    /** Moves a stage to a device that the task does not use yet. */
    private boolean replace(int task, RandomGenerator random) {
        Pipeline pipeline = trial[task];
        int device = device(task, random);
        int stage = random.nextInt(pipeline.stages);
        if (pipeline.stageOn(device) >= 0) {
            return false;
        }
        pipeline.devices[stage] = device;
        return true;
    }

    /** Moves the front or the back of a stage to a device that the task does not use yet. */
    private boolean split(int task, RandomGenerator random) {
        Pipeline pipeline = trial[task];
        int device = device(task, random);
        int stage = random.nextInt(pipeline.stages);
        int start = pipeline.start(stage);
        int length = pipeline.ends[stage] - start;
        if (length < 2 || pipeline.stageOn(device) >= 0) {
            return false;
        }
        int cut = start + 1 + random.nextInt(length - 1);
        pipeline.insert(stage, device, cut);
        if (random.nextBoolean()) {
            pipeline.devices[stage] = pipeline.devices[stage + 1];
            pipeline.devices[stage + 1] = device;
        }
        return true;
    }

    /** Moves a whole task to one device. */
    private boolean gather(int task, RandomGenerator random) {
        Pipeline pipeline = trial[task];
        int device = device(task, random);
        if (pipeline.stages == 1 && pipeline.devices[0] == device) {
            return false;
        }
        pipeline.ends[0] = pipeline.ends[pipeline.stages - 1];
        pipeline.devices[0] = device;
        pipeline.stages = 1;
        return true;
    }

    /** Swaps the stages of two devices in all tasks. */
    private boolean exchange(RandomGenerator random) {
        int one = random.nextInt(problem.devices);
        int other = random.nextInt(problem.devices);
        for (int task = 0; task < problem.tasks && one != other; task++) {
            int stage = trial[task].stageOn(one);
            int otherStage = trial[task].stageOn(other);
            if (stage >= 0 || otherStage >= 0) {
                Pipeline pipeline = open(task);
                if (stage >= 0) {
                    pipeline.devices[stage] = other;
                }
                if (otherStage >= 0) {
                    pipeline.devices[otherStage] = one;
                }
            }
        }
        return changes > 0;
    }

    /** Moves all stages of a device to another one; a task that uses both merges the stage into a neighbour. */
    private boolean takeOver(RandomGenerator random) {
        int from = random.nextInt(problem.devices);
        int to = random.nextInt(problem.devices);
        for (int task = 0; task < problem.tasks && from != to; task++) {
            int stage = trial[task].stageOn(from);
            if (stage >= 0) {
                Pipeline pipeline = open(task);
                if (pipeline.stageOn(to) < 0) {
                    pipeline.devices[stage] = to;
                } else {
                    pipeline.remove(stage, random.nextBoolean());
                }
            }
        }
        return changes > 0;
    }

    /** Moves all stages of a device to others in use: each to the least loaded of a random half. */
    private boolean evacuate(RandomGenerator random) {
        int from = random.nextInt(problem.devices);
        sumLoads();
        for (int task = 0; task < problem.tasks && loads[from] > 0; task++) {
            int stage = trial[task].stageOn(from);
            if (stage >= 0) {
                Pipeline pipeline = open(task);
                int to = leastLoaded(task, stage, random);
                if (to >= 0) {
                    pipeline.devices[stage] = to;
                    loads[to] += problem.seconds(task, pipeline, stage);
                } else if (pipeline.stages > 1) {
                    pipeline.remove(stage, random.nextBoolean());
                }
            }
        }
        return changes > 0;
    }

    private void sumLoads() {
        TaskFocus.sumLoads(current, loads);
    }

    /** Returns the least loaded of half the devices in use that the task does not use yet, or -1 if there is none. */
    private int leastLoaded(int task, int stage, RandomGenerator random) {
        Pipeline pipeline = trial[task];
        int from = pipeline.devices[stage];
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < problem.devices; device++) {
            if (loads[device] > 0 && random.nextBoolean() && pipeline.stageOn(device) < 0) {
                pipeline.devices[stage] = device;
                double load = loads[device] + problem.seconds(task, pipeline, stage);
                if (load < least) {
                    least = load;
                    best = device;
                }
            }
        }
        pipeline.devices[stage] = from;
        return best;
    }
}
