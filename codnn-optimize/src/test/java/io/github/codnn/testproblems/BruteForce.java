package io.github.codnn.testproblems;

import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.OffloadingProblem;

/** The least fitness of all feasible placements, by trying all of them. */
public final class BruteForce {

    private BruteForce() {}

    public static double optimum(OffloadingProblem problem) {
        int[] placement = new int[problem.compiled().layerCount()];
        Evaluation evaluation = problem.evaluator().newEvaluation();
        double best = Double.POSITIVE_INFINITY;
        do {
            evaluation.evaluate(placement);
            if (evaluation.feasible()) {
                best = Math.min(best, problem.fitness().of(evaluation));
            }
        } while (advance(placement, problem.compiled().deviceCount()));
        return best;
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
