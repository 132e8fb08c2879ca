package io.github.codnn.closest;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.RunRecord.LeastValue;
import io.github.codnn.plan.RunRecord.LeastValue.Others;
import io.github.codnn.plan.Violation;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the least value of the quantity of each constraint that a plan breaks: over the plans that keep all other
 * constraints; if there are none, over those that keep the physical ones; if there are none either, over all.
 *
 * <p>By the same branch and bound as {@link ClosestPlan}, exact up to rounding if it ends; otherwise the value is a
 * lower bound. Deterministic unless the stop rule depends on time.
 */
public final class LeastValues {

    private static final double ROUNDING = 1e-9;
    private static final int MAX_SEARCHES = 16; // more constraints get bounds only

    private final OffloadingProblem problem;
    private final SearchRun run;
    private final long maxWork;
    private final int evaluations;

    private LeastValues(OffloadingProblem problem, SearchRun run, long maxWork, int evaluations) {
        this.problem = problem;
        this.run = run;
        this.maxWork = maxWork;
        this.evaluations = evaluations;
    }

    /**
     * Finds the least values.
     *
     * @param problem the problem
     * @param run whose stop rule is asked; evaluations are counted there, and feasible plans are offered
     * @param broken what the closest plan violates
     * @param evaluations how many placements were evaluated before the run; a small share of them is allowed even if
     *     the stop rule allows no more
     * @return a value for each constraint and each task or device, in the order of the violations
     */
    public static List<LeastValue> of(
            OffloadingProblem problem, SearchRun run, List<Violation> broken, long evaluations) {
        List<Relaxation> freed = broken.stream()
                .map(violation ->
                        new Relaxation(violation.constraint(), index(violation, problem.scenario()), Others.KEPT))
                .distinct()
                .toList();
        int searches = Math.max(1, Math.min(MAX_SEARCHES, freed.size()));
        int free = ClosestPlan.freeEvaluations(evaluations) / searches;
        List<LeastValue> values = new ArrayList<>();
        for (Relaxation each : freed) {
            long work = values.size() < MAX_SEARCHES ? ClosestPlan.MAX_WORK / searches : 1;
            new LeastValues(problem, run, work, free).of(each).ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    private static int index(Violation broken, Scenario scenario) {
        if (Relaxation.isOfAll(broken.constraint())) {
            return 0;
        }
        return broken.constraint() == Violation.Constraint.MEMORY
                ? scenario.deviceNames().indexOf(broken.subject())
                : scenario.workload().tasks().stream()
                        .map(task -> task.name())
                        .toList()
                        .indexOf(broken.subject());
    }

    /** Returns nothing if there is no finite bound, or a plan keeps all constraints in closed form. */
    private Optional<LeastValue> of(Relaxation freed) {
        for (Others others : Others.values()) {
            Relaxation relaxation = new Relaxation(freed.freed(), freed.index(), others);
            Least least = new Least(relaxation);
            boolean complete = ClosestPlan.isSmall(problem.compiled()) && least.search();
            boolean found = least.best < Double.POSITIVE_INFINITY;
            double value = complete && found ? least.best : least.bound;
            if (complete && found && others == Others.KEPT && value <= limit(relaxation)) {
                return Optional.empty();
            }
            if (!(complete && !found) && value < Double.POSITIVE_INFINITY) {
                return Optional.of(value(relaxation, value, complete));
            }
        }
        return Optional.empty();
    }

    private LeastValue value(Relaxation relaxation, double least, boolean proven) {
        Scenario scenario = problem.scenario();
        return new LeastValue(
                relaxation.freed(),
                relaxation.subject(scenario),
                quantity(relaxation),
                limit(relaxation),
                least,
                proven,
                relaxation.others());
    }

    private double limit(Relaxation relaxation) {
        return switch (relaxation.freed()) {
            case DEADLINE -> problem.compiled().deadlineSeconds(relaxation.index());
            case MEMORY -> problem.compiled().costs().memoryBytes(relaxation.index());
            case DEVICES -> problem.scenario().rules().maxDevices();
            default -> 0;
        };
    }

    private String quantity(Relaxation relaxation) {
        return switch (relaxation.freed()) {
            case DEADLINE ->
                problem.compiled().isDeadlineOnResponse(relaxation.index()) ? "response seconds" : "mean seconds";
            case MEMORY -> "bytes";
            case DEVICES -> "devices";
            case LINK -> "transfers without a link";
            case PINNED -> "layers away from their pins";
            case FORBIDDEN -> "layers where they cannot run";
            case COLOCATED -> "layers apart from their group";
            case STAGES -> "returns to devices";
        };
    }

    /** The search for one constraint. */
    private final class Least implements PlacementTree.Goal {

        private final Relaxation relaxation;
        private final ConstraintBounds bounds;
        private final Evaluation evaluation = problem.evaluator().newEvaluation();
        private final double bound;
        private double best = Double.POSITIVE_INFINITY;

        Least(Relaxation relaxation) {
            this.relaxation = relaxation;
            bounds = new ConstraintBounds(problem.compiled(), Optional.of(relaxation), relaxation.allowsImpossible());
            bounds.bound(0);
            bound = bounds.quantity();
        }

        boolean search() {
            return new PlacementTree(bounds, new Effort(run, maxWork, evaluations)).search(this);
        }

        @Override
        public boolean isPromising(int impossible, double violation, double quantity) {
            return impossible == 0 && violation <= ROUNDING && quantity < best * (1 - ROUNDING);
        }

        @Override
        public void reach(int[] placement) {
            evaluation.evaluate(placement);
            run.addEvaluations(1);
            MetricsSnapshot metrics = evaluation.snapshot();
            if (metrics.feasible()) {
                run.offer(placement);
            }
            List<Violation> broken = metrics.violations();
            if (broken.stream().noneMatch(each -> relaxation.counts(each, problem.scenario()))) {
                best = Math.min(best, quantity(metrics));
            }
        }

        private double quantity(MetricsSnapshot metrics) {
            int index = relaxation.index();
            return switch (relaxation.freed()) {
                case DEADLINE ->
                    problem.compiled().isDeadlineOnResponse(index)
                            ? metrics.responseSeconds(index)
                            : metrics.meanSeconds(index);
                case DEVICES -> metrics.devicesUsed();
                case MEMORY -> bytes(metrics);
                default ->
                    metrics.violations().stream()
                            .filter(each -> each.constraint() == relaxation.freed())
                            .mapToDouble(Violation::amount)
                            .sum();
            };
        }

        /** The excess is relative to the memory; bytes are whole numbers. */
        private double bytes(MetricsSnapshot metrics) {
            double limit = problem.compiled().costs().memoryBytes(relaxation.index());
            return metrics.violations().stream()
                    .filter(each -> each.constraint() == Violation.Constraint.MEMORY
                            && each.subject().equals(relaxation.subject(problem.scenario())))
                    .mapToDouble(each -> Math.rint(limit * (1 + each.amount())))
                    .findFirst()
                    .orElse(limit);
        }
    }
}
