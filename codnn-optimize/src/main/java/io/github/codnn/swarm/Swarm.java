package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import java.io.Serializable;

/**
 * How many particles a swarm has, and the islands on which they live.
 *
 * @param size the number of particles, at least {@code islands}
 * @param islands into how many parts the swarm is split, each of which runs on a thread of its own if there is an
 *     executor; part of the search, so that results do not depend on the number of threads
 * @param migrationInterval how many steps an island goes by itself; then each island tells the next one its best
 *     position. This is an iteration of the search, and what an executor is given at a time: take so many for a
 *     distributed one that moving takes longer than travelling
 */
public record Swarm(int size, int islands, int migrationInterval) implements Serializable {

    /** Checks the components. */
    public Swarm {
        Checks.positive(islands, "The number of islands");
        if (size < islands) {
            throw new IllegalArgumentException("A swarm of " + size + " particles cannot have " + islands + " islands");
        }
        Checks.positive(migrationInterval, "The migration interval");
    }

    /**
     * Returns a swarm that is not split.
     *
     * @param size the number of particles
     * @return the swarm
     */
    public static Swarm of(int size) {
        return new Swarm(size, 1, 1);
    }

    /**
     * Returns this swarm with another number of particles.
     *
     * @param count the number of particles
     * @return the changed swarm
     */
    public Swarm withSize(int count) {
        return new Swarm(count, islands, migrationInterval);
    }

    /**
     * Returns this swarm on other islands.
     *
     * @param count into how many parts the swarm is split
     * @param interval how many steps an island goes by itself
     * @return the changed swarm
     */
    public Swarm withIslands(int count, int interval) {
        return new Swarm(size, count, interval);
    }
}
