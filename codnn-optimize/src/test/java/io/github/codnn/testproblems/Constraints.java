package io.github.codnn.testproblems;

import io.github.codnn.plan.CompiledScenario;

/** Tells tests which scenarios leave a choice everywhere. */
public final class Constraints {

    private Constraints() {}

    /** Tells whether anything but the number of stages constrains placements. */
    public static boolean any(CompiledScenario compiled) {
        boolean any = compiled.scenario().rules().maxDevices() < compiled.deviceCount()
                || compiled.scenario().platform().devices().stream()
                        .anyMatch(device -> device.memoryBytes() < Long.MAX_VALUE);
        for (int layer = 0; layer < compiled.layerCount(); layer++) {
            any |= compiled.pinned(layer) >= 0 || compiled.colocated(layer) >= 0;
        }
        for (int task = 0; task < compiled.taskCount(); task++) {
            any |= compiled.deadlineSeconds(task) < Double.POSITIVE_INFINITY;
        }
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            for (int from = 0; from < compiled.deviceCount(); from++) {
                for (int to = 0; to < compiled.deviceCount(); to++) {
                    any |= compiled.transferSeconds(tensor, from, to) == Double.POSITIVE_INFINITY;
                }
            }
        }
        return any;
    }
}
