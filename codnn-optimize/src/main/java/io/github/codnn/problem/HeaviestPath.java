package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;

/** The path through a network that takes longest if every layer runs where it is fastest. */
final class HeaviestPath {

    private final CompiledScenario compiled;
    private final int first;
    private final int count;

    HeaviestPath(CompiledScenario compiled, int task) {
        this.compiled = compiled;
        first = compiled.firstLayer(task);
        count = compiled.firstLayer(task + 1) - first;
    }

    /** Tells for each layer of the task whether it lies on the path. */
    boolean[] layers() {
        double[] ready = new double[count];
        int[] before = new int[count];
        Arrays.fill(before, -1);
        int last = 0;
        double longest = -1;
        int[][] tensorsOf = tensorsByProducer();
        for (int layer = 0; layer < count; layer++) {
            double finish = ready[layer] + LowerBound.leastSeconds(compiled, first + layer);
            if (finish > longest) {
                longest = finish;
                last = layer;
            }
            for (int tensor : tensorsOf[layer]) {
                for (int consumer : compiled.consumers(tensor)) {
                    if (finish > ready[consumer - first]) {
                        ready[consumer - first] = finish;
                        before[consumer - first] = layer;
                    }
                }
            }
        }
        boolean[] path = new boolean[count];
        for (int layer = last; layer >= 0; layer = before[layer]) {
            path[layer] = true;
        }
        return path;
    }

    private int[][] tensorsByProducer() {
        int[][] tensors = new int[count][0];
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            int producer = compiled.producer(tensor) - first;
            if (compiled.producer(tensor) >= 0 && producer >= 0 && producer < count) {
                tensors[producer] = Arrays.copyOf(tensors[producer], tensors[producer].length + 1);
                tensors[producer][tensors[producer].length - 1] = tensor;
            }
        }
        return tensors;
    }
}
