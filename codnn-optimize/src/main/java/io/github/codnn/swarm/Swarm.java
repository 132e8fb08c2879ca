package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import java.io.Serializable;

/**
 * The number of particles of a swarm, and of the islands that they form.
 *
 * @param size the number of particles, at least {@code islands}
 * @param islands into how many parts the swarm is split, each of which runs on a thread of its own if there is an
 *     executor; part of the search, so that results do not depend on the number of threads
 * @param migrationInterval how many steps an island runs independently; then each island sends its best position to the
 *     next one. This is an iteration of the search and a job of an executor: for a distributed executor, choose so
 *     many that a job takes longer than its transfer
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
     * @param interval how many steps an island runs independently
     * @return the changed swarm
     */
    public Swarm withIslands(int count, int interval) {
        return new Swarm(size, count, interval);
    }
}
