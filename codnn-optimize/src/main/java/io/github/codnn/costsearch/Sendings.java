package io.github.codnn.costsearch;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the layers of a task send to each other. Nothing changes its arrays. */
final class Sendings {

    private final CostModel model;
    private final List<Sending> all; // every tensor with each of its readers
    private final List<int[]> edges; // the pairs of layers that send, the earlier one first
    private final double[] weights; // the longest times that these pairs may take, in seconds

    private Sendings(CostModel model, List<Sending> all, List<int[]> edges, double[] weights) {
        this.model = model;
        this.all = all;
        this.edges = edges;
        this.weights = weights;
    }

    /**
     * What one layer sends to another.
     *
     * @param tensor the tensor
     * @param from the layer that writes it, -1 for the source
     * @param to the layer that reads it, the number of layers for the sink
     * @param edge the number of the pair of layers, -1 if one of them is a source or sink
     * @param share the part of what the tensor costs, so that all of its readers together pay no more than once
     */
    record Sending(int tensor, int from, int to, int edge, double share) {}

    /** Returns what is sent if only some devices are used. */
    static Sendings of(CostModel model, Wiring wiring, int[] members) {
        CompiledScenario compiled = model.compiled;
        List<Sending> all = new ArrayList<>();
        List<int[]> edges = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        Map<Long, Integer> pairs = new HashMap<>();
        for (int tensor = 0; tensor < wiring.consumers.length; tensor++) {
            int from = compiled.producer(tensor);
            if (from < 0 && model.source < 0) {
                continue; // uploads are free
            }
            boolean returned = from >= 0 && compiled.isDelivered(tensor) && model.sink >= 0;
            double share = 1.0 / (wiring.consumers[tensor].length + (returned ? 1 : 0));
            for (int to : wiring.consumers[tensor]) {
                int edge = from < 0 ? -1 : pairs.computeIfAbsent((long) from * model.layers + to, key -> edges.size());
                if (edge == edges.size()) {
                    edges.add(new int[] {from, to});
                    weights.add(0.0);
                }
                if (edge >= 0) {
                    weights.set(edge, weights.get(edge) + longest(compiled, tensor, members));
                }
                all.add(new Sending(tensor, from, to, edge, share));
            }
            if (returned) {
                all.add(new Sending(tensor, from, model.layers, -1, share));
            }
        }
        double[] array = weights.stream().mapToDouble(Double::doubleValue).toArray();
        return new Sendings(model, all, edges, array);
    }

    /** Returns the time of the slowest link that may carry a tensor. */
    private static double longest(CompiledScenario compiled, int tensor, int[] members) {
        double longest = 0;
        for (int from : members) {
            for (int to : members) {
                double seconds = from == to ? 0 : compiled.transferSeconds(tensor, from, to);
                longest = seconds < Double.POSITIVE_INFINITY ? Math.max(longest, seconds) : longest;
            }
        }
        return longest;
    }

    List<Sending> all() {
        return all;
    }

    List<int[]> edges() {
        return edges;
    }

    double[] weights() {
        return weights;
    }

    int device(int layer, int[] placement) {
        return layer < 0 ? model.source : layer == model.layers ? model.sink : placement[layer];
    }

    /** Returns the longest path of a placement, if nothing waits for a device or link. */
    PriceBound.Flow longestPath(int[] placement) {
        double[] ready = new double[model.layers + 1];
        int[] reason = new int[model.layers + 1]; // what comes last
        Arrays.fill(reason, -1);
        List<List<Integer>> into = into();
        int last = -1;
        for (int layer = 0; layer <= model.layers; layer++) {
            for (int each : into.get(layer)) {
                double arrival = arrival(all.get(each), placement, ready);
                if (reason[layer] < 0 || arrival > ready[layer]) {
                    ready[layer] = arrival;
                    reason[layer] = each;
                }
            }
            if (layer < model.layers) {
                ready[layer] += model.seconds[layer * model.devices + placement[layer]];
            }
            boolean ends = layer < model.layers || reason[layer] >= 0;
            last = ends && (last < 0 || ready[layer] > ready[last]) ? layer : last;
        }
        return follow(last, reason);
    }

    private double arrival(Sending sending, int[] placement, double[] ready) {
        int from = device(sending.from, placement);
        int to = device(sending.to, placement);
        double seconds = from == to ? 0 : model.compiled.transferSeconds(sending.tensor, from, to);
        return (sending.from < 0 ? 0 : ready[sending.from]) + seconds;
    }

    private PriceBound.Flow follow(int end, int[] reason) {
        PriceBound.Flow path = new PriceBound.Flow(new double[model.layers], new double[all.size()]);
        int last = end;
        while (last >= 0) {
            if (last < model.layers) {
                path.layers[last] = 1;
            }
            int number = reason[last];
            if (number >= 0) {
                path.sendings[number] = 1;
            }
            last = number < 0 ? -1 : all.get(number).from;
        }
        return path;
    }

    /** Returns for each layer, and then the sink, the numbers of what is sent there. */
    private List<List<Integer>> into() {
        List<List<Integer>> into = new ArrayList<>();
        for (int layer = 0; layer <= model.layers; layer++) {
            into.add(new ArrayList<>());
        }
        for (int number = 0; number < all.size(); number++) {
            into.get(all.get(number).to).add(number);
        }
        return into;
    }
}
