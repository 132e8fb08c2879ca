package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Tier;
import java.util.List;
import java.util.stream.IntStream;

/** The placement without any offloading. */
public final class HomePlacement {

    private HomePlacement() {}

    /** Returns the device of every layer: the source of its task, unless a pin requires another one. O(layers). */
    public static int[] of(Arrangement arrangement) {
        int[] placement = new int[arrangement.layers];
        for (int layer = 0; layer < placement.length; layer++) {
            placement[layer] = device(arrangement.compiled, arrangement.task[layer]);
        }
        new StageRepair(arrangement).repair(placement);
        return placement;
    }

    /** Returns where the frames of a task arise: its source, else the first terminal, else the first device. */
    public static int device(CompiledScenario compiled, int task) {
        if (compiled.source(task) >= 0) {
            return compiled.source(task);
        }
        List<Device> devices = compiled.scenario().platform().devices();
        return IntStream.range(0, devices.size())
                .filter(device -> devices.get(device).tier() == Tier.TERMINAL)
                .findFirst()
                .orElse(0);
    }
}
