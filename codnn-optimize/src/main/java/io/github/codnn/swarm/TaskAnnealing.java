package io.github.codnn.swarm;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipeline;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.PipelinesEvaluation;
import io.github.codnn.pipeline.Score;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.pipeline.StageRepair;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Local search on the pipelines of several tasks: moves a cut, replaces or swaps devices, merges and splits stages,
 * sends a whole task to one device, and lets two devices change their parts, one take over all that another does, or
 * the others in use share it. With flights a Levy step says how many of these changes make one move, so that the walk
 * also leaves places that no single change leads out of.
 *
 * <p>Accepts what is as good or, the more seldom the longer it lasts, a little worse (simulated annealing); a violation
 * counts as a share of the value that grows while there is one and shrinks while there is none, so that the walk goes
 * along the border of what is feasible (strategic oscillation: F. Glover, 1977). What is best is decided by Deb's
 * rules. Not thread-safe.
 */
public final class TaskAnnealing implements LocalSearch {

    private static final int SMALL_STEP = 3;
    private static final int MOST_CHANGES = 9;
    private static final double STEP_SCALE = 0.2; // several changes in one of 25 moves
    private static final double LEAST_FINE = 0.2; // for each task
    private static final double MOST_FINE = 1e6;
    private static final double GROWTH = 1.05;

    private final Pipelines problem;
    private final PipelinesEvaluation evaluation;
    private final Scorer scorer;
    private final StageRepair repair;
    private final @Nullable LevySteps steps; // of the number of changes that make a move
    private final Pipeline[] current; // [task]
    private final Pipeline[] trial; // [task] the current one or the spare
    private final Pipeline[] spare; // [task]
    private final Pipeline[] best; // [task]
    private final int[] changed; // tasks whose trial is the spare
    private final double[] loads; // [device] scratch: seconds of computing for a frame of each task
    private int changes;
    private double fine; // of a violation of 1, as a share of the value
    private double currentValue;
    private double currentViolation;
    private double bestValue;
    private double bestViolation;

    public TaskAnnealing(Pipelines problem, Arrangement arrangement, Scorer scorer, Optional<LevyFlight> flight) {
        steps = flight.map(each -> LevySteps.of(each.beta())).orElse(null);
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

    @Override
    public Score best() {
        return new Score(bestValue, bestViolation);
    }

    @Override
    public boolean improve(int[] placement, Score score, RandomGenerator random, int moves, double temperature) {
        repair.repair(placement); // no device may come back
        for (int task = 0; task < problem.tasks; task++) {
            problem.read(task, placement, current[task]);
            trial[task] = current[task];
        }
        scorer.score(evaluation, trial);
        currentValue = scorer.value();
        currentViolation = scorer.violation();
        fine = 1;
        keepBest();
        for (int move = 1; move < moves; move++) {
            changes = 0;
            boolean different = false;
            for (int left = jump(random); left > 0; left--) {
                different |= change(random);
            }
            if (!different) {
                reject();
                continue;
            }
            for (int each = 0; each < changes; each++) {
                problem.measure(changed[each], trial[changed[each]]);
            }
            scorer.score(evaluation, trial);
            if (accepts(temperature * (moves - move) / moves, random)) {
                accept();
            } else {
                reject();
            }
            adjustFine();
        }
        evaluation.write(best, placement);
        return SearchRun.isBetter(bestValue, bestViolation, score.value(), score.violation());
    }

    /** Returns how many changes make a move. */
    private int jump(RandomGenerator random) {
        return steps == null ? 1 : 1 + (int) Math.min(MOST_CHANGES - 1, STEP_SCALE * steps.nextSize(random));
    }

    private boolean accepts(double heat, RandomGenerator random) {
        double scale = currentValue == 0 ? 1 : Math.abs(currentValue);
        double worse = scorer.value() - currentValue + fine * scale * (scorer.violation() - currentViolation);
        return worse <= 0 || (heat > 0 && worse < -Math.log(1 - random.nextDouble()) * heat * scale);
    }

    /**
     * Makes violations dearer while there are any, and cheaper otherwise, so that the walk keeps crossing the border.
     */
    private void adjustFine() {
        fine = currentViolation > 0
                ? Math.min(MOST_FINE, fine * GROWTH)
                : Math.max(LEAST_FINE / problem.tasks, fine / GROWTH);
    }

    private void accept() {
        currentValue = scorer.value();
        currentViolation = scorer.violation();
        for (int each = 0; each < changes; each++) {
            int task = changed[each];
            spare[task] = current[task];
            current[task] = trial[task];
        }
        if (SearchRun.isBetter(currentValue, currentViolation, bestValue, bestViolation)) {
            keepBest();
        }
    }

    private void reject() {
        for (int each = 0; each < changes; each++) {
            trial[changed[each]] = current[changed[each]];
        }
    }

    private void keepBest() {
        bestValue = currentValue;
        bestViolation = currentViolation;
        for (int task = 0; task < best.length; task++) {
            best[task].copyStages(current[task]);
        }
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

    private boolean change(RandomGenerator random) {
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
            return pipeline.stages > 1 ? shiftCut(pipeline, random) : split(pipeline, random);
        }
        if (kind < 11) {
            return replace(pipeline, random);
        }
        if (kind < 12) {
            return pipeline.stages > 1 && swap(pipeline, random);
        }
        if (kind < 14) {
            return pipeline.stages > 1 ? merge(pipeline, random) : split(pipeline, random);
        }
        return kind == 14 ? split(pipeline, random) : gather(pipeline, random);
    }

    /** Moves a cut, often by little; neither stage vanishes. */
    private static boolean shiftCut(Pipeline pipeline, RandomGenerator random) {
        int stage = random.nextInt(pipeline.stages - 1);
        int cut = pipeline.ends[stage];
        int least = pipeline.start(stage) + 1;
        int most = pipeline.ends[stage + 1] - 1;
        if (least == most) {
            return merge(pipeline, random);
        }
        int target = least + random.nextInt(most - least + 1);
        if (random.nextBoolean()) {
            int step = 1 + random.nextInt(SMALL_STEP);
            target = random.nextBoolean() ? cut + step : cut - step;
            target = target < least ? least : target > most ? most : target;
        }
        pipeline.ends[stage] = target;
        return target != cut;
    }

    private static boolean merge(Pipeline pipeline, RandomGenerator random) {
        pipeline.remove(random.nextInt(pipeline.stages), random.nextBoolean());
        return true;
    }

    private static boolean swap(Pipeline pipeline, RandomGenerator random) {
        int one = random.nextInt(pipeline.stages);
        int other = (one + 1 + random.nextInt(pipeline.stages - 1)) % pipeline.stages;
        int device = pipeline.devices[one];
        pipeline.devices[one] = pipeline.devices[other];
        pipeline.devices[other] = device;
        return true;
    }

    /** Gives a stage to a device that the task does not use yet. */
    private boolean replace(Pipeline pipeline, RandomGenerator random) {
        int device = random.nextInt(problem.devices);
        int stage = random.nextInt(pipeline.stages);
        if (pipeline.stageOn(device) >= 0) {
            return false;
        }
        pipeline.devices[stage] = device;
        return true;
    }

    /** Gives the front or the back of a stage to a device that the task does not use yet. */
    private boolean split(Pipeline pipeline, RandomGenerator random) {
        int device = random.nextInt(problem.devices);
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

    /** Sends a whole task to one device. */
    private boolean gather(Pipeline pipeline, RandomGenerator random) {
        int device = random.nextInt(problem.devices);
        if (pipeline.stages == 1 && pipeline.devices[0] == device) {
            return false;
        }
        pipeline.ends[0] = pipeline.ends[pipeline.stages - 1];
        pipeline.devices[0] = device;
        pipeline.stages = 1;
        return true;
    }

    /** Lets two devices change their parts in all tasks. */
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

    /** Lets a device take over all that another does; a task that has both gives the stage to a neighbouring one. */
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

    /** Sends all that a device does to others in use, each stage to where it makes least load of some. */
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
        Arrays.fill(loads, 0);
        for (Pipeline pipeline : current) {
            for (int stage = 0; stage < pipeline.stages; stage++) {
                loads[pipeline.devices[stage]] += pipeline.seconds[stage];
            }
        }
    }

    /** Returns a device in use that the task does not use yet, or -1 if there is none; half of them are looked at. */
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
