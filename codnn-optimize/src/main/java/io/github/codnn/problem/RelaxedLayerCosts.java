package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;

/**
 * A network that is too large for more: each layer where it is cheapest, transfers left out, in O(L D) time for L
 * layers and D devices. The response time is at least that of the layers on a path. Not thread-safe.
 */
final class RelaxedLayerCosts extends RelaxedTaskCosts {

    private final boolean[] onPath; // [layer] whether it is on a path that a frame must pass

    RelaxedLayerCosts(CompiledScenario compiled, int task, Costs costs) {
        super(compiled, task, costs);
        onPath = new HeaviestPath(compiled, task).layers();
    }

    @Override
    long work(int active) {
        return (long) layers * active;
    }

    @Override
    double value(Prices prices, Usage usage) {
        double sum = 0;
        for (int layer = 0; layer < layers; layer++) {
            double timed = onPath[layer] ? prices.time : 0;
            double cheapest = Double.POSITIVE_INFINITY;
            int chosen = -1;
            for (int device : prices.active) {
                double price = layerPrice(layer, device, prices, timed);
                if (price < cheapest) {
                    cheapest = price;
                    chosen = device;
                }
            }
            if (chosen < 0) {
                return Double.POSITIVE_INFINITY;
            }
            sum += cheapest;
            use(layer, chosen, usage, onPath[layer]);
        }
        return sum;
    }
}
