package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Fitness;
import java.io.Serializable;

/**
 * The fitness of the CoDNN paper's DBPSO: execution time, a penalty for deadlines and the cost of the resources, in one
 * sum: {@code mean time * (1 + penalty * violation) + priceWeight * price}.
 *
 * <p>Section 4.2 of the paper names the three parts and has neither a formula nor weights. Here the time is the mean
 * time per frame of its equation 1; the violation is that of {@link PlanMetrics#violation()}, the relative excess over
 * the deadline, and with it over all other limits; the price is that of the batch.
 *
 * @param penalty the weight of violations, zero or greater; with 10 a deadline missed by a tenth doubles the fitness
 * @param priceWeight the weight of the price in seconds per unit of currency, zero or greater
 */
public record PenalisedTime(double penalty, double priceWeight) implements Fitness, Serializable {

    /** Checks the components. */
    public PenalisedTime {
        Checks.nonNegativeFinite(penalty, "The weight of violations");
        Checks.nonNegativeFinite(priceWeight, "The weight of the price");
    }

    /**
     * Returns a penalty of 10 and a weight of 1 for the price; both are our choice.
     *
     * @return the fitness
     */
    public static PenalisedTime withDefaults() {
        return new PenalisedTime(10, 1);
    }

    @Override
    public double of(PlanMetrics metrics) {
        return metrics.meanSeconds() * (1 + penalty * metrics.violation()) + priceWeight * metrics.price();
    }

    @Override
    public String label() {
        return "penalised-time";
    }
}
