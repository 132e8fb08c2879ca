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
 * A genetic algorithm with a gene per layer (J. H. Holland, 1975; D. E. Goldberg, 1989): tournaments, two-point
 * crossover, mutation of single genes and of segments, elitism, Deb's rules.
 *
 * <p>Children are repaired: pinned and colocated layers move to their devices and, where devices run one stage only,
 * layers that would return to a device stay with the layers that feed them. A heuristic for chains and DAGs, one task
 * or several, any fitness. Runs until the stop rule ends it. An iteration is a generation.
 *
 * @param populationSize the number of placements, at least 2; 100 as in most of the literature
 * @param elite how many of the best survive unchanged, less than the population
 * @param tournament how many placements compete to become a parent, at least 1
 * @param crossover the probability that a child has two parents
 * @param mutation the expected number of changes to a child
 * @param seeded whether the population starts from the constructive placements
 */
public record GeneticAlgorithm(
        int populationSize, int elite, int tournament, double crossover, double mutation, boolean seeded)
        implements Strategy {

    /** Checks the components. */
    public GeneticAlgorithm {
        if (populationSize < 2) {
            throw new IllegalArgumentException("A population must have at least 2 members, but has " + populationSize);
        }
        Checks.inRange(elite, 0, populationSize - 1.0, "The number of survivors");
        Checks.positive(tournament, "The size of a tournament");
        Checks.inRange(crossover, 0, 1, "The probability of crossover");
        Checks.nonNegativeFinite(mutation, "The number of mutations");
    }

    /**
     * Returns a population of 100, one survivor, tournaments of 3, crossover 0.9, 2 changes, seeds.
     *
     * @return the strategy
     */
    public static GeneticAlgorithm withDefaults() {
        return new GeneticAlgorithm(100, 1, 3, 0.9, 2, true);
    }

    /**
     * Returns this strategy with another population.
     *
     * @param size the number of placements
     * @return the changed strategy
     */
    public GeneticAlgorithm withPopulationSize(int size) {
        return new GeneticAlgorithm(size, elite, tournament, crossover, mutation, seeded);
    }

    /**
     * Returns this strategy with another selection.
     *
     * @param survivors how many of the best survive
     * @param competitors how many placements compete to become a parent
     * @return the changed strategy
     */
    public GeneticAlgorithm withSelection(int survivors, int competitors) {
        return new GeneticAlgorithm(populationSize, survivors, competitors, crossover, mutation, seeded);
    }

    /**
     * Returns this strategy with other operators.
     *
     * @param crossoverProbability the probability that a child has two parents
     * @param changes the expected number of changes to a child
     * @return the changed strategy
     */
    public GeneticAlgorithm withOperators(double crossoverProbability, double changes) {
        return new GeneticAlgorithm(populationSize, elite, tournament, crossoverProbability, changes, seeded);
    }

    /**
     * Returns this strategy with or without seeds.
     *
     * @param newSeeded whether the population starts from the constructive placements
     * @return the changed strategy
     */
    public GeneticAlgorithm withSeeded(boolean newSeeded) {
        return new GeneticAlgorithm(populationSize, elite, tournament, crossover, mutation, newSeeded);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Arrangement arrangement = Arrangement.of(problem);
        RandomGenerator random = Seeds.generator(options.seed());
        Scorer scorer = new Scorer(problem);
        Individual[] parents = Population.start(
                problem,
                arrangement,
                new Individual[populationSize],
                new Population.Start(seeded, random, scorer, run));
        Individual[] children = new Individual[populationSize];
        for (int each = 0; each < populationSize; each++) {
            children[each] = new Individual(arrangement.layers);
        }
        Genes genes = new Genes(arrangement, random);
        scorer.report(run);
        Optional<StopReason> stop = run.endIteration();
        while (stop.isEmpty()) {
            breed(parents, children, genes, scorer);
            Individual[] next = children;
            children = parents;
            parents = next;
            scorer.report(run);
            stop = run.endIteration();
        }
        return run.finish(stop.get());
    }

    private void breed(Individual[] parents, Individual[] children, Genes genes, Scorer scorer) {
        boolean[] taken = new boolean[parents.length];
        for (int survivor = 0; survivor < elite; survivor++) {
            int best = -1;
            for (int each = 0; each < parents.length; each++) {
                best = !taken[each] && (best < 0 || parents[each].isBetterThan(parents[best])) ? each : best;
            }
            taken[best] = true;
            children[survivor].copy(parents[best]);
        }
        for (int each = elite; each < children.length && !scorer.isSpent(); each++) {
            int[] child = children[each].placement;
            System.arraycopy(select(parents, genes).placement, 0, child, 0, child.length);
            if (genes.random().nextDouble() < crossover) {
                genes.cross(child, select(parents, genes).placement);
            }
            for (double left = mutation; left > 0; left--) {
                if (left >= 1 || genes.random().nextDouble() < left) {
                    genes.mutate(child);
                }
            }
            genes.repair(child);
            children[each].score(scorer);
        }
    }

    private Individual select(Individual[] parents, Genes genes) {
        Individual best = parents[genes.random().nextInt(parents.length)];
        for (int rival = 1; rival < tournament; rival++) {
            Individual other = parents[genes.random().nextInt(parents.length)];
            best = other.isBetterThan(best) ? other : best;
        }
        return best;
    }
}
