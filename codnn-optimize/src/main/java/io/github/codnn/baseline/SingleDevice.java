package io.github.codnn.baseline;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Arrays;

/**
 * Runs every task as a whole on one device, the best one: full offloading.
 *
 * <p>With several tasks it first tries every device for all of them. From the best of these it moves one task after the
 * other to its best device until nothing improves. Exact for a single task, a heuristic for several. Pinned layers
 * go where they are pinned. Takes O(D) evaluations for one task and O(K D) for each round over K tasks.
 */
public record SingleDevice() implements Strategy {

    /**
     * Returns the strategy; it has no settings.
     *
     * @return the strategy
     */
    public static SingleDevice withDefaults() {
        return new SingleDevice();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        best(Arrangement.of(problem), scorer);
        scorer.report(run);
        return run.endIteration().map(run::finish).orElseGet(() -> run.finish(StopReason.COMPLETED));
    }

    static int[] best(Arrangement arrangement, Scorer scorer) {
        int[] deviceByTask = new int[arrangement.maxStages.length];
        int[] best = deviceByTask.clone();
        for (int device = 0; device < arrangement.devices && !scorer.isSpent(); device++) {
            Arrays.fill(deviceByTask, device);
            if (scorer.score(placement(arrangement, deviceByTask))) {
                best = deviceByTask.clone();
            }
        }
        boolean improved = deviceByTask.length > 1;
        while (improved && !scorer.isSpent()) {
            improved = improve(arrangement, scorer, best);
        }
        return placement(arrangement, best);
    }

    private static boolean improve(Arrangement arrangement, Scorer scorer, int[] best) {
        boolean improved = false;
        for (int task = 0; task < best.length; task++) {
            int kept = best[task];
            for (int device = 0; device < arrangement.devices && !scorer.isSpent(); device++) {
                best[task] = device;
                if (scorer.score(placement(arrangement, best))) {
                    kept = device;
                    improved = true;
                }
            }
            best[task] = kept;
        }
        return improved;
    }

    private static int[] placement(Arrangement arrangement, int[] deviceByTask) {
        int[] placement = new int[arrangement.layers];
        for (int layer = 0; layer < placement.length; layer++) {
            placement[layer] = deviceByTask[arrangement.task[layer]];
        }
        new StageRepair(arrangement).repair(placement);
        return placement;
    }
}
