package io.github.codnn.planner;

import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.exact.Exact;
import io.github.codnn.exact.ExactCost;
import io.github.codnn.exact.ExactDag;
import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.BoundScope;
import io.github.codnn.optimize.InvalidProofException;
import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.simulate.StreamCheck;
import java.util.Objects;
import java.util.Optional;

/**
 * Plans a scenario in one call: collapses the networks, searches, and expands the plan to single layers. For fronts of
 * several objectives see {@link ParetoPlanner}.
 *
 * <p>With proofs ({@link #withProof}, the default) a second, exact search follows where the strategy has not proven its
 * plan optimal. It replaces the lower bound, never the plan.
 *
 * <p>Immutable and thread-safe.
 */
public final class Planner {

    private static final int PART = 16; // of the work of Auto, to bound all plans beside those of blocks

    private static final Planner DEFAULT =
            new Planner(Optional.empty(), Auto.withDefaults(), SearchOptions.withDefaults(), true);

    private final Optional<GraphCollapser> stated;
    private final Strategy strategy;
    private final SearchOptions options;
    private final boolean proof;

    private Planner(Optional<GraphCollapser> stated, Strategy strategy, SearchOptions options, boolean proof) {
        this.stated = stated;
        this.strategy = Objects.requireNonNull(strategy, "strategy");
        this.options = Objects.requireNonNull(options, "options");
        this.proof = proof;
    }

    /**
     * Returns a planner that searches with {@link Auto} and adds proofs.
     *
     * @return the planner
     */
    public static Planner withDefaults() {
        return DEFAULT;
    }

    /**
     * Returns this planner with another way to collapse networks.
     *
     * @param collapser how networks are collapsed first, instead of the {@linkplain Strategy#preferredCollapser() way
     *     that the strategy prefers}; {@link GraphCollapser#none()} to place single layers
     * @return the changed planner
     */
    public Planner withCollapser(GraphCollapser collapser) {
        return new Planner(Optional.of(collapser), strategy, options, proof);
    }

    /**
     * Returns this planner with another strategy.
     *
     * @param newStrategy how the collapsed scenario is searched
     * @return the changed planner
     */
    public Planner withStrategy(Strategy newStrategy) {
        return new Planner(stated, newStrategy, options, proof);
    }

    /**
     * Returns this planner with other options.
     *
     * @param newOptions how the search is run
     * @return the changed planner
     */
    public Planner withOptions(SearchOptions newOptions) {
        return new Planner(stated, strategy, newOptions, proof);
    }

    /**
     * Returns this planner with or without proofs. A proof takes no evaluations or iterations of the budget of the stop
     * rule, but keeps to its time: it asks at most {@value Auto#MAX_QUESTIONS} questions of {@link Exact}, and is tried
     * only where that is likely to be enough, on most chains with 16 devices or fewer. If the collapser makes blocks,
     * {@link ExactDag} or {@link ExactCost} then bounds all plans with limited work, some tenths of a second. One that
     * fails leaves a notice.
     *
     * @param newProof whether an exact search follows the strategy to raise the lower bound
     * @return the changed planner
     */
    public Planner withProof(boolean newProof) {
        return new Planner(stated, strategy, options, newProof);
    }

    /**
     * Returns how networks are collapsed before the strategy sees them.
     *
     * @return the collapser of this planner, or the one that the strategy prefers
     */
    public GraphCollapser collapser() {
        return stated.orElseGet(strategy::preferredCollapser);
    }

    /**
     * Returns how the collapsed scenario is searched.
     *
     * @return the strategy
     */
    public Strategy strategy() {
        return strategy;
    }

    /**
     * Returns how the search is run.
     *
     * @return the options
     */
    public SearchOptions options() {
        return options;
    }

    /**
     * Plans a scenario.
     *
     * @param scenario the scenario
     * @param fitness what to minimise
     * @return the result, with plans for the single layers of the scenario. The lower bound holds among all plans.
     *     If the collapser made blocks, the record of the plan has a second one, among plans that keep them whole.
     *     If the search finds no feasible plan, the closest plan of single layers that is found with the last
     *     tenth of the budget, and why no plan is feasible. Where deadlines depend on how frames wait for each other,
     *     a plan is feasible only if a simulation keeps them ({@link StreamCheck}); if it does not, the
     *     strategy searches again, with tighter deadlines
     * @throws io.github.codnn.CodnnException if a cost is missing or frames must go where no link leads
     * @throws InvalidProofException if the search claims what is wrong: a fault of the strategy or of the library
     * @throws IllegalArgumentException if the strategy cannot solve problems of this kind
     */
    public SearchResult plan(Scenario scenario, Fitness fitness) {
        long startNanos = options.nanoClock().getAsLong();
        CollapsedScenario collapsed = CollapsedScenario.of(scenario, collapser());
        OffloadingProblem problem = OffloadingProblem.of(collapsed.scenario(), fitness);
        StreamCheck streams = StreamCheck.of(scenario);
        SearchResult result = new StreamRounds(strategy, problem, plan -> streams.applyTo(collapsed.expand(plan)))
                .search(options.after(waited(startNanos)));
        SearchResult proven = withProof(problem, result, startNanos);
        proven.best().ifPresent(plan -> check(plan, fitness, proven));
        boolean isOfBlocks = scope(collapsed) == BoundScope.WHOLE_BLOCKS;
        if (!isOfBlocks && proven.closest().isEmpty()) {
            return proven;
        }
        OffloadingProblem ofLayers = OffloadingProblem.of(scenario, fitness);
        SearchResult stated = isOfBlocks ? amongBlocks(ofLayers, proven, startNanos) : proven;
        return stated.closest().isEmpty()
                ? stated
                : Closest.withLimits(ofLayers, stated, options.after(waited(startNanos)), !isOfBlocks);
    }

    private SearchResult amongBlocks(OffloadingProblem ofLayers, SearchResult ofBlocks, long startNanos) {
        Parts parts = new Parts(ofLayers.fitness(), options.withListener(progress -> {}));
        SearchOptions rest = parts.options().after(waited(startNanos));
        double bound = ofBlocks.best()
                .filter(plan -> proof)
                .flatMap(plan -> parts.attempt("Exact", () -> proveLayers(ofLayers, plan, atOnceOnly(rest))))
                .orElseGet(() -> bound(ofLayers, rest));
        return ofBlocks.amongBlocks(bound).withNotices(parts.notices());
    }

    private double bound(OffloadingProblem problem, SearchOptions rest) {
        return SearchRun.start(problem, rest, strategy).lowerBound();
    }

    /** Returns a bound of all plans, at least that of the problem. */
    private double proveLayers(OffloadingProblem problem, Plan start, SearchOptions rest) {
        if (Auto.canProve(problem)) {
            return askExact(problem, rest).lowerBound();
        }
        if (ExactDag.canSolve(problem)) {
            return ExactDag.searchFrom(problem, rest, start.placement(), Auto.MAX_WORK / PART)
                    .lowerBound();
        }
        return ExactCost.canSolve(problem)
                ? ExactCost.searchFrom(problem, rest, start.placement(), Auto.MAX_COST_WORK / PART)
                        .lowerBound()
                : bound(problem, rest);
    }

    /** A proof takes nothing of the budget, but ends with its time. */
    private static SearchOptions atOnceOnly(SearchOptions rest) {
        return rest.withStopRule(progress -> rest.stopRule()
                .check(progress)
                .filter(reason -> reason == StopReason.TIME || reason == StopReason.CANCELLED));
    }

    private SearchResult withProof(OffloadingProblem problem, SearchResult result, long startNanos) {
        if (!proof) {
            return result;
        }
        Parts parts = new Parts(problem.fitness(), options.withListener(progress -> {}));
        SearchOptions rest = parts.options().after(waited(startNanos));
        double bound = parts.attempt("Exact", () -> prove(problem, result, atOnceOnly(rest)))
                .map(SearchResult::lowerBound)
                .orElse(Double.NEGATIVE_INFINITY);
        return result.withLowerBound(Math.max(result.lowerBound(), bound)).withNotices(parts.notices());
    }

    private Progress waited(long startNanos) {
        return PhasedRun.waited(options.nanoClock(), startNanos);
    }

    /** Blocks must cost what their layers cost, and no bound may be above a plan. */
    private static void check(Plan plan, Fitness fitness, SearchResult result) {
        double actual = fitness.of(plan.metrics());
        double slack = Tolerances.BOUND * Math.abs(actual);
        boolean isRight = plan.metrics().feasible()
                && Math.abs(actual - result.value()) <= slack
                && result.lowerBound() <= actual + slack;
        if (!isRight && result.value() < Double.POSITIVE_INFINITY) {
            throw new InvalidProofException("The plan of '" + plan.scenario().name() + "' has the " + fitness.label()
                    + " " + actual + " and the violation " + plan.metrics().violation() + ", but its search claims "
                    + result.value() + " and the bound " + result.lowerBound()
                    + ". This is an error of the library: please report it with the problem");
        }
    }

    /** Returns among which plans of the original scenario a bound for the collapsed one holds. */
    static BoundScope scope(CollapsedScenario collapsed) {
        int layers = collapsed.original().workload().layerCount();
        return collapsed.scenario().workload().layerCount() < layers ? BoundScope.WHOLE_BLOCKS : BoundScope.ALL_PLANS;
    }

    // A number of questions, not a time, so that the bound does not depend on the machine.
    private static SearchResult prove(OffloadingProblem problem, SearchResult result, SearchOptions rest) {
        boolean proven = result.gap() == 0 || result.lowerBound() == Double.POSITIVE_INFINITY;
        return proven || !Auto.canProve(problem) ? result : askExact(problem, rest);
    }

    private static SearchResult askExact(OffloadingProblem problem, SearchOptions rest) {
        StopRule rule = StopRule.iterations(Auto.MAX_QUESTIONS).or(rest.stopRule());
        return Exact.withDefaults().search(problem, rest.withStopRule(rule));
    }
}
