package io.github.codnn.plan;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.Arrays;
import java.util.List;

/**
 * The rules that turn loads of a single frame into times, energy, price and violations of the whole batch;
 * {@link PlanMetrics} defines every figure. Evaluators, bounds and the simulator all use these methods, so that a rule
 * is written once.
 *
 * <p>Tasks and devices are numbered as in the scenario. A device <em>takes part</em> if it runs layers or is the source
 * or the sink of a task. Every method takes O(1) time, except {@link #meanSeconds}, and allocates nothing. Immutable
 * and thread-safe.
 */
public final class BatchCosts {

    private final double[] frames; // [task]
    private final double[] deadlineSeconds; // [task] infinite without a deadline
    private final boolean[] deadlineOnResponse; // [task]
    private final boolean[] isEnd; // [device] whether it is the source or the sink of a task
    private final boolean[] alwaysWaits; // [device]
    private final double[] idleWatts; // [device]
    private final double[] switchOnJoules; // [device]
    private final double[] pricePerSecond; // [device]
    private final double[] memoryBytes; // [device] infinite without a limit
    private final int maxDevices;

    private BatchCosts(Scenario scenario) {
        List<Task> tasks = scenario.workload().tasks();
        frames = tasks.stream().mapToDouble(Task::frames).toArray();
        deadlineSeconds = new double[tasks.size()];
        deadlineOnResponse = new boolean[tasks.size()];
        List<Device> devices = scenario.platform().devices();
        isEnd = new boolean[devices.size()];
        for (int index = 0; index < tasks.size(); index++) {
            Task task = tasks.get(index);
            deadlineSeconds[index] = task.deadline().map(Deadline::seconds).orElse(Double.POSITIVE_INFINITY);
            deadlineOnResponse[index] = task.deadline()
                    .map(deadline -> deadline.measure() == Deadline.Measure.RESPONSE)
                    .orElse(false);
            task.source().ifPresent(device -> isEnd[scenario.platform().indexOf(device)] = true);
            task.sink().ifPresent(device -> isEnd[scenario.platform().indexOf(device)] = true);
        }
        alwaysWaits = isEnd.clone();
        if (scenario.rules().idle() == IdlePolicy.ALL) {
            Arrays.fill(alwaysWaits, true);
        }
        idleWatts = devices.stream().mapToDouble(Device::idleWatts).toArray();
        switchOnJoules = devices.stream().mapToDouble(Device::switchOnJoules).toArray();
        pricePerSecond = devices.stream().mapToDouble(Device::pricePerSecond).toArray();
        memoryBytes = devices.stream().mapToDouble(BatchCosts::memoryLimit).toArray();
        maxDevices = scenario.rules().maxDevices();
    }

    private static double memoryLimit(Device device) {
        return device.memoryBytes() == Device.UNLIMITED_MEMORY ? Double.POSITIVE_INFINITY : device.memoryBytes();
    }

    /**
     * Reads the rules of a scenario in O(K + D) time for K tasks and D devices. Asks no cost model.
     *
     * @param scenario the scenario
     * @return its rules
     */
    public static BatchCosts of(Scenario scenario) {
        return new BatchCosts(scenario);
    }

    /**
     * Returns the time from the entry of the first frame to the entry of the last one if frames enter one period apart.
     *
     * @param frames the number of frames, at least 1
     * @param periodSeconds the period in seconds
     * @return seconds
     */
    public static double entrySpanSeconds(double frames, double periodSeconds) {
        return (frames - 1) * periodSeconds;
    }

    /**
     * Returns the makespan of a task.
     *
     * @param frames the number of frames, at least 1
     * @param periodSeconds the period of the task in seconds
     * @param responseSeconds its response time in seconds
     * @return seconds for all frames
     */
    public static double makespanSeconds(double frames, double periodSeconds, double responseSeconds) {
        return responseSeconds + (frames - 1) * periodSeconds;
    }

    /**
     * Returns the mean time per frame of a task.
     *
     * @param frames the number of frames, at least 1
     * @param periodSeconds the period of the task in seconds
     * @param responseSeconds its response time in seconds
     * @return the makespan over the number of frames, in seconds
     */
    public static double meanSeconds(double frames, double periodSeconds, double responseSeconds) {
        return makespanSeconds(frames, periodSeconds, responseSeconds) / frames;
    }

    /**
     * Returns the mean time per frame over all tasks, in O(K) time for K tasks.
     *
     * @param makespanSeconds the makespan of each task in seconds
     * @return the sum of the makespans over the sum of the frames, in seconds
     */
    public double meanSeconds(double[] makespanSeconds) {
        double seconds = 0;
        double count = 0;
        for (int task = 0; task < makespanSeconds.length; task++) {
            seconds += makespanSeconds[task];
            count += frames[task];
        }
        return seconds / count;
    }

    /**
     * Returns the number of frames of a task.
     *
     * @param task the task
     * @return the number of frames, at least 1
     */
    public double frames(int task) {
        return frames[task];
    }

    /**
     * Returns the deadline of a task.
     *
     * @param task the task
     * @return seconds, infinite if it has none
     */
    public double deadlineSeconds(int task) {
        return deadlineSeconds[task];
    }

    /**
     * Tells what the deadline of a task limits.
     *
     * @param task the task
     * @return true for the response time, false for the mean time
     */
    public boolean isDeadlineOnResponse(int task) {
        return deadlineOnResponse[task];
    }

    /**
     * Returns by how much a task misses its deadline.
     *
     * @param task the task
     * @param responseSeconds its response time in seconds
     * @param meanSeconds its mean time per frame in seconds
     * @return the excess relative to the deadline, 0 if the task meets it or has none
     */
    public double lateness(int task, double responseSeconds, double meanSeconds) {
        double actual = deadlineOnResponse[task] ? responseSeconds : meanSeconds;
        double limit = deadlineSeconds[task];
        return actual > limit ? (actual - limit) / limit : 0;
    }

    /**
     * Tells whether any task has a deadline.
     *
     * @return false if {@link #lateness} is always 0
     */
    public boolean hasDeadlines() {
        return Arrays.stream(deadlineSeconds).anyMatch(seconds -> seconds < Double.POSITIVE_INFINITY);
    }

    /**
     * Tells whether a device takes part in every plan.
     *
     * @param device the device
     * @return whether it is the source or the sink of a task
     */
    public boolean isEnd(int device) {
        return isEnd[device];
    }

    /**
     * Tells whether a device waits at idle power in every plan.
     *
     * @param device the device
     * @return whether it does so even if it runs no layers: it is the source or the sink of a task, or all devices wait
     *     ({@link IdlePolicy#ALL})
     */
    public boolean alwaysWaits(int device) {
        return alwaysWaits[device];
    }

    /**
     * Returns the energy of a device while it waits until the last task is complete. A wait that is no longer than the
     * rounding of the makespan (relative 1e-13) counts as none: otherwise rounding would cost energy.
     *
     * @param device the device
     * @param runsLayers whether it runs layers
     * @param makespanSeconds the greatest makespan of all tasks, in seconds
     * @param busySeconds how long the device computes for the whole batch, in seconds
     * @return joules, 0 if the device need not wait
     */
    public double idleJoules(int device, boolean runsLayers, double makespanSeconds, double busySeconds) {
        double seconds = makespanSeconds - busySeconds;
        return seconds > Tolerances.LOAD * makespanSeconds && (runsLayers || alwaysWaits[device])
                ? idleWatts[device] * seconds
                : 0;
    }

    /**
     * Returns the idle power of a device.
     *
     * @param device the device
     * @return watts
     */
    public double idleWatts(int device) {
        return idleWatts[device];
    }

    /**
     * Returns the idle power of a device that counts in every plan.
     *
     * @param device the device
     * @return watts, 0 if the device does not wait in every plan
     */
    public double baseIdleWatts(int device) {
        return alwaysWaits[device] ? idleWatts[device] : 0;
    }

    /**
     * Returns the idle power of a device that counts only if it runs layers.
     *
     * @param device the device
     * @return watts, 0 if the device waits in every plan
     */
    public double addedIdleWatts(int device) {
        return alwaysWaits[device] ? 0 : idleWatts[device];
    }

    /**
     * Returns the energy to switch a device on.
     *
     * @param device the device
     * @param runsLayers whether it runs layers
     * @return joules, 0 if the device takes no part
     */
    public double switchOnJoules(int device, boolean runsLayers) {
        return runsLayers || isEnd[device] ? switchOnJoules[device] : 0;
    }

    /**
     * Returns the energy to switch a device on that counts in every plan.
     *
     * @param device the device
     * @return joules, 0 if the device does not take part in every plan
     */
    public double baseSwitchOnJoules(int device) {
        return isEnd[device] ? switchOnJoules[device] : 0;
    }

    /**
     * Returns the energy to switch a device on that counts only if it runs layers.
     *
     * @param device the device
     * @return joules, 0 if the device takes part in every plan
     */
    public double addedSwitchOnJoules(int device) {
        return isEnd[device] ? 0 : switchOnJoules[device];
    }

    /**
     * Tells whether it takes energy to switch on any device.
     *
     * @return false if {@link #switchOnJoules} is always 0
     */
    public boolean hasSwitchOnJoules() {
        return Arrays.stream(switchOnJoules).anyMatch(joules -> joules > 0);
    }

    /**
     * Returns the price of a device.
     *
     * @param device the device
     * @param busySeconds how long it computes, in seconds
     * @return the price in the currency of the devices' prices
     */
    public double price(int device, double busySeconds) {
        return busySeconds * pricePerSecond[device];
    }

    /**
     * Tells whether any device has a price.
     *
     * @return false if {@link #price} is always 0
     */
    public boolean hasPrices() {
        return Arrays.stream(pricePerSecond).anyMatch(price -> price > 0);
    }

    /**
     * Returns the memory of a device.
     *
     * @param device the device
     * @return bytes, infinite if its memory is not limited
     */
    public double memoryBytes(int device) {
        return memoryBytes[device];
    }

    /**
     * Returns by how much layers exceed the memory of a device.
     *
     * @param device the device
     * @param neededBytes how much they need, in bytes
     * @return the excess relative to the device's memory, 0 if they fit
     */
    public double memoryViolation(int device, double neededBytes) {
        double limit = memoryBytes[device];
        return neededBytes > limit ? (neededBytes - limit) / limit : 0;
    }

    /**
     * Tells whether the memory of any device is limited.
     *
     * @return false if {@link #memoryViolation} is always 0
     */
    public boolean hasMemoryLimits() {
        return Arrays.stream(memoryBytes).anyMatch(bytes -> bytes < Double.POSITIVE_INFINITY);
    }

    /**
     * Returns by how much a plan exceeds the number of devices that the rules allow.
     *
     * @param devicesUsed the number of devices that run layers
     * @return the excess relative to the limit, 0 if there is none
     */
    public double deviceCountViolation(int devicesUsed) {
        return devicesUsed > maxDevices ? (double) (devicesUsed - maxDevices) / maxDevices : 0;
    }
}
