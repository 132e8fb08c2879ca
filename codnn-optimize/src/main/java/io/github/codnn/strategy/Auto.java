package io.github.codnn.strategy;

import io.github.codnn.optimize.OffloadingProblem;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopReason;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;

/**
 * Takes {@link ExactPipeline} where it can prove the optimum soon, {@link ExactDag} where inputs or results pass by layers of a
 * chain (an attention mask), and {@link Dbpso}, which starts from all the constructive answers, everywhere else: several tasks,
 * energy and price, a fitness of one's own, networks that are no chains.
 *
 * <p>If the exact search has not come to its proof after {@value #MOST_QUESTIONS} questions, the swarm goes on with the same
 * stop rule; the better plan of both is returned with the bound of the exact search. The record of the plan names the
 * strategy that found it. Deterministic where its parts are.
 */
public record Auto() implements Strategy {

    /** How many questions the exact search may ask: a number, not a time, so that results do not depend on the machine. */
    static final int MOST_QUESTIONS = 200;

    /** Above this many devices a single question can take too long. */
    static final int MOST_DEVICES = 16;

    /** The same for chains with inputs or results that pass by layers. */
    private static final int MOST_DEVICES_WITH_BYPASS = 8;

    /**
     * Returns the strategy.
     *
     * @return the strategy, which has no settings
     */
    public static Auto withDefaults() {
        return new Auto();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        if (!canProve(problem)) {
            return Dbpso.withDefaults().search(problem, options);
        }
        StopRule soon = options.stopRule().or(StopRule.iterations(MOST_QUESTIONS));
        SearchResult exact = Exact.withDefaults().search(problem, options.withStopRule(soon));
        boolean endedItself = exact.stopReason() != StopReason.ITERATIONS && exact.stopReason() != StopReason.COMPLETED;
        if (endedItself) {
            return exact;
        }
        SearchResult swarm = Dbpso.withDefaults().search(problem, options);
        SearchResult better = exact.value() <= swarm.value() && exact.best().isPresent() ? exact : swarm;
        return withBound(better, Math.max(exact.lowerBound(), swarm.lowerBound()));
    }

    /** Tells whether {@link Exact} can solve a problem, and is likely to do so soon. */
    static boolean canProve(OffloadingProblem problem) {
        int devices = problem.compiled().deviceCount();
        if (ExactPipeline.canSolve(problem)) {
            return devices <= MOST_DEVICES;
        }
        return devices <= MOST_DEVICES_WITH_BYPASS
                && ExactDag.canSolve(problem)
                && problem.scenario().workload().tasks().get(0).graph().isChain();
    }

    /** Returns a result with a bound from elsewhere. */
    static SearchResult withBound(SearchResult result, double bound) {
        return new SearchResult(
                result.best().map(plan -> withBound(plan, bound)),
                result.closest().map(plan -> withBound(plan, bound)),
                bound,
                result.evaluations(),
                result.iterations(),
                result.elapsed(),
                result.stopReason(),
                result.history());
    }

    private static Plan withBound(Plan plan, double bound) {
        return plan.run().map(run -> plan.withRun(run.withLowerBound(bound))).orElse(plan);
    }
}
