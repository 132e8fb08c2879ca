package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;

/**
 * The bound of the response time by the earliest time at which each layer can be done; {@link LowerBound} proves it.
 */
final class ResponseBound {

    private final CompiledScenario compiled;
    private final int devices;

    ResponseBound(CompiledScenario compiled) {
        this.compiled = compiled;
        devices = compiled.deviceCount();
    }

    double of(int task) {
        int first = compiled.firstLayer(task);
        int count = compiled.firstLayer(task + 1) - first;
        double[] done = new double[count * devices]; // when its inputs are there, then when it is done
        double response = 0;
        int tensor = compiled.firstTensor(task);
        int end = compiled.firstTensor(task + 1);
        for (; tensor < end && compiled.producer(tensor) < 0; tensor++) {
            deliver(tensor, arrivals(tensor, compiled.source(task)), first, done);
        }
        for (int layer = first; layer < first + count; layer++) {
            double[] finish =
                    finish(layer, Arrays.copyOfRange(done, (layer - first) * devices, (layer - first + 1) * devices));
            response = Math.max(response, least(finish));
            for (; tensor < end && compiled.producer(tensor) == layer; tensor++) {
                deliver(tensor, arrivals(tensor, finish), first, done);
                response = Math.max(response, compiled.isDelivered(tensor) ? returned(tensor, finish, task) : 0);
            }
        }
        return response;
    }

    private double[] finish(int layer, double[] ready) {
        for (int device = 0; device < devices; device++) {
            boolean allowed = compiled.isAllowed(layer, device);
            ready[device] = allowed ? ready[device] + compiled.seconds(layer, device) : Double.POSITIVE_INFINITY;
        }
        return ready;
    }

    /** Returns when an input of the network can be on each device. */
    private double[] arrivals(int tensor, int source) {
        double[] arrivals = new double[devices];
        for (int device = 0; device < devices && source >= 0; device++) {
            arrivals[device] = compiled.transferSeconds(tensor, source, device);
        }
        return arrivals;
    }

    private double[] arrivals(int tensor, double[] finish) {
        double[] arrivals = new double[devices];
        for (int to = 0; to < devices; to++) {
            arrivals[to] = Double.POSITIVE_INFINITY;
            for (int from = 0; from < devices; from++) {
                double arrival = finish[from] + compiled.transferSeconds(tensor, from, to);
                arrivals[to] = arrival < arrivals[to] ? arrival : arrivals[to];
            }
        }
        return arrivals;
    }

    private void deliver(int tensor, double[] arrivals, int first, double[] ready) {
        for (int consumer : compiled.consumers(tensor)) {
            int base = (consumer - first) * devices;
            for (int device = 0; device < devices; device++) {
                ready[base + device] = Math.max(ready[base + device], arrivals[device]);
            }
        }
    }

    private double returned(int tensor, double[] finish, int task) {
        int sink = compiled.sink(task);
        return sink < 0 ? 0 : arrivals(tensor, finish)[sink];
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }
}
