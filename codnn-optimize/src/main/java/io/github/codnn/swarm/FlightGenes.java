package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageRepair;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a particle of {@link DblpsoMd} changes its genes in a step. Not thread-safe. */
final class FlightGenes {

    private final DblpsoMd settings;
    private final Arrangement arrangement;
    private final StageRepair repair;
    private final LevyFlight.Lengths lengths;

    FlightGenes(DblpsoMd settings, Arrangement arrangement) {
        this.settings = settings;
        this.arrangement = arrangement;
        repair = new StageRepair(arrangement);
        lengths = settings.flight().orElseGet(LevyFlight::withDefaults).lengths();
    }

    /** Draws every gene independently, and a velocity. */
    void scatter(Particle<GeneVelocity> particle) {
        for (int gene = 0; gene < particle.position.length; gene++) {
            particle.position[gene] = particle.random.nextInt(arrangement.devices);
        }
        particle.velocity.genes = particle.random.nextDouble() * maxVelocity(particle);
    }

    private double maxVelocity(Particle<GeneVelocity> particle) {
        return settings.velocity().maxVelocity() * particle.position.length;
    }

    void move(Particle<GeneVelocity> particle, int[] attractor, double inertia) {
        SplitMix random = particle.random;
        int[] position = particle.position;
        Velocity coefficients = settings.velocity();
        int free = settings.flight()
                .map(flight -> flight.genes(lengths.nextSize(random), inertia, position.length))
                .orElseGet(() -> Math.max(1, (int) (inertia * particle.velocity.genes)));
        double own = coefficients.cognitive() * random.nextDouble() * difference(position, particle.best);
        int followed = follow(position, particle.best, own, random);
        double social = coefficients.social() * random.nextDouble() * difference(position, attractor);
        followed += follow(position, attractor, social, random);
        redraw(position, free, random);
        if (settings.guided()) {
            repair.repair(position);
        }
        particle.velocity.genes = Math.min(maxVelocity(particle), (double) free + followed);
    }

    private static int difference(int[] position, int[] other) {
        int difference = 0;
        for (int gene = 0; gene < position.length; gene++) {
            difference += position[gene] == other[gene] ? 0 : 1;
        }
        return difference;
    }

    /** Copies genes that differ, one after the other from a random one on; returns how many. */
    private static int follow(int[] position, int[] other, double wanted, RandomGenerator random) {
        int count = 0;
        int gene = random.nextInt(position.length);
        for (int seen = 0; seen < position.length && count + 0.5 < wanted; seen++) {
            if (position[gene] != other[gene]) {
                position[gene] = other[gene];
                count++;
            }
            gene = gene + 1 == position.length ? 0 : gene + 1;
        }
        return count;
    }

    /** Draws new values for consecutive genes: each task in this range gets one device there. */
    void redraw(int[] position, int count, RandomGenerator random) {
        int from = random.nextInt(position.length - count + 1);
        int to = from + count;
        while (from < to) {
            int end = Math.min(to, arrangement.endLayer(arrangement.task[from]));
            Arrays.fill(position, from, end, random.nextInt(arrangement.devices));
            from = end;
        }
    }
}
