package io.github.codnn.optimize;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.OffloadingProblem;

/**
 * Compares what a search claims with an evaluation from scratch.
 *
 * @param problem what was solved
 * @param strategy who searched
 */
record ResultCheck(OffloadingProblem problem, String strategy) {

    /**
     * Returns the bound, or a lower one if it is closer to the best placement than rounding allows.
     *
     * @throws InvalidProofException if the placement has another value, or the bound is above it
     */
    double certain(int[] best, Score claimed, double lowerBound) {
        double rounding = best.length == 0 ? 0 : rounding(best, claimed, lowerBound);
        boolean matters = claimed.isFeasible() && rounding > Tolerances.BOUND * Math.abs(claimed.value());
        return matters ? Math.min(lowerBound, claimed.value() - rounding) : lowerBound;
    }

    /** Returns by how much rounding may change the value of the best placement. */
    private double rounding(int[] best, Score claimed, double lowerBound) {
        Evaluation fresh = problem.evaluator().newEvaluation();
        fresh.evaluate(best);
        Score actual = Score.of(fresh, problem.fitness());
        double slack = Tolerances.BOUND * Math.max(Math.abs(actual.value()), Math.abs(claimed.value()));
        boolean differs = Math.abs(actual.value() - claimed.value()) > slack;
        boolean isExcluded = actual.isFeasible() && lowerBound > actual.value() + slack;
        if (differs || actual.isFeasible() != claimed.isFeasible() || isExcluded) {
            throw new InvalidProofException(strategy + " on '"
                    + problem.scenario().name() + "' claims the "
                    + problem.fitness().label() + " " + claimed.value() + ", violation " + claimed.violation()
                    + " and the bound " + lowerBound + ", but its plan has " + actual.value() + ", violation "
                    + actual.violation() + ". This is an error of the library: please report it with the problem");
        }
        return EnergyRounding.of(problem, best, fresh);
    }
}
