package io.github.codnn.profile;

import io.github.codnn.predict.Measurement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The times of one operation over several series of passes, in seconds.
 *
 * @param median the median over all passes
 * @param least the least of all passes
 * @param leastWall the least by the wall clock
 * @param passes the number of passes
 * @param spread the greatest minus the least median of a series, as a fraction of the least
 * @param joules the energy of a pass, if it is counted and the counter has moved
 * @param span when the passes ran, if it is known
 */
record Timing(
        double median,
        double least,
        double leastWall,
        int passes,
        double spread,
        OptionalDouble joules,
        Optional<Measurement.Span> span) {

    /** Makes a timing without energy and span. */
    Timing(double median, double least, double leastWall, int passes, double spread) {
        this(median, least, leastWall, passes, spread, OptionalDouble.empty(), Optional.empty());
    }

    /** Runs the operation once; passes on its exceptions. */
    interface Work<E extends Exception> {
        void run() throws E;
    }

    /** Clocks in nanoseconds: CPU time of the thread and wall-clock time; and the energy of the machine. */
    interface Clocks {
        long cpuNanos();

        long wallNanos();

        /** Returns the joules used since any moment, 0 if they are not counted. */
        default double joules() {
            return 0;
        }

        /** Returns the time of day. */
        default Instant now() {
            return Instant.now();
        }
    }

    static <E extends Exception> Timing of(Work<E> work, ProfilerSettings settings, Clocks clocks) throws E {
        for (int pass = 0; pass < settings.warmUps(); pass++) {
            work.run();
        }
        Instant from = clocks.now();
        double before = clocks.joules();
        double[] all = new double[0];
        double leastWall = Double.POSITIVE_INFINITY;
        double leastMedian = Double.POSITIVE_INFINITY;
        double greatestMedian = 0;
        for (int series = 0; series < settings.series(); series++) {
            double[] times = new double[settings.maxPasses()];
            int passes = 0;
            double elapsed = 0;
            while (passes < settings.minPasses()
                    || (passes < settings.maxPasses() && elapsed < settings.secondsPerSeries())) {
                long wall = clocks.wallNanos();
                long cpu = clocks.cpuNanos();
                work.run();
                times[passes++] = (clocks.cpuNanos() - cpu) * 1e-9;
                double wallSeconds = (clocks.wallNanos() - wall) * 1e-9;
                leastWall = Math.min(leastWall, wallSeconds);
                elapsed += wallSeconds;
            }
            times = Arrays.copyOf(times, passes);
            double median = median(times);
            leastMedian = Math.min(leastMedian, median);
            greatestMedian = Math.max(greatestMedian, median);
            all = joined(all, times);
        }
        double spread = leastMedian > 0 ? (greatestMedian - leastMedian) / leastMedian : 0;
        double least = Arrays.stream(all).min().orElseThrow();
        OptionalDouble joules = positive((clocks.joules() - before) / all.length);
        Instant now = clocks.now();
        // The clock of the machine may have been set back meanwhile.
        Optional<Measurement.Span> span =
                now.isBefore(from) ? Optional.empty() : Optional.of(new Measurement.Span(from, now));
        return new Timing(median(all), least, leastWall, all.length, spread, joules, span);
    }

    /** Returns the times of one of several equal parts of the operation. */
    Timing dividedBy(int parts) {
        OptionalDouble part = joules.isPresent() ? positive(joules.getAsDouble() / parts) : joules;
        return new Timing(median / parts, least / parts, leastWall / parts, passes, spread, part, span);
    }

    private static OptionalDouble positive(double value) {
        return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
