package io.github.codnn.optimize;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Compares what a front claims with evaluations from scratch. */
final class FrontCheck {

    private final OffloadingProblem problem;
    private final ParetoFront front;
    private final Evaluation fresh;
    private final List<List<Double>> figures;

    FrontCheck(OffloadingProblem problem, ParetoFront front) {
        this.problem = problem;
        this.front = front;
        fresh = problem.evaluator().newEvaluation();
        figures = front.figures();
    }

    /**
     * Returns the front if it claims nothing wrong; without a proof if rounding blurs its energies.
     *
     * @throws InvalidProofException if a plan is infeasible or has other figures, if one dominates another, or if the
     *     front misses a placement on a single device by more than it states
     */
    ParetoFront verified() {
        boolean isBlurred = false;
        for (Plan plan : front.plans()) {
            isBlurred |= check(plan);
        }
        int left = ParetoFront.nonDominated(figures, FrontCheck::point).size();
        reject(left < figures.size(), () -> "has " + (figures.size() - left) + " plans that others dominate");
        if (front.epsilon() < Double.POSITIVE_INFINITY) {
            checkSingleDevices();
        }
        ParetoFront kept = problem.hasStreamDeadlines() ? withoutLate() : front;
        return isBlurred ? kept.withEpsilon(Double.POSITIVE_INFINITY) : kept;
    }

    /** A front that loses plans proves nothing: those that they dominate may be missing. */
    private ParetoFront withoutLate() {
        List<Plan> kept = front.plans().stream()
                .filter(plan -> problem.plan(plan.placement()).metrics().feasible())
                .toList();
        return kept.size() == front.plans().size()
                ? front
                : ParetoFront.of(front.objectives(), kept, Double.POSITIVE_INFINITY)
                        .withScope(front.scope());
    }

    private static double[] point(List<Double> figures) {
        return figures.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns whether rounding blurs the energy of a plan. */
    private boolean check(Plan plan) {
        int[] placement = problem.evaluator().encode(plan.placement());
        fresh.evaluate(placement);
        reject(!fresh.feasible(), () -> "has a plan of violation " + fresh.violation());
        boolean isBlurred = false;
        for (Objective objective : front.objectives()) {
            double actual = objective.of(fresh);
            double claimed = objective.of(plan.metrics());
            double slack = Tolerances.BOUND * Math.abs(actual);
            reject(
                    !(Math.abs(actual - claimed) <= slack),
                    () -> "claims the " + objective.label() + " " + claimed + " of a plan that has " + actual);
            isBlurred |= objective == Objective.ENERGY && EnergyRounding.joules(problem, placement, fresh) > slack;
        }
        return isBlurred;
    }

    /** All layers on one device: what every front must cover. */
    private void checkSingleDevices() {
        int[] placement = new int[problem.compiled().layerCount()];
        for (int device = 0; device < problem.compiled().deviceCount(); device++) {
            Arrays.fill(placement, device);
            fresh.evaluate(placement);
            String name = problem.scenario().deviceNames().get(device);
            reject(
                    fresh.feasible() && figures.stream().noneMatch(this::covers),
                    () -> "misses the plan on device '" + name + "' alone by more than the share " + front.epsilon());
        }
    }

    private boolean covers(List<Double> point) {
        double factor = (1 + front.epsilon()) * (1 + Tolerances.BOUND);
        for (int axis = 0; axis < point.size(); axis++) {
            if (point.get(axis) > front.objectives().get(axis).of(fresh) * factor) {
                return false;
            }
        }
        return true;
    }

    private void reject(boolean isWrong, Supplier<String> what) {
        if (isWrong) {
            throw new InvalidProofException("The front of "
                    + front.objectives().stream().map(Objective::label).toList() + " of '"
                    + problem.scenario().name() + "' " + what.get()
                    + ". This is an error of the library: please report it with the problem");
        }
    }
}
