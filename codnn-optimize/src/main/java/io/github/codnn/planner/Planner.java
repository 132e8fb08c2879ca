package io.github.codnn.planner;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.exact.Exact;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.BoundScope;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * From a scenario to a plan in one call: makes chains of the networks where the strategy does not do so by itself,
 * searches, and leads the plan back to single layers.
 *
 * <p>Immutable and thread-safe.
 *
 * @param collapser how networks are collapsed first; nothing for chains of blocks, unless the strategy is {@link Auto},
 *     which goes from blocks to single layers
 * @param strategy how the collapsed scenario is searched
 * @param options how the search is run
 */
public record Planner(Optional<GraphCollapser> collapser, Strategy strategy, SearchOptions options) {

    private static final Planner DEFAULT =
            new Planner(Optional.empty(), Auto.withDefaults(), SearchOptions.withDefaults());

    /** Checks the components. */
    public Planner {
        Objects.requireNonNull(collapser, "collapser");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(options, "options");
    }

    /**
     * Returns a planner that searches with {@link Auto}.
     *
     * @return the planner
     */
    public static Planner withDefaults() {
        return DEFAULT;
    }

    /**
     * Returns this planner with another way to collapse networks.
     *
     * @param newCollapser how networks are collapsed first, whatever the strategy; {@link GraphCollapser#none()} to
     *     place single layers
     * @return the changed planner
     */
    public Planner withCollapser(GraphCollapser newCollapser) {
        return new Planner(Optional.of(newCollapser), strategy, options);
    }

    /**
     * Returns this planner with another strategy.
     *
     * @param newStrategy how the collapsed scenario is searched
     * @return the changed planner
     */
    public Planner withStrategy(Strategy newStrategy) {
        return new Planner(collapser, newStrategy, options);
    }

    /**
     * Returns this planner with other options.
     *
     * @param newOptions how the search is run
     * @return the changed planner
     */
    public Planner withOptions(SearchOptions newOptions) {
        return new Planner(collapser, strategy, newOptions);
    }

    /**
     * Plans a scenario. Where {@link Exact} can solve the collapsed scenario soon, as it can most chains on 16 devices
     * or fewer, its proof replaces the bound of the strategy, whatever the strategy is.
     *
     * @param scenario the scenario
     * @param fitness what to minimise
     * @return the result, with plans for the single layers of the scenario. The lower bound holds among the plans that
     *     keep the blocks of the collapser together, if it made any; their record says so
     * @throws io.github.codnn.CodnnException if a cost is missing or frames must go where no link leads
     */
    public SearchResult plan(Scenario scenario, Fitness fitness) {
        CollapsedScenario collapsed = CollapsedScenario.of(scenario, collapserInUse());
        OffloadingProblem problem = OffloadingProblem.of(collapsed.scenario(), fitness);
        SearchResult result = strategy.search(problem, options);
        double bound = Math.max(result.lowerBound(), provenBound(problem, result));
        return new SearchResult(
                result.best().map(plan -> expand(collapsed, plan, bound)),
                result.closest().map(plan -> expand(collapsed, plan, bound)),
                bound,
                result.evaluations(),
                result.iterations(),
                result.elapsed(),
                result.stopReason(),
                result.history());
    }

    /**
     * Returns how networks are collapsed before the strategy sees them.
     *
     * @return the collapser of this planner, or the one that the strategy calls for
     */
    public GraphCollapser collapserInUse() {
        return collapser.orElseGet(
                () -> strategy instanceof Auto ? GraphCollapser.none() : ChainLinearizer.withDefaults());
    }

    /**
     * Finds plans between which several objectives have to choose; the strategy of this planner does not count.
     *
     * @param scenario the scenario
     * @param objectives what to minimise, two or three of them, none twice
     * @param search how the front is searched, {@link AutoPareto} for instance
     * @return the front, with plans for the single layers of the scenario. What it proves holds among the plans that
     *     keep the blocks of the collapser together, single-tensor chains unless another one is set
     * @throws IllegalArgumentException if there are not two or three different objectives
     * @throws io.github.codnn.CodnnException if a cost is missing or frames must go where no link leads
     */
    public ParetoFront front(Scenario scenario, List<Objective> objectives, ParetoSearch search) {
        CollapsedScenario collapsed =
                CollapsedScenario.of(scenario, collapser.orElseGet(ChainLinearizer::withDefaults));
        Objective first = ParetoSearch.checked(objectives).get(0);
        OffloadingProblem problem = OffloadingProblem.of(collapsed.scenario(), first);
        ParetoFront front = search.search(problem, objectives, options);
        List<Plan> plans = front.plans().stream().map(collapsed::expand).toList();
        return ParetoFront.of(objectives, plans, front.epsilon()).withScope(scope(collapsed));
    }

    private static Plan expand(CollapsedScenario collapsed, Plan plan, double bound) {
        Plan expanded = collapsed.expand(plan);
        return expanded.run()
                .map(run -> expanded.withRun(run.withLowerBound(bound).withBoundScope(scope(collapsed))))
                .orElse(expanded);
    }

    private static BoundScope scope(CollapsedScenario collapsed) {
        return layers(collapsed.scenario()) < layers(collapsed.original())
                ? BoundScope.WHOLE_BLOCKS
                : BoundScope.ALL_PLANS;
    }

    private static int layers(Scenario scenario) {
        return scenario.workload().tasks().stream()
                .mapToInt(task -> task.graph().layers().size())
                .sum();
    }

    // A number of questions, not a time, so that the bound does not depend on the machine.
    private static double provenBound(OffloadingProblem problem, SearchResult result) {
        boolean proven = result.gap() == 0 || result.lowerBound() == Double.POSITIVE_INFINITY;
        if (proven || !Auto.canProve(problem)) {
            return Double.NEGATIVE_INFINITY;
        }
        SearchOptions proof = SearchOptions.withDefaults().withStopRule(StopRule.iterations(Auto.MOST_QUESTIONS));
        return Exact.withDefaults().search(problem, proof).lowerBound();
    }
}
