package io.github.codnn.chart;

import java.util.ArrayList;
import java.util.List;

/** From values to pixels. */
final class PlotAxis {

    private static final int STEPS = 6;
    private static final double LEAST_RANGE = 0.02; // of the greatest value

    private final LineChart.Axis axis;
    private final Ticks ticks;
    private final double from;
    private final double to;

    /**
     * Encloses values.
     *
     * @param axis the axis
     * @param values all values on it
     * @param from the pixel of its begin
     * @param to the pixel of its end
     */
    PlotAxis(LineChart.Axis axis, List<Double> values, double from, double to) {
        this.axis = axis;
        this.from = from;
        this.to = to;
        double[] shown = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> Double.isFinite(value) && (!isLogarithmic() || value > 0))
                .map(value -> isLogarithmic() ? Math.log10(value) : value)
                .sorted()
                .toArray();
        double least = shown.length == 0 ? 0 : shown[0];
        double most = shown.length == 0 ? 1 : shown[shown.length - 1];
        ticks = isLogarithmic() ? decades(least, most) : even(least, most);
    }

    private boolean isLogarithmic() {
        return axis.scale() == LineChart.Scale.LOGARITHMIC;
    }

    private static Ticks decades(double least, double most) {
        List<Double> values = new ArrayList<>();
        double first = Math.floor(least + 1e-9);
        for (double decade = first; decade < Math.max(most - 1e-9, first) + 1; decade++) {
            values.add(decade);
        }
        if (values.size() < 2) {
            values.add(first + 1);
        }
        return new Ticks(1, values);
    }

    private Ticks even(double least, double most) {
        boolean zero = axis.scale() == LineChart.Scale.FROM_ZERO;
        double margin = LEAST_RANGE * Math.max(Math.abs(least), Math.abs(most)) - (most - least);
        if (!zero && margin > 0) { // Ticks need not tell apart what hardly differs.
            return Ticks.over(least - margin / 2, most + margin / 2, STEPS);
        }
        return Ticks.over(zero ? Math.min(0, least) : least, zero ? Math.max(0, most) : most, STEPS);
    }

    /** Tells whether a value has a place on the axis. */
    boolean has(double value) {
        return Double.isFinite(value) && (!isLogarithmic() || value > 0);
    }

    /** Returns the pixel of a value. */
    double at(double value) {
        return place(isLogarithmic() ? Math.log10(value) : value);
    }

    private double place(double position) {
        return from + (position - ticks.first()) / (ticks.last() - ticks.first()) * (to - from);
    }

    /** Calls for each tick with its pixel and label. */
    void forEachTick(TickConsumer consumer) {
        for (double tick : ticks.values()) {
            String label =
                    isLogarithmic() ? Ticks.shown(Math.pow(10, tick), axis.unit()) : ticks.label(tick, axis.unit());
            consumer.accept(place(tick), label);
        }
    }

    /** Receives ticks. */
    @FunctionalInterface
    interface TickConsumer {
        void accept(double pixel, String label);
    }
}
