package io.github.codnn.costsearch;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.TransferMode;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a plan of one task costs, as a sum.
 *
 * <p>A plan that uses no other devices than a set S costs at most {@code fixed(S) + sum + weight(S) (a R + b P)}, and
 * exactly that if it uses all of them: the sum goes over layers and transfers, R is the response time and P the period.
 * For energy the weight is the idle power of S, a is 1 and b one less than the number of frames, because the makespan
 * is {@code R + (n - 1) P}, and each layer counts without the idle power of its device. For all other objectives the
 * weight is 1 and nothing is fixed. Immutable.
 */
public final class CostModel {

    private static final double ROUNDING = 1e-12;

    final CompiledScenario compiled;
    final int devices;
    final int layers;
    final int source; // device, -1 if uploads are free
    final int sink; // device, -1 if returns are free
    final boolean oneStage;
    final boolean blocking;
    final boolean isEnergy;
    final double frames;
    final double responseFactor; // a
    final double periodFactor; // b
    final double[] seconds; // [layer * D + device]
    final double[] layerCost; // [layer * D + device] of all frames, infinite where the layer may not run
    final int resources; // devices, links and media
    final int[] resource; // [from * D + to] what a transfer loads besides devices, -1 for nothing
    final boolean hasTight; // whether the memory of a device cannot hold all layers
    final int maxDevices;
    final int[] deviceResource; // [device] what it is among the resources, -1 if it runs nothing
    private final BatchCosts batch;
    private final double baseWeight;
    private final double[] addedWeight; // [device]

    /**
     * Makes the model.
     *
     * @param compiled a scenario with one task
     * @param objective what to minimise
     */
    public CostModel(CompiledScenario compiled, Objective objective) {
        this.compiled = compiled;
        batch = compiled.costs();
        devices = compiled.deviceCount();
        layers = compiled.layerCount();
        source = compiled.source(0);
        sink = compiled.sink(0);
        oneStage = compiled.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE;
        blocking = compiled.scenario().rules().transfers() == TransferMode.BLOCKING;
        isEnergy = objective == Objective.ENERGY;
        frames = compiled.frames(0);
        maxDevices = compiled.scenario().rules().maxDevices();
        responseFactor = switch (objective) {
            case ENERGY, RESPONSE -> 1;
            case MEAN -> 1 / frames;
            case PERIOD, PRICE -> 0;
        };
        periodFactor = switch (objective) {
            case ENERGY -> frames - 1;
            case MEAN -> (frames - 1) / frames;
            case PERIOD -> 1;
            case RESPONSE, PRICE -> 0;
        };
        addedWeight = new double[devices];
        Arrays.setAll(addedWeight, device -> isEnergy ? batch.addedIdleWatts(device) : 0);
        baseWeight = isEnergy
                ? IntStream.range(0, devices).mapToDouble(batch::baseIdleWatts).sum()
                : 1;
        seconds = new double[layers * devices];
        layerCost = new double[layers * devices];
        fillLayers(objective);
        resource = new int[devices * devices];
        deviceResource = new int[devices];
        resources = numberResources(-1L);
        hasTight = findTight();
    }

    /** Makes a model of a part of the plans. */
    private CostModel(CostModel all, long set, long charged, boolean[] isAllowed) {
        compiled = all.compiled;
        batch = all.batch;
        devices = all.devices;
        layers = all.layers;
        source = all.source;
        sink = all.sink;
        oneStage = all.oneStage;
        blocking = all.blocking;
        isEnergy = all.isEnergy;
        frames = all.frames;
        maxDevices = all.maxDevices;
        responseFactor = all.responseFactor;
        periodFactor = all.periodFactor;
        addedWeight = new double[devices];
        baseWeight = all.weight(charged);
        seconds = all.seconds;
        layerCost = all.layerCost.clone();
        for (int entry = 0; entry < layerCost.length; entry++) {
            layerCost[entry] = isAllowed[entry] ? layerCost[entry] : Double.POSITIVE_INFINITY;
        }
        resource = new int[devices * devices];
        deviceResource = new int[devices];
        long ends = (source < 0 ? 0 : 1L << source) | (sink < 0 ? 0 : 1L << sink);
        resources = numberResources(set | ends);
        hasTight = all.hasTight;
    }

    /**
     * Returns a model of the plans that use no other devices than some, each layer where it is allowed, in which times
     * cost as if certain devices were used and no others.
     *
     * @param set the devices, as bits
     * @param charged those that are paid for, as bits
     * @param isAllowed [layer * D + device] false for devices that are not in the set
     */
    CostModel within(long set, long charged, boolean[] isAllowed) {
        return new CostModel(this, set, charged, isAllowed);
    }

    private void fillLayers(Objective objective) {
        for (int layer = 0; layer < layers; layer++) {
            for (int device = 0; device < devices; device++) {
                int entry = layer * devices + device;
                seconds[entry] = compiled.seconds(layer, device);
                double cost = 0;
                if (!compiled.isAllowed(layer, device)) {
                    cost = Double.POSITIVE_INFINITY;
                } else if (objective == Objective.ENERGY) {
                    cost = frames * busyJoules(layer, device);
                } else if (objective == Objective.PRICE) {
                    cost = frames * batch.price(device, seconds[entry]);
                }
                layerCost[entry] = cost;
            }
        }
    }

    /** Returns the energy of a layer without idle power; what is below rounding is 0. */
    private double busyJoules(int layer, int device) {
        double joules = compiled.joules(layer, device);
        double busy = joules - batch.idleWatts(device) * compiled.seconds(layer, device);
        return Math.abs(busy) <= ROUNDING * joules ? 0 : busy;
    }

    /** A transfer that blocks loads its devices as long as its link. */
    private int numberResources(long set) {
        int count = 0;
        for (int device = 0; device < devices; device++) {
            deviceResource[device] = (set >> device & 1) != 0 ? count++ : -1;
        }
        int[] media = new int[compiled.mediumCount()];
        Arrays.fill(media, -1);
        for (int from = 0; from < devices; from++) {
            for (int to = 0; to < devices; to++) {
                boolean apart = from != to && deviceResource[from] >= 0 && deviceResource[to] >= 0;
                int medium = apart ? compiled.medium(from, to) : -1;
                int number = -1;
                if (medium >= 0) {
                    media[medium] = media[medium] < 0 ? count++ : media[medium];
                    number = media[medium];
                } else if (apart && !blocking) {
                    number = count++;
                }
                resource[from * devices + to] = number;
            }
        }
        return count;
    }

    private boolean findTight() {
        double parameters = 0;
        double activations = 0;
        for (int layer = 0; layer < layers; layer++) {
            parameters += compiled.parameterBytes(layer);
            activations += compiled.activationBytes(layer);
        }
        double all = parameters + activations;
        return IntStream.range(0, devices).anyMatch(device -> all > batch.memoryBytes(device));
    }

    /**
     * Tells whether all layers cost at least nothing, which all bounds need.
     *
     * @return false if a device needs less power to compute than to wait
     */
    public boolean isMonotone() {
        return Arrays.stream(layerCost).allMatch(cost -> cost >= 0);
    }

    double transferCost(int tensor, int from, int to) {
        return isEnergy ? frames * compiled.transferJoules(tensor, from, to) : 0;
    }

    /** Returns what the use of some devices costs in any case. */
    double fixed(long set) {
        double fixed = 0;
        for (int device = 0; device < devices && isEnergy; device++) {
            fixed += batch.baseSwitchOnJoules(device);
            fixed += (set >> device & 1) == 0 ? 0 : batch.addedSwitchOnJoules(device);
        }
        return fixed;
    }

    /** Returns the weight of times if some devices are used. */
    double weight(long set) {
        double weight = baseWeight;
        for (int device = 0; device < devices; device++) {
            weight += (set >> device & 1) == 0 ? 0 : addedWeight[device];
        }
        return weight;
    }

    /** Tells whether it costs something to use a device, besides its layers. */
    boolean isFree(int device) {
        return !isEnergy || (batch.addedIdleWatts(device) == 0 && batch.addedSwitchOnJoules(device) == 0);
    }

    /** Tells whether parameters fit into the memory of each device; true if memory does not count. */
    boolean fits(double[] bytes) {
        for (int device = 0; device < bytes.length; device++) {
            if (bytes[device] > memoryBytes(device)) {
                return false;
            }
        }
        return true;
    }

    double memoryBytes(int device) {
        return batch.memoryBytes(device);
    }

    /** Tells whether the set of used devices limits what comes later. */
    boolean countsDevices() {
        return oneStage || maxDevices < devices;
    }

    double responseLimit() {
        return compiled.isDeadlineOnResponse(0) ? compiled.deadlineSeconds(0) : Double.POSITIVE_INFINITY;
    }

    double makespanLimit() {
        return compiled.isDeadlineOnResponse(0) ? Double.POSITIVE_INFINITY : frames * compiled.deadlineSeconds(0);
    }
}
