package io.github.codnn.plan;

import java.util.Arrays;

/**
 * The working memory of one thread that evaluates placements, and a view of the last result.
 *
 * <p>Made by {@link PlanEvaluator#newEvaluation()}. Not thread-safe. The next evaluation overwrites all figures; use
 * {@link #snapshot()} to keep them.
 */
public final class Evaluation implements PlanMetrics {

    private final CompiledScenario compiled;
    private final ScenarioArrays arrays;
    private final BatchCosts costs;
    private final Loads loads;
    private final MemoryUse memoryUse;
    private final StageCheck stageCheck;
    private final double[] period; // [task]
    private final double[] response; // [task]
    private final double[] makespan; // [task]
    private final double[] busySeconds; // [device] of the batch
    private final boolean hasFixedLayers; // whether layers are pinned or colocated
    private final boolean hasDeadlines;
    private final boolean hasPrices;
    private int[] placement = new int[0];
    private boolean isEnergyKnown; // of the last placement
    private double computeJoules;
    private double idleJoules;
    private double transferJoules;
    private double switchOnJoules;
    private int devicesUsed;
    private int misplacedPins;
    private int impossible;
    private double violation;

    Evaluation(CompiledScenario compiled) {
        this.compiled = compiled;
        arrays = compiled.arrays();
        costs = compiled.costs();
        stageCheck = new StageCheck(arrays);
        loads = ChainLoads.fits(compiled) ? new ChainLoads(compiled) : new GraphLoads(compiled, stageCheck);
        memoryUse = new MemoryUse(compiled.opened());
        period = new double[arrays.taskCount];
        response = new double[arrays.taskCount];
        makespan = new double[arrays.taskCount];
        busySeconds = new double[arrays.deviceCount];
        hasFixedLayers = Arrays.stream(arrays.pinned).anyMatch(device -> device >= 0)
                || Arrays.stream(arrays.colocated).anyMatch(layer -> layer >= 0);
        hasDeadlines = costs.hasDeadlines();
        hasPrices = costs.hasPrices();
    }

    /**
     * Evaluates a placement; afterwards this object returns its figures. Allocates nothing.
     *
     * @param devices the device of every layer, as {@link CompiledScenario} numbers them; must not change while this
     *     evaluation is read
     */
    public void evaluate(int[] devices) {
        placement = devices;
        isEnergyKnown = false;
        loads.run(devices);
        for (int task = 0; task < period.length; task++) {
            period[task] = loads.greatestLoad(task);
            response[task] = loads.responseSeconds(task);
            makespan[task] = BatchCosts.makespanSeconds(costs.frames(task), period[task], response[task]);
        }
        devicesUsed = loads.devicesUsed();
        violation = loads.missingLinks()
                + loads.stageViolation()
                + memoryUse.violation(loads.openedPlacement())
                + costs.deviceCountViolation(devicesUsed);
        violation += (hasFixedLayers ? misplaced(devices) : 0) + (hasDeadlines ? lateness() : 0);
        int forbidden = arrays.hasForbidden ? forbidden(devices) : 0;
        impossible = loads.missingLinks() + forbidden + (hasFixedLayers ? misplacedPins : 0);
        violation += forbidden;
    }

    /** Sums the energy only on request, because it takes time and not every objective needs it. */
    private void sumJoules() {
        if (isEnergyKnown) {
            return;
        }
        isEnergyKnown = true;
        computeJoules = 0;
        transferJoules = 0;
        for (int task = 0; task < period.length; task++) {
            computeJoules += costs.frames(task) * loads.computeJoules(task);
            transferJoules += costs.frames(task) * loads.transferJoules(task);
        }
        sumBusySeconds();
        idleJoules = 0;
        switchOnJoules = 0;
        double latest = makespanSeconds();
        for (int device = 0; device < busySeconds.length; device++) {
            boolean runsLayers = loads.runsLayers(device);
            switchOnJoules += costs.switchOnJoules(device, runsLayers);
            idleJoules += costs.idleJoules(device, runsLayers, latest, busySeconds[device]);
        }
    }

    private void sumBusySeconds() {
        Arrays.fill(busySeconds, 0);
        for (int task = 0; task < period.length; task++) {
            for (int device = 0; device < busySeconds.length; device++) {
                busySeconds[device] += costs.frames(task) * loads.computeSeconds(task, device);
            }
        }
    }

    private int misplaced(int[] devices) {
        int misplaced = 0;
        misplacedPins = 0;
        for (int layer = 0; layer < devices.length; layer++) {
            if (arrays.pinned[layer] >= 0 && arrays.pinned[layer] != devices[layer]) {
                misplacedPins++;
            }
            if (arrays.colocated[layer] >= 0 && devices[arrays.colocated[layer]] != devices[layer]) {
                misplaced++;
            }
        }
        return misplaced + misplacedPins;
    }

    private int forbidden(int[] devices) {
        int forbidden = 0;
        for (int layer = 0; layer < devices.length; layer++) {
            forbidden += arrays.forbidden[layer * arrays.deviceCount + devices[layer]] ? 1 : 0;
        }
        return forbidden;
    }

    private double lateness() {
        double lateness = 0;
        for (int task = 0; task < period.length; task++) {
            lateness += lateness(task);
        }
        return lateness;
    }

    /** Returns by how much a task misses its deadline, relative to the deadline. */
    double lateness(int task) {
        return costs.lateness(task, response[task], meanSeconds(task));
    }

    /**
     * Keeps the figures of the last evaluation.
     *
     * @return an immutable copy that also lists every broken constraint
     */
    public MetricsSnapshot snapshot() {
        return MetricsSnapshot.of(this, compiled, new Diagnosis(compiled, this).violations(placement));
    }

    /** Returns the bytes that the last placement needs on a device. */
    long memoryBytes(int device) {
        return memoryUse.bytes(loads.openedPlacement(), device);
    }

    /** Returns how many devices of a task run more than one stage in the last placement. */
    int cyclicDevices(int task) {
        return stageCheck.cyclicDevices(task, placement);
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
        return makespan[task] / costs.frames(task);
    }

    @Override
    public double meanSeconds() {
        return costs.meanSeconds(makespan);
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
        if (!hasPrices) {
            return 0;
        }
        sumBusySeconds();
        double price = 0;
        for (int device = 0; device < busySeconds.length; device++) {
            price += costs.price(device, busySeconds[device]);
        }
        return price;
    }

    @Override
    public int devicesUsed() {
        return devicesUsed;
    }

    @Override
    public int impossible() {
        return impossible;
    }

    @Override
    public double violation() {
        return violation;
    }
}
