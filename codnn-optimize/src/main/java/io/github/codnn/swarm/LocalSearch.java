package io.github.codnn.swarm;

import io.github.codnn.optimize.Score;
import java.util.random.RandomGenerator;

/** Improves a placement step by step. Not thread-safe. */
interface LocalSearch {

    /**
     * Improves a placement.
     *
     * @param placement the placement; replaced by the best one found
     * @param score its score
     * @param random the source of randomness
     * @param moves how many moves to try, each at one evaluation
     * @param temperature the initial temperature, as a share of the value
     * @return whether it became better
     */
    boolean improve(int[] placement, Score score, RandomGenerator random, int moves, double temperature);

    /** Returns the score of the placement that the last call found. */
    Score best();
}
