package io.github.codnn.simulate;

import io.github.codnn.internal.Checks;
import io.github.codnn.scenario.IdlePolicy;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What {@link PipelineSimulator} saw.
 *
 * @param tasks what it saw of each task
 * @param resources what it saw of each device that takes part and each link that is used
 * @param makespanSeconds the time until the last frame of all tasks was done
 * @param computeJoules the energy of all devices while they computed
 * @param idleJoules the energy of the devices that take part, or of all ({@link IdlePolicy}), while they did not
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
     * What was seen of one task.
     *
     * @param task the name of the task
     * @param frames how many frames were processed
     * @param interArrivalSeconds the time between the entries of two frames; 0 if all were there from the start
     * @param firstResponseSeconds when the first frame was done: its response time, because it enters at 0
     * @param worstResponseSeconds the greatest such time of all frames
     * @param lastCompletionSeconds when all frames were done: the makespan of the task
     * @param periodSeconds the mean time between two frames done, over the second half of the frames; nothing for a
     *     single frame
     * @param deadlineAchievementRate the share of the frames that respond within the deadline; for a deadline on the
     *     mean time 1 if it is kept, else 0; 1 without a deadline
     */
    public record TaskRun(
            String task,
            long frames,
            double interArrivalSeconds,
            double firstResponseSeconds,
            double worstResponseSeconds,
            double lastCompletionSeconds,
            OptionalDouble periodSeconds,
            double deadlineAchievementRate) {}

    /**
     * What was seen of one device or link.
     *
     * @param resource the name of the device, or {@code sender -> receiver} for a link
     * @param busySeconds how long it computed or transferred; where transfers block devices, theirs count, too
     * @param utilization the busy share of the makespan, from 0 to 1; 0 if the makespan is 0
     */
    public record ResourceUse(String resource, double busySeconds, double utilization) {}

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
