package io.github.codnn.testproblems;

import io.github.codnn.optimize.Score;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.OffloadingProblem;
import java.util.function.Consumer;

/** The least fitness of all feasible placements, by trying all of them. */
public final class BruteForce {

    private BruteForce() {}

    public static double optimum(OffloadingProblem problem) {
        Evaluation evaluation = problem.evaluator().newEvaluation();
        double[] best = {Double.POSITIVE_INFINITY};
        forEach(problem, placement -> {
            evaluation.evaluate(placement);
            if (evaluation.feasible()) {
                best[0] = Math.min(best[0], problem.fitness().of(evaluation));
            }
        });
        return best[0];
    }

    /** Returns the best score of all placements. */
    public static Score best(OffloadingProblem problem) {
        Evaluation evaluation = problem.evaluator().newEvaluation();
        Score[] best = {Score.NONE};
        forEach(problem, placement -> {
            evaluation.evaluate(placement);
            Score score = Score.of(evaluation, problem.fitness());
            best[0] = score.isBetterThan(best[0]) ? score : best[0];
        });
        return best[0];
    }

    /** Calls an action with every placement, in an array that it must not change. */
    public static void forEach(OffloadingProblem problem, Consumer<int[]> action) {
        int[] placement = new int[problem.layerCount()];
        do {
            action.accept(placement);
        } while (advance(placement, problem.deviceCount()));
    }

    private static boolean advance(int[] placement, int devices) {
        for (int layer = 0; layer < placement.length; layer++) {
            if (++placement[layer] < devices) {
                return true;
            }
            placement[layer] = 0;
        }
        return false;
    }
}
