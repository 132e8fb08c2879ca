package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The structure of a problem that searches need besides its costs: which layers feed which, and which device a layer is
 * bound to. Immutable; made once for each search.
 */
public final class Arrangement {

    public final CompiledScenario compiled;
    public final int devices;
    public final int layers;
    public final boolean oneStage; // whether a device runs at most one stage of each task
    public final int[] task; // [layer]
    public final int[][] feeders; // [layer] layers whose outputs it reads, each once
    public final int[]
            forced; // [layer] device or -1: from pins, colocated layers, and layers between two bound ones of a chain
    public final int[] leader; // [layer] the first layer of its colocated group, or itself
    final int[] nextForced; // [layer] device of the first forced layer of the task from here on, or -1
    public final int[] maxStages; // [task]

    private Arrangement(CompiledScenario compiled) {
        this.compiled = compiled;
        devices = compiled.deviceCount();
        layers = compiled.layerCount();
        oneStage = compiled.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE;
        task = new int[layers];
        maxStages = new int[compiled.taskCount()];
        int most = Math.min(devices, compiled.scenario().rules().maxDevices());
        for (int each = 0; each < compiled.taskCount(); each++) {
            Arrays.fill(task, compiled.firstLayer(each), compiled.firstLayer(each + 1), each);
            maxStages[each] = Math.min(most, compiled.firstLayer(each + 1) - compiled.firstLayer(each));
        }
        feeders = feeders(compiled);
        leader = leaders(compiled);
        forced = forced();
        nextForced = nextForced();
    }

    public static Arrangement of(OffloadingProblem problem) {
        return new Arrangement(problem.compiled());
    }

    private static int[][] feeders(CompiledScenario compiled) {
        List<List<Integer>> feeders = new ArrayList<>();
        for (int layer = 0; layer < compiled.layerCount(); layer++) {
            feeders.add(new ArrayList<>());
        }
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            for (int consumer : compiled.consumers(tensor)) {
                if (compiled.producer(tensor) >= 0) {
                    feeders.get(consumer).add(compiled.producer(tensor));
                }
            }
        }
        return feeders.stream()
                .map(list ->
                        list.stream().distinct().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static int[] leaders(CompiledScenario compiled) {
        int[] leader = new int[compiled.layerCount()];
        for (int layer = 0; layer < leader.length; layer++) {
            leader[layer] = compiled.colocated(layer) >= 0 ? compiled.colocated(layer) : layer;
        }
        return leader;
    }

    private int[] forced() {
        int[] groupPin = new int[layers];
        Arrays.fill(groupPin, -1);
        for (int layer = 0; layer < layers; layer++) {
            if (compiled.pinned(layer) >= 0 && groupPin[leader[layer]] < 0) {
                groupPin[leader[layer]] = compiled.pinned(layer);
            }
        }
        int[] result = new int[layers];
        for (int layer = 0; layer < layers; layer++) {
            result[layer] = compiled.pinned(layer) >= 0 ? compiled.pinned(layer) : groupPin[leader[layer]];
        }
        for (int each = 0; each < compiled.taskCount() && oneStage; each++) {
            if (compiled.isChain(each)) {
                fillBetween(result, compiled.firstLayer(each), compiled.firstLayer(each + 1));
            }
        }
        return result;
    }

    /** On a chain with one stage per device, layers between two layers of a device run there, too. */
    private static void fillBetween(int[] forced, int from, int to) {
        int previous = -1;
        for (int layer = from; layer < to; layer++) {
            if (forced[layer] >= 0) {
                if (previous >= 0 && forced[previous] == forced[layer]) {
                    Arrays.fill(forced, previous, layer, forced[layer]);
                }
                previous = layer;
            }
        }
    }

    private int[] nextForced() {
        int[] next = new int[layers];
        for (int layer = layers - 1; layer >= 0; layer--) {
            boolean last = layer == layers - 1 || task[layer + 1] != task[layer];
            next[layer] = forced[layer] >= 0 ? forced[layer] : last ? -1 : next[layer + 1];
        }
        return next;
    }

    public int firstLayer(int task) {
        return compiled.firstLayer(task);
    }

    public int endLayer(int task) {
        return compiled.firstLayer(task + 1);
    }
}
