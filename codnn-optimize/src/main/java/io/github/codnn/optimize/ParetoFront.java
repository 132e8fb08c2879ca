package io.github.codnn.optimize;

import io.github.codnn.internal.Checks;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Plans of which none dominates another: is as good in every objective and better in one. Figures count as equal if
 * they differ by rounding only (relative 1e-12).
 *
 * @param objectives what was minimised, from one to three of them
 * @param plans the plans that no other dominates, from least to greatest in the first objective; of plans with equal
 *     figures one
 * @param epsilon how much may be missing: every feasible placement has a plan here that is worse by no more than this
 *     share in any objective. 0 if the front is proven to be complete, infinite if nothing is proven
 * @param scope among which placements that holds
 * @param ideal for each objective the least figure of the plans, 0 without plans
 * @param reference for each objective a tenth more than the greatest figure of the plans, 0 without plans
 * @param hypervolume the share of the box from the ideal point to the reference point that the plans dominate, from 0
 *     to 1: greater is better, between fronts with the same two points; see {@link #hypervolume(List, List)}
 * @param notices one sentence for each part of the search that failed and was left out
 */
public record ParetoFront(
        List<Objective> objectives,
        List<Plan> plans,
        double epsilon,
        BoundScope scope,
        List<Double> ideal,
        List<Double> reference,
        double hypervolume,
        List<String> notices) {

    private static final int MAX_OBJECTIVES = 3;
    private static final double MARGIN = 0.1;

    /** Copies and checks the components. */
    public ParetoFront {
        objectives = Checks.notEmpty(objectives, "objective of a front");
        plans = List.copyOf(plans);
        ideal = List.copyOf(ideal);
        reference = List.copyOf(reference);
        notices = List.copyOf(notices);
        Objects.requireNonNull(scope, "scope");
        if (!(epsilon >= 0)) {
            throw new IllegalArgumentException("epsilon must be 0 or greater, but is " + epsilon);
        }
    }

    /**
     * Keeps the plans that no other dominates. O(n log n) time for n plans.
     *
     * @param objectives what is minimised, from one to three of them
     * @param plans feasible plans, in any order
     * @param epsilon how much may be missing, 0 for nothing, infinite if that is unknown
     * @return the front
     * @throws IllegalArgumentException if there are more than three objectives
     */
    public static ParetoFront of(List<Objective> objectives, List<Plan> plans, double epsilon) {
        if (objectives.isEmpty() || objectives.size() > MAX_OBJECTIVES) {
            throw new IllegalArgumentException(
                    "A front has from one to " + MAX_OBJECTIVES + " objectives, but there are " + objectives.size());
        }
        List<Plan> kept = nonDominated(plans, plan -> figures(objectives, plan.metrics()));
        List<double[]> points =
                kept.stream().map(plan -> figures(objectives, plan.metrics())).toList();
        List<Double> ideal = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        for (int axis = 0; axis < objectives.size(); axis++) {
            int each = axis;
            double most =
                    points.stream().mapToDouble(point -> point[each]).max().orElse(0);
            ideal.add(points.stream().mapToDouble(point -> point[each]).min().orElse(0));
            reference.add(most + MARGIN * Math.abs(most));
        }
        double volume = volume(points, ideal, reference);
        return new ParetoFront(objectives, kept, epsilon, BoundScope.ALL_PLANS, ideal, reference, volume, List.of());
    }

    /**
     * Returns this front with another scope of its proof.
     *
     * @param newScope among which placements {@link #epsilon()} holds
     * @return the changed front
     */
    public ParetoFront withScope(BoundScope newScope) {
        return new ParetoFront(objectives, plans, epsilon, newScope, ideal, reference, hypervolume, notices);
    }

    /**
     * Returns this front with other notices.
     *
     * @param sentences one for each part of the search that failed and was left out
     * @return the changed front
     */
    public ParetoFront withNotices(List<String> sentences) {
        return new ParetoFront(objectives, plans, epsilon, scope, ideal, reference, hypervolume, sentences);
    }

    /**
     * Returns this front with another share that may be missing.
     *
     * @param newEpsilon the share, infinite if nothing is proven
     * @return the changed front
     */
    ParetoFront withEpsilon(double newEpsilon) {
        return new ParetoFront(objectives, plans, newEpsilon, scope, ideal, reference, hypervolume, notices);
    }

    /**
     * Evaluates every plan from scratch and compares what this front claims: the figures, that all plans are feasible
     * and that none dominates another, and {@link #epsilon()} against the placements on a single device. Every search
     * ends with it. O(n) evaluations for n plans and O(n) time for each device.
     *
     * @param problem the problem that was searched; its own fitness does not count
     * @return this front, without plans that miss a deadline as streams ({@link OffloadingProblem#plan}) and then
     *     without a proof; with an infinite epsilon if rounding may change an energy by more than a share of 1e-9,
     *     because a device waits for a tiny part of the makespan only
     * @throws InvalidProofException if a claim is wrong
     */
    public ParetoFront verified(OffloadingProblem problem) {
        return new FrontCheck(problem, this).verified();
    }

    private static double[] figures(List<Objective> objectives, PlanMetrics metrics) {
        double[] figures = new double[objectives.size()];
        for (int axis = 0; axis < figures.length; axis++) {
            figures[axis] = objectives.get(axis).of(metrics);
        }
        return figures;
    }

    /**
     * Keeps the items that no other dominates. O(n log n) time for n items.
     *
     * @param all the items
     * @param figures what is minimised of an item, from one to three numbers
     * @param <T> the type of the items
     * @return the items of which none is at least as good as another in every figure but for rounding, from least to
     *     greatest in the first figure; of several with equal figures one
     */
    public static <T> List<T> nonDominated(List<T> all, Function<T, double[]> figures) {
        List<Point<T>> kept = new ArrayList<>();
        all.forEach(each -> kept.add(new Point<>(each, Arrays.copyOf(figures.apply(each), MAX_OBJECTIVES))));
        // What is clearly better in one figure may be worse by rounding in the others: each figure comes first once.
        for (int axis = MAX_OBJECTIVES - 1; axis >= 0; axis--) {
            int first = axis;
            int second = (axis + 1) % MAX_OBJECTIVES;
            int third = (axis + 2) % MAX_OBJECTIVES;
            kept.sort(Comparator.<Point<T>>comparingDouble(point -> point.figures[first])
                    .thenComparingDouble(point -> point.figures[second])
                    .thenComparingDouble(point -> point.figures[third]));
            Staircase stairs = new Staircase();
            kept.removeIf(point -> !stairs.add(point.figures[second], point.figures[third]));
        }
        return kept.stream().map(point -> point.item).toList();
    }

    private static final class Point<T> {

        private final T item;
        private final double[] figures;

        private Point(T item, double[] figures) {
            this.item = item;
            this.figures = figures;
        }
    }

    /**
     * Returns the share of a box that the plans dominate: to compare fronts, take one box for all of them. O(n log n)
     * time for n plans.
     *
     * @param from a corner of the box, one figure for each objective; plans below it count as on it
     * @param to the opposite corner, the reference point: plans above it in any objective do not count
     * @return from 0 to 1
     */
    public double hypervolume(List<Double> from, List<Double> to) {
        return volume(
                plans.stream().map(plan -> figures(objectives, plan.metrics())).toList(), from, to);
    }

    private static double volume(List<double[]> points, List<Double> from, List<Double> to) {
        List<double[]> inside = new ArrayList<>();
        for (double[] point : points) {
            double[] scaled = new double[MAX_OBJECTIVES];
            for (int axis = 0; axis < point.length; axis++) {
                double width = to.get(axis) - from.get(axis);
                scaled[axis] = width > 0 ? Math.max(0, (point[axis] - from.get(axis)) / width) : 0;
            }
            inside.add(scaled);
        }
        return dominated(inside);
    }

    /** Returns the volume below 1 that points with three coordinates of at least 0 dominate. */
    static double dominated(List<double[]> points) {
        List<double[]> rising = new ArrayList<>(points);
        rising.removeIf(point -> point[0] >= 1 || point[1] >= 1 || point[2] >= 1);
        rising.sort(Comparator.comparingDouble(point -> point[2]));
        Staircase stairs = new Staircase();
        double volume = 0;
        double height = 0;
        for (double[] point : rising) {
            volume += stairs.area() * (point[2] - height);
            height = point[2];
            stairs.add(point[0], point[1]);
        }
        return volume + stairs.area() * (1 - height);
    }

    /**
     * Returns the figures of the plans.
     *
     * @return for each plan its figures, in the order of the objectives
     */
    public List<List<Double>> figures() {
        return plans.stream()
                .map(plan -> Arrays.stream(figures(objectives, plan.metrics()))
                        .boxed()
                        .toList())
                .toList();
    }
}
