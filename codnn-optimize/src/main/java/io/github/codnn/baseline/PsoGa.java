package io.github.codnn.baseline;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * PSO-GA: a swarm whose movements are genetic operators (B. Lin, Y. Huang, J. Zhang, J. Hu, X. Chen, J. Li, Cost-driven
 * offloading for DNN-based applications over cloud, edge and end devices, IEEE Transactions on Industrial Informatics,
 * 2020). A particle is a device per layer. In each iteration it mutates in one layer with probability w, then copies a
 * random segment of its own best with probability c1, then one of the swarm's best with probability c2.
 *
 * <p>The inertia adapts to each particle: {@code w = wMost - (wMost - wLeast) exp(d / (d - 1.01))}, where d is the
 * share of layers on which it <em>differs</em> from the swarm's best, so that particles close to it mutate less; with
 * the share on which they agree, as a public implementation has it, the effect is the opposite. c1 falls from 0.9 to
 * 0.2 and c2 rises from 0.4 to 0.9, linearly over the iterations. Particles compare by Deb's rules, the paper's three
 * cases but for two infeasible ones, where it takes the one that finishes earlier.
 *
 * <p>Beyond the paper, placements are repaired where devices run one stage only, without which nothing feasible would
 * be found, and the swarm starts from the constructive placements; {@link #asPublished()} does neither. A heuristic for
 * chains and DAGs, one task or several, any fitness. Runs until the stop rule ends it.
 *
 * @param swarmSize the number of particles; 100 in the paper
 * @param iterations over how many iterations c1 and c2 change; 1,000 in the paper
 * @param maxInertia wMost, the probability of mutation far from the best; 0.9
 * @param minInertia wLeast, the probability of mutation at the best; 0.4
 * @param repaired whether placements are repaired
 * @param seeded whether the swarm starts from the constructive placements
 */
public record PsoGa(
        int swarmSize, int iterations, double maxInertia, double minInertia, boolean repaired, boolean seeded)
        implements Strategy {

    private static final double COGNITIVE_AT_START = 0.9;
    private static final double COGNITIVE_AT_END = 0.2;
    private static final double SOCIAL_AT_START = 0.4;
    private static final double SOCIAL_AT_END = 0.9;

    /** Checks the components. */
    public PsoGa {
        Checks.positive(swarmSize, "The number of particles");
        Checks.positive(iterations, "The number of iterations");
        Checks.inRange(maxInertia, 0, 1, "The greatest inertia");
        Checks.inRange(minInertia, 0, maxInertia, "The least inertia");
    }

    /**
     * Returns the settings of the paper with repair and seeds.
     *
     * @return the strategy
     */
    public static PsoGa withDefaults() {
        return new PsoGa(100, 1000, 0.9, 0.4, true, true);
    }

    /**
     * Returns the settings of the paper.
     *
     * @return the strategy
     */
    public static PsoGa asPublished() {
        return new PsoGa(100, 1000, 0.9, 0.4, false, false);
    }

    /**
     * Returns this strategy with another number of particles.
     *
     * @param size the number of particles
     * @return the changed strategy
     */
    public PsoGa withSwarmSize(int size) {
        return new PsoGa(size, iterations, maxInertia, minInertia, repaired, seeded);
    }

    /**
     * Returns this strategy with another schedule.
     *
     * @param count over how many iterations c1 and c2 change
     * @return the changed strategy
     */
    public PsoGa withIterations(int count) {
        return new PsoGa(swarmSize, count, maxInertia, minInertia, repaired, seeded);
    }

    /**
     * Returns this strategy with another inertia.
     *
     * @param max the probability of mutation far from the best
     * @param min the probability of mutation at the best
     * @return the changed strategy
     */
    public PsoGa withInertia(double max, double min) {
        return new PsoGa(swarmSize, iterations, max, min, repaired, seeded);
    }

    /**
     * Returns this strategy with or without repair.
     *
     * @param newRepaired whether placements are repaired
     * @return the changed strategy
     */
    public PsoGa withRepaired(boolean newRepaired) {
        return new PsoGa(swarmSize, iterations, maxInertia, minInertia, newRepaired, seeded);
    }

    /**
     * Returns this strategy with or without seeds.
     *
     * @param newSeeded whether the swarm starts from the constructive placements
     * @return the changed strategy
     */
    public PsoGa withSeeded(boolean newSeeded) {
        return new PsoGa(swarmSize, iterations, maxInertia, minInertia, repaired, newSeeded);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Arrangement arrangement = Arrangement.of(problem);
        RandomGenerator random = Seeds.generator(options.seed());
        Scorer scorer = new Scorer(problem);
        Individual[] swarm = Population.start(
                problem, arrangement, new Individual[swarmSize], new Population.Start(seeded, random, scorer, run));
        Individual[] bests = new Individual[swarmSize];
        for (int each = 0; each < swarmSize; each++) {
            bests[each] = new Individual(arrangement.layers);
            bests[each].copy(swarm[each]);
        }
        Individual leader = new Individual(arrangement.layers);
        leader.copy(bests[Individual.best(bests)]);
        Genes genes = new Genes(arrangement, random);
        scorer.report(run);
        Optional<StopReason> stop = run.endIteration();
        for (int iteration = 1; stop.isEmpty(); iteration++) {
            double progress = iteration < iterations ? (double) iteration / iterations : 1;
            for (int each = 0; each < swarmSize && !scorer.isSpent(); each++) {
                move(swarm[each], bests[each], leader, new Step(genes, progress));
                swarm[each].score(scorer);
                if (swarm[each].isBetterThan(bests[each])) {
                    bests[each].copy(swarm[each]);
                }
            }
            leader.copy(bests[Individual.best(bests)]);
            scorer.report(run);
            stop = run.endIteration();
        }
        return run.finish(stop.get());
    }

    private record Step(Genes genes, double progress) {
        boolean happens(double atStart, double atEnd) {
            return genes.random().nextDouble() < atStart + (atEnd - atStart) * progress;
        }
    }

    private void move(Individual particle, Individual own, Individual leader, Step step) {
        if (step.genes().random().nextDouble() < inertia(difference(particle.placement, leader.placement))) {
            step.genes().mutateLayer(particle.placement);
        }
        if (step.happens(COGNITIVE_AT_START, COGNITIVE_AT_END)) {
            step.genes().cross(particle.placement, own.placement);
        }
        if (step.happens(SOCIAL_AT_START, SOCIAL_AT_END)) {
            step.genes().cross(particle.placement, leader.placement);
        }
        if (repaired) {
            step.genes().repair(particle.placement);
        }
    }

    /**
     * Returns the probability of mutation.
     *
     * @param difference the share of layers whose device differs from the best placement's, from 0 to 1
     * @return the probability, between the least and the greatest inertia
     */
    public double inertia(double difference) {
        return maxInertia - (maxInertia - minInertia) * Math.exp(difference / (difference - 1.01));
    }

    private static double difference(int[] placement, int[] other) {
        int different = 0;
        for (int layer = 0; layer < placement.length; layer++) {
            different += placement[layer] == other[layer] ? 0 : 1;
        }
        return (double) different / placement.length;
    }

    /** Returns the settings as plan files state them; the text is part of their format. */
    @Override
    public String toString() {
        return "PsoGa[swarmSize=" + swarmSize + ", iterations=" + iterations + ", mostInertia=" + maxInertia
                + ", leastInertia=" + minInertia + ", repaired=" + repaired + ", seeded=" + seeded + "]";
    }
}
