package io.github.codnn.plan;

import io.github.codnn.scenario.MemoryModel;
import java.util.Arrays;

/**
 * The memory that a placement needs on each device: parameters and, if the rules count them, the tensors alive at the
 * same time. Not thread-safe; allocates nothing.
 */
final class MemoryUse {

    private final ScenarioArrays compiled;
    private final BatchCosts costs;
    private final boolean limited;
    private final boolean activations;
    private final double[] parameters; // [device] bytes, as double so that sums cannot overflow
    private final double[] live; // [device] of the current task
    private final double[] peak; // [device] of the current task
    private final double[] needed; // [device] of all tasks

    MemoryUse(CompiledScenario scenario) {
        compiled = scenario.arrays();
        costs = scenario.costs();
        limited = costs.hasMemoryLimits();
        activations = compiled.scenario.rules().memory() == MemoryModel.PARAMETERS_AND_ACTIVATIONS;
        parameters = new double[compiled.deviceCount];
        live = new double[compiled.deviceCount];
        peak = new double[compiled.deviceCount];
        needed = new double[compiled.deviceCount];
    }

    /** Returns the sum over the devices of the relative excess over their memory; 0 if no memory is limited. */
    double violation(int[] placement) {
        if (!limited) {
            return 0;
        }
        run(placement);
        double violation = 0;
        for (int device = 0; device < compiled.deviceCount; device++) {
            violation += costs.memoryViolation(device, needed[device]);
        }
        return violation;
    }

    long bytes(int[] placement, int device) {
        run(placement);
        return (long) needed[device];
    }

    private void run(int[] placement) {
        Arrays.fill(parameters, 0);
        for (int layer = 0; layer < placement.length; layer++) {
            parameters[placement[layer]] += compiled.parameterBytes[layer];
        }
        System.arraycopy(parameters, 0, needed, 0, needed.length);
        if (!activations) {
            return;
        }
        for (int task = 0; task < compiled.taskCount; task++) {
            Arrays.fill(live, 0);
            Arrays.fill(peak, 0);
            for (int layer = compiled.firstLayer[task]; layer < compiled.firstLayer[task + 1]; layer++) {
                step(layer, placement);
            }
            for (int device = 0; device < needed.length; device++) {
                needed[device] += peak[device];
            }
        }
    }

    private void step(int layer, int[] placement) {
        int device = placement[layer];
        double others = live[device];
        double kept = 0;
        for (int tensor : compiled.inputs[layer]) {
            double bytes = compiled.tensorBytes[tensor];
            if (isAlive(tensor, layer, device, placement)) {
                others -= bytes;
            }
            if (isReadAfter(tensor, layer, device, placement)) {
                kept += bytes;
            }
        }
        double running = kept > 0 ? compiled.heldActivationBytes[layer] : compiled.activationBytes[layer];
        if (others + running > peak[device]) {
            peak[device] = others + running;
        }
        for (int tensor : compiled.outputs[layer]) {
            if (isReadAfter(tensor, layer, device, placement)) {
                kept += compiled.tensorBytes[tensor];
            }
        }
        live[device] = others + kept;
    }

    /** Tells whether a tensor is on a device before a layer there reads it: written or read there earlier. */
    private boolean isAlive(int tensor, int layer, int device, int[] placement) {
        int producer = compiled.producer[tensor];
        if (producer >= 0 && placement[producer] == device) {
            return true;
        }
        for (int consumer : compiled.consumers[tensor]) {
            if (consumer >= layer) {
                return false;
            }
            if (placement[consumer] == device) {
                return true;
            }
        }
        return false;
    }

    private boolean isReadAfter(int tensor, int layer, int device, int[] placement) {
        int[] consumers = compiled.consumers[tensor];
        for (int index = consumers.length - 1; index >= 0 && consumers[index] > layer; index--) {
            if (placement[consumers[index]] == device) {
                return true;
            }
        }
        return false;
    }
}
