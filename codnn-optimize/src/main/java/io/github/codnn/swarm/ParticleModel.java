package io.github.codnn.swarm;

import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.List;

/**
 * How the particles of a strategy start, move and become placements. Belongs to one island; not thread-safe.
 *
 * @param <V> the velocity of a particle
 */
interface ParticleModel<V extends Serializable> {

    /**
     * Creates a model for a problem, also on another machine.
     *
     * @param <V> the velocity of a particle
     */
    interface Origin<V extends Serializable> extends Serializable {
        ParticleModel<V> create(OffloadingProblem problem);
    }

    /**
     * What an island has to know of the settings.
     *
     * @param interval how many steps it runs independently
     * @param velocity determines the inertia of each step
     * @param topology whose best position a particle follows
     * @param patience after how many steps without a better position a particle is relocated
     * @param relocatesLeader whether this holds for the best particle, too
     */
    record Rules(int interval, Velocity velocity, Topology topology, int patience, boolean relocatesLeader) {}

    Rules rules();

    /** Returns what creates the same model on another machine. */
    Origin<V> origin() throws NotSerializableException;

    /** Returns the scorer of all placements of the island. */
    Scorer scorer();

    /** Returns what draws placements. */
    RandomPlacement sampler();

    Particle<V> newParticle(long seed);

    /** Tells whether a particle that came from another machine has the form that this model needs. */
    boolean fits(Particle<V> particle);

    /** Returns the greatest number of evaluations that a particle takes in the step of a number. */
    long evaluationsPerParticle(long steps);

    /** Begins a step; the number of moves of local search depends on how many there were before. */
    void beginStep(double inertia, long steps);

    /** Puts a particle on a random placement and scores it. */
    void start(Particle<V> particle);

    /** Puts a particle on a known placement and scores it. */
    void start(Particle<V> particle, int[] known);

    /** Puts a particle that has failed too often elsewhere and scores it. */
    void relocate(Particle<V> particle);

    /** Returns which particle leads until the first step ends. */
    int firstLeader(List<Particle<V>> particles);

    /** Moves a particle and scores it. */
    void move(Particle<V> particle, int[] attractor);
}
