package io.github.codnn.optimize;

import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A problem with all its placements that are feasible in closed form, the best first: 88, of which 77 are late as a
 * stream, among them the best one.
 */
final class StreamPlacements {

    static final OffloadingProblem PROBLEM = OffloadingProblem.of(RandomScenarios.several(75, 3, 3), Objective.PERIOD);
    static final List<Known> FEASIBLE = feasible();
    static final List<Known> LATE = FEASIBLE.stream().filter(Known::isLate).toList();
    static final List<Known> KEPT =
            FEASIBLE.stream().filter(Predicate.not(Known::isLate)).toList();

    /** A placement that is feasible in closed form, and by how much it misses deadlines in a simulation. */
    static final class Known {

        private final int[] placement;
        private final Score score;
        private final double violation;

        private Known(int[] placement, Score score, double violation) {
            this.placement = placement;
            this.score = score;
            this.violation = violation;
        }

        int[] placement() {
            return placement;
        }

        Score score() {
            return score;
        }

        double violation() {
            return violation;
        }

        boolean isLate() {
            return violation > 0;
        }

        void addTo(StreamCandidates candidates) {
            candidates.add(placement, score);
        }
    }

    /** Returns all feasible placements, the best first. */
    private static List<Known> feasible() {
        List<Known> all = new ArrayList<>();
        Evaluation evaluation = PROBLEM.evaluator().newEvaluation();
        int devices = PROBLEM.compiled().deviceCount();
        int[] placement = new int[PROBLEM.compiled().layerCount()];
        for (int code = 0; code < Math.pow(devices, placement.length); code++) {
            int rest = code;
            for (int layer = 0; layer < placement.length; layer++) {
                placement[layer] = rest % devices;
                rest /= devices;
            }
            evaluation.evaluate(placement);
            if (evaluation.feasible()) {
                PlanMetrics metrics =
                        PROBLEM.plan(PROBLEM.evaluator().decode(placement)).metrics();
                all.add(new Known(placement.clone(), Score.of(evaluation, PROBLEM.fitness()), metrics.violation()));
            }
        }
        all.sort(Comparator.comparing(Known::score, Score::bestFirst));
        return all;
    }

    private StreamPlacements() {}
}
