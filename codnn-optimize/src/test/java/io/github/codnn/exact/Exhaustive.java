package io.github.codnn.exact;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tries every placement: the oracle of tests, for any number of tasks, any network and any fitness.
 *
 * <p>Exact. Time O(D^L) evaluations for L layers and D devices, except that pinned layers stay where they must and,
 * where devices run one stage only, chains do not come back to a device. Deterministic, uses no randomness and no
 * executor. The strategy has no settings; thread-safe.
 */
public final class Exhaustive implements Strategy {

    private static final Exhaustive DEFAULTS = new Exhaustive();

    private Exhaustive() {}

    /**
     * Returns the strategy.
     *
     * @return the strategy, which has no settings
     */
    public static Exhaustive withDefaults() {
        return DEFAULTS;
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        Enumeration enumeration = new Enumeration(problem, SearchRun.start(problem, options, "Exhaustive"));
        enumeration.place(0);
        return enumeration.finish();
    }

    /** Walks through the placements, last layer fastest. */
    private static final class Enumeration {

        private final CompiledScenario compiled;
        private final SearchRun run;
        private final boolean oneStage;
        private final int[] placement;
        private Optional<StopReason> stop = Optional.empty();
        private final int[] taskOf;

        private Enumeration(OffloadingProblem problem, SearchRun run) {
            this.run = run;
            compiled = problem.compiled();
            oneStage = compiled.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE;
            placement = new int[compiled.layerCount()];
            taskOf = new int[compiled.layerCount()];
            for (int task = 0; task < compiled.taskCount(); task++) {
                Arrays.fill(taskOf, compiled.firstLayer(task), compiled.firstLayer(task + 1), task);
            }
        }

        private void place(int layer) {
            if (layer == placement.length) {
                run.offer(placement);
                stop = run.endIteration();
                return;
            }
            for (int device = 0; device < compiled.deviceCount() && stop.isEmpty(); device++) {
                if (mayRun(layer, device)) {
                    placement[layer] = device;
                    place(layer + 1);
                }
            }
        }

        private boolean mayRun(int layer, int device) {
            if (compiled.pinned(layer) >= 0 && compiled.pinned(layer) != device) {
                return false;
            }
            int first = compiled.firstLayer(taskOf[layer]);
            boolean stays = layer == first || placement[layer - 1] == device;
            if (stays || !oneStage || !compiled.isChain(taskOf[layer])) {
                return true;
            }
            for (int before = first; before < layer; before++) {
                if (placement[before] == device) {
                    return false;
                }
            }
            return true;
        }

        private SearchResult finish() {
            if (stop.isEmpty() || stop.get() == StopReason.PROVEN) {
                boolean feasible = run.bestScore().isFeasible();
                run.raiseLowerBound(feasible ? run.bestScore().value() : Double.POSITIVE_INFINITY);
                return run.finish(StopReason.PROVEN);
            }
            return run.finish(stop.get());
        }
    }
}
