package io.github.codnn.swarm;

import io.github.codnn.internal.SerialForms;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.problem.OffloadingProblem;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A part of a swarm that runs independently for some steps. Belongs to one thread at a time; all that it does follows
 * from the seeds of its particles.
 *
 * @param <V> the velocity of a particle
 */
final class Island<V extends Serializable> {

    private final OffloadingProblem problem;
    private final ParticleModel<V> model;
    private final ParticleModel.Rules rules;
    private List<Particle<V>> particles;
    private long iteration;
    private int leader;

    Island(OffloadingProblem problem, ParticleModel<V> model, long[] seeds) {
        this.problem = problem;
        this.model = model;
        rules = model.rules();
        particles = Arrays.stream(seeds).mapToObj(model::newParticle).toList();
    }

    /** Puts the first particles on known placements, and the others elsewhere as the settings say. */
    void populate(List<int[]> known) {
        beginStep(0);
        for (int each = 0; each < particles.size() && !model.scorer().isSpent(); each++) {
            if (each < known.size()) {
                model.start(particles.get(each), known.get(each));
            } else {
                model.start(particles.get(each));
            }
        }
        leader = model.firstLeader(particles);
    }

    private void beginStep(long step) {
        model.beginStep(rules.velocity().inertia(step), iteration);
    }

    /**
     * Limits the evaluations until the next report; the brake tells whether to stop at once, and is not sent to other
     * machines.
     */
    void limit(long evaluations, BooleanSupplier brake) {
        model.scorer().limit(evaluations, brake);
    }

    /** Returns the greatest number of evaluations that the next {@link #run()} takes without a limit. */
    long evaluationsOfRun() {
        return (long) particles.size() * rules.interval() * model.evaluationsPerParticle(iteration + rules.interval());
    }

    /** Moves all particles for as many steps as the island runs independently, or until the limit is reached. */
    IslandState<V> run() throws InterruptedException {
        for (int step = 0; step < rules.interval(); step++) {
            checkInterrupted();
            iteration++;
            beginStep(iteration - 1);
            for (int each = 0; each < particles.size() && !model.scorer().isSpent(); each++) {
                step(each);
                leader = isBetter(each, leader) ? each : leader;
            }
        }
        return state();
    }

    private void step(int each) {
        Particle<V> particle = particles.get(each);
        boolean canLeave = each != leader || rules.relocatesLeader();
        if (canLeave && particle.failures() >= rules.patience()) {
            model.relocate(particle);
        } else {
            model.move(particle, particles.get(attractor(each)).best);
        }
    }

    /** The brake of an island on a thread of an executor. */
    static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    /** Throws if an executor has cancelled the island; called before every step. */
    private static void checkInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The thread of an island was interrupted");
        }
    }

    private int attractor(int each) {
        if (rules.topology() == Topology.GLOBAL) {
            return leader;
        }
        int before = (each + particles.size() - 1) % particles.size();
        int after = (each + 1) % particles.size();
        int best = isBetter(before, each) ? before : each;
        return isBetter(after, best) ? after : best;
    }

    private boolean isBetter(int one, int other) {
        return particles.get(one).isBetterThan(particles.get(other));
    }

    private IslandState<V> state() {
        return new IslandState<>(
                particles,
                leader,
                iteration,
                model.scorer().findings(),
                model.sampler().deck());
    }

    /** Continues from a state that was reached here or on another machine. */
    void resume(IslandState<V> state) {
        if (state.particles().size() != particles.size()) {
            throw new IllegalArgumentException("An island of " + particles.size() + " particles cannot take over "
                    + state.particles().size());
        }
        for (Particle<V> particle : state.particles()) {
            if (!model.fits(particle)) {
                throw new IllegalArgumentException("A particle does not fit the problem");
            }
        }
        particles = state.particles();
        model.scorer().resume(state.findings());
        model.sampler().takeDeck(state.deck());
        leader = state.leader();
        iteration = state.iteration();
    }

    /** Returns what is written of the island, to be read as an {@link Archipelago.Job}. */
    Serializable parts() throws NotSerializableException {
        return new Parts<>(model.origin(), problem, state(), model.scorer().limit());
    }

    /**
     * What of an island is written; all else is created where it is read.
     *
     * @param <V> the velocity of a particle
     * @param origin creates the model
     * @param problem that is searched
     * @param state of the particles
     * @param limit of the evaluations until the next report
     * @serial exclude
     */
    private record Parts<V extends Serializable>(
            ParticleModel.Origin<V> origin, OffloadingProblem problem, IslandState<V> state, long limit)
            implements Serializable {

        private Object readResolve() throws ObjectStreamException {
            return SerialForms.resolve(() -> {
                long[] seeds = new long[state.particles().size()];
                Island<V> island = new Island<>(problem, origin.create(problem), seeds);
                island.resume(state);
                island.limit(limit, Island::isInterrupted);
                return new Archipelago.Job<>(island);
            });
        }
    }

    /** Replaces the best position of the worst particle by that of another island, if that is better. */
    void welcome(Particle<V> guest) {
        int worst = 0;
        for (int each = 1; each < particles.size(); each++) {
            worst = isBetter(worst, each) ? each : worst;
        }
        if (guest.isBetterThan(particles.get(worst))) {
            particles.get(worst).learn(guest);
            leader = isBetter(worst, leader) ? worst : leader;
        }
    }

    /** Returns the best particle. */
    Particle<V> leader() {
        return particles.get(leader);
    }

    /** Reports to the run what was evaluated since the last report, and the best of it. */
    void report(SearchRun run) {
        model.scorer().report(run);
    }
}
