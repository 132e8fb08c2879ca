package io.github.codnn.benchmark;

import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;

/** Evaluates every placement of a small problem: the proof that needs no search. */
final class PlacementEnumeration {

    private PlacementEnumeration() {}

    /** Returns the least value of the placements that keep all constraints in closed form; infinite if none does. */
    static double least(Scenario scenario, Objective objective) {
        PlanEvaluator evaluator = PlanEvaluator.of(scenario);
        Evaluation evaluation = evaluator.newEvaluation();
        int[] devices = new int[evaluator.compiled().layerCount()];
        int deviceCount = scenario.platform().devices().size();
        double least = Double.POSITIVE_INFINITY;
        do {
            evaluation.evaluate(devices);
            if (evaluation.violation() == 0) {
                least = Math.min(least, objective.of(evaluation));
            }
        } while (next(devices, deviceCount));
        return least;
    }

    private static boolean next(int[] devices, int deviceCount) {
        for (int layer = 0; layer < devices.length; layer++) {
            if (++devices[layer] < deviceCount) {
                return true;
            }
            devices[layer] = 0;
        }
        return false;
    }
}
