package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.IdlePolicy;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The working memory of one thread that evaluates pipelines stage by stage, and a view of what the last one gave: the
 * same figures as {@code PlanEvaluator}'s up to rounding, in O(stages) time whatever the number of layers (plus the
 * number of colocated layers, if there are any, and that of devices, if all of them wait at idle power). Allocates
 * nothing.
 *
 * <p>Made by {@link StageCosts#newEvaluation()}. Not thread-safe; the figures change with the next evaluation.
 */
public final class StageEvaluation implements PlanMetrics {

    private final StageCosts chain;
    private final CompiledScenario compiled;
    private final double frames;
    private final double[] idleWatts; // [device]
    private final double[] pricePerSecond; // [device]
    private final double[] switchOnJoules; // [device] of those that do not take part in any case
    private final double switchOnJoulesOfEnds;
    private final boolean switches; // whether any device takes energy to switch on
    private final boolean allWait;
    private final long[] memoryBytes; // [device]
    private final int[][] pinnedBefore; // [device][layer] how many layers before are pinned there, empty without any
    private final int[] colocated; // layers with a colocation
    private final double[] load; // [device] of those in use
    private final double[] busy; // [device] computing only
    private final boolean[] waited; // [device] counted as waiting; used if all wait
    private double period;
    private double response;
    private double joules;
    private double transferJoules;
    private double idleJoules;
    private double ownSwitchOnJoules;
    private double price;
    private int stageCount;
    private double violation;

    StageEvaluation(StageCosts chain) {
        this.chain = chain;
        compiled = chain.problem().compiled();
        frames = compiled.frames(0);
        List<Device> devices = compiled.scenario().platform().devices();
        idleWatts = devices.stream().mapToDouble(Device::idleWatts).toArray();
        pricePerSecond = devices.stream().mapToDouble(Device::pricePerSecond).toArray();
        switchOnJoules = new double[devices.size()];
        double ends = 0;
        for (int device = 0; device < switchOnJoules.length; device++) {
            double joules = devices.get(device).switchOnJoules();
            switchOnJoules[device] = compiled.isEnd(device) ? 0 : joules;
            ends += compiled.isEnd(device) ? joules : 0;
        }
        switchOnJoulesOfEnds = ends;
        switches = devices.stream().anyMatch(device -> device.switchOnJoules() > 0);
        allWait = compiled.scenario().rules().idle() == IdlePolicy.ALL;
        waited = new boolean[devices.size()];
        memoryBytes = devices.stream().mapToLong(Device::memoryBytes).toArray();
        load = new double[devices.size()];
        busy = new double[devices.size()];
        pinnedBefore = pinnedBefore();
        colocated = IntStream.range(0, chain.layers())
                .filter(layer -> compiled.colocated(layer) >= 0)
                .toArray();
    }

    private int[][] pinnedBefore() {
        int[][] before = new int[chain.devices()][chain.layers() + 1];
        boolean any = false;
        for (int layer = 0; layer < chain.layers(); layer++) {
            for (int device = 0; device < before.length; device++) {
                before[device][layer + 1] = before[device][layer] + (compiled.pinned(layer) == device ? 1 : 0);
            }
            any |= compiled.pinned(layer) >= 0;
        }
        return any ? before : new int[0][];
    }

    /**
     * Evaluates a pipeline; afterwards the getters return its metrics.
     *
     * @param stages the number of stages
     * @param devices the device of each stage, no device twice
     * @param ends for each stage the layer after its last, increasing, the last one {@link StageCosts#layers()}
     */
    public void evaluate(int stages, int[] devices, int[] ends) {
        stageCount = stages;
        period = 0;
        response = 0;
        joules = 0;
        transferJoules = 0;
        price = 0;
        violation = 0;
        clearEnds();
        int start = 0;
        for (int stage = 0; stage < stages; stage++) {
            int device = devices[stage];
            double seconds = chain.prefixSeconds(device, ends[stage]) - chain.prefixSeconds(device, start);
            load[device] = seconds;
            busy[device] = frames * seconds;
            response += seconds;
            joules += chain.prefixJoules(device, ends[stage]) - chain.prefixJoules(device, start);
            price += frames * seconds * pricePerSecond[device];
            start = ends[stage];
        }
        addTransfers(stages, devices, ends);
        for (int stage = 0; stage < stages; stage++) {
            period = Math.max(period, load[devices[stage]]);
        }
        sumIdle(stages, devices);
        if (allWait) {
            addUnused(stages, devices);
        }
        if (switches) {
            sumSwitchOn(stages, devices);
        }
        judge(stages, devices, ends);
    }

    /** The source and the sink may carry a load without running a stage. */
    private void clearEnds() {
        if (chain.source() >= 0) {
            load[chain.source()] = 0;
            busy[chain.source()] = 0;
        }
        if (chain.sink() >= 0) {
            load[chain.sink()] = 0;
            busy[chain.sink()] = 0;
        }
    }

    private void addTransfers(int stages, int[] devices, int[] ends) {
        int first = devices[0];
        int last = devices[stages - 1];
        double upload = 0;
        if (chain.source() >= 0 && chain.source() != first) {
            upload = addTransfer(0, chain.source(), first, chain.uploadSeconds(first));
            transferJoules += chain.uploadJoules(first);
        }
        for (int stage = 1; stage < stages; stage++) {
            int cut = ends[stage - 1];
            int from = devices[stage - 1];
            int to = devices[stage];
            addTransfer(cut, from, to, chain.transferSeconds(cut, from, to));
            transferJoules += chain.transferJoules(cut, from, to);
        }
        if (chain.sink() >= 0 && chain.sink() != last) {
            double result = addTransfer(chain.layers(), last, chain.sink(), chain.returnSeconds(last));
            transferJoules += chain.returnJoules(last);
            if (last == chain.source() && first == chain.sink()) {
                period = Math.max(period, upload + result); // the only link that can be used twice
            }
        }
        if (chain.source() >= 0) {
            period = Math.max(period, load[chain.source()]);
        }
        if (chain.sink() >= 0) {
            period = Math.max(period, load[chain.sink()]);
        }
    }

    private double addTransfer(int cut, int from, int to, double seconds) {
        if (seconds == Double.POSITIVE_INFINITY) {
            violation += chain.tensorsAt(cut);
            return 0;
        }
        response += seconds;
        period = Math.max(period, seconds);
        if (chain.isBlocking()) {
            load[from] += seconds;
            load[to] += seconds;
        }
        return seconds;
    }

    private void sumIdle(int stages, int[] devices) {
        double makespan = makespanSeconds();
        boolean sourceWaits = chain.source() >= 0;
        boolean sinkWaits = chain.sink() >= 0 && chain.sink() != chain.source();
        idleJoules = 0;
        for (int stage = 0; stage < stages; stage++) {
            int device = devices[stage];
            idleJoules += idleWatts[device] * Math.max(0, makespan - busy[device]);
            sourceWaits &= device != chain.source();
            sinkWaits &= device != chain.sink();
        }
        idleJoules += sourceWaits ? idleWatts[chain.source()] * makespan : 0;
        idleJoules += sinkWaits ? idleWatts[chain.sink()] * makespan : 0;
    }

    /** Adds the devices that run no stage and are neither source nor sink. */
    private void addUnused(int stages, int[] devices) {
        for (int device = 0; device < waited.length; device++) {
            waited[device] = compiled.isEnd(device);
        }
        for (int stage = 0; stage < stages; stage++) {
            waited[devices[stage]] = true;
        }
        double makespan = makespanSeconds();
        for (int device = 0; device < waited.length; device++) {
            idleJoules += waited[device] ? 0 : idleWatts[device] * makespan;
        }
    }

    private void sumSwitchOn(int stages, int[] devices) {
        ownSwitchOnJoules = switchOnJoulesOfEnds;
        for (int stage = 0; stage < stages; stage++) {
            ownSwitchOnJoules += switchOnJoules[devices[stage]];
        }
    }

    private void judge(int stages, int[] devices, int[] ends) {
        double limit = compiled.deadlineSeconds(0);
        double time = compiled.isDeadlineOnResponse(0) ? response : meanSeconds();
        if (time > limit) {
            violation += (time - limit) / limit;
        }
        int start = 0;
        for (int stage = 0; stage < stages; stage++) {
            int device = devices[stage];
            if (chain.furthestEnd(device, start) < ends[stage]) {
                violation += excess(device, start, ends[stage]);
            }
            start = ends[stage];
        }
        for (int layer : colocated) {
            violation += areTogether(compiled.colocated(layer), layer, ends) ? 0 : 1;
        }
        int most = compiled.scenario().rules().maxDevices();
        if (stages > most) {
            violation += (double) (stages - most) / most;
        }
    }

    /** Returns by how much a stage that may not run on a device breaks memory and pinning. */
    private double excess(int device, int start, int end) {
        double excess = 0;
        long limit = memoryBytes[device];
        long needed = limit == Device.UNLIMITED_MEMORY ? 0 : chain.memoryBytes(start, end);
        if (needed > limit) {
            excess += ((double) needed - limit) / limit;
        }
        for (int other = 0; other < pinnedBefore.length; other++) {
            excess += other == device ? 0 : pinnedBefore[other][end] - pinnedBefore[other][start];
        }
        return excess;
    }

    private static boolean areTogether(int layer, int later, int[] ends) {
        int stage = 0;
        while (ends[stage] <= layer) {
            stage++;
        }
        return later < ends[stage];
    }

    @Override
    public int taskCount() {
        return 1;
    }

    @Override
    public double periodSeconds(int task) {
        return period;
    }

    @Override
    public double responseSeconds(int task) {
        return response;
    }

    @Override
    public double makespanSeconds(int task) {
        return response + (frames - 1) * period;
    }

    @Override
    public double meanSeconds(int task) {
        return makespanSeconds(task) / frames;
    }

    @Override
    public double periodSeconds() {
        return period;
    }

    @Override
    public double throughputPerSecond() {
        return 1 / period;
    }

    @Override
    public double responseSeconds() {
        return response;
    }

    @Override
    public double makespanSeconds() {
        return makespanSeconds(0);
    }

    @Override
    public double meanSeconds() {
        return meanSeconds(0);
    }

    @Override
    public double computeJoules() {
        return frames * joules;
    }

    @Override
    public double idleJoules() {
        return idleJoules;
    }

    @Override
    public double transferJoules() {
        return frames * transferJoules;
    }

    @Override
    public double switchOnJoules() {
        return ownSwitchOnJoules;
    }

    @Override
    public double price() {
        return price;
    }

    @Override
    public int devicesUsed() {
        return stageCount;
    }

    @Override
    public double violation() {
        return violation;
    }
}
