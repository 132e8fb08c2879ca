package io.github.codnn.planner;

import io.github.codnn.exact.ExactPareto;
import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * The front of any problem: {@link ExactPareto} where it can prove something about it soon, {@link ParetoSwarm}
 * everywhere else.
 *
 * <p>The exact search gets half of what the stop rule allows, and no more than some work that takes 20 s or so; a
 * number of steps, not a time, so that results do not depend on the machine. If it has proven nothing by then, the
 * swarm takes the other half, and the front is that of the plans of both. Deterministic where its parts are.
 *
 * @param epsilon how much the exact search may leave out, in any objective, as a share: 0 for nothing
 */
public record AutoPareto(double epsilon) implements ParetoSearch {

    private static final long MAX_WORK = 1L << 29; // units of StopSignal

    /** Checks the component. */
    public AutoPareto {
        Checks.nonNegativeFinite(epsilon, "epsilon");
    }

    /**
     * Returns the search for whole fronts.
     *
     * @return the search
     */
    public static AutoPareto withDefaults() {
        return new AutoPareto(0);
    }

    /**
     * Returns this search with another allowance.
     *
     * @param allowance how much the exact search may leave out, in any objective, as a share
     * @return the changed search
     */
    public AutoPareto withEpsilon(double allowance) {
        return new AutoPareto(allowance);
    }

    @Override
    public ParetoFront search(OffloadingProblem problem, List<Objective> objectives, SearchOptions options) {
        List<Objective> wanted = ParetoSearch.checked(objectives);
        if (!ExactPareto.canSolve(problem, wanted)) {
            return ParetoSwarm.withDefaults().search(problem, wanted, options);
        }
        SearchOptions half = options.withStopRule(OneAfterAnother.share(options.stopRule(), 2));
        ParetoFront exact = new ExactPareto(epsilon).search(problem, wanted, half, MAX_WORK);
        if (exact.epsilon() < Double.POSITIVE_INFINITY) {
            return exact;
        }
        List<Plan> plans = new ArrayList<>(exact.plans());
        plans.addAll(ParetoSwarm.withDefaults().search(problem, wanted, half).plans());
        return ParetoFront.of(wanted, plans, Double.POSITIVE_INFINITY);
    }
}
