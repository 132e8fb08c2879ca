package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;

/**
 * The memory that contiguous layers of a chain need on one device: the sum of their parameters and, if activations
 * count, the greatest need of one layer. On a chain no other activations are alive while a layer runs.
 */
final class StageMemory {

    private final long[] parameters; // [layer] of the layers before
    private final RangeMaximum activations;

    StageMemory(CompiledScenario compiled, boolean countActivations) {
        int layers = compiled.layerCount();
        parameters = new long[layers + 1];
        long[] alive = new long[layers];
        for (int layer = 0; layer < layers; layer++) {
            parameters[layer + 1] = addSaturated(parameters[layer], compiled.parameterBytes(layer));
            alive[layer] = countActivations ? compiled.activationBytes(layer) : 0;
        }
        activations = new RangeMaximum(alive);
    }

    /**
     * Returns bytes of the layers from {@code start} to before {@code end}; {@link Long#MAX_VALUE} on overflow.
     */
    long bytes(int start, int end) {
        if (parameters[end] == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return addSaturated(parameters[end] - parameters[start], activations.of(start, end));
    }

    private static long addSaturated(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
