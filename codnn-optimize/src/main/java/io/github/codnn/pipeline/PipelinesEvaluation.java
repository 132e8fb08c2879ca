package io.github.codnn.pipeline;

import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.platform.Device;
import java.util.Arrays;
import java.util.List;

/**
 * What the pipelines of all tasks give together: the same figures as {@code PlanEvaluator}'s up to rounding, in O(K S +
 * D) time for K tasks of S stages each. A function of the stages alone, whatever was evaluated before. Not thread-safe;
 * allocates nothing.
 */
public final class PipelinesEvaluation implements PlanMetrics {

    private final Pipelines problem;
    private final double[] frames; // [task]
    private final double[] period; // [task]
    private final double[] response; // [task]
    private final double[] makespan; // [task]
    private final double[] load; // [device or link] of all tasks, of those in use
    private final double[] busy; // [device]
    private final double[] bytes; // [device]
    private final boolean[] runsLayers; // [device]
    private final boolean[] alwaysWaits; // [device]
    private final double[] idleWatts; // [device]
    private final double[] pricePerSecond; // [device]
    private final double[] switchOnJoules; // [device]
    private final boolean switches; // whether any device takes energy to switch on
    private final double[] memoryBytes; // [device] infinite where it is not limited
    private final int mostDevices;
    private double computeJoules;
    private double idleJoules;
    private double transferJoules;
    private double totalSwitchOnJoules;
    private double price;
    private double violation;
    private int devicesUsed;

    public PipelinesEvaluation(Pipelines problem) {
        this.problem = problem;
        frames = new double[problem.tasks];
        period = new double[problem.tasks];
        response = new double[problem.tasks];
        makespan = new double[problem.tasks];
        load = new double[problem.devices * (problem.devices + 1)];
        busy = new double[problem.devices];
        bytes = new double[problem.devices];
        runsLayers = new boolean[problem.devices];
        alwaysWaits = new boolean[problem.devices];
        List<Device> devices = problem.compiled.scenario().platform().devices();
        idleWatts = devices.stream().mapToDouble(Device::idleWatts).toArray();
        pricePerSecond = devices.stream().mapToDouble(Device::pricePerSecond).toArray();
        switchOnJoules = devices.stream().mapToDouble(Device::switchOnJoules).toArray();
        switches = devices.stream().anyMatch(device -> device.switchOnJoules() > 0);
        memoryBytes = devices.stream()
                .mapToDouble(device -> device.memoryBytes() == Device.UNLIMITED_MEMORY
                        ? Double.POSITIVE_INFINITY
                        : device.memoryBytes())
                .toArray();
        mostDevices = problem.compiled.scenario().rules().maxDevices();
        for (int task = 0; task < problem.tasks; task++) {
            frames[task] = problem.compiled.frames(task);
        }
        for (int device = 0; device < problem.devices; device++) {
            alwaysWaits[device] = problem.compiled.alwaysWaits(device);
        }
    }

    /** Evaluates the pipelines of all tasks; afterwards this object tells what they give. */
    void evaluate(Pipeline[] tasks) {
        clear(tasks);
        for (int task = 0; task < tasks.length; task++) {
            add(tasks[task], frames[task]);
        }
        double latest = 0;
        for (int task = 0; task < tasks.length; task++) {
            period[task] = greatestLoad(tasks[task]);
            response[task] = tasks[task].response;
            makespan[task] = response[task] + (frames[task] - 1) * period[task];
            latest = makespan[task] > latest ? makespan[task] : latest;
            violation += lateness(task);
        }
        sumDevices(latest);
        if (switches) {
            sumSwitchOn();
        }
    }

    private void clear(Pipeline[] tasks) {
        for (Pipeline pipeline : tasks) {
            for (int use = 0; use < pipeline.uses; use++) {
                load[pipeline.resource[use]] = 0;
            }
        }
        Arrays.fill(busy, 0);
        Arrays.fill(bytes, 0);
        Arrays.fill(runsLayers, false);
        computeJoules = 0;
        transferJoules = 0;
        violation = 0;
    }

    private void add(Pipeline pipeline, double count) {
        for (int use = 0; use < pipeline.uses; use++) {
            load[pipeline.resource[use]] += pipeline.load[use];
        }
        for (int stage = 0; stage < pipeline.stages; stage++) {
            int device = pipeline.devices[stage];
            busy[device] += count * pipeline.seconds[stage];
            bytes[device] += pipeline.bytes[stage];
            runsLayers[device] = true;
        }
        computeJoules += count * pipeline.computeJoules;
        transferJoules += count * pipeline.transferJoules;
        violation += pipeline.violation;
    }

    private double greatestLoad(Pipeline pipeline) {
        double greatest = 0;
        for (int use = 0; use < pipeline.uses; use++) {
            double total = load[pipeline.resource[use]];
            greatest = total > greatest ? total : greatest;
        }
        return greatest;
    }

    private double lateness(int task) {
        double limit = problem.compiled.deadlineSeconds(task);
        double time = problem.compiled.isDeadlineOnResponse(task) ? response[task] : meanSeconds(task);
        return time > limit ? (time - limit) / limit : 0;
    }

    private void sumDevices(double latest) {
        idleJoules = 0;
        price = 0;
        devicesUsed = 0;
        for (int device = 0; device < busy.length; device++) {
            price += busy[device] * pricePerSecond[device];
            devicesUsed += runsLayers[device] ? 1 : 0;
            double idle = latest - busy[device];
            if (idle > 0 && (runsLayers[device] || alwaysWaits[device])) {
                idleJoules += idleWatts[device] * idle;
            }
            if (bytes[device] > memoryBytes[device]) {
                violation += (bytes[device] - memoryBytes[device]) / memoryBytes[device];
            }
        }
        if (devicesUsed > mostDevices) {
            violation += (double) (devicesUsed - mostDevices) / mostDevices;
        }
    }

    private void sumSwitchOn() {
        totalSwitchOnJoules = 0;
        for (int device = 0; device < busy.length; device++) {
            totalSwitchOnJoules += runsLayers[device] || problem.compiled.isEnd(device) ? switchOnJoules[device] : 0;
        }
    }

    /** Writes pipelines as a placement. */
    public void write(Pipeline[] tasks, int[] placement) {
        for (int task = 0; task < tasks.length; task++) {
            int first = problem.compiled.firstLayer(task);
            int start = 0;
            for (int stage = 0; stage < tasks[task].stages; stage++) {
                Arrays.fill(placement, first + start, first + tasks[task].ends[stage], tasks[task].devices[stage]);
                start = tasks[task].ends[stage];
            }
        }
    }

    @Override
    public int taskCount() {
        return period.length;
    }

    @Override
    public double periodSeconds(int task) {
        return period[task];
    }

    @Override
    public double responseSeconds(int task) {
        return response[task];
    }

    @Override
    public double makespanSeconds(int task) {
        return makespan[task];
    }

    @Override
    public double meanSeconds(int task) {
        return makespan[task] / frames[task];
    }

    @Override
    public double meanSeconds() {
        double seconds = 0;
        double count = 0;
        for (int task = 0; task < makespan.length; task++) {
            seconds += makespan[task];
            count += frames[task];
        }
        return seconds / count;
    }

    @Override
    public double computeJoules() {
        return computeJoules;
    }

    @Override
    public double idleJoules() {
        return idleJoules;
    }

    @Override
    public double transferJoules() {
        return transferJoules;
    }

    @Override
    public double switchOnJoules() {
        return totalSwitchOnJoules;
    }

    @Override
    public double price() {
        return price;
    }

    @Override
    public int devicesUsed() {
        return devicesUsed;
    }

    @Override
    public double violation() {
        return violation;
    }
}
