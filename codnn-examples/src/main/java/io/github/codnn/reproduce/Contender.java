package io.github.codnn.reproduce;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Optional;

/**
 * A strategy of a comparison.
 *
 * @param name its name in tables
 * @param strategy the strategy
 * @param kind what it starts from
 */
record Contender(String name, Strategy strategy, Kind kind) {

    private static final double SPENT = 0.99; // of the budget
    private static final long STRIDE = 1_000_003; // between the seeds of restarts

    private static final int MAX_MESSAGE = 120; // characters

    /** What a strategy starts from. */
    enum Kind {
        /** A rule that makes one plan and has no use for a budget. */
        RULE,
        /** A search that starts from nothing. */
        UNSEEDED,
        /** A search that starts from the plans of simple rules. */
        SEEDED
    }

    /**
     * A run.
     *
     * @param best the best feasible plan
     * @param closest the least violating plan if there is no feasible one
     * @param value the fitness of the feasible plan, infinity without one
     * @param evaluations how many placements were evaluated
     * @param proven whether the plan is proven optimal, so that the search ended early
     * @param starts how often the search started
     * @param failure why there is no result, if the strategy threw an exception
     */
    record Run(
            Optional<MetricsSnapshot> best,
            Optional<MetricsSnapshot> closest,
            double value,
            long evaluations,
            boolean proven,
            int starts,
            Optional<String> failure) {

        static Run failed(RuntimeException failure) {
            return new Run(
                    Optional.empty(),
                    Optional.empty(),
                    Double.POSITIVE_INFINITY,
                    0,
                    false,
                    1,
                    Optional.of(shown(failure)));
        }

        boolean isFailed() {
            return failure.isPresent();
        }

        private Run plus(Run later) {
            Run better = later.value < value ? later : this;
            return new Run(
                    better.best,
                    better.closest,
                    better.value,
                    evaluations + later.evaluations,
                    proven || later.proven,
                    starts + 1,
                    Optional.empty());
        }
    }

    /** Returns an exception in one short line that fits the cell of a table. */
    static String shown(RuntimeException failure) {
        String line = failure.toString().replaceAll("\\s+", " ").replace('|', '/');
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "...";
    }

    static Contender rule(String name, Strategy strategy) {
        return new Contender(name, strategy, Kind.RULE);
    }

    static Contender unseeded(String name, Strategy strategy) {
        return new Contender(name, strategy, Kind.UNSEEDED);
    }

    static Contender seeded(String name, Strategy strategy) {
        return new Contender(name + ", seeded", strategy, Kind.SEEDED);
    }

    /**
     * Searches with a budget: a search that ends before 99 % of it starts again with another seed, and the best of all
     * starts counts. A rule runs once.
     *
     * @param problem the problem
     * @param evaluations the budget
     * @param seed the seed
     */
    Run run(OffloadingProblem problem, long evaluations, long seed) {
        Run run = start(problem, evaluations, seed);
        while (kind != Kind.RULE && !run.proven && run.evaluations < SPENT * evaluations) {
            Run more = start(problem, evaluations - run.evaluations, seed + STRIDE * run.starts);
            if (more.evaluations == 0) {
                return run;
            }
            run = run.plus(more);
        }
        return run;
    }

    private Run start(OffloadingProblem problem, long evaluations, long seed) {
        SearchOptions options =
                SearchOptions.withDefaults().withSeed(seed).withStopRule(StopRule.evaluations(evaluations));
        SearchResult result = strategy.search(problem, options);
        return new Run(
                result.best().map(Plan::metrics),
                result.closest().map(Plan::metrics),
                result.value(),
                result.evaluations(),
                result.stopReason() == StopReason.PROVEN,
                1,
                Optional.empty());
    }
}
