package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Which stages of a chain the pins, the groups of layers, the forbidden layers and the memory allow. */
final class StageLimits {

    private StageLimits() {}

    /** Returns for each device and first layer the furthest end of a stage, by pins, forbidden layers and memory. */
    static int[][] furthestEnds(CompiledScenario compiled, StageMemory memory) {
        int layers = compiled.layerCount();
        int devices = compiled.deviceCount();
        int[][] ends = new int[devices][layers];
        for (int device = 0; device < devices; device++) {
            long limit = compiled.scenario().platform().devices().get(device).memoryBytes();
            int end = 0;
            for (int start = 0; start < layers; start++) {
                end = Math.max(end, start);
                // A stage fits if all longer ones around it do, so the end never moves back.
                while (end < layers
                        && compiled.isAllowed(end, device)
                        && (limit == Device.UNLIMITED_MEMORY || memory.bytes(start, end + 1) <= limit)) {
                    end++;
                }
                ends[device][start] = end;
            }
        }
        return ends;
    }

    /** Returns the cuts that separate no layers that must share a stage. */
    static boolean[] allowedCuts(CompiledScenario compiled) {
        int layers = compiled.layerCount();
        boolean[] allowed = new boolean[layers + 1];
        Arrays.fill(allowed, true);
        Map<Integer, Integer> firstPinned = new HashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            if (compiled.colocated(layer) >= 0) {
                forbid(allowed, compiled.colocated(layer), layer);
            }
            if (compiled.pinned(layer) >= 0) {
                forbid(allowed, firstPinned.getOrDefault(compiled.pinned(layer), layer), layer);
                firstPinned.put(compiled.pinned(layer), layer);
            }
        }
        return allowed;
    }

    /** Two layers that share a device share its only stage. */
    private static void forbid(boolean[] allowed, int first, int last) {
        for (int cut = last; cut > first && allowed[cut]; cut--) {
            allowed[cut] = false;
        }
    }
}
