package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageRepair;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a particle of {@link DblpsoMd} moves by {@link PositionUpdate#TASKS}. Not thread-safe. */
final class TaskFlights {

    private static final int KINDS = 4; // of jumps; half of them are runs of layers

    private final DblpsoMd settings;
    private final Arrangement arrangement;
    private final int tasks;
    private final FlightGenes genes;
    private final StageRepair repair;
    private final LevyFlight.Lengths lengths;

    TaskFlights(DblpsoMd settings, Arrangement arrangement, FlightGenes genes) {
        this.genes = genes;
        this.settings = settings;
        this.arrangement = arrangement;
        tasks = arrangement.maxStages.length;
        repair = new StageRepair(arrangement);
        lengths = settings.flight().orElseGet(LevyFlight::withDefaults).lengths();
    }

    void move(Particle<GeneVelocity> particle, int[] attractor) {
        SplitMix random = particle.random;
        int[] position = particle.position;
        System.arraycopy(particle.best, 0, position, 0, position.length);
        double share = settings.velocity().social() * random.nextDouble();
        for (int task = 0; task < tasks; task++) {
            if (attractor != particle.best && random.nextDouble() < share) {
                copy(task, attractor, position);
            }
        }
        double size = settings.flight().isPresent() ? lengths.nextSize(random) : 0;
        switch (random.nextInt(KINDS)) {
            case 0 -> replan(position, jump(size, tasks), random);
            case 1 -> empty(position, jump(size, arrangement.devices), random);
            default -> genes.redraw(position, jump(size, position.length), random);
        }
        if (settings.guided()) {
            repair.repair(position);
        }
    }

    /** Returns how many of all jump: one without flights. */
    private int jump(double size, int all) {
        return settings.flight().map(flight -> flight.genes(size, 1, all)).orElse(1);
    }

    private void copy(int task, int[] from, int[] to) {
        int first = arrangement.firstLayer(task);
        System.arraycopy(from, first, to, first, arrangement.endLayer(task) - first);
    }

    /** Moves whole tasks: each to a random device or to one in use, whose idle power is paid. */
    private void replan(int[] position, int count, RandomGenerator random) {
        for (int each = 0; each < count; each++) {
            int task = random.nextInt(tasks);
            int device = random.nextBoolean() ? random.nextInt(arrangement.devices) : inUse(position, random);
            int first = arrangement.firstLayer(task);
            int end = arrangement.endLayer(task);
            Arrays.fill(position, first, end, device);
        }
    }

    /** Empties devices: what each task has there goes to one that is in use. */
    private void empty(int[] position, int count, RandomGenerator random) {
        for (int each = 0; each < count; each++) {
            int from = inUse(position, random);
            for (int task = 0; task < tasks; task++) {
                int to = inUse(position, random);
                for (int layer = arrangement.firstLayer(task); layer < arrangement.endLayer(task); layer++) {
                    position[layer] = position[layer] == from ? to : position[layer];
                }
            }
        }
    }

    private static int inUse(int[] position, RandomGenerator random) {
        return position[random.nextInt(position.length)];
    }
}
