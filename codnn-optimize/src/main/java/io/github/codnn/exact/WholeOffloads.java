package io.github.codnn.exact;

import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The placements of all layers on one device. */
final class WholeOffloads {

    private WholeOffloads() {}

    /** Returns a placement for each device, in platform order. */
    static List<int[]> of(CompiledScenario compiled) {
        return IntStream.range(0, compiled.deviceCount())
                .mapToObj(device -> {
                    int[] placement = new int[compiled.layerCount()];
                    Arrays.fill(placement, device);
                    return placement;
                })
                .toList();
    }
}
