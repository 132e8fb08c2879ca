package io.github.codnn.swarm;

/** What a position of {@link DblpsoMd} is, and how a particle moves in a step. */
public enum PositionUpdate {
    /**
     * A real number in [0, 1) for every layer of every task, whose device is the number times that of the devices,
     * rounded down. Velocity and position are real: {@code v = w v + c1 r1 (own best - x) + c2 r2 (best - x)} with new
     * random numbers for every layer, then {@code x = x + v}, as in J. Kennedy and R. Eberhart (1995) with the inertia
     * of Y. Shi and R. Eberhart (1998). A particle that has found nothing better for some steps flies as in LFPSO: each
     * of its numbers moves by a Levy step of its own, relative to the range, and comes back at the other end of the
     * range if it leaves it. It keeps its best position. Without flights no particle ever flies.
     */
    REAL,
    /**
     * A device for every layer of every task, its genes; the velocity is a number of genes.
     *
     * <ul>
     *   <li>{@code c1 r1 d(x, own best)} genes become those of the particle's best position, where d is the number of
     *       genes that differ and r1 is a new random number;
     *   <li>{@code c2 r2 d(x, best)} genes become those of the best position of its island;
     *   <li>a Levy step determines how many genes get new random values, which replaces the inertia as in PSOLF (R.
     *       Jensi and G. W. Jiji, An enhanced particle swarm optimization with levy flight for global optimization,
     *       Applied Soft Computing 43, 2016); without flights w times the velocity of the step before, at least one. A
     *       particle that has found nothing better for some steps starts on another random position.
     * </ul>
     *
     * <p>Genes that change follow each other, so that stages stay whole: a long jump moves whole stages and tasks.
     */
    GENES,
    /**
     * A device for every layer of every task, moved in tasks and devices: iterated local search (H. Lourenco, O.
     * Martin, T. Stutzle, Iterated local search, 2003) within a swarm.
     *
     * <ul>
     *   <li>A particle starts each step from its own best position.
     *   <li>Each task becomes that of the best position of its island with probability {@code c2 r2}.
     *   <li>A Levy step determines how many tasks move as a whole to another device, or how many devices are emptied,
     *       with equal probability; without flights it is one.
     *   <li>The local search that follows is cold: its temperature is divided by the number of tasks, since a move
     *       changes one of them.
     * </ul>
     */
    TASKS
}
