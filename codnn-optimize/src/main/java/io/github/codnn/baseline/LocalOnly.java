package io.github.codnn.baseline;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Tier;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Arrays;
import java.util.List;

/**
 * Runs every task where its frames arise: what happens without any offloading.
 *
 * <p>A task without a source runs on the first terminal, or on the first device if there is none. Pinned layers go
 * where they are pinned. Takes one evaluation.
 */
public record LocalOnly() implements Strategy {

    /**
     * Returns the strategy; it has no settings.
     *
     * @return the strategy
     */
    public static LocalOnly withDefaults() {
        return new LocalOnly();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        run.offer(placement(Arrangement.of(problem)));
        return run.endIteration().map(run::finish).orElseGet(() -> run.finish(StopReason.COMPLETED));
    }

    public static int[] placement(Arrangement arrangement) {
        int[] placement = new int[arrangement.layers];
        for (int layer = 0; layer < placement.length; layer++) {
            placement[layer] = home(arrangement.compiled, arrangement.task[layer]);
        }
        new StageRepair(arrangement).repair(placement);
        return placement;
    }

    /** Returns the device of a task's own. */
    public static int home(CompiledScenario compiled, int task) {
        if (compiled.source(task) >= 0) {
            return compiled.source(task);
        }
        List<Device> devices = compiled.scenario().platform().devices();
        int[] terminals = java.util.stream.IntStream.range(0, devices.size())
                .filter(device -> devices.get(device).tier() == Tier.TERMINAL)
                .toArray();
        return Arrays.stream(terminals).findFirst().orElse(0);
    }
}
