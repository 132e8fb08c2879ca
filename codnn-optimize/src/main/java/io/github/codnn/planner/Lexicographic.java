package io.github.codnn.planner;

import com.google.common.collect.Lists;
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
 * Minimises the fitness of the problem first and then other objectives, in their order, each among the plans whose
 * earlier objectives are worse than the best ones by at most a tolerance.
 *
 * <p>Each search gets an equal share of the iterations, evaluations and time of the stop rule; rules on the fitness
 * apply to the first search. A later search that fails leaves a notice in the plan. Value, bound and gap of the result
 * are those of the fitness of the problem. A heuristic for the objectives after the first; deterministic if its
 * strategy is. One iteration minimises one objective.
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
     * Searches with {@link Auto} and lets objectives become worse by a factor of 1e-6.
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
     * @param newStrategy how each objective is searched
     * @return the changed strategy
     */
    public Lexicographic withStrategy(Strategy newStrategy) {
        return new Lexicographic(newStrategy, then, tolerance);
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
        Parts parts = Parts.ofUser(problem.fitness(), part(options));
        List<Limit> limits = new ArrayList<>();
        Fitness next = problem.fitness();
        SearchResult best = strategy.search(problem, parts.options());
        run.addEvaluations(best.evaluations());
        run.raiseLowerBound(best.lowerBound());
        Optional<StopReason> stop = run.endIteration();
        for (int index = 0; index < then.size() && best.best().isPresent() && stop.isEmpty(); index++) {
            limits.add(limit(next, best.best().get()));
            next = then.get(index);
            Fitness guarded = Guarded.of(next, limits);
            SearchOptions withoutValues = parts.options().withoutValues();
            Optional<SearchResult> result =
                    parts.attempt(next.label(), () -> strategy.search(problem.withFitness(guarded), withoutValues));
            run.addEvaluations(result.map(SearchResult::evaluations).orElseGet(parts::evaluationsOfFailed));
            best = isBetter(result, best, guarded) ? result.get() : best;
            stop = run.endIteration();
        }
        Optional<Plan> plan = best.bestOrClosest();
        plan.ifPresent(found -> run.offer(problem.evaluator().encode(found.placement())));
        return run.finish(stop.orElse(StopReason.COMPLETED)).withNotices(parts.notices(plan));
    }

    private static boolean isBetter(Optional<SearchResult> result, SearchResult best, Fitness guarded) {
        Optional<Plan> plan = result.flatMap(SearchResult::best);
        return plan.isPresent()
                && guarded.of(plan.get().metrics())
                        < guarded.of(best.best().orElseThrow().metrics());
    }

    private Limit limit(Fitness fitness, Plan plan) {
        double value = fitness.of(plan.metrics());
        return new Limit(fitness, value + tolerance * Math.abs(value));
    }

    private SearchOptions part(SearchOptions options) {
        return options.withListener(progress -> {}).withShare(1.0 / (then.size() + 1));
    }

    /**
     * The greatest allowed value of an earlier objective.
     *
     * @param fitness what is minimised
     * @param most its greatest value
     * @serial exclude
     */
    private record Limit(Fitness fitness, double most) implements Serializable {}

    /**
     * An objective where a limit is kept, and the excess over the limit elsewhere.
     *
     * @param fitness what is minimised, which may be guarded by the next limit
     * @param limit the limit of an earlier objective
     * @serial exclude
     */
    private record Guarded(Fitness fitness, Limit limit) implements Fitness, Serializable {

        /** Worse than any figure of a plan. */
        private static final double OUTSIDE = 1e100;

        /** Guards by all limits, the first one first. */
        static Fitness of(Fitness fitness, List<Limit> limits) {
            Fitness guarded = fitness;
            for (Limit limit : Lists.reverse(limits)) {
                guarded = new Guarded(guarded, limit);
            }
            return guarded;
        }

        @Override
        public double of(PlanMetrics metrics) {
            double value = limit.fitness().of(metrics);
            return value > limit.most()
                    ? OUTSIDE * (1 + (value - limit.most()) / Math.max(Math.abs(limit.most()), Double.MIN_NORMAL))
                    : fitness.of(metrics);
        }
    }
}
