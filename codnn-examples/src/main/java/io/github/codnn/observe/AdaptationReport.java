package io.github.codnn.observe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run that adapts its plan has observed and done.
 *
 * @param spans the plans that ran, in their order
 * @param looks the observations with what was decided, in their order; the latest ones only in a long run
 * @param workers the latest report of each worker, by device
 */
public record AdaptationReport(List<Span> spans, List<Look> looks, Map<String, WorkerReport> workers) {

    /** Copies the components. */
    public AdaptationReport {
        spans = List.copyOf(spans);
        looks = List.copyOf(looks);
        workers = Collections.unmodifiableMap(new LinkedHashMap<>(workers));
    }

    /**
     * The time in which one plan ran.
     *
     * @param firstFrame the number of the first frame that it delivered
     * @param frames how many frames it delivered
     * @param seconds how long it ran, the time in which it was filled included
     * @param predictedPeriodSeconds what the plan predicts between two frames, for the conditions that it was made for
     * @param devices the devices of its stages
     * @param reason why it was taken, as a clause
     */
    public record Span(
            long firstFrame,
            long frames,
            double seconds,
            OptionalDouble predictedPeriodSeconds,
            List<String> devices,
            String reason) {

        /** Copies the components. */
        public Span {
            devices = List.copyOf(devices);
        }

        /**
         * Returns the measured throughput.
         *
         * @return frames for each second; NaN without time
         */
        public double framesPerSecond() {
            return frames / seconds;
        }
    }

    /**
     * An observation and what was decided.
     *
     * @param seconds the time since the run began
     * @param frame the number of frames delivered
     * @param framesPerSecond the throughput since the observation before
     * @param moves whether another plan was taken
     * @param reason why, as a clause
     */
    public record Look(double seconds, long frame, double framesPerSecond, boolean moves, String reason) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.1f s, frame %d, %.2f frames/s: %s, because %s",
                    seconds,
                    frame,
                    framesPerSecond,
                    moves ? "move" : "stay",
                    reason);
        }
    }
}
