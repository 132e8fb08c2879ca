package io.github.codnn.run;

import io.github.codnn.observe.AdaptationReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run measured, beside what the plan predicts.
 *
 * @param frames how many frames were delivered
 * @param seconds from the first frame to the last result, faults included
 * @param inFlight how many frames could be in flight at once
 * @param emulatedLinks whether frames waited for the links of the plan in place of real ones
 * @param emulatedDevices whether stages took the predicted time in place of their own
 * @param period the time between two results, without the first frames after each start; after a change of plan, this
 *     and all figures below are those of the last plan only
 * @param predictedPeriodSeconds the least time between two frames that the plan predicts
 * @param response the time from a frame to its result, without the first frames after each start
 * @param predictedResponseSeconds what the plan predicts for a pipeline that is otherwise idle
 * @param stages the times of stages, in their order
 * @param links the times of emulated links, in the order of the plan
 * @param faults what went wrong and was mended, one line each
 * @param replans the changes of plan because devices were lost, in their order
 * @param adaptation what the run observed and changed while all devices were there; empty if it keeps its plan
 */
public record RunReport(
        long frames,
        double seconds,
        int inFlight,
        boolean emulatedLinks,
        boolean emulatedDevices,
        Times period,
        OptionalDouble predictedPeriodSeconds,
        Times response,
        OptionalDouble predictedResponseSeconds,
        List<StepReport> stages,
        List<StepReport> links,
        List<String> faults,
        List<Replan> replans,
        Optional<AdaptationReport> adaptation) {

    /** Copies the components. */
    public RunReport {
        stages = List.copyOf(stages);
        links = List.copyOf(links);
        faults = List.copyOf(faults);
        replans = List.copyOf(replans);
        Objects.requireNonNull(adaptation, "adaptation");
    }

    /**
     * A change of plan in mid-run.
     *
     * @param frame the number of the first frame that the new plan delivered
     * @param lost the devices that were lost
     * @param devices the devices of the new plan, in the order of its stages
     */
    public record Replan(long frame, List<String> lost, List<String> devices) {

        /** Copies the components. */
        public Replan {
            lost = List.copyOf(lost);
            devices = List.copyOf(devices);
        }

        @Override
        public String toString() {
            return "lost " + String.join(", ", lost) + " at frame " + frame + "; the run goes on from there with a new"
                    + " plan on " + String.join(", ", devices);
        }
    }

    /**
     * The times of one stage or link.
     *
     * @param name its name
     * @param device the device of a stage, or what a link occupies
     * @param times the measured times
     * @param predictedSeconds what the plan predicts; empty without a plan
     */
    public record StepReport(String name, String device, Times times, OptionalDouble predictedSeconds) {}

    /**
     * Returns the measured throughput.
     *
     * @return frames for each second, 1 over the mean period; NaN if no period was measured
     */
    public double framesPerSecond() {
        return 1 / period.meanSeconds();
    }
}
