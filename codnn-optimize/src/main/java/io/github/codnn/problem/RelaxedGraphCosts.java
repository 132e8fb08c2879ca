package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with branches: the least sum over layers and pairs of layers that send to each other, by {@link PairCosts}.
 *
 * <p>No placement costs less: a tensor that several layers read is sent once to each device that runs some of them. If
 * each of its r readers and returns pays the r-th part of what it costs to send it to its device, a device with m of
 * them pays {@code m / r <= 1} times what it costs. The response time is at least the length of any path, its layers
 * and transfers in a row; one path is taken, on which the fastest devices take longest. Not thread-safe.
 */
final class RelaxedGraphCosts extends RelaxedTaskCosts {

    private static final double MAX_WORK = 4e6; // steps of a call, which are some milliseconds
    private static final double MAX_ENTRIES = 1e6; // of tables of all tasks, some tens of bytes each

    private final int source;
    private final int sink;
    private final HeaviestPath path;
    private final PairCosts pairs;
    private final double[] layerPrices; // [layer * D + device]
    private final List<Sending> sendings;

    /**
     * What one layer sends to another.
     *
     * @param tensor the tensor
     * @param from the layer that writes it, from 0 within the task, negative for the source
     * @param to the layer that reads it, the number of layers for the sink
     * @param edge the number of the pair of layers, -1 if one of them is the source or the sink
     * @param share the part of what the tensor costs
     * @param isTimed whether it is on the path
     * @param seconds [from * D + to]
     * @param cost [from * D + to] of all frames
     */
    @SuppressWarnings("ArrayRecordComponent") // nothing compares them
    private record Sending(
            int tensor, int from, int to, int edge, double share, boolean isTimed, double[] seconds, double[] cost) {}

    RelaxedGraphCosts(CompiledScenario compiled, int task, Costs costs) {
        super(compiled, task, costs);
        source = compiled.source(task);
        sink = compiled.sink(task);
        path = new HeaviestPath(compiled, task);
        sendings = new ArrayList<>();
        List<int[]> edges = new ArrayList<>();
        addSendings(costs, edges);
        double[] weights = new double[edges.size()];
        for (Sending sending : sendings) {
            if (sending.edge() >= 0) {
                weights[sending.edge()] += longest(sending.seconds());
            }
        }
        pairs = new PairCosts(layers, devices, edges, weights);
        layerPrices = pairs.ofNodes();
    }

    /** Tells whether a task is small enough. */
    static boolean fits(CompiledScenario compiled, int task) {
        double count = 0;
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            count += compiled.consumers(tensor).length + 1;
        }
        double square = (double) compiled.deviceCount() * compiled.deviceCount();
        count += compiled.firstLayer(task + 1) - compiled.firstLayer(task);
        return count * square * compiled.taskCount() <= MAX_ENTRIES
                && count * square * compiled.deviceCount() <= MAX_WORK;
    }

    private static double longest(double[] seconds) {
        return Arrays.stream(seconds)
                .filter(each -> each < Double.POSITIVE_INFINITY)
                .max()
                .orElse(0);
    }

    private void addSendings(Costs costs, List<int[]> edges) {
        Map<List<Integer>, Integer> known = new HashMap<>();
        int first = compiled.firstLayer(task);
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            int from = compiled.producer(tensor) < 0 ? -1 : compiled.producer(tensor) - first;
            if (from < 0 && source < 0) {
                continue; // uploads are free
            }
            int[] readers = compiled.consumers(tensor);
            boolean returned = from >= 0 && compiled.isDelivered(tensor) && sink >= 0;
            double share = 1.0 / (readers.length + (returned ? 1 : 0));
            for (int reader : readers) {
                int to = reader - first;
                int edge = from < 0 ? -1 : known.computeIfAbsent(List.of(from, to), pair -> edges.size());
                if (edge == edges.size()) {
                    edges.add(new int[] {from, to});
                }
                sendings.add(sending(costs, tensor, from, to, edge, share));
            }
            if (returned) {
                sendings.add(sending(costs, tensor, from, layers, -1, share));
            }
        }
    }

    private Sending sending(Costs costs, int tensor, int from, int to, int edge, double share) {
        double[] seconds = new double[devices * devices];
        double[] cost = new double[devices * devices];
        for (int link = 0; link < seconds.length; link++) {
            seconds[link] = compiled.transferSeconds(tensor, link / devices, link % devices);
            cost[link] = frames * costs.transfer(tensor, link / devices, link % devices);
        }
        return new Sending(tensor, from, to, edge, share, path.isSent(tensor, to), seconds, cost);
    }

    @Override
    long work(int active) {
        return pairs.work() + 2L * sendings.size() * active * active;
    }

    @Override
    double value(Prices prices, Usage usage) {
        Arrays.fill(layerPrices, Double.POSITIVE_INFINITY);
        for (int layer = 0; layer < layers; layer++) {
            double timed = path.layers()[layer] ? prices.time : 0;
            for (int device : prices.active) {
                layerPrices[layer * devices + device] = layerPrice(layer, device, prices, timed);
            }
        }
        for (Sending sending : sendings) {
            if (sending.edge() >= 0) {
                Arrays.fill(pairs.ofPair(sending.edge()), 0);
            }
        }
        for (Sending sending : sendings) {
            addPrices(sending, prices);
        }
        double value = pairs.least();
        if (value < Double.POSITIVE_INFINITY) {
            useAll(pairs.values(), usage);
        }
        return value;
    }

    private void addPrices(Sending sending, Prices prices) {
        if (sending.edge() < 0) {
            int layer = sending.from() < 0 ? sending.to() : sending.from();
            for (int device : prices.active) {
                layerPrices[layer * devices + device] += sending.from() < 0
                        ? price(sending, source, device, prices)
                        : price(sending, device, sink, prices);
            }
            return;
        }
        double[] pair = pairs.ofPair(sending.edge());
        for (int from : prices.active) {
            for (int to : prices.active) {
                pair[from * devices + to] += price(sending, from, to, prices);
            }
        }
    }

    private double price(Sending sending, int from, int to, Prices prices) {
        if (from == to) {
            return 0;
        }
        int link = from * devices + to;
        double time = sending.seconds()[link];
        if (time > prices.longest || time == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        double blocked = blocking ? prices.device[from] + prices.device[to] : 0;
        return sending.share() * (sending.cost()[link] + time * (prices.link[link] + blocked))
                + (sending.isTimed() ? time * prices.time : 0);
    }

    private void useAll(int[] placement, Usage usage) {
        for (int layer = 0; layer < layers; layer++) {
            use(layer, placement[layer], usage, path.layers()[layer]);
        }
        for (Sending sending : sendings) {
            int from = sending.from() < 0 ? source : placement[sending.from()];
            int to = sending.to() == layers ? sink : placement[sending.to()];
            if (from != to) {
                double time = sending.seconds()[from * devices + to];
                usage.time += sending.isTimed() ? time : 0;
                usage.link[from * devices + to] += sending.share() * time;
                usage.device[from] += blocking ? sending.share() * time : 0;
                usage.device[to] += blocking ? sending.share() * time : 0;
            }
        }
    }
}
