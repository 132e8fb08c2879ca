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
import java.util.Optional;

/**
 * Finds the front of any problem: with {@link ExactPareto} where it can prove something soon, with {@link ParetoSwarm}
 * everywhere else.
 *
 * <p>The exact search gets half of the budget of the stop rule, and at most an amount of work that takes about 20 s: a
 * number of steps, not a time, so that results do not depend on the machine. If it proves nothing, the swarm gets the
 * other half, and the front is made of the plans of both. If it fails, for want of memory or by a fault of its own, the
 * swarm gets all that is left and {@link ParetoFront#notices()} says so. Deterministic if its parts are.
 *
 * @param epsilon by what share a plan of the front may miss the best one in any objective: 0 for the whole front
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
     * @param allowance by what share a plan of the front may miss the best one in any objective
     * @return the changed search
     */
    public AutoPareto withEpsilon(double allowance) {
        return new AutoPareto(allowance);
    }

    @Override
    public ParetoFront search(OffloadingProblem problem, List<Objective> objectives, SearchOptions options) {
        List<Objective> wanted = ParetoSearch.checked(objectives);
        ParetoSwarm swarm = ParetoSwarm.withDefaults();
        if (!ExactPareto.canSolve(problem, wanted)) {
            return swarm.search(problem, wanted, options);
        }
        ParetoSearch exact = (any, axes, rest) -> new ExactPareto(epsilon).search(any, axes, rest, MAX_WORK);
        return search(problem, wanted, options, exact, swarm);
    }

    /** Searches exactly first; then with the swarm, unless something is proven. */
    static ParetoFront search(
            OffloadingProblem problem,
            List<Objective> wanted,
            SearchOptions options,
            ParetoSearch exact,
            ParetoSearch swarm) {
        long startNanos = options.nanoClock().getAsLong();
        Parts parts = new Parts(wanted.get(0), options);
        SearchOptions half = parts.options().withShare(0.5);
        Optional<ParetoFront> proven = parts.attempt("ExactPareto", () -> exact.search(problem, wanted, half));
        if (proven.isPresent() && proven.get().epsilon() < Double.POSITIVE_INFINITY) {
            return proven.get();
        }
        List<Plan> plans = new ArrayList<>(proven.map(ParetoFront::plans).orElse(List.of()));
        SearchOptions rest =
                proven.isPresent() ? half : parts.options().after(PhasedRun.waited(options.nanoClock(), startNanos));
        plans.addAll(swarm.search(problem, wanted, rest).plans());
        return ParetoFront.of(wanted, plans, Double.POSITIVE_INFINITY)
                .withNotices(parts.notices())
                .verified(problem);
    }
}
