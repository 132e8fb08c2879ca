package io.github.codnn.optimize;

import io.github.codnn.internal.Checks;
import io.github.codnn.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Plans of which none is as good as another in every objective and better in one.
 *
 * @param objectives what was minimised, from one to three of them
 * @param plans the plans that no other dominates, from least to greatest in the first objective; of plans with equal figures one
 * @param hypervolume how much of the space of figures the plans dominate below the reference: greater is better. With figures
 *     scaled so that the least ones found are 0 and the reference is 1, hence from 0 to 1; 0 without plans
 */
public record ParetoFront(List<Objective> objectives, List<Plan> plans, double hypervolume) {

    private static final int MOST_OBJECTIVES = 3;

    /** Copies the components. */
    public ParetoFront {
        objectives = Checks.notEmpty(objectives, "objective of a front");
        plans = List.copyOf(plans);
    }

    /**
     * Keeps the plans that no other dominates. O(n^2) time for n plans, and O(n^3) for the hypervolume of three objectives.
     *
     * @param objectives what is minimised, from one to three of them
     * @param plans feasible plans, in any order
     * @return the front; its reference is a tenth above the greatest figures of the plans that remain
     * @throws IllegalArgumentException if there are more than three objectives
     */
    public static ParetoFront of(List<Objective> objectives, List<Plan> plans) {
        if (objectives.isEmpty() || objectives.size() > MOST_OBJECTIVES) {
            throw new IllegalArgumentException(
                    "A front has from one to " + MOST_OBJECTIVES + " objectives, but there are " + objectives.size());
        }
        List<Plan> kept = new ArrayList<>();
        for (Plan plan : plans) {
            double[] figures = figures(objectives, plan);
            if (kept.stream().noneMatch(other -> isAtMost(figures(objectives, other), figures))) {
                kept.removeIf(other -> isAtMost(figures, figures(objectives, other)));
                kept.add(plan);
            }
        }
        kept.sort(Comparator.comparingDouble(plan -> objectives.get(0).of(plan.metrics())));
        return new ParetoFront(objectives, kept, volume(objectives, kept));
    }

    private static double[] figures(List<Objective> objectives, Plan plan) {
        return objectives.stream()
                .mapToDouble(objective -> objective.of(plan.metrics()))
                .toArray();
    }

    private static boolean isAtMost(double[] figures, double[] others) {
        for (int each = 0; each < figures.length; each++) {
            if (figures[each] > others[each]) {
                return false;
            }
        }
        return true;
    }

    private static double volume(List<Objective> objectives, List<Plan> plans) {
        List<double[]> points =
                plans.stream().map(plan -> figures(objectives, plan)).toList();
        for (int each = 0; each < objectives.size(); each++) {
            int index = each;
            double least =
                    points.stream().mapToDouble(point -> point[index]).min().orElse(0);
            double most =
                    points.stream().mapToDouble(point -> point[index]).max().orElse(0);
            double reference = most + 0.1 * Math.abs(most);
            for (double[] point : points) {
                point[index] = reference > least ? (point[index] - least) / (reference - least) : 0;
            }
        }
        return dominated(points, 0);
    }

    /** Returns the volume below 1 that points dominate, from one coordinate on: sums slices between its values. */
    static double dominated(List<double[]> points, int coordinate) {
        if (points.isEmpty()) {
            return 0;
        }
        if (coordinate == points.get(0).length - 1) {
            return 1
                    - points.stream()
                            .mapToDouble(point -> point[coordinate])
                            .min()
                            .orElse(1);
        }
        double[] values = points.stream()
                .mapToDouble(point -> point[coordinate])
                .sorted()
                .distinct()
                .toArray();
        double volume = 0;
        for (int slice = 0; slice < values.length; slice++) {
            double from = values[slice];
            double to = slice + 1 < values.length ? values[slice + 1] : 1;
            List<double[]> reaching =
                    points.stream().filter(point -> point[coordinate] <= from).toList();
            volume += (to - from) * dominated(reaching, coordinate + 1);
        }
        return volume;
    }

    /**
     * Returns the figures of the plans.
     *
     * @return for each plan its figures, in the order of the objectives
     */
    public List<List<Double>> figures() {
        return plans.stream()
                .map(plan -> Arrays.stream(figures(objectives, plan)).boxed().toList())
                .toList();
    }
}
