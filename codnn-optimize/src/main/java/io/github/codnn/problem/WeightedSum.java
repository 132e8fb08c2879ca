package io.github.codnn.problem;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.SerialForms;
import io.github.codnn.plan.PlanMetrics;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Minimises several objectives at once at given exchange rates: {@code sum of weight * figure}. Its lower
 * bound is the sum of the weighted bounds.
 *
 * @param weights the weight of each objective, in the unit of the sum per unit of the figure (for example price per
 *     joule), zero or greater, at least one of them positive
 */
public record WeightedSum(Map<Objective, Double> weights) implements Fitness, Serializable {

    /** Checks and copies the component. */
    public WeightedSum {
        weights = Checks.copyInOrder(weights);
        weights.forEach((objective, weight) ->
                Checks.nonNegativeFinite(weight, "The weight of objective '" + objective.label() + "'"));
        if (weights.values().stream().noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException(
                    "A weighted sum of objectives needs at least one positive weight, but has " + weights);
        }
    }

    /**
     * Makes the sum of one objective.
     *
     * @param objective the objective
     * @param weight its weight
     * @return the sum
     */
    public static WeightedSum of(Objective objective, double weight) {
        return new WeightedSum(Map.of(objective, weight));
    }

    /**
     * Returns this sum with another objective.
     *
     * @param objective the objective
     * @param weight its weight, in place of the one it has, if any
     * @return the changed sum
     */
    public WeightedSum plus(Objective objective, double weight) {
        Map<Objective, Double> changed = new LinkedHashMap<>(weights);
        changed.put(objective, weight);
        return new WeightedSum(changed);
    }

    @Override
    public double of(PlanMetrics metrics) {
        double sum = 0;
        for (Map.Entry<Objective, Double> each : weights.entrySet()) {
            if (each.getValue() > 0) {
                sum += each.getValue() * each.getKey().of(metrics);
            }
        }
        return sum;
    }

    @Override
    public String label() {
        return weights.entrySet().stream()
                .map(each -> each.getValue() + "*" + each.getKey().label())
                .collect(Collectors.joining("+"));
    }

    /**
     * Returns what is sent instead.
     *
     * @return the serial form
     */
    private Object writeReplace() {
        return new Terms(this);
    }

    /**
     * The serial form, which holds no collection.
     *
     * @serial exclude
     */
    private static final class Terms implements Serializable {

        private static final long serialVersionUID = 1;

        private final Objective[] objectives;
        private final double[] weights;

        Terms(WeightedSum sum) {
            objectives = sum.weights.keySet().toArray(Objective[]::new);
            weights = sum.weights.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }

        private Object readResolve() throws InvalidObjectException {
            return SerialForms.resolve(() -> {
                Map<Objective, Double> terms = new LinkedHashMap<>();
                for (int term = 0; term < Math.max(objectives.length, weights.length); term++) {
                    terms.put(objectives[term], weights[term]);
                }
                return new WeightedSum(terms);
            });
        }
    }
}
