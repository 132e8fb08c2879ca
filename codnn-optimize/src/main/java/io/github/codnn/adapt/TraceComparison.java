package io.github.codnn.adapt;

import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A plan that never changes, one that adapts, and an oracle that knows the future, over the same trace.
 *
 * <p>In each interval of the trace a plan finishes the interval over its period many frames. Whoever moves loses the
 * time in which weights are sent, to devices that do not have them yet, and in which the new pipeline fills. The
 * adaptive planner decides at the beginning of an interval and has only seen the ones before. The oracle chooses a
 * sequence of plans with dynamic programming: of those that the adaptive planner has used, and of those that its
 * planner finds for up to 100 states of the trace. It is exact among these as long as no more than eight
 * histories per plan are worth keeping, which differ in the weights that devices have; never worse than the other two.
 *
 * @param fixed the plan that never changes
 * @param adaptive the adaptive planner
 * @param oracle the oracle
 * @param decisions when and why the adaptive planner moved
 */
public record TraceComparison(Outcome fixed, Outcome adaptive, Outcome oracle, List<Move> decisions) {

    /** Copies the components. */
    public TraceComparison {
        Objects.requireNonNull(fixed, "fixed");
        Objects.requireNonNull(adaptive, "adaptive");
        Objects.requireNonNull(oracle, "oracle");
        decisions = List.copyOf(decisions);
    }

    /**
     * A decision to move.
     *
     * @param seconds the time in the trace
     * @param reason why, as a clause
     */
    public record Move(double seconds, String reason) {

        /** Checks the components. */
        public Move {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * What a way to plan reaches.
     *
     * @param frames the frames finished over the trace, of all tasks
     * @param seconds the length of the trace
     * @param moves how often the plan changed
     * @param stallSeconds the time without frames
     * @param framesPerSecond the throughput of the plan in each interval, without what moving costs
     */
    public record Outcome(double frames, double seconds, int moves, double stallSeconds, List<Double> framesPerSecond) {

        /** Copies the components. */
        public Outcome {
            framesPerSecond = List.copyOf(framesPerSecond);
        }

        /**
         * Returns the mean time between two frames.
         *
         * @return the length over the frames; infinite if no frame is finished
         */
        public double meanPeriodSeconds() {
            return frames > 0 ? seconds / frames : Double.POSITIVE_INFINITY;
        }
    }

    /**
     * Compares over a trace. Plans up to twice for each state, and takes O(states plans^2) time for the oracle.
     *
     * @param planner watches the plan that runs at the beginning
     * @param states the platforms of the trace, with the same devices all the time; the last one lasts as long as the
     *     one before it
     * @return the three outcomes
     * @throws io.github.codnn.CodnnException if a cost is missing
     */
    public static TraceComparison of(AdaptivePlanner planner, List<BandwidthTrace.State> states) {
        return new TraceRun(planner, Checks.notEmpty(states, "state of a trace")).compare();
    }

    /**
     * Returns by how much the adaptive planner is behind the oracle.
     *
     * @return its mean period over that of the oracle, minus 1; empty if the oracle finishes no frame
     */
    public OptionalDouble behindOracle() {
        return oracle.frames() > 0
                ? OptionalDouble.of(adaptive.meanPeriodSeconds() / oracle.meanPeriodSeconds() - 1)
                : OptionalDouble.empty();
    }
}
