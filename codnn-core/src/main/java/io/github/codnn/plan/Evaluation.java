package io.github.codnn.plan;

import io.github.codnn.scenario.StagesPerDevice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The working memory of one thread that evaluates placements, and a view of what the last one gave.
 *
 * <p>Made by {@link PlanEvaluator#newEvaluation()}. Not thread-safe; the figures change with the next evaluation, so
 * keep a {@link #snapshot()} where they are to stay.
 */
public final class Evaluation implements PlanMetrics {

    private final CompiledScenario compiled;
    private final @Nullable ChainLoads chainPass; // where the scenario is so simple
    private final GraphLoads framePass;
    private final MemoryUse memoryPass;
    private final StageCheck stagePass;
    private final double[] period;
    private final double[] response;
    private final double[] makespan;
    private final double[] busySeconds; // [device] of the batch
    private final boolean isOpened; // whether some blocks are more than one step
    private final int[] opened; // the placement of their layers
    private final boolean restricted; // whether layers are pinned or colocated
    private final boolean urgent; // whether there is a deadline
    private final boolean oneStage; // whether devices may run one stage only
    private final boolean priced; // whether any device costs anything
    private final int mostDevices;
    private int[] placement = new int[0];
    private boolean summed; // whether the energy is that of the placement
    private double computeJoules;
    private double idleJoules;
    private double transferJoules;
    private double switchOnJoules;
    private int devicesUsed;
    private double violation;

    Evaluation(CompiledScenario compiled) {
        this.compiled = compiled;
        isOpened = compiled.opened() != compiled;
        opened = new int[compiled.opened().layerCount];
        chainPass = ChainLoads.fits(compiled) ? new ChainLoads(compiled) : null;
        framePass = new GraphLoads(compiled.opened());
        memoryPass = new MemoryUse(compiled.opened());
        stagePass = new StageCheck(compiled);
        period = new double[compiled.taskCount];
        response = new double[compiled.taskCount];
        makespan = new double[compiled.taskCount];
        busySeconds = new double[compiled.deviceCount];
        restricted = Arrays.stream(compiled.pinned).anyMatch(device -> device >= 0)
                || Arrays.stream(compiled.colocated).anyMatch(layer -> layer >= 0);
        urgent = Arrays.stream(compiled.deadlineSeconds).anyMatch(seconds -> seconds < Double.POSITIVE_INFINITY);
        oneStage = compiled.scenario.rules().stagesPerDevice() == StagesPerDevice.ONE;
        priced = Arrays.stream(compiled.pricePerSecond).anyMatch(price -> price > 0);
        mostDevices = compiled.scenario.rules().maxDevices();
    }

    /**
     * Evaluates a placement; afterwards this object tells what it gives. Allocates nothing.
     *
     * @param devices the device of every layer, as {@link CompiledScenario} numbers them; must not change while this
     *     evaluation is read
     */
    public void evaluate(int[] devices) {
        placement = devices;
        summed = false;
        violation = chainPass == null ? runTasks(devices) : runChain(chainPass, devices);
        violation += (restricted ? misplaced(devices) : 0) + (urgent ? late() : 0);
    }

    /** Returns the violation of links, stages, memory and the number of devices. */
    private double runChain(ChainLoads pass, int[] devices) {
        pass.run(devices);
        period[0] = pass.greatestLoad();
        response[0] = pass.response();
        makespan[0] = response[0] + (compiled.frames[0] - 1) * period[0];
        devicesUsed = pass.devicesUsed();
        return pass.missingLinks() + (oneStage ? pass.returns() : 0) + memoryPass.violation(devices) + tooManyDevices();
    }

    private double runTasks(int[] devices) {
        int[] steps = devices;
        if (isOpened) {
            compiled.open(devices, opened);
            steps = opened;
        }
        framePass.run(steps);
        for (int task = 0; task < compiled.taskCount; task++) {
            period[task] = framePass.greatestLoad(task);
            response[task] = framePass.response(task);
            makespan[task] = response[task] + (compiled.frames[task] - 1) * period[task];
        }
        devicesUsed = 0;
        for (int device = 0; device < compiled.deviceCount; device++) {
            devicesUsed += framePass.runsLayers(device) ? 1 : 0;
        }
        return framePass.missingLinks() + stagePass.violation(devices) + memoryPass.violation(steps) + tooManyDevices();
    }

    /** Energy takes some time and is not always asked for. */
    private void sumJoules() {
        if (summed) {
            return;
        }
        summed = true;
        computeJoules = 0;
        transferJoules = 0;
        for (int task = 0; task < compiled.taskCount; task++) {
            double compute = chainPass == null ? framePass.computeJoules(task) : chainPass.computeJoules(placement);
            double transfer = chainPass == null ? framePass.transferJoules(task) : chainPass.transferJoules(placement);
            computeJoules += compiled.frames[task] * compute;
            transferJoules += compiled.frames[task] * transfer;
        }
        sumBusySeconds();
        idleJoules = 0;
        switchOnJoules = 0;
        double latest = makespanSeconds();
        for (int device = 0; device < compiled.deviceCount; device++) {
            boolean runsLayers = chainPass == null ? framePass.runsLayers(device) : chainPass.runsLayers(device);
            if (runsLayers || compiled.isEnd[device]) {
                switchOnJoules += compiled.switchOnJoules[device];
            }
            if (runsLayers || compiled.alwaysWaits[device]) {
                idleJoules += compiled.idleWatts[device] * Math.max(0, latest - busySeconds[device]);
            }
        }
    }

    private void sumBusySeconds() {
        Arrays.fill(busySeconds, 0);
        for (int task = 0; task < compiled.taskCount; task++) {
            for (int device = 0; device < compiled.deviceCount; device++) {
                double seconds =
                        chainPass == null ? framePass.computeSeconds(task, device) : chainPass.computeSeconds(device);
                busySeconds[device] += compiled.frames[task] * seconds;
            }
        }
    }

    private int misplaced(int[] devices) {
        int misplaced = 0;
        for (int layer = 0; layer < devices.length; layer++) {
            if (compiled.pinned[layer] >= 0 && compiled.pinned[layer] != devices[layer]) {
                misplaced++;
            }
            if (compiled.colocated[layer] >= 0 && devices[compiled.colocated[layer]] != devices[layer]) {
                misplaced++;
            }
        }
        return misplaced;
    }

    private double late() {
        double late = 0;
        for (int task = 0; task < compiled.taskCount; task++) {
            late += lateness(task);
        }
        return late;
    }

    /** Returns by what share of its deadline a task is late. */
    double lateness(int task) {
        double actual = compiled.deadlineOnResponse[task] ? response[task] : meanSeconds(task);
        double limit = compiled.deadlineSeconds[task];
        return actual > limit ? (actual - limit) / limit : 0;
    }

    private double tooManyDevices() {
        return devicesUsed > mostDevices ? (double) (devicesUsed - mostDevices) / mostDevices : 0;
    }

    /**
     * Keeps the figures of the last evaluation.
     *
     * @return an immutable copy, with every broken constraint by name
     */
    public MetricsSnapshot snapshot() {
        return MetricsSnapshot.of(this, compiled, new Diagnosis(compiled, this).violations(placement));
    }

    /** Returns the bytes that the last placement needs on a device. */
    long memoryBytes(int device) {
        return memoryPass.bytes(isOpened ? opened : placement, device);
    }

    /** Returns how many devices of a task's stages stand in a cycle in the last placement. */
    int cyclicDevices(int task) {
        return stagePass.cyclicDevices(task, placement);
    }

    @Override
    public int taskCount() {
        return compiled.taskCount;
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
        return makespan[task] / compiled.frames[task];
    }

    @Override
    public double meanSeconds() {
        double seconds = 0;
        double frames = 0;
        for (int task = 0; task < compiled.taskCount; task++) {
            seconds += makespan[task];
            frames += compiled.frames[task];
        }
        return seconds / frames;
    }

    @Override
    public double computeJoules() {
        sumJoules();
        return computeJoules;
    }

    @Override
    public double idleJoules() {
        sumJoules();
        return idleJoules;
    }

    @Override
    public double transferJoules() {
        sumJoules();
        return transferJoules;
    }

    @Override
    public double switchOnJoules() {
        sumJoules();
        return switchOnJoules;
    }

    @Override
    public double price() {
        if (!priced) {
            return 0;
        }
        sumBusySeconds();
        double price = 0;
        for (int device = 0; device < compiled.deviceCount; device++) {
            price += busySeconds[device] * compiled.pricePerSecond[device];
        }
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
