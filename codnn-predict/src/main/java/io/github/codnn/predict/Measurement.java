package io.github.codnn.predict;

import io.github.codnn.graph.Layer;
import io.github.codnn.internal.Checks;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The measured time of a single layer on one device.
 *
 * @param layer the layer
 * @param seconds the median time of one pass, positive; the target of regressions
 * @param leastSeconds the least time of one pass, positive
 * @param leastWallSeconds the least time of one pass by the wall clock, positive
 * @param leastKernelSeconds the least time that the runtime's own profiler reports, positive, or 0 without that
 *     profiler, whose wall-clock times are whole microseconds. {@code LayerProfiler} does not use it, and no fit uses
 *     this time
 * @param repetitions the number of timed passes, positive
 * @param spread the spread of repeated series of passes as a fraction of the time: 0.05 is 5 %
 * @param joules the energy of one pass with the device's idle power included, positive, if it was measured
 * @param span when the passes ran, if it is known
 */
public record Measurement(
        Layer layer,
        double seconds,
        double leastSeconds,
        double leastWallSeconds,
        double leastKernelSeconds,
        int repetitions,
        double spread,
        OptionalDouble joules,
        Optional<Span> span) {

    /**
     * A span of time by the clock of the measuring machine.
     *
     * @param from its begin
     * @param until its end, not before its begin
     */
    public record Span(Instant from, Instant until) {

        /** Checks the components. */
        public Span {
            if (until.isBefore(from)) {
                throw new IllegalArgumentException("a span ends at " + until + ", before it begins at " + from);
            }
        }
    }

    /** Checks the components. */
    public Measurement {
        Objects.requireNonNull(layer, "layer");
        Checks.positiveFinite(seconds, "seconds");
        Checks.positiveFinite(leastSeconds, "leastSeconds");
        Checks.positiveFinite(leastWallSeconds, "leastWallSeconds");
        Checks.nonNegativeFinite(leastKernelSeconds, "leastKernelSeconds");
        Checks.positive(repetitions, "repetitions");
        Checks.nonNegativeFinite(spread, "spread");
        joules.ifPresent(value -> Checks.positiveFinite(value, "joules"));
        Objects.requireNonNull(span, "span");
    }

    /**
     * Makes a measurement with only the time.
     *
     * @param layer the layer
     * @param seconds the time of one pass
     * @return the measurement, of one repetition without spread
     */
    public static Measurement of(Layer layer, double seconds) {
        return new Measurement(
                layer, seconds, seconds, seconds, seconds, 1, 0, OptionalDouble.empty(), Optional.empty());
    }

    /**
     * Returns this measurement with the energy of a pass.
     *
     * @param measured the energy in joules, positive
     * @return the changed measurement
     */
    public Measurement withJoules(double measured) {
        return new Measurement(
                layer,
                seconds,
                leastSeconds,
                leastWallSeconds,
                leastKernelSeconds,
                repetitions,
                spread,
                OptionalDouble.of(measured),
                span);
    }

    /**
     * Returns the kind whose regression includes this layer.
     *
     * @return see {@link LayerFeatures#kindOf}
     */
    public String kind() {
        return LayerFeatures.kindOf(layer);
    }
}
