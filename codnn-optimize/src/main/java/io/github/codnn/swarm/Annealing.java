package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import java.io.Serializable;

/**
 * The local search that follows every step of a particle: simulated annealing on stages.
 *
 * @param moves how many moves follow a step, at least 0. The first steps take 16, 32, 64 and so on, so that small
 *     budgets are kept; where a move costs time in proportion to the layers, L layers get 100,000 / L moves at
 *     the most
 * @param temperature the initial temperature, as a share of the value
 */
public record Annealing(int moves, double temperature) implements Serializable {

    /** No local search. */
    public static final Annealing NONE = new Annealing(0, 0);

    /** Checks the components. */
    public Annealing {
        Checks.nonNegative(moves, "The number of local moves");
        Checks.nonNegativeFinite(temperature, "The temperature");
    }
}
