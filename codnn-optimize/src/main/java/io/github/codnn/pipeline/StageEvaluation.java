package io.github.codnn.pipeline;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.scenario.IdlePolicy;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The working memory of one thread that evaluates pipelines stage by stage, and a view of the last result: the same
 * figures as {@code PlanEvaluator}'s up to rounding, in O(S) time for S stages (plus the number of colocated layers, if
 * there are any, and of devices, if all of them wait at idle power). Allocates nothing.
 *
 * <p>Made by {@link StageCosts#newEvaluation()}. Not thread-safe; the figures change with the next evaluation.
 */
public final class StageEvaluation implements PlanMetrics {

    private final StageCosts chain;
    private final CompiledScenario compiled;
    private final BatchCosts costs;
    private final double frames;
    private final double baseSwitchOnJoules; // of the devices that take part in every plan
    private final boolean hasSwitchOnJoules;
    private final boolean allWait;
    private final int[][] pinnedBefore; // [device][layer] how many layers before are pinned there, empty without any
    private final int[] colocated; // layers with a colocation
    private final double[] load; // [device] of those in use
    private final double[] busy; // [device] computing only
    private final boolean hasMedia;
    private final double[] mediumLoad; // [medium]
    private final boolean[] waited; // [device] whether its idle energy is counted; used if all wait
    private double period;
    private double response;
    private double joules;
    private double transferJoules;
    private double idleJoules;
    private double switchOnJoules;
    private double price;
    private int stageCount;
    private int impossible;
    private double violation;

    StageEvaluation(StageCosts chain, boolean withMedia) {
        this.chain = chain;
        compiled = chain.problem().compiled();
        hasMedia = withMedia && compiled.mediumCount() > 0;
        mediumLoad = new double[compiled.mediumCount()];
        costs = compiled.costs();
        frames = costs.frames(0);
        double ends = 0;
        for (int device = 0; device < chain.devices(); device++) {
            ends += costs.baseSwitchOnJoules(device);
        }
        baseSwitchOnJoules = ends;
        hasSwitchOnJoules = costs.hasSwitchOnJoules();
        allWait = compiled.scenario().rules().idle() == IdlePolicy.ALL;
        waited = new boolean[chain.devices()];
        load = new double[chain.devices()];
        busy = new double[chain.devices()];
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
     * Evaluates a pipeline; afterwards this object returns its figures.
     *
     * @param stages the number of stages
     * @param devices the device of each stage, no device twice
     * @param ends for each stage the layer after its last, increasing, the last one {@link StageCosts#layers()}
     */
    public void evaluate(int stages, int[] devices, int[] ends) {
        stageCount = stages;
        clear();
        int start = 0;
        for (int stage = 0; stage < stages; stage++) {
            int device = devices[stage];
            double seconds = chain.seconds(device, start, ends[stage]);
            load[device] = seconds;
            busy[device] = frames * seconds;
            response += seconds;
            joules += chain.joules(device, start, ends[stage]);
            price += costs.price(device, busy[device]);
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
        if (hasSwitchOnJoules) {
            sumSwitchOn(stages, devices);
        }
        addViolations(stages, devices, ends);
    }

    /** Clears the source and the sink too, because they may have a load without running a stage. */
    private void clear() {
        period = 0;
        response = 0;
        joules = 0;
        transferJoules = 0;
        price = 0;
        impossible = 0;
        violation = 0;
        if (hasMedia) {
            Arrays.fill(mediumLoad, 0);
        }
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
            impossible += chain.tensorsAt(cut);
            return 0;
        }
        response += seconds;
        period = Math.max(period, seconds);
        int medium = hasMedia ? compiled.medium(from, to) : -1;
        if (medium >= 0) {
            mediumLoad[medium] += seconds;
            period = Math.max(period, mediumLoad[medium]);
        }
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
            idleJoules += costs.idleJoules(device, true, makespan, busy[device]);
            sourceWaits &= device != chain.source();
            sinkWaits &= device != chain.sink();
        }
        idleJoules += sourceWaits ? costs.idleJoules(chain.source(), false, makespan, 0) : 0;
        idleJoules += sinkWaits ? costs.idleJoules(chain.sink(), false, makespan, 0) : 0;
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
            idleJoules += waited[device] ? 0 : costs.idleJoules(device, false, makespan, 0);
        }
    }

    private void sumSwitchOn(int stages, int[] devices) {
        switchOnJoules = baseSwitchOnJoules;
        for (int stage = 0; stage < stages; stage++) {
            switchOnJoules += costs.addedSwitchOnJoules(devices[stage]);
        }
    }

    private void addViolations(int stages, int[] devices, int[] ends) {
        violation += costs.lateness(0, response, meanSeconds());
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
        violation += costs.deviceCountViolation(stages);
    }

    /** Returns by how much a stage violates memory and pinning on a device. */
    private double excess(int device, int start, int end) {
        boolean isLimited = costs.memoryBytes(device) < Double.POSITIVE_INFINITY;
        double excess = isLimited ? costs.memoryViolation(device, (double) chain.memoryBytes(start, end)) : 0;
        int misplaced = chain.forbidden(device, start, end);
        for (int other = 0; other < pinnedBefore.length; other++) {
            misplaced += other == device ? 0 : pinnedBefore[other][end] - pinnedBefore[other][start];
        }
        impossible += misplaced;
        return excess + misplaced;
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
        return BatchCosts.makespanSeconds(frames, period, response);
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
        return switchOnJoules;
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
    public int impossible() {
        return impossible;
    }

    @Override
    public double violation() {
        return violation;
    }
}
