package io.github.codnn.baseline;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.Score;
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
 * Monte Carlo tree search with upper confidence bounds (UCT; L. Kocsis and C. Szepesvari, Bandit based Monte-Carlo
 * planning, 2006): decides stage by stage, the device first and then where the stage ends, and finishes each try at
 * random.
 *
 * <p>In the tree a stage ends at one of {@code ends} places, evenly spread over the remaining layers of the task; the
 * random rest of a try may end stages anywhere. As there is no opponent, a choice is rated by the mean of its mean and
 * its best reward, and subtrees that were searched completely are not searched again. A feasible try is rewarded by
 * {@code 1 / (1 + exp(4 (value - reference) / |reference|))} with the best constructive answer as the reference, an
 * infeasible one much less, and one that is impossible least. A heuristic for chains and DAGs (stages follow the
 * topological order), one task or several, any fitness. Runs until the stop rule ends it. An iteration is 100 tries;
 * memory is bounded by {@code nodes}.
 *
 * @param exploration the weight of exploration, zero or greater; the square root of 2 in theory
 * @param ends how many ends of a stage the tree distinguishes, at least 1
 * @param nodes the greatest number of nodes of the tree, at least 1; the search then goes on without growing it
 */
public record MonteCarloTreeSearch(double exploration, int ends, int nodes) implements Strategy {

    private static final int BATCH = 100;

    /** Checks the components. */
    public MonteCarloTreeSearch {
        Checks.nonNegativeFinite(exploration, "The exploration");
        Checks.positive(ends, "The number of ends");
        Checks.positive(nodes, "The number of nodes");
    }

    /**
     * Returns exploration 0.2, 16 ends, 200,000 nodes. The rewards of good pipelines lie close together, so less
     * exploration than in the theory.
     *
     * @return the strategy
     */
    public static MonteCarloTreeSearch withDefaults() {
        return new MonteCarloTreeSearch(0.2, 16, 200_000);
    }

    /**
     * Returns this strategy with another exploration.
     *
     * @param constant the weight of exploration
     * @return the changed strategy
     */
    public MonteCarloTreeSearch withExploration(double constant) {
        return new MonteCarloTreeSearch(constant, ends, nodes);
    }

    /**
     * Returns this strategy with another tree.
     *
     * @param stageEnds how many ends of a stage the tree distinguishes
     * @param max the greatest number of nodes of the tree
     * @return the changed strategy
     */
    public MonteCarloTreeSearch withTree(int stageEnds, int max) {
        return new MonteCarloTreeSearch(exploration, stageEnds, max);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Arrangement arrangement = Arrangement.of(problem);
        Constructive.placements(problem, run);
        RandomGenerator random = Seeds.generator(options.seed());
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        double reference = run.bestScore().isFeasible() ? run.bestScore().value() : Double.NaN;
        StageTree tree = new StageTree(this, arrangement, random);
        Optional<StopReason> stop = run.endIteration();
        while (stop.isEmpty()) {
            for (int each = 0; each < BATCH && !scorer.isSpent(); each++) {
                scorer.score(tree.play());
                tree.reward(reward(scorer.last(), reference));
            }
            scorer.report(run);
            stop = run.endIteration();
        }
        return run.finish(stop.get());
    }

    private static double reward(Score score, double reference) {
        if (score.impossible() > 0) {
            return -0.1 * score.impossible() / (1.0 + score.impossible());
        }
        if (score.violation() > 0) {
            return 0.1 / (1 + score.violation());
        }
        if (Double.isNaN(reference) || reference == 0) {
            return 1 / (1 + Math.exp(score.value()));
        }
        return 1 / (1 + Math.exp(4 * (score.value() - reference) / Math.abs(reference)));
    }
}
