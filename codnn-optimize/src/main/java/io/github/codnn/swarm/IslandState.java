package io.github.codnn.swarm;

import com.google.common.primitives.Ints;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.SerialForms;
import io.github.codnn.pipeline.Scorer;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.ArrayList;
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

    private Object writeReplace() {
        return new Arrays(this);
    }

    /**
     * The serial form, which holds no collection.
     *
     * @serial exclude
     */
    private static final class Arrays implements Serializable {

        private static final long serialVersionUID = 1;

        private final Particle<?>[] particles;
        private final int leader;
        private final long iteration;
        private final Scorer.Findings findings;
        private final int[] deck;

        Arrays(IslandState<?> state) {
            particles = state.particles().toArray(Particle<?>[]::new);
            leader = state.leader();
            iteration = state.iteration();
            findings = state.findings();
            deck = Ints.toArray(state.deck());
        }

        private Object readResolve() throws InvalidObjectException {
            return SerialForms.resolve(this::state);
        }

        @SuppressWarnings("unchecked") // an island checks its particles before it takes over a state
        private <V extends Serializable> IslandState<V> state() {
            List<Particle<V>> all = new ArrayList<>(particles.length);
            for (Particle<?> particle : particles) {
                all.add((Particle<V>) particle);
            }
            return new IslandState<>(all, leader, iteration, findings, List.copyOf(Ints.asList(deck)));
        }
    }
}
