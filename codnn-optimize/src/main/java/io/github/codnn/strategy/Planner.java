package io.github.codnn.strategy;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.optimize.Fitness;
import io.github.codnn.optimize.OffloadingProblem;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Scenario;
import java.util.Objects;

/**
 * From a scenario to a plan in one call: collapses the networks, searches, and leads the plan back to single layers.
 *
 * <p>Immutable and thread-safe.
 *
 * @param collapser how networks are collapsed first
 * @param strategy how the collapsed scenario is searched
 * @param options how the search is run
 */
public record Planner(GraphCollapser collapser, Strategy strategy, SearchOptions options) {

    private static final Planner DEFAULT =
            new Planner(ChainLinearizer.withDefaults(), Auto.withDefaults(), SearchOptions.withDefaults());

    /** Checks the components. */
    public Planner {
        Objects.requireNonNull(collapser, "collapser");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(options, "options");
    }

    /**
     * Returns a planner that makes chains where it can and searches with {@link Auto}.
     *
     * @return the planner
     */
    public static Planner withDefaults() {
        return DEFAULT;
    }

    /**
     * Returns this planner with another way to collapse networks.
     *
     * @param newCollapser how networks are collapsed first; {@link GraphCollapser#none()} to place single layers
     * @return the changed planner
     */
    public Planner withCollapser(GraphCollapser newCollapser) {
        return new Planner(newCollapser, strategy, options);
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
     * Plans a scenario. Where {@link Exact} can solve the collapsed scenario soon, as it can most chains on 16 devices or fewer, its
     * proof replaces the bound of the strategy, whatever the strategy is.
     *
     * @param scenario the scenario
     * @param fitness what to minimise
     * @return the result, with plans for the single layers of the scenario. The lower bound holds among the plans that keep
     *     the blocks of the collapser together
     * @throws io.github.codnn.CodnnException if a cost is missing or frames must go where no link leads
     */
    public SearchResult plan(Scenario scenario, Fitness fitness) {
        CollapsedScenario collapsed = CollapsedScenario.of(scenario, collapser);
        OffloadingProblem problem = OffloadingProblem.of(collapsed.scenario(), fitness);
        SearchResult result = strategy.search(problem, options);
        double bound = Math.max(result.lowerBound(), provenBound(problem, result));
        SearchResult proven = Auto.withBound(result, bound);
        return new SearchResult(
                proven.best().map(collapsed::expand),
                proven.closest().map(collapsed::expand),
                bound,
                result.evaluations(),
                result.iterations(),
                result.elapsed(),
                result.stopReason(),
                result.history());
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
