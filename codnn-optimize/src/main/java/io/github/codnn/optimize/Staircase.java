package io.github.codnn.optimize;

import io.github.codnn.internal.Tolerances;
import java.util.Map;
import java.util.TreeMap;

/**
 * Points in the plane of which none is at least as good as another in both coordinates. Adding takes O(log n) amortised
 * time.
 */
final class Staircase {

    private final TreeMap<Double, Double> steps = new TreeMap<>(); // y by x: the greater x, the less y
    private double area;

    /** Adds a point unless an existing one is at least as good up to rounding; returns whether it did. */
    boolean add(double x, double y) {
        Map.Entry<Double, Double> before = steps.floorEntry(x + Tolerances.EQUAL * Math.abs(x));
        if (before != null && before.getValue() <= y + Tolerances.EQUAL * Math.abs(y)) {
            return false;
        }
        before = steps.floorEntry(x);
        double height = before == null ? 1 : Math.min(1, before.getValue());
        double from = x;
        Map.Entry<Double, Double> step = steps.ceilingEntry(x);
        while (step != null && step.getValue() >= y) {
            area += (step.getKey() - from) * (height - y);
            height = step.getValue();
            from = step.getKey();
            steps.remove(from);
            step = steps.ceilingEntry(x);
        }
        area += ((step == null ? 1 : step.getKey()) - from) * (height - y);
        steps.put(x, y);
        return true;
    }

    /** Returns the area below 1 that the points dominate, if all of them lie between 0 and 1. */
    double area() {
        return area;
    }
}
