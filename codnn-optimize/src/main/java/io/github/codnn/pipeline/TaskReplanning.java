package io.github.codnn.pipeline;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.BatchCosts;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Takes some tasks out of a plan and puts each back by its best response to the others (ruin and recreate: G. Schrimpf
 * et al., 2000): tasks of a device, tasks that allow a similar load, or any; a device may be emptied or opened, and the
 * makespan shortened or extended. Places all tasks that way, too, for a plan to start from.
 *
 * <p>For energy and price: other objectives are no sums over tasks. A response tries some tens of pipelines, each in
 * O(1) time. Not thread-safe.
 */
public final class TaskReplanning {

    /** How many tasks are taken out at most. */
    public static final int MOST_TASKS = 8;

    private static final int KINDS = 20; // of what is taken out
    private static final int FEW = 4;
    private static final double REACH = 0.1; // of changes of the makespan
    private static final double MOST_UNCHARGED = 0.9; // share of devices that are candidates
    private static final double UNCHARGED = 16; // candidates, on average
    private static final double CHARGED = 0.25; // share of devices that cost something to open
    private static final long PIPELINES_PER_EVALUATION = 128; // tried in about the time of an evaluation

    // Of plans to start from.
    private static final double SHORTEST = 0.7; // makespans, as multiples of that of the longest task alone
    private static final double LONGEST = 4;
    private static final long MOST_TARGETS = 16;

    private final Pipelines problem;
    private final SharedLoads loads;
    private final TaskResponses responses;
    private final int[] byDeadline; // tasks, the tightest first
    private final int[] rank; // [task] in that order
    private final boolean[] isOut; // [task]
    private final boolean[] isMarked; // [device]
    private final int[] uncharged; // devices
    private int unchargedCount;
    private final int[] tasks = new int[MOST_TASKS];
    private int count;
    private int avoided; // device, or -1
    private int opened; // device, or -1
    private double extension; // of the makespan, as a multiple
    private long counted; // pipelines

    private TaskReplanning(Pipelines problem, boolean isEnergy) {
        this.problem = problem;
        loads = new SharedLoads(problem, isEnergy);
        responses = new TaskResponses(problem, loads);
        byDeadline = byRoom(Double.POSITIVE_INFINITY);
        rank = new int[problem.tasks];
        for (int each = 0; each < rank.length; each++) {
            rank[byDeadline[each]] = each;
        }
        isOut = new boolean[problem.tasks];
        isMarked = new boolean[problem.devices];
        uncharged = new int[problem.devices];
    }

    /** Tells whether a fitness is a sum over tasks. */
    public static boolean isFor(Fitness fitness) {
        return fitness == Objective.ENERGY || fitness == Objective.PRICE;
    }

    /** Returns the moves for a fitness, if it is a sum over tasks. */
    public static Optional<TaskReplanning> of(Pipelines problem, Fitness fitness) {
        return isFor(fitness)
                ? Optional.of(new TaskReplanning(problem, fitness == Objective.ENERGY))
                : Optional.empty();
    }

    /** Returns how many evaluations the tasks that were placed since the last call are worth. */
    public int work() {
        long pipelines = responses.tried() - counted;
        counted = responses.tried();
        return (int) (count + pipelines / PIPELINES_PER_EVALUATION);
    }

    /**
     * Chooses the tasks to take out.
     *
     * @param current all tasks, measured
     * @param first a task to start with
     * @param most how many, at most
     * @return how many
     */
    public int choose(Pipeline[] current, int first, int most, RandomGenerator random) {
        Arrays.fill(isOut, false);
        count = 0;
        avoided = -1;
        opened = -1;
        extension = 0;
        int few = 1 + random.nextInt(Math.min(FEW, most));
        switch (random.nextInt(KINDS)) {
            case 0, 1 -> takeFrom(inUse(current, random), few, current, random);
            case 2, 3 -> takeAny(few, random);
            case 4 -> {
                avoided = inUse(current, random);
                takeFrom(avoided, most, current, random);
            }
            case 5 -> {
                opened = random.nextInt(problem.devices);
                takeAny(few, random);
            }
            case 6 -> {
                extension = 1 + REACH * random.nextDouble();
                takeAny(few, random);
            }
            case 7 -> shorten(current, most, random);
            case 8, 9, 10, 11 -> takeLike(first, few);
            default -> take(first);
        }
        return count;
    }

    /** Returns a task that is taken out. */
    public int task(int index) {
        return tasks[index];
    }

    private void take(int task) {
        if (!isOut[task]) {
            isOut[task] = true;
            tasks[count++] = task;
        }
    }

    private void takeAny(int number, RandomGenerator random) {
        for (int each = 0; each < number; each++) {
            take(random.nextInt(isOut.length));
        }
    }

    /** Takes tasks whose deadlines allow a similar load: only these share a device well. */
    private void takeLike(int task, int number) {
        int first = Math.max(0, Math.min(rank[task] - number / 2, rank.length - number));
        for (int each = first; each < Math.min(rank.length, first + number); each++) {
            take(byDeadline[each]);
        }
    }

    private void takeFrom(int device, int most, Pipeline[] current, RandomGenerator random) {
        int first = random.nextInt(current.length);
        for (int each = 0; each < current.length && count < most; each++) {
            int task = (first + each) % current.length;
            if (current[task].stageOn(device) >= 0) {
                take(task);
            }
        }
    }

    /** Takes a task from each device that is busy nearly until the end. */
    private void shorten(Pipeline[] current, int most, RandomGenerator random) {
        loads.begin(current, isOut);
        double target = loads.makespan * (1 - REACH * random.nextDouble());
        Arrays.fill(isMarked, false);
        int first = random.nextInt(current.length);
        for (int each = 0; each < current.length && count < most; each++) {
            int task = (first + each) % current.length;
            for (int stage = 0; stage < current[task].stages && !isOut[task]; stage++) {
                int device = current[task].devices[stage];
                if (!isMarked[device] && loads.busySeconds(device) > target) {
                    isMarked[device] = true;
                    take(task);
                }
            }
        }
    }

    private static int inUse(Pipeline[] current, RandomGenerator random) {
        Pipeline any = current[random.nextInt(current.length)];
        return any.devices[random.nextInt(any.stages)];
    }

    /** Puts the tasks back that are out, in a random order; all others are measured, and these are afterwards. */
    public void recreate(Pipeline[] trial, RandomGenerator random) {
        loads.begin(trial, isOut);
        if (opened >= 0) {
            loads.open(opened);
        }
        loads.makespan *= Math.max(1, extension);
        for (int left = count; left > 0; left--) {
            int chosen = random.nextInt(left);
            int task = tasks[chosen];
            tasks[chosen] = tasks[left - 1];
            tasks[left - 1] = task;
            respond(task, trial[task], random);
        }
    }

    private void respond(int task, Pipeline pipeline, RandomGenerator random) {
        listCandidates(random);
        int kind = random.nextInt(8);
        int source = problem.compiled.source(task);
        int fixed = kind < 2 && source >= 0 ? source : anyUncharged(random);
        boolean keepsFirst = kind == 2 && pipeline.stages > 1 && pipeline.devices[0] != fixed;
        boolean isFirst = fixed == source || random.nextBoolean();
        responses.respond(task, pipeline, keepsFirst, fixed, isFirst, random);
        loads.add(task, pipeline);
    }

    /** Lists the devices to choose from, and among them those that cost nothing to open. */
    private void listCandidates(RandomGenerator random) {
        double chance = Math.min(MOST_UNCHARGED, UNCHARGED / problem.devices);
        responses.clearCandidates();
        unchargedCount = 0;
        for (int device = 0; device < problem.devices; device++) {
            boolean isCharged = loads.isCharged(device);
            if (device != avoided && random.nextDouble() < (isCharged ? CHARGED : chance)) {
                responses.addCandidate(device);
                if (!isCharged) {
                    uncharged[unchargedCount++] = device;
                }
            }
        }
    }

    private int anyUncharged(RandomGenerator random) {
        return unchargedCount == 0 ? random.nextInt(problem.devices) : uncharged[random.nextInt(unchargedCount)];
    }

    /**
     * Places all tasks for different makespans, each as the best response to those before, the tightest first; a task
     * may fill the device of the one before.
     *
     * @param whole the problem
     * @param run its run, to which the placements are offered
     * @param most how many evaluations, at most
     * @return device indices by layer, the best placement first
     */
    public List<int[]> starts(OffloadingProblem whole, SearchRun run, long most, RandomGenerator random) {
        Scorer scorer = new Scorer(whole);
        scorer.obey(run);
        long limit = Math.min(most, scorer.limit());
        long targets = Math.max(2, Math.min(MOST_TARGETS, limit / (2 * problem.tasks + 2)));
        PipelinesEvaluation evaluation = new PipelinesEvaluation(problem);
        Pipeline[] made = new Pipeline[problem.tasks];
        Arrays.setAll(made, problem::newPipeline);
        List<Start> starts = new ArrayList<>();
        double shortest = leastMakespan() * SHORTEST;
        for (int each = 0; each < 2 * targets && scorer.count() < limit && !scorer.isSpent(); each++) {
            double target = shortest * Math.pow(LONGEST / SHORTEST, Math.floor(each * 0.5) / (targets - 1));
            if (construct(made, target, each % 2 > 0, random)) {
                scorer.addCount(work());
                scorer.score(evaluation, made);
                int[] placement = new int[problem.compiled.layerCount()];
                evaluation.write(made, placement);
                starts.add(new Start(placement, scorer.last()));
            }
        }
        scorer.report(run);
        starts.sort((one, other) -> Score.bestFirst(one.score, other.score));
        return starts.stream().map(start -> start.placement).toList();
    }

    private static final class Start {

        private final int[] placement;
        private final Score score;

        Start(int[] placement, Score score) {
            this.placement = placement;
            this.score = score;
        }
    }

    /** Returns the time of the longest task, without transfers, with each layer on its fastest device. */
    private double leastMakespan() {
        double longest = 0;
        for (int task = 0; task < problem.tasks; task++) {
            double seconds = 0;
            for (int layer = problem.compiled.firstLayer(task);
                    layer < problem.compiled.firstLayer(task + 1);
                    layer++) {
                int each = layer;
                seconds += IntStream.range(0, problem.devices)
                        .mapToDouble(device -> problem.compiled.seconds(each, device))
                        .min()
                        .orElse(0);
            }
            longest = Math.max(longest, problem.compiled.frames(task) * seconds);
        }
        return longest;
    }

    /** Returns whether each task can be placed. */
    private boolean construct(Pipeline[] made, double target, boolean shares, RandomGenerator random) {
        Arrays.fill(isOut, true);
        loads.begin(made, isOut);
        loads.makespan = target;
        responses.share(shares);
        count = problem.tasks;
        int[] order = byRoom(target);
        int last = Math.max(0, problem.compiled.source(order[0]));
        boolean isPlaced = true;
        for (int each = 0; each < order.length && isPlaced; each++) {
            responses.clearCandidates();
            for (int device = 0; device < problem.devices; device++) {
                responses.addCandidate(device);
            }
            Pipeline pipeline = made[order[each]];
            isPlaced = responses.respond(order[each], pipeline, false, last, true, random);
            if (isPlaced) {
                loads.add(order[each], pipeline);
                last = pipeline.devices[pipeline.stages - 1];
            }
        }
        responses.share(false);
        return isPlaced;
    }

    private int[] byRoom(double target) {
        BatchCosts costs = problem.compiled.costs();
        return IntStream.range(0, problem.tasks)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        task -> Math.min(target / costs.frames(task), costs.deadlineSeconds(task))))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
