package io.github.codnn.swarm;

import io.github.codnn.baseline.Constructive;
import io.github.codnn.internal.SerialForms;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.problem.OffloadingProblem;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * DBLPSO-MD, the particle swarm with Levy flights of the CoDNN paper (section 4.3: several tasks share heterogeneous
 * devices; least energy of the system, every deadline kept), in two configurations. Designed for
 * {@code Objective.ENERGY}; takes any fitness.
 *
 * <p>A position is a device for every layer of every task: its genes. In each step a particle has a velocity, in genes,
 * with three parts, and its position changes by as many genes as these say:
 *
 * <ul>
 *   <li>{@code c1 r1 d(x, own best)} genes become those of its own best position, where d is the number of genes that
 *       differ and r1 is a new random number;
 *   <li>{@code c2 r2 d(x, swarm's best)} genes become those of the best position of its island;
 *   <li>a random part: with flights, {@link LevyFlight} determines how many genes get new random values and when a
 *       particle restarts, as in PSOLF (R. Jensi and G. W. Jiji, An enhanced particle swarm optimization with levy
 *       flight for global optimization, Applied Soft Computing 43, 2016), where a Levy step replaces the inertia;
 *       {@link #withoutFlights()} has plain inertia, w times the velocity of the step before, at least one gene.
 * </ul>
 *
 * <p>Genes that change follow each other, so that stages stay whole: a long jump moves whole stages and whole tasks.
 * The paper names velocity, position and "random long jump step size adjustment" and has no formula, coefficient or
 * swarm size: these are ours. Positions compare by Deb's rules, so that deadlines have no weight to tune.
 *
 * <p>{@link #asPublished()} does only that. {@link #withDefaults()} also starts from the constructive placements, so
 * that its result is never worse than these, repairs positions where devices run one stage only, and runs a local
 * search after every step.
 *
 * <p>A heuristic for chains and DAGs, one task or many, any rules. Runs until the stop rule ends it or its plan is
 * proven optimal. Takes memory for a few positions per particle. Same seed, same plan, on any executor.
 *
 * @param swarm how many particles there are, on how many islands; ours
 * @param velocity how strongly particles follow; see its factories for sources. {@code maxVelocity} limits the velocity
 *     to a share of all genes
 * @param flight how far particles jump, or empty for plain inertia
 * @param guided whether the swarm starts from the constructive placements and repairs positions; ours
 * @param annealing the local search after every step; L layers on D devices get L D moves at the most, and shorter
 *     searches a temperature that is less in proportion; ours
 * @serial exclude
 */
public record DblpsoMd(Swarm swarm, Velocity velocity, Optional<LevyFlight> flight, boolean guided, Annealing annealing)
        implements Strategy, Serializable {

    private static final DblpsoMd DEFAULTS = new DblpsoMd(
            new Swarm(16, 4, 1),
            Velocity.constriction().withCoefficients(0.3, 0.3),
            Optional.of(LevyFlight.withDefaults()),
            true,
            new Annealing(10_000, 0.004));

    private static final DblpsoMd PUBLISHED = new DblpsoMd(
            Swarm.of(40), Velocity.linear(1000), Optional.of(LevyFlight.withDefaults()), false, Annealing.NONE);

    /** Checks the components. */
    public DblpsoMd {
        Objects.requireNonNull(swarm, "swarm");
        Objects.requireNonNull(velocity, "velocity");
        Objects.requireNonNull(flight, "flight");
        Objects.requireNonNull(annealing, "annealing");
    }

    /**
     * Returns the recommended configuration: 16 particles in 4 islands, the inertia of constriction, coefficients 0.3,
     * flights of index 1.5, seeds, repair and local search. Coefficients, moves and temperature did best among a few on
     * 2 tasks and 3 devices and on 50 tasks and 20 devices: classic coefficients take nearly all genes that differ at
     * once.
     *
     * @return the strategy
     */
    public static DblpsoMd withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns the configuration of the paper: 40 particles, inertia falling from 0.9 to 0.4 within 1,000 iterations,
     * coefficients 2, flights of index 1.5; no seeds, no repair, no local search.
     *
     * @return the strategy
     */
    public static DblpsoMd asPublished() {
        return PUBLISHED;
    }

    /**
     * Returns this strategy with another number of particles.
     *
     * @param size the number of particles
     * @return the changed strategy
     */
    public DblpsoMd withSwarmSize(int size) {
        return new DblpsoMd(swarm.withSize(size), velocity, flight, guided, annealing);
    }

    /**
     * Returns this strategy with other islands.
     *
     * @param count into how many parts the swarm is split
     * @param interval how many steps an island runs independently
     * @return the changed strategy
     */
    public DblpsoMd withIslands(int count, int interval) {
        return new DblpsoMd(swarm.withIslands(count, interval), velocity, flight, guided, annealing);
    }

    /**
     * Returns this strategy with other coefficients.
     *
     * @param newVelocity how strongly particles follow
     * @return the changed strategy
     */
    public DblpsoMd withVelocity(Velocity newVelocity) {
        return new DblpsoMd(swarm, newVelocity, flight, guided, annealing);
    }

    /**
     * Returns this strategy with other flights.
     *
     * @param newFlight how far particles jump
     * @return the changed strategy
     */
    public DblpsoMd withFlight(LevyFlight newFlight) {
        return new DblpsoMd(swarm, velocity, Optional.of(newFlight), guided, annealing);
    }

    /**
     * Returns this strategy with plain inertia instead of flights, for comparison.
     *
     * @return the changed strategy
     */
    public DblpsoMd withoutFlights() {
        return new DblpsoMd(swarm, velocity, Optional.empty(), guided, annealing);
    }

    /**
     * Returns this strategy with or without seeds and repair.
     *
     * @param newGuided whether the swarm starts from the constructive placements and repairs positions
     * @return the changed strategy
     */
    public DblpsoMd withGuided(boolean newGuided) {
        return new DblpsoMd(swarm, velocity, flight, newGuided, annealing);
    }

    /**
     * Returns this strategy with another local search.
     *
     * @param moves how many moves follow a step, 0 for none
     * @param temperature the initial temperature, as a share of the value
     * @return the changed strategy
     */
    public DblpsoMd withLocalSearch(int moves, double temperature) {
        return new DblpsoMd(swarm, velocity, flight, guided, new Annealing(moves, temperature));
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Arrangement arrangement = Arrangement.of(problem);
        Optional<Pipelines> pipelines = pipelines(problem);
        Archipelago<GeneVelocity> archipelago = new Archipelago<>(
                swarm,
                options,
                seeds -> new Island<>(problem, new GeneParticles(this, problem, arrangement, pipelines), seeds));
        return archipelago.search(run, guided ? Constructive.placements(problem, run) : List.of());
    }

    /** Returns the problem as pipelines if local search wants it that way. */
    Optional<Pipelines> pipelines(OffloadingProblem problem) {
        return annealing.moves() > 0 ? Pipelines.of(problem) : Optional.empty();
    }

    private Object writeReplace() {
        return new Parts(swarm, velocity, flight.orElse(null), guided, annealing);
    }

    /**
     * What of the settings is written: {@link Optional} cannot be.
     *
     * @param swarm its size and islands
     * @param velocity how particles move
     * @param flight of the jumps
     * @param guided whether guided
     * @param annealing the local search
     * @serial exclude
     */
    private record Parts(
            Swarm swarm, Velocity velocity, @Nullable LevyFlight flight, boolean guided, Annealing annealing)
            implements Serializable {

        private Object readResolve() throws InvalidObjectException {
            return SerialForms.resolve(
                    () -> new DblpsoMd(swarm, velocity, Optional.ofNullable(flight), guided, annealing));
        }
    }
}
