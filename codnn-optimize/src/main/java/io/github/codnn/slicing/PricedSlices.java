package io.github.codnn.slicing;

import io.github.codnn.dagsearch.DagModel;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.StagesPerDevice;
import java.util.Arrays;
import java.util.Optional;

/**
 * The period of one network of any shape on tens of devices that run one stage each, equal or all different: plans by
 * slicing topological orders, and bounds by prices of devices, which also guide the plans.
 *
 * <p>First a few orders are sliced within shorter and shorter periods. Where the network has no more than some ten
 * thousand down-sets, the bracket between bound and plan is then narrowed from both sides: prices of devices prove that
 * a period cannot be kept, or the cheapest sequences of stages give a plan that keeps it. The bounds know the link
 * between two stages where one surely sends to the next, and how often a stage must send a tensor at least. Networks
 * with many down-sets are first narrowed without their light nodes, a hundredth of the work at most. What is left of
 * the work goes to random changes of the best order. The bound holds among all plans; the plan is a heuristic.
 *
 * <p>The idea of searching topological orders with optimal slices is that of A. Archer et al. (Practical performance
 * guarantees for pipelined DNN inference, ICML 2024), who treat equal devices; devices and links may all differ here.
 *
 * <p>Deterministic, but for a stop rule on time; uses no executor. Immutable and thread-safe.
 *
 * @param width how many labels each cut keeps, positive
 */
public record PricedSlices(int width) implements Strategy {

    private static final int DEFAULT_WIDTH = 4;
    private static final int MAX_DEVICES = 4096; // links of all pairs are in memory

    /** Checks the components. */
    public PricedSlices {
        if (width < 1) {
            throw new IllegalArgumentException("The width must be positive, not " + width);
        }
    }

    /** Returns the strategy with a width of {@value #DEFAULT_WIDTH}. */
    public static PricedSlices withDefaults() {
        return new PricedSlices(DEFAULT_WIDTH);
    }

    /** Returns the strategy with another number of labels for each cut. */
    public PricedSlices withWidth(int labels) {
        return new PricedSlices(labels);
    }

    /** Tells whether a problem has one task, one stage per device, and the period as its objective. */
    public static boolean canSolve(OffloadingProblem problem) {
        return problem.compiled().taskCount() == 1
                && problem.compiled().layerCount() > 0
                && problem.compiled().deviceCount() <= MAX_DEVICES
                && problem.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE
                && problem.objective().filter(any -> any == Objective.PERIOD).isPresent();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        return search(problem, options, Optional.empty(), Long.MAX_VALUE);
    }

    /** Goes on from a plan, for a limited amount of work in units of {@link io.github.codnn.optimize.StopSignal}. */
    public SearchResult searchFrom(OffloadingProblem problem, SearchOptions options, Placement start, long maxWork) {
        return search(problem, options, Optional.of(start), maxWork);
    }

    /** Searches for a limited amount of work. */
    SearchResult search(OffloadingProblem problem, SearchOptions options, long maxWork) {
        return search(problem, options, Optional.empty(), maxWork);
    }

    private SearchResult search(
            OffloadingProblem problem, SearchOptions options, Optional<Placement> start, long maxWork) {
        if (!canSolve(problem)) {
            throw new IllegalArgumentException("PricedSlices minimises the period of one task with one stage per"
                    + " device; '" + problem.scenario().name() + "' is another problem. Take Auto instead.");
        }
        SearchRun run = SearchRun.start(problem, options, this);
        start.map(problem.evaluator()::encode).ifPresent(run::offer);
        if (start.isEmpty()) {
            for (int device = 0; device < problem.compiled().deviceCount(); device++) {
                int[] whole = new int[problem.compiled().layerCount()];
                Arrays.fill(whole, device);
                run.offer(whole);
            }
        }
        StopReason reason =
                new SliceBracket(new DagModel(problem.compiled()), run, width, maxWork, options.seed()).close();
        return run.finish(reason);
    }
}
