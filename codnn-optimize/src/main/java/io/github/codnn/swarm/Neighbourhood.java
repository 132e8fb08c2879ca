package io.github.codnn.swarm;

import java.util.random.RandomGenerator;

/**
 * What simulated annealing moves: a current state, a trial next to it, and the best state so far, which it holds in its
 * own form. Not thread-safe.
 */
interface Neighbourhood {

    /** Reads the current and the best state from a placement; returns false if it has no form for it. */
    boolean read(int[] placement);

    /** Tells whether reading may change the placement, so that the current state has to be scored again. */
    boolean readRepairs();

    /** Makes the trial a neighbour of the current state; returns whether it differs. */
    boolean propose(RandomGenerator random);

    /** Returns how many evaluations the work of the last proposal is worth, besides that of scoring it. */
    default int workOfProposal() {
        return 0;
    }

    /** Makes the trial what the best state becomes without chance; returns whether there is such a step. */
    boolean polish();

    /** Scores the trial. */
    void scoreTrial();

    /** Makes the trial the current state. */
    void accept();

    /** Makes the current state the best one. */
    void keepBest();

    /** Writes the best state. */
    void writeBest(int[] placement);
}
