package io.github.codnn.dagsearch;

import io.github.codnn.plan.CompiledScenario;

/**
 * What transfers cost a stage at least, by class of its device and tensor, in seconds. Transfers that no link can carry
 * count as 0 here, so that sums stay numbers; the check of complete plans refuses them.
 */
final class StageTransfers {

    final double[][] in; // [class][tensor] to receive it from another stage or from the source
    final double[][] out; // [class][tensor] to send it to one other device
    final double[][] back; // [class][tensor] to send it to the sink
    final double[] leastOut; // [tensor] over all classes
    final int sourceClass; // -1 without source
    final int sinkClass; // -1 without sink

    StageTransfers(DagModel model) {
        CompiledScenario compiled = model.compiled;
        int tensors = compiled.tensorCount();
        in = new double[model.classes][tensors];
        out = new double[model.classes][tensors];
        back = new double[model.classes][tensors];
        leastOut = new double[tensors];
        sourceClass = classOf(model, compiled.source(0));
        sinkClass = classOf(model, compiled.sink(0));
        for (int tensor = 0; tensor < tensors; tensor++) {
            double least = Double.POSITIVE_INFINITY;
            for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                int device = model.members.get(deviceClass).get(0);
                out[deviceClass][tensor] = model.leastOut[deviceClass][tensor];
                least = Math.min(least, out[deviceClass][tensor]);
                in[deviceClass][tensor] = in(compiled, tensor, device);
                back[deviceClass][tensor] =
                        compiled.isDelivered(tensor) ? between(compiled, tensor, device, compiled.sink(0)) : 0;
            }
            leastOut[tensor] = least;
        }
    }

    private static int classOf(DagModel model, int device) {
        int found = -1;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            found = device >= 0 && model.members.get(deviceClass).contains(device) ? deviceClass : found;
        }
        return found;
    }

    private static double in(CompiledScenario compiled, int tensor, int device) {
        if (compiled.producer(tensor) < 0) {
            return between(compiled, tensor, compiled.source(0), device);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int other = 0; other < compiled.deviceCount(); other++) {
            if (other != device) {
                least = Math.min(least, compiled.transferSeconds(tensor, other, device));
            }
        }
        return least == Double.POSITIVE_INFINITY ? 0 : least;
    }

    private static double between(CompiledScenario compiled, int tensor, int from, int to) {
        if (from < 0 || to < 0 || from == to) {
            return 0;
        }
        double seconds = compiled.transferSeconds(tensor, from, to);
        return seconds == Double.POSITIVE_INFINITY ? 0 : seconds;
    }
}
