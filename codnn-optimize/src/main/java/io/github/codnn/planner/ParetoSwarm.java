package io.github.codnn.planner;

import io.github.codnn.exact.ExactPareto;
import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.problem.WeightedSum;
import io.github.codnn.swarm.DblpsoMd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds non-dominated plans for any number of tasks: one search for each of many weighted sums, whose weights are
 * spread evenly (decomposition: Q. Zhang and H. Li, MOEA/D, IEEE Transactions on Evolutionary Computation 11, 2007).
 * Figures are scaled by the best values of the single objectives, which are searched first.
 *
 * <p>A heuristic; weighted sums find only plans on the convex hull of the front. For one chain {@link ExactPareto} is
 * exact. Does not call the listener; rules on the fitness do not apply. Deterministic if its strategy is; immutable and
 * thread-safe.
 *
 * @param strategy what searches each sum
 * @param divisions into how many steps each weight is divided, at least 1: k objectives take
 *     {@code (divisions + k - 1)! / (divisions! (k - 1)!)} searches, each of which gets an equal share of the budget of
 *     the stop rule
 */
public record ParetoSwarm(Strategy strategy, int divisions) implements ParetoSearch {

    /** Checks the components. */
    public ParetoSwarm {
        Objects.requireNonNull(strategy, "strategy");
        Checks.positive(divisions, "The number of divisions");
    }

    /**
     * Returns {@link DblpsoMd} and 6 divisions, which make 28 sums of three objectives.
     *
     * @return the swarm
     */
    public static ParetoSwarm withDefaults() {
        return new ParetoSwarm(DblpsoMd.withDefaults(), 6);
    }

    /**
     * Returns this swarm with another strategy.
     *
     * @param newStrategy what searches each sum
     * @return the changed swarm
     */
    public ParetoSwarm withStrategy(Strategy newStrategy) {
        return new ParetoSwarm(newStrategy, divisions);
    }

    /**
     * Returns this swarm with other weights.
     *
     * @param steps into how many steps each weight is divided
     * @return the changed swarm
     */
    public ParetoSwarm withDivisions(int steps) {
        return new ParetoSwarm(strategy, steps);
    }

    @Override
    public ParetoFront search(OffloadingProblem problem, List<Objective> objectives, SearchOptions options) {
        ParetoSearch.checked(objectives);
        List<int[]> weights = new ArrayList<>();
        spread(new int[objectives.size()], 0, divisions, weights);
        weights.sort(Comparator.comparing(each -> !isSingle(each)));
        SearchOptions part = options.withListener(progress -> {})
                .withShare(1.0 / weights.size())
                .withoutValues();
        List<Plan> plans = new ArrayList<>();
        Map<Objective, Double> scales = new LinkedHashMap<>();
        for (int[] each : weights) {
            SearchResult result = strategy.search(problem.withFitness(sum(objectives, each, scales)), part);
            result.best().ifPresent(plan -> {
                plans.add(plan.withoutRun());
                for (Objective objective : objectives) {
                    scales.merge(objective, objective.of(plan.metrics()), Math::min);
                }
            });
        }
        return ParetoFront.of(objectives, plans, Double.POSITIVE_INFINITY).verified(problem);
    }

    private boolean isSingle(int[] weights) {
        for (int weight : weights) {
            if (weight == divisions) {
                return true;
            }
        }
        return false;
    }

    private static void spread(int[] weights, int index, int left, List<int[]> all) {
        if (index == weights.length - 1) {
            weights[index] = left;
            all.add(weights.clone());
            return;
        }
        for (int weight = 0; weight <= left; weight++) {
            weights[index] = weight;
            spread(weights, index + 1, left - weight, all);
        }
    }

    private static WeightedSum sum(List<Objective> objectives, int[] weights, Map<Objective, Double> scales) {
        Map<Objective, Double> sum = new LinkedHashMap<>();
        for (int each = 0; each < weights.length; each++) {
            double scale = scales.getOrDefault(objectives.get(each), 1.0);
            sum.put(objectives.get(each), weights[each] / (scale > 0 ? scale : 1));
        }
        return new WeightedSum(sum);
    }
}
