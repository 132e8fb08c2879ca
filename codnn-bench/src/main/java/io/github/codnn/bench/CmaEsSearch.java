package io.github.codnn.bench;

import java.util.Arrays;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.Well19937c;

/**
 * CMA-ES of Commons Math with the full covariance and the population of 4 + 3 ln(keys) that its authors recommend, from
 * the middle of the range with a deviation of 0.3; restarts after convergence. The time of each generation is
 * proportional to the cube of the number of keys.
 */
final class CmaEsSearch {

    private static final double DEVIATION = 0.3;

    private CmaEsSearch() {}

    static void search(KeyObjective objective, int evaluations, long seed) {
        CMAESOptimizer optimizer = new CMAESOptimizer(
                Integer.MAX_VALUE, 0, true, 0, 1, new Well19937c(seed), false, (iteration, before, after) -> false);
        try {
            while (objective.evaluations() < evaluations) {
                optimize(optimizer, objective, evaluations - (int) objective.evaluations());
            }
        } catch (TooManyEvaluationsException enough) {
            // The search ends with this exception.
        }
    }

    private static void optimize(CMAESOptimizer optimizer, KeyObjective objective, int evaluations) {
        int keys = objective.keyCount();
        optimizer.optimize(
                new MaxEval(evaluations),
                new ObjectiveFunction(point -> {
                    System.arraycopy(point, 0, objective.keys(), 0, keys);
                    return objective.rate();
                }),
                GoalType.MINIMIZE,
                new InitialGuess(filled(keys, 0.5)),
                new SimpleBounds(filled(keys, 0), filled(keys, 1)),
                new CMAESOptimizer.Sigma(filled(keys, DEVIATION)),
                new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(keys))));
    }

    private static double[] filled(int length, double value) {
        double[] filled = new double[length];
        Arrays.fill(filled, value);
        return filled;
    }
}
