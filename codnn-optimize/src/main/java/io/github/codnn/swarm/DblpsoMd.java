package io.github.codnn.swarm;

import io.github.codnn.baseline.Constructive;
import io.github.codnn.internal.Seeds;
import io.github.codnn.internal.SerialForms;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.TaskReplanning;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * DBLPSO-MD, the particle swarm with Levy flights of the CoDNN paper (section 4.3: several tasks share heterogeneous
 * devices; least energy of the system, every deadline kept), in several configurations. Designed for
 * {@code Objective.ENERGY}; takes any fitness.
 *
 * <p>{@link #asPublished()} is what the paper names: velocity, position and "random long jump step size adjustment".
 * Velocities and positions are real, and particles that fail too often fly, as in LFPSO. The paper has no formula,
 * coefficient, index or swarm size: these are those of the literature, see {@link Velocity#linear} and {@link
 * LevyFlight}; scale and patience of the flights are ours. It states no rule that a device runs one stage of a task
 * only, and a real position finds hardly anything that keeps this rule: give the problem {@code StagesPerDevice.ANY}.
 *
 * <p>{@link #withGenes()} is the same swarm with a discrete position, which suits devices better, as their numbers have
 * no order. {@link #withDefaults()} has discrete positions, too; it also starts from the constructive placements, so
 * that its result is never worse than these, repairs positions where devices run one stage only, and runs a local
 * search after every step. {@link #withTaskJumps()} moves whole tasks, for many of them. {@link PositionUpdate} has the
 * details. Positions compare by Deb's rules, so that deadlines
 * have no weight to tune.
 *
 * <p>To tell what flights do, compare with {@link #withoutFlights()}, and with {@link LevyFlight#withLightTail()}, the
 * fair twin; {@link Velocity#fittedToBudget()} is for budgets that end before the inertia's schedule.
 *
 * <p>A heuristic for chains and DAGs, one task or many, any rules. Runs until the stop rule ends it or its plan is
 * proven optimal. Takes memory for a few positions per particle. Same seed, same plan, on any executor.
 *
 * @param swarm how many particles there are, on how many islands; ours
 * @param update what a position is and how particles move
 * @param velocity how strongly particles follow; see its factories for sources. {@code maxVelocity} limits the velocity
 *     to a share of all genes
 * @param flight how far particles jump, or empty for plain inertia
 * @param guided whether the swarm starts from the constructive placements and repairs positions; ours
 * @param annealing the local search after every step; L layers on D devices get L D moves at the most, and shorter
 *     searches a temperature that is less in proportion; ours
 * @serial exclude
 */
public record DblpsoMd(
        Swarm swarm,
        PositionUpdate update,
        Velocity velocity,
        Optional<LevyFlight> flight,
        boolean guided,
        Annealing annealing)
        implements Strategy, Serializable {

    private static final int SMALL = 300; // pairs of a layer and a device

    // Of the evaluations, where tasks are many.
    private static final double SHARE_OF_STARTS = 0.05; // each of two kinds
    private static final double SHARE_OF_RESPONSES = 0.1; // for starts
    private static final double SHARE_OF_TOURNAMENT = 0.4;
    private static final long MOST_OF_TOURNAMENT = 500_000;
    private static final long MANY = Long.MAX_VALUE >> 8; // evaluations: more than any limit
    private static final long WITHOUT_LIMIT = 50_000; // of a tournament

    private static final DblpsoMd DEFAULTS = new DblpsoMd(
            new Swarm(16, 4, 1),
            PositionUpdate.GENES,
            Velocity.constriction().withCoefficients(0.3, 0.3),
            Optional.of(LevyFlight.withDefaults()),
            true,
            new Annealing(10_000, 0.004));

    private static final DblpsoMd TASK_JUMPS = new DblpsoMd(
            Swarm.of(1),
            PositionUpdate.TASKS,
            Velocity.constriction().withCoefficients(1, 0.3),
            Optional.of(LevyFlight.withDefaults().withScale(0.01).withPatience(20)),
            true,
            new Annealing(1000, 0.01));

    private static final int PATIENCE_IN_EVALUATIONS = 10;

    private static final DblpsoMd PUBLISHED = new DblpsoMd(
            Swarm.of(40),
            PositionUpdate.REAL,
            Velocity.linear(1000),
            Optional.of(LevyFlight.withDefaults().withPatience(PATIENCE_IN_EVALUATIONS)),
            false,
            Annealing.NONE);

    /** Checks the components. */
    public DblpsoMd {
        Objects.requireNonNull(swarm, "swarm");
        Objects.requireNonNull(update, "update");
        Objects.requireNonNull(velocity, "velocity");
        Objects.requireNonNull(flight, "flight");
        Objects.requireNonNull(annealing, "annealing");
    }

    /**
     * Returns the recommended configuration for few tasks: 16 particles in 4 islands, the inertia of constriction,
     * coefficients 0.3, flights of index 1.5, seeds, repair and local search. Coefficients, moves and temperature did
     * best among a few on 2 tasks and 3 devices and on 50 tasks and 20 devices: classic coefficients take nearly all
     * genes that differ at once.
     *
     * @return the strategy
     */
    public static DblpsoMd withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns the configuration for many tasks on shared devices: {@link PositionUpdate#TASKS}, one particle,
     * walks of up to 1,000 moves at a temperature of 0.01 shared among the tasks, flights of index 1.5, scale 0.01
     * and patience 20. It starts from whole tasks packed into few devices, in some 80 ways, and, for energy and
     * price, from plans in which each task is the best response to those before it, in up to 32 ways; two fifths of the
     * evaluations go to annealing of the best of these, of which the better half goes on in each round (successive
     * halving), and the rest to the particle. With four fifths, one of four generated workloads of 16 tasks ended 74 %
     * above the best known energy at 5,000 evaluations. For energy and price three of five moves take up to eight
     * tasks out of the plan and put each back by its best response; 128 pipelines that are tried count as an
     * evaluation, and each response as another one. More particles did not find better
     * plans with the same evaluations, and no clear difference was seen without flights. Problems of at most 300
     * pairs of a layer and a device, where plans of several stages of each task matter more than jumps of tasks,
     * get the defaults.
     *
     * @return the strategy
     */
    public static DblpsoMd withTaskJumps() {
        return TASK_JUMPS;
    }

    /**
     * Returns the configuration of the paper: 40 particles, real positions, inertia falling from 0.9 to 0.4 within
     * 1,000 iterations, coefficients 2; flights of index 1.5 and scale 0.1 after 10 steps without a better position; no
     * seeds, no repair, no local search.
     *
     * @return the strategy
     */
    public static DblpsoMd asPublished() {
        return PUBLISHED;
    }

    /**
     * Returns the swarm of {@link #asPublished()} with genes instead of real numbers, which have no order that
     * positions could follow: {@link PositionUpdate#GENES}, flights as long as in the configuration of the paper.
     *
     * @return the strategy
     */
    public static DblpsoMd withGenes() {
        return PUBLISHED.withUpdate(PositionUpdate.GENES).withFlight(LevyFlight.withDefaults());
    }

    /**
     * Returns this strategy with another position.
     *
     * @param newUpdate what a position is and how particles move
     * @return the changed strategy
     */
    public DblpsoMd withUpdate(PositionUpdate newUpdate) {
        return new DblpsoMd(swarm, newUpdate, velocity, flight, guided, annealing);
    }

    /**
     * Returns this strategy with another number of particles.
     *
     * @param size the number of particles
     * @return the changed strategy
     */
    public DblpsoMd withSwarmSize(int size) {
        return new DblpsoMd(swarm.withSize(size), update, velocity, flight, guided, annealing);
    }

    /**
     * Returns this strategy with other islands, and at least a particle for each.
     *
     * @param count into how many parts the swarm is split
     * @param interval how many steps an island runs independently
     * @return the changed strategy
     */
    public DblpsoMd withIslands(int count, int interval) {
        Swarm enough = swarm.withSize(Math.max(swarm.size(), count));
        return new DblpsoMd(enough.withIslands(count, interval), update, velocity, flight, guided, annealing);
    }

    /**
     * Returns this strategy with other coefficients.
     *
     * @param newVelocity how strongly particles follow
     * @return the changed strategy
     */
    public DblpsoMd withVelocity(Velocity newVelocity) {
        return new DblpsoMd(swarm, update, newVelocity, flight, guided, annealing);
    }

    /**
     * Returns this strategy with other flights.
     *
     * @param newFlight how far particles jump
     * @return the changed strategy
     */
    public DblpsoMd withFlight(LevyFlight newFlight) {
        return new DblpsoMd(swarm, update, velocity, Optional.of(newFlight), guided, annealing);
    }

    /**
     * Returns this strategy with plain inertia instead of flights, for comparison.
     *
     * @return the changed strategy
     */
    public DblpsoMd withoutFlights() {
        return new DblpsoMd(swarm, update, velocity, Optional.empty(), guided, annealing);
    }

    /**
     * Returns this strategy with or without seeds and repair.
     *
     * @param newGuided whether the swarm starts from the constructive placements and repairs positions
     * @return the changed strategy
     */
    public DblpsoMd withGuided(boolean newGuided) {
        return new DblpsoMd(swarm, update, velocity, flight, newGuided, annealing);
    }

    /**
     * Returns this strategy with another local search.
     *
     * @param moves how many moves follow a step, 0 for none
     * @param temperature the initial temperature, as a share of the value
     * @return the changed strategy
     */
    public DblpsoMd withLocalSearch(int moves, double temperature) {
        return new DblpsoMd(swarm, update, velocity, flight, guided, new Annealing(moves, temperature));
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Archipelago<?> archipelago = update == PositionUpdate.REAL
                ? real().archipelago(problem, options, flight, run)
                : genes(problem, options, run);
        return archipelago.search(run, known(problem, options, run));
    }

    /**
     * Searches from a plan instead of the plans of constructive heuristics, which take a part of the evaluations.
     *
     * @param problem to solve; with {@link PositionUpdate#GENES} or {@link PositionUpdate#TASKS} only
     * @param options how the search is run
     * @param start where the first particle starts
     * @return the best plan found, not worse than the start
     * @throws IllegalArgumentException if the plan is for other tasks, layers or devices than the problem's, or if
     *     positions are real
     */
    public SearchResult searchFrom(OffloadingProblem problem, SearchOptions options, Placement start) {
        if (update == PositionUpdate.REAL) {
            throw new IllegalArgumentException("Real positions cannot start from a plan; take GENES or TASKS");
        }
        List<int[]> known = List.of(problem.evaluator().encode(start));
        SearchRun run = SearchRun.start(problem, options, this);
        return genes(problem, options, run).search(run, known);
    }

    /** Returns the placements to start from; swarms that are small start from the best one. */
    private List<int[]> known(OffloadingProblem problem, SearchOptions options, SearchRun run) {
        if (!guided) {
            return List.of();
        }
        if (sized(Arrangement.of(problem)).update != PositionUpdate.TASKS) {
            return Constructive.placements(problem, run);
        }
        List<int[]> known = new ArrayList<>(Constructive.placementsWithin(problem, run, SHARE_OF_STARTS));
        long left = run.evaluationsLeft(MANY);
        long most = left == MANY ? WITHOUT_LIMIT : Math.min(MOST_OF_TOURNAMENT, left);
        List<int[]> packings = Constructive.packings(problem, run, Math.round(most * SHARE_OF_STARTS));
        Optional<Pipelines> pipelines = pipelines(problem);
        Optional<TaskReplanning> replanning = pipelines.flatMap(tasks -> TaskReplanning.of(tasks, problem.fitness()));
        List<int[]> responses = replanning
                .map(starts -> starts.starts(
                        problem, run, Math.round(most * SHARE_OF_RESPONSES), Seeds.generator(options.seed())))
                .orElse(List.of());
        pipelines
                .flatMap(tasks -> new Tournament(problem, tasks, run, options.seed())
                        .winner(
                                withBest(run, alternating(responses, packings)),
                                Math.round(most * SHARE_OF_TOURNAMENT)))
                .ifPresent(winner -> known.add(0, winner));
        known.add(0, run.bestPlacement());
        return known;
    }

    /** Returns placements of two lists in turn. */
    private static List<int[]> alternating(List<int[]> some, List<int[]> others) {
        List<int[]> all = new ArrayList<>();
        for (int each = 0; each < Math.max(some.size(), others.size()); each++) {
            all.addAll(some.subList(Math.min(each, some.size()), Math.min(each + 1, some.size())));
            all.addAll(others.subList(Math.min(each, others.size()), Math.min(each + 1, others.size())));
        }
        return all;
    }

    /** Returns placements and, before them, the best of the run, if that is another one. */
    private static List<int[]> withBest(SearchRun run, List<int[]> placements) {
        int[] best = run.bestPlacement();
        return Stream.concat(Stream.of(best), placements.stream().filter(placement -> !Arrays.equals(placement, best)))
                .toList();
    }

    private Dbpso real() {
        Decoder decoder = guided ? Decoders.PER_LAYER_REPAIRED : Decoders.PER_LAYER;
        return new Dbpso(swarm, velocity, Topology.GLOBAL, decoder, Optional.empty(), guided, annealing);
    }

    private Archipelago<GeneVelocity> genes(OffloadingProblem problem, SearchOptions options, SearchRun run) {
        Arrangement arrangement = Arrangement.of(problem);
        Optional<Pipelines> pipelines = pipelines(problem);
        DblpsoMd sized = sized(arrangement);
        long perIteration = sized.swarm.size() * (1L + sized.annealing.moves());
        DblpsoMd fitted = sized.withVelocity(sized.velocity.ofRun(run, perIteration));
        return new Archipelago<>(
                fitted.swarm,
                options,
                seeds -> new Island<>(problem, new GeneParticles(fitted, problem, arrangement, pipelines), seeds));
    }

    /** Returns the settings for the size of the problem: few pairs of a layer and a device need no jumps of tasks. */
    DblpsoMd sized(Arrangement arrangement) {
        boolean isSmall = (long) arrangement.layers * arrangement.devices <= SMALL;
        if (update != PositionUpdate.TASKS || !isSmall) {
            return this;
        }
        Swarm particles = swarm.size() == 1 ? DEFAULTS.swarm : swarm;
        Optional<LevyFlight> runs =
                flight.map(each -> each.withScale(LevyFlight.withDefaults().scale())
                        .withPatience(LevyFlight.withDefaults().patience()));
        Annealing hotter = annealing.moves() == 0 ? annealing : DEFAULTS.annealing;
        return new DblpsoMd(particles, PositionUpdate.GENES, DEFAULTS.velocity, runs, guided, hotter);
    }

    /** Tells whether there are several tasks with so many layers and devices that jumps of tasks pay. */
    static boolean isForManyTasks(Arrangement arrangement) {
        return arrangement.maxStages.length > 1 && (long) arrangement.layers * arrangement.devices > SMALL;
    }

    /** Returns the problem as pipelines if local search wants it that way. */
    Optional<Pipelines> pipelines(OffloadingProblem problem) {
        return annealing.moves() > 0 ? Pipelines.of(problem) : Optional.empty();
    }

    private Object writeReplace() {
        return new Parts(swarm, update, velocity, flight.orElse(null), guided, annealing);
    }

    /**
     * What of the settings is written: {@link Optional} cannot be.
     *
     * @param swarm its size and islands
     * @param update what a position is
     * @param velocity how particles move
     * @param flight of the jumps
     * @param guided whether guided
     * @param annealing the local search
     * @serial exclude
     */
    private record Parts(
            Swarm swarm,
            PositionUpdate update,
            Velocity velocity,
            @Nullable LevyFlight flight,
            boolean guided,
            Annealing annealing)
            implements Serializable {

        private Object readResolve() throws InvalidObjectException {
            return SerialForms.resolve(
                    () -> new DblpsoMd(swarm, update, velocity, Optional.ofNullable(flight), guided, annealing));
        }
    }
}
