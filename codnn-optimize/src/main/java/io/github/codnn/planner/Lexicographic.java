package io.github.codnn.planner;

import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Minimises the fitness of the problem first and then other objectives, in their order, each among the plans that are
 * not worse in what came before than by a tolerance.
 *
 * <p>Each of the searches gets an equal share of what the stop rule allows. Value, bound and gap of the result are
 * those of the fitness of the problem. Deterministic where its strategy is. An iteration of the search is one
 * objective.
 *
 * @param strategy how each objective is searched
 * @param then the objectives after the first, in order of importance, at least one
 * @param tolerance by what share of its value an objective may become worse for those after it, zero or greater
 */
public record Lexicographic(Strategy strategy, List<Objective> then, double tolerance) implements Strategy {

    /** Checks and copies the components. */
    public Lexicographic {
        Objects.requireNonNull(strategy, "strategy");
        then = Checks.notEmpty(then, "objective after the first");
        Checks.nonNegativeFinite(tolerance, "The tolerance");
    }

    /**
     * Searches with {@link Auto} and lets objectives become worse by a thousandth of a thousandth: by rounding only.
     *
     * @param then the objectives after the first, in order of importance
     * @return the strategy
     */
    public static Lexicographic of(Objective... then) {
        return new Lexicographic(Auto.withDefaults(), List.of(then), 1e-6);
    }

    /**
     * Returns this strategy with another way to search.
     *
     * @param each how each objective is searched
     * @return the changed strategy
     */
    public Lexicographic withStrategy(Strategy each) {
        return new Lexicographic(each, then, tolerance);
    }

    /**
     * Returns this strategy with another tolerance.
     *
     * @param share by what share of its value an objective may become worse for those after it
     * @return the changed strategy
     */
    public Lexicographic withTolerance(double share) {
        return new Lexicographic(strategy, then, share);
    }

    @Override
    public GraphCollapser preferredCollapser() {
        return strategy.preferredCollapser();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        List<Limit> limits = new ArrayList<>();
        Fitness next = problem.fitness();
        SearchResult best = strategy.search(problem, part(options));
        run.addEvaluations(best.evaluations());
        run.raiseLowerBound(best.lowerBound());
        Optional<StopReason> stop = run.endIteration();
        for (int each = 0; each < then.size() && best.best().isPresent() && stop.isEmpty(); each++) {
            limits.add(limit(next, best.best().get()));
            next = then.get(each);
            Fitness guarded = new Guarded(next, List.copyOf(limits));
            SearchResult result = strategy.search(problem.withFitness(guarded), part(options));
            run.addEvaluations(result.evaluations());
            best = isBetter(result, best, guarded) ? result : best;
            stop = run.endIteration();
        }
        best.best()
                .or(best::closest)
                .ifPresent(plan -> run.offer(problem.evaluator().encode(plan.placement())));
        return run.finish(stop.orElse(StopReason.COMPLETED));
    }

    private static boolean isBetter(SearchResult result, SearchResult best, Fitness guarded) {
        return result.best().isPresent()
                && guarded.of(result.best().get().metrics())
                        < guarded.of(best.best().orElseThrow().metrics());
    }

    private Limit limit(Fitness fitness, Plan plan) {
        double value = fitness.of(plan.metrics());
        return new Limit(fitness, value + tolerance * Math.abs(value));
    }

    private SearchOptions part(SearchOptions options) {
        return options.withListener(progress -> {})
                .withStopRule(OneAfterAnother.share(options.stopRule(), then.size() + 1));
    }

    /**
     * What an earlier objective must not go above.
     *
     * @param fitness what is minimised
     * @param most its greatest value
     * @serial exclude
     */
    private record Limit(Fitness fitness, double most) implements Serializable {}

    /**
     * The objective at hand where all limits are kept, and how far they are passed elsewhere.
     *
     * @param fitness what is minimised
     * @param limits that it keeps
     * @serial exclude
     */
    private record Guarded(Fitness fitness, List<Limit> limits) implements Fitness, Serializable {

        /** Worse than any figure of a plan. */
        private static final double OUTSIDE = 1e100;

        @Override
        public double of(PlanMetrics metrics) {
            for (Limit limit : limits) {
                double value = limit.fitness().of(metrics);
                if (value > limit.most()) {
                    return OUTSIDE * (1 + (value - limit.most()) / Math.max(Math.abs(limit.most()), Double.MIN_NORMAL));
                }
            }
            return fitness.of(metrics);
        }
    }
}
