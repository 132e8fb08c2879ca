package io.github.codnn.closest;

import io.github.codnn.plan.CompiledScenario;

/**
 * Lower bounds of the time from the end of a layer to the end of its task, by the fastest way through the rest of the
 * network, without waiting. Immutable.
 */
final class ResponseTails {

    private final CompiledScenario compiled;
    private final int devices;
    private final boolean tolerant; // what is impossible takes no time, as in evaluations
    private final double[] tail; // [layer * D + device]
    private final double[] root; // [task]

    ResponseTails(CompiledScenario compiled, boolean tolerant) {
        this.compiled = compiled;
        this.tolerant = tolerant;
        devices = compiled.deviceCount();
        tail = new double[compiled.layerCount() * devices];
        root = new double[compiled.taskCount()];
        for (int task = 0; task < root.length; task++) {
            for (int tensor = compiled.firstTensor(task + 1) - 1; tensor >= compiled.firstTensor(task); tensor--) {
                follow(task, tensor);
            }
            for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
                root[task] = Math.max(root[task], leastFrom(layer, -1, -1));
            }
        }
    }

    /** Tensors are in the order of the layers that write them, so the tails of all readers are complete. */
    private void follow(int task, int tensor) {
        int producer = compiled.producer(tensor);
        int sink = compiled.sink(task);
        if (producer < 0) {
            int source = compiled.source(task);
            for (int consumer : compiled.consumers(tensor)) {
                root[task] = source < 0 ? root[task] : Math.max(root[task], leastFrom(consumer, tensor, source));
            }
            return;
        }
        for (int from = 0; from < devices; from++) {
            double longest = compiled.isDelivered(tensor) && sink >= 0 ? transfer(tensor, from, sink) : 0;
            for (int consumer : compiled.consumers(tensor)) {
                longest = Math.max(longest, leastFrom(consumer, tensor, from));
            }
            int entry = producer * devices + from;
            tail[entry] = Math.max(tail[entry], longest);
        }
    }

    /** Returns the least time of a layer and what follows, with the transfer of an input if there is one. */
    private double leastFrom(int layer, int tensor, int from) {
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < devices; device++) {
            if (tolerant || compiled.isAllowed(layer, device)) {
                double arrival = tensor < 0 ? 0 : transfer(tensor, from, device);
                least = Math.min(least, arrival + seconds(layer, device) + tail[layer * devices + device]);
            }
        }
        return least;
    }

    /** Returns the time of a layer as evaluations count it. */
    double seconds(int layer, int device) {
        double seconds = compiled.seconds(layer, device);
        return seconds == Double.POSITIVE_INFINITY ? 0 : seconds;
    }

    /** Returns the time of a transfer; without a link, 0 if that is allowed and infinity if not. */
    double transfer(int tensor, int from, int to) {
        double seconds = compiled.transferSeconds(tensor, from, to);
        return tolerant && seconds == Double.POSITIVE_INFINITY ? 0 : seconds;
    }

    /** Returns a bound of the time after a layer. */
    double after(int layer, int device) {
        return tail[layer * devices + device];
    }

    /** Returns a bound of the response time of a task. */
    double of(int task) {
        return root[task];
    }

    /** Returns the least time of a layer on any device where it may run, in seconds. */
    double leastSeconds(int layer) {
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < devices; device++) {
            if (tolerant || compiled.isAllowed(layer, device)) {
                least = Math.min(least, seconds(layer, device));
            }
        }
        return least == Double.POSITIVE_INFINITY ? 0 : least;
    }
}
