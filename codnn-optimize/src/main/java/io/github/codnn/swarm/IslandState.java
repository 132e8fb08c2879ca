package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import io.github.codnn.pipeline.Scorer;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What of an island changes while it moves: all that comes back from the machine where it did, and with the problem and
 * the settings all that goes there. Shares the particles of its island within one machine.
 *
 * @param <P> the particles
 * @param particles the particles
 * @param leader which of them is the best
 * @param iteration how many steps they have gone
 * @param findings what was found and counted since the last report
 * @param deck the devices in the order that the last draw of a placement left; empty if the island draws none
 * @serial exclude
 */
public record IslandState<P>(
        List<P> particles, int leader, long iteration, Scorer.Findings findings, List<Integer> deck)
        implements Serializable {

    public IslandState {
        Checks.inRange(leader, 0, particles.size() - 1.0, "The best particle");
        Checks.nonNegative(iteration, "The number of steps");
        Objects.requireNonNull(findings, "findings");
        Objects.requireNonNull(deck, "deck");
    }

    /** Copies the particles, of which there must be as many. */
    void copyParticles(P[] to) {
        if (particles.size() != to.length) {
            throw new IllegalArgumentException(
                    "An island of " + to.length + " particles cannot take over " + particles.size());
        }
        particles.toArray(to);
    }
}
