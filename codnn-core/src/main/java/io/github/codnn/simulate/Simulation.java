package io.github.codnn.simulate;

import io.github.codnn.internal.Checks;
import io.github.codnn.scenario.IdlePolicy;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The result of {@link PipelineSimulator}.
 *
 * @param tasks the times of each task
 * @param resources the use of each device that takes part and each link and medium that is used
 * @param makespanSeconds the completion time of the last frame of all tasks
 * @param computeJoules the energy of all devices while they compute
 * @param idleJoules the energy of the devices that take part, or of all ({@link IdlePolicy}), while they do not
 *     compute, until the makespan
 * @param transferJoules the energy of all transfers, at both ends
 * @param switchOnJoules the energy of switching on the devices that take part
 */
public record Simulation(
        List<TaskRun> tasks,
        List<ResourceUse> resources,
        double makespanSeconds,
        double computeJoules,
        double idleJoules,
        double transferJoules,
        double switchOnJoules) {

    /**
     * The times of one task.
     *
     * @param task the name of the task
     * @param frames the number of frames
     * @param interArrivalSeconds the time between the entries of two frames; 0 if all are present from the start
     * @param firstResponseSeconds the response time of the first frame
     * @param worstResponseSeconds the greatest response time of all frames
     * @param responseGrowthSeconds by how much the greatest response time of the second half of the frames exceeds that
     *     of the first half, per frame; 0 where frames do not pile up
     * @param lastCompletionSeconds the completion time of the last frame: the makespan of the task
     * @param periodSeconds the mean time between the completions of two frames, over the second half of the frames;
     *     empty for a single frame
     * @param deadlineAchievementRate the share of the frames that respond within the deadline; for a deadline on the
     *     mean time 1 if it is met, else 0; 1 without a deadline
     */
    public record TaskRun(
            String task,
            long frames,
            double interArrivalSeconds,
            double firstResponseSeconds,
            double worstResponseSeconds,
            double responseGrowthSeconds,
            double lastCompletionSeconds,
            OptionalDouble periodSeconds,
            double deadlineAchievementRate) {

        /** Checks the components. */
        public TaskRun {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(periodSeconds, "periodSeconds");
        }
    }

    /**
     * The use of one device, link or medium.
     *
     * @param resource the name of the device, or {@code sender -> receiver} for a link, or
     *     what {@link io.github.codnn.platform.Platform#sharedResource} returns for a medium
     * @param busySeconds the time for which it computes or transfers; if transfers block devices, they count as busy
     *     time of the devices, too
     * @param utilization the busy share of the makespan, from 0 to 1; 0 if the makespan is 0
     */
    public record ResourceUse(String resource, double busySeconds, double utilization) {

        /** Checks the components. */
        public ResourceUse {
            Objects.requireNonNull(resource, "resource");
        }
    }

    /** Copies the components. */
    public Simulation {
        tasks = Checks.notEmpty(tasks, "task in a simulation");
        resources = List.copyOf(resources);
    }

    /**
     * Returns the energy of the batch.
     *
     * @return the sum of the energies of computing, waiting, transfers and switching on, in joules
     */
    public double energyJoules() {
        return computeJoules + idleJoules + transferJoules + switchOnJoules;
    }
}
