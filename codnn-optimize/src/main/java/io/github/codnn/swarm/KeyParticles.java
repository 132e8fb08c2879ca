package io.github.codnn.swarm;

import io.github.codnn.internal.SerialForms;
import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.LocalMoves;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The particles of {@link Dbpso}, and with flights those of {@link DblpsoMd} as published: a position is an array of
 * keys, which a decoder turns into a placement.
 */
final class KeyParticles implements ParticleModel<KeyVelocity> {

    private final Dbpso settings;
    private final Optional<LevyFlight> flight;
    private final LevyFlight.Lengths lengths;
    private final Decoder.Decoding decoding;
    private final RandomPlacement sampler;
    private final Scorer scorer;
    private final LocalSearch search;
    private final LocalMoves localMoves;
    private final double[] keys; // scratch
    private final int[] placement; // of the particle that is scored, after local search
    private KeyVelocity.FixedPoint coefficients;
    private int moves;

    KeyParticles(Dbpso settings, Optional<LevyFlight> flight, OffloadingProblem problem, Arrangement arrangement) {
        this.settings = settings;
        this.flight = flight;
        lengths = flight.orElseGet(LevyFlight::withDefaults).lengths();
        decoding = settings.decoder().prepare(problem);
        sampler = new RandomPlacement(arrangement);
        scorer = new Scorer(problem, settings.fitness());
        search = scorer.chain()
                .map(chain -> ChainMoves.annealing(chain, scorer))
                .orElseGet(() -> StageMoves.annealing(arrangement, scorer));
        int wanted = settings.annealing().moves();
        long most = scorer.chain().isPresent() ? wanted : LocalMoves.maxOverAllLayers(arrangement);
        localMoves = LocalMoves.of(wanted, most, arrangement);
        keys = new double[decoding.keyCount()];
        placement = new int[arrangement.layers];
        coefficients = KeyVelocity.FixedPoint.of(settings.velocity(), 0);
    }

    /**
     * Creates the model from its settings.
     *
     * @param settings of the swarm
     * @param flight of particles that fail, if they fly
     * @serial exclude
     */
    private record FromSettings(Dbpso settings, @Nullable LevyFlight flight) implements Origin<KeyVelocity> {
        @Override
        public ParticleModel<KeyVelocity> create(OffloadingProblem problem) {
            return new KeyParticles(settings, Optional.ofNullable(flight), problem, Arrangement.of(problem));
        }
    }

    @Override
    public Origin<KeyVelocity> origin() throws NotSerializableException {
        SerialForms.requireSerializable(settings.decoder(), Decoder.class);
        return new FromSettings(settings, flight.orElse(null));
    }

    @Override
    public Rules rules() {
        int interval = settings.swarm().migrationInterval();
        int patience = flight.map(LevyFlight::patience).orElse(Integer.MAX_VALUE);
        return new Rules(interval, settings.velocity(), settings.topology(), patience, true);
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
    public Particle<KeyVelocity> newParticle(long seed) {
        SplitMix random = new SplitMix(seed);
        return new Particle<>(random, keys.length, new KeyVelocity(random, keys.length));
    }

    @Override
    public boolean fits(Particle<KeyVelocity> particle) {
        return particle.fits(keys.length, KeyVelocity.KEY_LIMIT) && particle.velocity.fits(keys.length);
    }

    @Override
    public long evaluationsPerParticle(long steps) {
        return 3L + localMoves.at(steps); // the position, before and after it is encoded, and the polished one
    }

    @Override
    public void beginStep(double inertia, long steps) {
        coefficients = KeyVelocity.FixedPoint.of(settings.velocity(), inertia);
        moves = localMoves.at(steps);
    }

    @Override
    public void start(Particle<KeyVelocity> particle) {
        int[] start = new int[placement.length];
        if (settings.seeded()) {
            sampler.drawStages(particle.random, start);
        }
        scatter(particle, start);
        decode(particle);
        score(particle);
    }

    @Override
    public void start(Particle<KeyVelocity> particle, int[] known) {
        boolean placed = scatter(particle, known);
        System.arraycopy(known, 0, placement, 0, known.length);
        score(particle);
        if (!placed) {
            decode(particle);
            score(particle);
        }
    }

    /** Draws a position and a velocity, and moves to a placement if there are keys for it; returns whether it did. */
    private boolean scatter(Particle<KeyVelocity> particle, int[] start) {
        particle.velocity.scatter(particle.position, particle.random);
        return settings.seeded() && encode(start, particle);
    }

    /** Flies from where it is; keeps its velocity and its best position. */
    @Override
    public void relocate(Particle<KeyVelocity> particle) {
        double scale = flight.orElseThrow().scale();
        for (int key = 0; key < particle.position.length; key++) {
            double jump = scale * lengths.next(particle.random);
            particle.position[key] = KeyVelocity.shift(particle.position[key], jump);
        }
        particle.forgive();
        decode(particle);
        score(particle);
    }

    /** The first particle, which starts from the first known placement. */
    @Override
    public int firstLeader(List<Particle<KeyVelocity>> particles) {
        return 0;
    }

    @Override
    public void move(Particle<KeyVelocity> particle, int[] attractor) {
        particle.velocity.move(particle, attractor, coefficients);
        decode(particle);
        score(particle);
    }

    private void score(Particle<KeyVelocity> particle) {
        scorer.score(placement);
        if (moves == 0) {
            particle.remember(scorer);
            return;
        }
        Score score = scorer.last();
        double temperature = settings.annealing().temperature();
        if (search.improve(placement, score, particle.random, moves, temperature)) {
            encode(placement, particle);
            score = search.best();
        }
        particle.remember(score);
    }

    private void decode(Particle<KeyVelocity> particle) {
        if (decoding instanceof LayerKeys layerKeys && layerKeys.fitsFixedPoint()) {
            layerKeys.decode(particle.position, placement);
        } else {
            KeyVelocity.toKeys(particle.position, keys);
            decoding.decode(keys, placement);
        }
    }

    private boolean encode(int[] devices, Particle<KeyVelocity> particle) {
        boolean possible = decoding.encode(devices, keys);
        if (possible) {
            KeyVelocity.fromKeys(keys, particle.position);
        }
        return possible;
    }
}
