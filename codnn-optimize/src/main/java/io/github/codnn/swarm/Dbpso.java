package io.github.codnn.swarm;

import io.github.codnn.baseline.Constructive;
import io.github.codnn.chainsearch.PeriodBeam;
import io.github.codnn.internal.SerialForms;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.problem.OffloadingProblem;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * DBPSO, the particle swarm of the CoDNN paper (section 4.2: "DNN partitioning and offloading based on particle swarm
 * optimization"), in two configurations.
 *
 * <p>{@link #asPublished()} is what the paper describes: a swarm of real positions, one per layer, which search by
 * velocity and position, with execution time, a penalty for deadlines and the cost of resources as the fitness. The
 * paper has no coefficients, no swarm size and no formula of the fitness; ours are the classic ones, see
 * {@link Velocity#linear} and {@link PenalisedTime}.
 *
 * <p>{@link #withDefaults()} keeps swarm, velocity and position, and changes what decides the quality of the plan:
 * particles are orders of devices and cuts, so that every position is a pipeline; Deb's rules replace the penalty, so
 * that there is no weight to tune; the swarm starts from the constructive placements (for the period of a chain, also
 * from that of a beam search over sets of devices), so that its result is never worse than these; and every step is
 * followed by a short local search on stages, whose result becomes the position of the particle.
 *
 * <p>A heuristic for chains and DAGs, one task or several, any rules and any fitness. Runs until the stop rule ends it
 * or its plan is proven optimal. Takes memory for a few positions per particle. Same seed, same plan, on any executor.
 *
 * @param swarm how many particles there are, on how many islands
 * @param velocity how particles move
 * @param topology whose best position a particle of an island follows
 * @param decoder how a position becomes a placement
 * @param fitness what guides the swarm instead of Deb's rules and the problem's own fitness; these decide in any case
 *     which plan is the best
 * @param seeded whether the swarm starts from the constructive placements and from random stages, or from random keys
 * @param annealing the local search after every step
 * @serial exclude
 */
public record Dbpso(
        Swarm swarm,
        Velocity velocity,
        Topology topology,
        Decoder decoder,
        Optional<PenalisedTime> fitness,
        boolean seeded,
        Annealing annealing)
        implements Strategy, Serializable {

    private static final Dbpso DEFAULTS = new Dbpso(
            new Swarm(24, 4, 1),
            Velocity.constriction(),
            Topology.GLOBAL,
            Decoders.ORDER_AND_CUTS,
            Optional.empty(),
            true,
            new Annealing(4000, 0.01));

    /** Checks the components. */
    public Dbpso {
        Objects.requireNonNull(swarm, "swarm");
        Objects.requireNonNull(velocity, "velocity");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(fitness, "fitness");
        Objects.requireNonNull(annealing, "annealing");
    }

    /**
     * Returns the recommended configuration: 24 particles in 4 islands, orders and cuts, Deb's rules, constriction,
     * seeds and local search. Moves and temperature did best among a few on random pipelines of 100 and 500 layers with
     * slow links.
     *
     * @return the strategy
     */
    public static Dbpso withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns the configuration of the paper: 40 particles, a real position per layer, the fitness of {@link
     * PenalisedTime}, inertia falling from 0.9 to 0.4 within 1,000 iterations, coefficients 2; no seeds, no repair, no
     * local search.
     *
     * @return the strategy
     */
    public static Dbpso asPublished() {
        return new Dbpso(
                Swarm.of(40),
                Velocity.linear(1000),
                Topology.GLOBAL,
                Decoders.PER_LAYER,
                Optional.of(PenalisedTime.withDefaults()),
                false,
                Annealing.NONE);
    }

    /**
     * Returns this strategy with another number of particles.
     *
     * @param size the number of particles
     * @return the changed strategy
     */
    public Dbpso withSwarmSize(int size) {
        return new Dbpso(swarm.withSize(size), velocity, topology, decoder, fitness, seeded, annealing);
    }

    /**
     * Returns this strategy with other islands.
     *
     * @param count into how many parts the swarm is split
     * @param interval how many steps an island runs independently
     * @return the changed strategy
     */
    public Dbpso withIslands(int count, int interval) {
        return new Dbpso(swarm.withIslands(count, interval), velocity, topology, decoder, fitness, seeded, annealing);
    }

    /**
     * Returns this strategy with another way to move.
     *
     * @param newVelocity how particles move
     * @return the changed strategy
     */
    public Dbpso withVelocity(Velocity newVelocity) {
        return new Dbpso(swarm, newVelocity, topology, decoder, fitness, seeded, annealing);
    }

    /**
     * Returns this strategy with a constant inertia.
     *
     * @param inertia the inertia in all iterations, in [0, 1]
     * @return the changed strategy
     */
    public Dbpso withInertia(double inertia) {
        return withVelocity(velocity.withInertia(inertia));
    }

    /**
     * Returns this strategy with another topology.
     *
     * @param newTopology whose best position a particle follows
     * @return the changed strategy
     */
    public Dbpso withTopology(Topology newTopology) {
        return new Dbpso(swarm, velocity, newTopology, decoder, fitness, seeded, annealing);
    }

    /**
     * Returns this strategy with another decoder.
     *
     * @param newDecoder how a position becomes a placement
     * @return the changed strategy
     */
    public Dbpso withDecoder(Decoder newDecoder) {
        return new Dbpso(swarm, velocity, topology, newDecoder, fitness, seeded, annealing);
    }

    /**
     * Returns this strategy guided by another fitness than the problem's.
     *
     * @param guide what guides the swarm
     * @return the changed strategy
     */
    public Dbpso withFitness(PenalisedTime guide) {
        return new Dbpso(swarm, velocity, topology, decoder, Optional.of(guide), seeded, annealing);
    }

    /**
     * Returns this strategy guided by Deb's rules and the problem's fitness.
     *
     * @return the changed strategy
     */
    public Dbpso withoutFitness() {
        return new Dbpso(swarm, velocity, topology, decoder, Optional.empty(), seeded, annealing);
    }

    /**
     * Returns this strategy with or without seeds.
     *
     * @param newSeeded whether the swarm starts from the constructive placements
     * @return the changed strategy
     */
    public Dbpso withSeeded(boolean newSeeded) {
        return new Dbpso(swarm, velocity, topology, decoder, fitness, newSeeded, annealing);
    }

    /**
     * Returns this strategy with another local search.
     *
     * @param moves how many moves follow a step, 0 for none
     * @param temperature the initial temperature, as a share of the value
     * @return the changed strategy
     */
    public Dbpso withLocalSearch(int moves, double temperature) {
        return new Dbpso(swarm, velocity, topology, decoder, fitness, seeded, new Annealing(moves, temperature));
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Archipelago<KeyVelocity> archipelago = archipelago(problem, options, Optional.empty(), run);
        List<int[]> known = new ArrayList<>();
        if (seeded) {
            PeriodBeam.placement(problem, run).ifPresent(known::add);
            known.forEach(run::offer);
            known.addAll(Constructive.placements(problem, run));
        }
        return archipelago.search(run, known);
    }

    /** Makes the islands of a run; with flights particles that fail too often fly elsewhere. */
    Archipelago<KeyVelocity> archipelago(
            OffloadingProblem problem, SearchOptions options, Optional<LevyFlight> flight, SearchRun run) {
        Dbpso fitted = withVelocity(velocity.ofRun(run, swarm.size() * (1L + annealing.moves())));
        Arrangement arrangement = Arrangement.of(problem);
        return new Archipelago<>(
                swarm,
                options,
                seeds -> new Island<>(problem, new KeyParticles(fitted, flight, problem, arrangement), seeds));
    }

    private Object writeReplace() {
        return new Parts(swarm, velocity, topology, decoder, fitness.orElse(null), seeded, annealing);
    }

    /**
     * What of the settings is written: {@link Optional} cannot be.
     *
     * @param swarm its size and islands
     * @param velocity how particles move
     * @param topology whose best position a particle follows
     * @param decoder of positions
     * @param fitness what is minimised
     * @param seeded whether seeded
     * @param annealing the local search
     * @serial exclude
     */
    private record Parts(
            Swarm swarm,
            Velocity velocity,
            Topology topology,
            Decoder decoder,
            @Nullable PenalisedTime fitness,
            boolean seeded,
            Annealing annealing)
            implements Serializable {

        private Object readResolve() throws InvalidObjectException {
            return SerialForms.resolve(() ->
                    new Dbpso(swarm, velocity, topology, decoder, Optional.ofNullable(fitness), seeded, annealing));
        }
    }
}
