package io.github.codnn.planner;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import java.util.List;
import java.util.Objects;

/**
 * Finds the front of a scenario in one call: collapses the networks, searches, and expands the plans to single layers.
 * For one plan see {@link Planner}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param collapser how networks are collapsed first
 * @param search how the front of the collapsed scenario is searched
 * @param options how the search is run
 */
public record ParetoPlanner(GraphCollapser collapser, ParetoSearch search, SearchOptions options) {

    /** Checks the components. */
    public ParetoPlanner {
        Objects.requireNonNull(collapser, "collapser");
        Objects.requireNonNull(search, "search");
        Objects.requireNonNull(options, "options");
    }

    /**
     * Returns a planner that collapses networks to chains of blocks and searches with {@link AutoPareto}.
     *
     * @return the planner
     */
    public static ParetoPlanner withDefaults() {
        return new ParetoPlanner(
                ChainLinearizer.withDefaults(), AutoPareto.withDefaults(), SearchOptions.withDefaults());
    }

    /**
     * Returns this planner with another way to collapse networks.
     *
     * @param newCollapser how networks are collapsed first; {@link GraphCollapser#none()} to place single layers
     * @return the changed planner
     */
    public ParetoPlanner withCollapser(GraphCollapser newCollapser) {
        return new ParetoPlanner(newCollapser, search, options);
    }

    /**
     * Returns this planner with another search.
     *
     * @param newSearch how the front of the collapsed scenario is searched
     * @return the changed planner
     */
    public ParetoPlanner withSearch(ParetoSearch newSearch) {
        return new ParetoPlanner(collapser, newSearch, options);
    }

    /**
     * Returns this planner with other options.
     *
     * @param newOptions how the search is run
     * @return the changed planner
     */
    public ParetoPlanner withOptions(SearchOptions newOptions) {
        return new ParetoPlanner(collapser, search, newOptions);
    }

    /**
     * Finds the plans of a scenario that no other dominates.
     *
     * @param scenario the scenario
     * @param objectives what to minimise, two or three of them, none twice
     * @return the front, with plans for the single layers of the scenario. What it proves holds among the plans that
     *     keep the blocks of the collapser together, if it made any; see {@link ParetoFront#scope()}
     * @throws IllegalArgumentException if there are not two or three different objectives, or the search cannot solve
     *     problems of this kind
     * @throws io.github.codnn.optimize.InvalidProofException if a search claims what is wrong: a fault of the search
     * @throws io.github.codnn.CodnnException if a cost is missing or frames must go where no link leads
     */
    public ParetoFront front(Scenario scenario, List<Objective> objectives) {
        List<Objective> checked = ParetoSearch.checked(objectives);
        CollapsedScenario collapsed = CollapsedScenario.of(scenario, collapser);
        OffloadingProblem problem = OffloadingProblem.of(collapsed.scenario(), checked.get(0));
        ParetoFront front = search.search(problem, checked, options);
        List<Plan> plans = front.plans().stream().map(collapsed::expand).toList();
        return ParetoFront.of(checked, plans, front.epsilon())
                .withScope(Planner.scope(collapsed))
                .withNotices(front.notices())
                .verified(OffloadingProblem.of(scenario, checked.get(0)));
    }
}
