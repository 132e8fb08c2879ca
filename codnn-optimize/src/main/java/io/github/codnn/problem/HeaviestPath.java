package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;

/** The path through a network that takes longest if every layer runs where it is fastest. Nothing changes it. */
final class HeaviestPath {

    private static final int NONE = -1;

    private final CompiledScenario compiled;
    private final int first;
    private final int count;
    private final boolean[] layers; // [layer]
    private final int[] sent; // [layer] the tensor that is sent to it on the path, or to the sink last; NONE for none

    HeaviestPath(CompiledScenario compiled, int task) {
        this.compiled = compiled;
        first = compiled.firstLayer(task);
        count = compiled.firstLayer(task + 1) - first;
        layers = new boolean[count];
        sent = new int[count + 1];
        Arrays.fill(sent, NONE);
        if (count > 0) {
            find(task);
        }
    }

    private void find(int task) {
        double[] ready = new double[count];
        int[] tensors = new int[count]; // through which it is reached
        Arrays.fill(tensors, NONE);
        int last = 0;
        double longest = -1;
        int tensor = compiled.firstTensor(task);
        int end = compiled.firstTensor(task + 1);
        for (; tensor < end && compiled.producer(tensor) < 0; tensor++) {
            reach(tensor, 0, ready, tensors);
        }
        for (int layer = 0; layer < count; layer++) {
            double finish = ready[layer] + LowerBound.leastSeconds(compiled, first + layer);
            if (finish > longest) {
                longest = finish;
                last = layer;
            }
            for (; tensor < end && compiled.producer(tensor) == first + layer; tensor++) {
                reach(tensor, finish, ready, tensors);
            }
        }
        sent[count] = delivered(last, task);
        follow(last, tensors);
    }

    private void reach(int tensor, double finish, double[] ready, int[] tensors) {
        for (int reader : compiled.consumers(tensor)) {
            if (tensors[reader - first] == NONE || finish > ready[reader - first]) {
                ready[reader - first] = finish;
                tensors[reader - first] = tensor;
            }
        }
    }

    private int delivered(int layer, int task) {
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            if (compiled.producer(tensor) == first + layer && compiled.isDelivered(tensor)) {
                return tensor;
            }
        }
        return NONE;
    }

    private void follow(int last, int[] tensors) {
        int layer = last;
        while (layer >= 0) {
            layers[layer] = true;
            sent[layer] = tensors[layer];
            int producer = tensors[layer] == NONE ? NONE : compiled.producer(tensors[layer]);
            layer = producer < 0 ? NONE : producer - first;
        }
    }

    /** Returns for each layer of the task whether it lies on the path; not to be changed. */
    boolean[] layers() {
        return layers;
    }

    /** Tells whether the path leads through a tensor to a layer of the task, or to the sink after all layers. */
    boolean isSent(int tensor, int reader) {
        return sent[reader] == tensor;
    }
}
