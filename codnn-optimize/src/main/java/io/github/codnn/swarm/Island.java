package io.github.codnn.swarm;

import io.github.codnn.internal.SerialForms;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A part of the swarm that moves by itself for a while. Belongs to one thread at a time; all that it does follows from
 * the seeds of its particles.
 */
final class Island implements Archipelago.Isle<Particle> {

    private final Dbpso settings;
    private final OffloadingProblem problem;
    private final Arrangement arrangement;
    private final Decoder.Decoding decoding;
    private final double[] keys; // of the particle at hand
    private final int[] placement; // what its position decodes to, after local search
    private final Scorer scorer;
    private final LocalSearch search;
    private final Particle[] particles;
    private final LocalMoves localMoves;
    private long iteration;
    private int leader;

    Island(Dbpso settings, OffloadingProblem problem, Arrangement arrangement, long[] seeds) {
        this.settings = settings;
        this.problem = problem;
        this.arrangement = arrangement;
        decoding = settings.decoder().prepare(problem);
        keys = new double[decoding.keyCount()];
        placement = new int[arrangement.layers];
        scorer = new Scorer(problem, settings.fitness());
        search = scorer.chain()
                .<LocalSearch>map(chain -> ChainMoves.annealing(chain, scorer))
                .orElseGet(() -> StageMoves.annealing(arrangement, scorer));
        particles = new Particle[seeds.length];
        for (int each = 0; each < seeds.length; each++) {
            particles[each] = new Particle(seeds[each], decoding.keyCount());
        }
        long most =
                scorer.chain().isPresent() ? settings.annealing().moves() : LocalMoves.mostOverAllLayers(arrangement);
        localMoves = LocalMoves.of(settings.annealing().moves(), most, arrangement);
    }

    @Override
    public void populate(List<int[]> known) {
        RandomPlacement sampler = new RandomPlacement(arrangement);
        for (int each = 0; each < particles.length; each++) {
            Particle particle = particles[each];
            int[] start = each < known.size() ? known.get(each) : new int[arrangement.layers];
            if (each >= known.size() && settings.seeded()) {
                sampler.drawStages(particle.random, start);
            }
            particle.scatter();
            boolean placed = settings.seeded() && encode(particle, start);
            if (each < known.size()) {
                System.arraycopy(start, 0, placement, 0, start.length);
                rate(particle);
            }
            if (each >= known.size() || !placed) {
                decode(particle);
                rate(particle);
            }
        }
    }

    private void decode(Particle particle) {
        if (decoding instanceof LayerKeys layerKeys && layerKeys.fitsFixedPoint()) {
            layerKeys.decode(particle.position, placement);
        } else {
            particle.toKeys(keys);
            decoding.decode(keys, placement);
        }
    }

    private boolean encode(Particle particle, int[] devices) {
        boolean possible = decoding.encode(devices, keys);
        if (possible) {
            particle.goTo(keys);
        }
        return possible;
    }

    @Override
    public IslandState<Particle> call() throws InterruptedException {
        for (int step = 0; step < settings.swarm().migrationInterval(); step++) {
            Archipelago.checkInterrupted();
            FixedPoint by =
                    FixedPoint.of(settings.velocity(), settings.velocity().inertia(iteration++));
            for (int each = 0; each < particles.length; each++) {
                Particle particle = particles[each];
                particle.move(particles[attractor(each)].best, by);
                decode(particle);
                rate(particle);
                if (isBetter(each, leader)) {
                    leader = each;
                }
            }
        }
        return state();
    }

    private IslandState<Particle> state() {
        return new IslandState<>(Arrays.asList(particles), leader, iteration, scorer.findings(), List.of());
    }

    @Override
    public void resume(IslandState<Particle> state) {
        state.copyParticles(particles);
        for (Particle particle : particles) {
            if (!particle.fits(keys.length)) {
                throw new IllegalArgumentException("A particle does not fit the problem");
            }
        }
        scorer.resume(state.findings());
        leader = state.leader();
        iteration = state.iteration();
    }

    @Override
    public Serializable parts() throws ObjectStreamException {
        SerialForms.requireSerializable(settings.decoder(), Decoder.class);
        return new Parts(settings, problem, state());
    }

    /**
     * What of an island is written; all else is made anew where it is read.
     *
     * @param settings of the swarm
     * @param problem that is searched
     * @param state of the particles
     * @serial exclude
     */
    private record Parts(Dbpso settings, OffloadingProblem problem, IslandState<Particle> state)
            implements Serializable {

        private Object readResolve() throws ObjectStreamException {
            return SerialForms.resolve(() -> {
                long[] seeds = new long[state.particles().size()];
                Island island = new Island(settings, problem, Arrangement.of(problem), seeds);
                island.resume(state);
                return new Archipelago.Job<>(island);
            });
        }
    }

    private void rate(Particle particle) {
        scorer.score(placement);
        Score score = scorer.last();
        int moves = localMoves.at(iteration);
        if (moves > 0
                && search.improve(
                        placement,
                        score,
                        particle.random,
                        moves,
                        settings.annealing().temperature())) {
            encode(particle, placement);
            score = search.best();
        }
        particle.remember(score);
    }

    private int attractor(int each) {
        if (settings.topology() == Topology.GLOBAL) {
            return leader;
        }
        int before = (each + particles.length - 1) % particles.length;
        int after = (each + 1) % particles.length;
        int best = isBetter(before, each) ? before : each;
        return isBetter(after, best) ? after : best;
    }

    private boolean isBetter(int one, int other) {
        return particles[one].bestScore.isBetterThan(particles[other].bestScore);
    }

    @Override
    public void welcome(Particle guest) {
        int worst = 0;
        for (int each = 1; each < particles.length; each++) {
            worst = isBetter(worst, each) ? each : worst;
        }
        Particle host = particles[worst];
        if (guest.bestScore.isBetterThan(host.bestScore)) {
            host.learn(guest);
            leader = isBetter(worst, leader) ? worst : leader;
        }
    }

    @Override
    public Particle leader() {
        return particles[leader];
    }

    @Override
    public void report(SearchRun run) {
        scorer.report(run);
    }
}
