package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import io.github.codnn.pipeline.Scorer;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What of an island changes while it runs: all that comes back from the machine where it ran, and with the problem and
 * the settings all that is sent there. Shares the particles of its island within one machine.
 *
 * @param <V> the velocity of a particle
 * @param particles the particles
 * @param leader which of them is the best
 * @param iteration how many steps they have made
 * @param findings what was found and counted since the last report
 * @param deck the devices in the order that the last draw of a placement left
 * @serial exclude
 */
record IslandState<V extends Serializable>(
        List<Particle<V>> particles, int leader, long iteration, Scorer.Findings findings, List<Integer> deck)
        implements Serializable {

    IslandState {
        Checks.inRange(leader, 0, particles.size() - 1.0, "The best particle");
        Checks.nonNegative(iteration, "The number of steps");
        Objects.requireNonNull(findings, "findings");
        Objects.requireNonNull(deck, "deck");
    }
}
