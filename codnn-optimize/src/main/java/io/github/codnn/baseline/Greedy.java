package io.github.codnn.baseline;

import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Splits stages as long as that helps: starts from the best whole offload and moves the front or the back of one stage
 * to another device, in each round the split that improves the fitness of the problem most.
 *
 * <p>If devices run one stage only, the other device is one that the task does not use yet, so that there are at most D
 * rounds; otherwise any device. A round takes {@code O(K S D cuts)} evaluations for K tasks of S stages each. An
 * iteration of the search is a round. A heuristic for chains and DAGs, one task or several, any fitness.
 *
 * @param cuts how many places to cut, evenly spread, are tried in each stage
 */
public record Greedy(int cuts) implements Strategy {

    /** Checks the components. */
    public Greedy {
        Checks.positive(cuts, "The number of cuts");
    }

    /**
     * Returns 32 cuts in each stage.
     *
     * @return the strategy
     */
    public static Greedy withDefaults() {
        return new Greedy(32);
    }

    /**
     * Returns this strategy with another number of cuts.
     *
     * @param count how many places to cut are tried in each stage
     * @return the changed strategy
     */
    public Greedy withCuts(int count) {
        return new Greedy(count);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        return search(problem, options, Map.of());
    }

    /** Searches without evaluating placements whose scores are known. */
    SearchResult search(OffloadingProblem problem, SearchOptions options, Map<IntBuffer, Score> known) {
        SearchRun run = SearchRun.start(problem, options, this);
        Arrangement arrangement = Arrangement.of(problem);
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        scorer.recall(known);
        int[] placement = SingleDevice.best(arrangement, scorer);
        if (!scorer.isSpent()) {
            scorer.score(placement);
        }
        boolean improved = true;
        Optional<StopReason> stop = Optional.empty();
        while (improved && stop.isEmpty()) {
            improved = improve(arrangement, scorer, placement);
            scorer.report(run);
            stop = run.endIteration();
        }
        return run.finish(stop.orElse(StopReason.COMPLETED));
    }

    /** Makes the best of all splits, if any of them is better than the best placement that the scorer knows. */
    private boolean improve(Arrangement arrangement, Scorer scorer, int[] placement) {
        int[] best = placement.clone();
        int[] trial = placement.clone();
        StageRepair repair = new StageRepair(arrangement);
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            int end;
            for (int start = arrangement.firstLayer(task); start < arrangement.endLayer(task); start = end) {
                end = endOfRun(placement, start, arrangement.endLayer(task));
                for (int device = 0; device < arrangement.devices; device++) {
                    if (scorer.isSpent()) {
                        return false;
                    }
                    if (device == placement[start]
                            || (arrangement.oneStage && runs(arrangement, placement, task, device))) {
                        continue;
                    }
                    int step = Math.max(1, (end - start) / cuts);
                    for (int cut = start + step; cut <= end && !scorer.isSpent(); cut += step) {
                        tryRange(new int[] {start, cut, device}, placement, trial, best, scorer, repair);
                        tryRange(new int[] {cut, end, device}, placement, trial, best, scorer, repair);
                    }
                }
            }
        }
        boolean improved = !Arrays.equals(best, placement);
        System.arraycopy(best, 0, placement, 0, best.length);
        return improved;
    }

    private static void tryRange(
            int[] range, int[] placement, int[] trial, int[] best, Scorer scorer, StageRepair repair) {
        System.arraycopy(placement, 0, trial, 0, trial.length);
        Arrays.fill(trial, range[0], range[1], range[2]);
        repair.repair(trial);
        if (range[0] < range[1] && !scorer.isSpent() && scorer.score(trial)) {
            System.arraycopy(trial, 0, best, 0, best.length);
        }
    }

    private static int endOfRun(int[] placement, int start, int endOfTask) {
        int end = start + 1;
        while (end < endOfTask && placement[end] == placement[start]) {
            end++;
        }
        return end;
    }

    private static boolean runs(Arrangement arrangement, int[] placement, int task, int device) {
        for (int layer = arrangement.firstLayer(task); layer < arrangement.endLayer(task); layer++) {
            if (placement[layer] == device) {
                return true;
            }
        }
        return false;
    }
}
