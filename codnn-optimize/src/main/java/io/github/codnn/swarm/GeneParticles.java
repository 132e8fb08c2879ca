package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.LocalMoves;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.pipeline.TaskReplanning;
import io.github.codnn.problem.OffloadingProblem;
import java.util.List;
import java.util.Optional;

/** The particles of {@link DblpsoMd}: a position is a placement, a gene for every layer. */
final class GeneParticles implements ParticleModel<GeneVelocity> {

    private final DblpsoMd settings;
    private final Arrangement arrangement;
    private final FlightGenes genes;
    private final TaskFlights flights;
    private final RandomPlacement sampler;
    private final Scorer scorer;
    private final LocalSearch search;
    private final LocalMoves localMoves; // fewer in small problems, where more steps are better
    private double inertia;
    private int moves;

    GeneParticles(
            DblpsoMd settings, OffloadingProblem problem, Arrangement arrangement, Optional<Pipelines> pipelines) {
        this.settings = settings;
        this.arrangement = arrangement;
        genes = new FlightGenes(settings, arrangement);
        flights = new TaskFlights(settings, arrangement, genes);
        sampler = new RandomPlacement(arrangement);
        scorer = new Scorer(problem);
        search = pipelines
                .map(tasks -> settings.update() == PositionUpdate.TASKS && TaskReplanning.isFor(problem.fitness())
                        ? TaskMoves.focused(tasks, arrangement, scorer, problem.fitness())
                        : TaskMoves.annealing(tasks, arrangement, scorer, settings.flight()))
                .orElseGet(() -> StageMoves.annealing(arrangement, scorer));
        long neighbours = (long) arrangement.layers * arrangement.devices;
        long most = pipelines.isPresent() ? neighbours : LocalMoves.maxOverAllLayers(arrangement);
        localMoves = LocalMoves.of(settings.annealing().moves(), most, arrangement);
    }

    /**
     * Creates the model from its settings.
     *
     * @param settings of the swarm
     * @serial exclude
     */
    private record FromSettings(DblpsoMd settings) implements Origin<GeneVelocity> {
        @Override
        public ParticleModel<GeneVelocity> create(OffloadingProblem problem) {
            return new GeneParticles(settings, problem, Arrangement.of(problem), settings.pipelines(problem));
        }
    }

    @Override
    public Origin<GeneVelocity> origin() {
        return new FromSettings(settings);
    }

    @Override
    public Rules rules() {
        int interval = settings.swarm().migrationInterval();
        int patience = settings.flight().map(LevyFlight::patience).orElse(Integer.MAX_VALUE);
        return new Rules(
                interval, settings.velocity(), Topology.GLOBAL, patience, settings.update() == PositionUpdate.TASKS);
    }

    @Override
    public Scorer scorer() {
        return scorer;
    }

    @Override
    public RandomPlacement sampler() {
        return sampler;
    }

    @Override
    public Particle<GeneVelocity> newParticle(long seed) {
        return new Particle<>(new SplitMix(seed), arrangement.layers, new GeneVelocity());
    }

    @Override
    public boolean fits(Particle<GeneVelocity> particle) {
        return particle.fits(arrangement.layers, arrangement.devices);
    }

    @Override
    public long evaluationsPerParticle(long steps) {
        return 3L + localMoves.at(steps); // the position, before and after it is encoded, and the polished one
    }

    @Override
    public void beginStep(double newInertia, long steps) {
        inertia = newInertia;
        moves = localMoves.at(steps);
    }

    @Override
    public void start(Particle<GeneVelocity> particle) {
        if (settings.guided()) {
            sampler.draw(particle.random, particle.position);
        } else {
            genes.scatter(particle);
        }
        score(particle);
    }

    @Override
    public void start(Particle<GeneVelocity> particle, int[] known) {
        System.arraycopy(known, 0, particle.position, 0, known.length);
        score(particle);
    }

    /** Starts anew on a random placement, as if it had found nothing yet. */
    @Override
    public void relocate(Particle<GeneVelocity> particle) {
        particle.forget();
        start(particle);
    }

    /** The best particle. */
    @Override
    public int firstLeader(List<Particle<GeneVelocity>> particles) {
        int leader = 0;
        for (int each = 1; each < particles.size(); each++) {
            leader = particles.get(each).isBetterThan(particles.get(leader)) ? each : leader;
        }
        return leader;
    }

    @Override
    public void move(Particle<GeneVelocity> particle, int[] attractor) {
        if (settings.update() == PositionUpdate.TASKS) {
            flights.move(particle, attractor);
        } else {
            genes.move(particle, attractor, inertia);
        }
        score(particle);
    }

    /** Returns the initial temperature; what a move changes is in proportion to the share of a task. */
    private double temperature() {
        double given = settings.annealing().temperature();
        return settings.update() == PositionUpdate.TASKS ? given / arrangement.maxStages.length : given;
    }

    private void score(Particle<GeneVelocity> particle) {
        scorer.score(particle.position);
        if (moves == 0) {
            particle.remember(scorer);
            return;
        }
        // Short searches start cooler, as they have no time to recover.
        double temperature = temperature() * moves / settings.annealing().moves();
        search.improve(particle.position, scorer.last(), particle.random, moves, temperature);
        particle.remember(search.best());
    }
}
