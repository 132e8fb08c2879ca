package io.github.codnn.plan;

import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.simulate.PipelineSimulator;

/**
 * The metrics of a placement: times, energy, price and feasibility, per task and in total.
 *
 * <ul>
 *   <li>The <em>load</em> of a device is the sum of the times of its layers for one frame of each task; the load of a
 *       link that of its transfers, each tensor once per destination device; the load of a
 *       {@link io.github.codnn.platform.Medium} that of the transfers of all its links, of a full duplex one for each
 *       direction. With {@link TransferMode#BLOCKING} a transfer also loads its sender and its receiver.
 *   <li>The <em>period</em> of a task is the greatest load among the devices, links and media that the task uses: tasks
 *       that share a resource take turns, frame by frame.
 *   <li>The <em>response time</em> is that of a single frame that finds the pipeline empty. Each device runs its layers
 *       in topological order; each link and each medium carries its tensors in the order of the layers that produce
 *       them; with {@link TransferMode#BLOCKING} transfers take their turn among the layers right after the layer that
 *       produces the tensor.
 *   <li>The <em>makespan</em> of n frames that enter one period apart is {@code response + (n - 1) * period} (equation
 *       1 of the CoDNN paper). It is exact for one task whenever, within a single frame, every device, link
 *       and medium finishes within one period after it starts, as on every chain without bypass
 *       ({@link io.github.codnn.graph.LayerGraph#hasBypass()}) whose frames visit each device, link and medium once;
 *       frames then never wait for each other. Otherwise frames may have to wait for each other and this is a lower
 *       bound; {@link PipelineSimulator} contains the proofs, simulates how long frames wait, and bounds the makespan
 *       for tasks that share devices.
 *   <li>The <em>energy</em> of the batch is that of computing, of waiting at idle power until the last task is done, of
 *       the transfers, and of switching devices on, once each. A device takes part if it runs layers or is a source
 *       or sink. {@link IdlePolicy} decides whether only those devices wait or all of the platform; those that take
 *       part are switched on.
 *   <li>The <em>price</em> of the batch is the busy time of each device times its price.
 * </ul>
 *
 * <p>All times are in seconds, all energies in joules. In total the period, the response time and the makespan are
 * those of the worst task, the throughput is the sum over the tasks, and the mean time is the sum of the makespans over
 * the sum of the frames.
 */
public interface PlanMetrics {

    /**
     * Returns the number of tasks.
     *
     * @return the number of tasks, at least 1
     */
    int taskCount();

    /**
     * Returns the period of a task.
     *
     * @param task the index of the task
     * @return seconds between two frames once the pipeline is full
     */
    double periodSeconds(int task);

    /**
     * Returns the response time of a task.
     *
     * @param task the index of the task
     * @return seconds for a single frame
     */
    double responseSeconds(int task);

    /**
     * Returns the makespan of a task.
     *
     * @param task the index of the task
     * @return seconds for all its frames
     */
    double makespanSeconds(int task);

    /**
     * Returns the mean time per frame of a task.
     *
     * @param task the index of the task
     * @return the makespan over the number of frames, in seconds
     */
    double meanSeconds(int task);

    /**
     * Returns the greatest period.
     *
     * @return seconds
     */
    default double periodSeconds() {
        double greatest = periodSeconds(0);
        for (int task = 1; task < taskCount(); task++) {
            greatest = Math.max(greatest, periodSeconds(task));
        }
        return greatest;
    }

    /**
     * Returns the frames of all tasks per second.
     *
     * @return the sum of 1 / period over the tasks
     */
    default double throughputPerSecond() {
        double throughput = 0;
        for (int task = 0; task < taskCount(); task++) {
            throughput += 1 / periodSeconds(task);
        }
        return throughput;
    }

    /**
     * Returns the greatest response time.
     *
     * @return seconds
     */
    default double responseSeconds() {
        double greatest = responseSeconds(0);
        for (int task = 1; task < taskCount(); task++) {
            greatest = Math.max(greatest, responseSeconds(task));
        }
        return greatest;
    }

    /**
     * Returns the time until the last task is complete.
     *
     * @return seconds
     */
    default double makespanSeconds() {
        double greatest = makespanSeconds(0);
        for (int task = 1; task < taskCount(); task++) {
            greatest = Math.max(greatest, makespanSeconds(task));
        }
        return greatest;
    }

    /**
     * Returns the mean time per frame over all tasks.
     *
     * @return the sum of the makespans over the sum of the frames, in seconds
     */
    double meanSeconds();

    /**
     * Returns the energy of all devices while they compute.
     *
     * @return joules for the whole batch
     */
    double computeJoules();

    /**
     * Returns the energy of the devices that take part, or of all ({@link IdlePolicy}), while they wait.
     *
     * @return joules for the whole batch
     */
    double idleJoules();

    /**
     * Returns the energy of all transfers, at both ends.
     *
     * @return joules for the whole batch
     */
    double transferJoules();

    /**
     * Returns the energy to switch on the devices that take part.
     *
     * @return joules for the whole batch
     */
    double switchOnJoules();

    /**
     * Returns the energy of the batch.
     *
     * @return the sum of the energies of computing, waiting, transfers and switching on, in joules
     */
    default double energyJoules() {
        return computeJoules() + idleJoules() + transferJoules() + switchOnJoules();
    }

    /**
     * Returns the price of the batch.
     *
     * @return the price in the currency of the devices' prices
     */
    double price();

    /**
     * Returns the number of devices that run layers.
     *
     * @return the number of devices, at least 1
     */
    int devicesUsed();

    /**
     * Returns how much of the placement is physically impossible.
     *
     * @return the number of layers on devices where they cannot run or are not pinned, plus that of transfers without
     *     a link
     */
    int impossible();

    /**
     * Returns by how much constraints are violated: the relative excess over deadlines, memory and number of devices,
     * plus the number of misplaced layers, of additional stages and of transfers without a link; {@link #impossible()}
     * is part of it.
     *
     * @return 0 exactly if the placement is feasible, else a positive number
     */
    double violation();

    /**
     * Tells whether all constraints are met.
     *
     * @return whether {@link #violation()} is 0
     */
    default boolean feasible() {
        return violation() == 0;
    }
}
