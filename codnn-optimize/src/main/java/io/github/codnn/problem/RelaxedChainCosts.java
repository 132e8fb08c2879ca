package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain: the cheapest path through layers and devices, transfers included, in O(L D^2) time for L layers and D
 * devices; that is the least over all its placements. Not thread-safe.
 */
final class RelaxedChainCosts extends RelaxedTaskCosts {

    private final int[] kind; // [cut] of what is sent there: 0 the inputs, L the results
    private final List<double[]> kindSeconds = new ArrayList<>(); // [kind][from * D + to]
    private final List<double[]> kindCost = new ArrayList<>(); // [kind][from * D + to] of all frames
    private final List<double[]> kindPrice = new ArrayList<>(); // [kind][from * A + to] among the active devices
    private final double[][] least; // [layer][active device] of the layers up to this one

    RelaxedChainCosts(CompiledScenario compiled, int task, Costs costs) {
        super(compiled, task, costs);
        least = new double[layers][devices];
        CutTensors crossing = CutTensors.of(compiled, task);
        kind = crossing.kinds(0, layers + 1);
        addCuts(crossing, costs);
    }

    private void addCuts(CutTensors crossing, Costs costs) {
        for (int cut = 0; cut <= layers; cut++) {
            if (kind[cut] == kindSeconds.size()) {
                addKind(crossing.at(cut), costs);
            }
        }
    }

    private void addKind(List<Integer> tensors, Costs costs) {
        double[] tableSeconds = new double[devices * devices];
        double[] tableCost = new double[devices * devices];
        for (int tensor : tensors) {
            for (int from = 0; from < devices; from++) {
                for (int to = 0; to < devices; to++) {
                    tableSeconds[from * devices + to] += compiled.transferSeconds(tensor, from, to);
                    tableCost[from * devices + to] += frames * costs.transfer(tensor, from, to);
                }
            }
        }
        kindSeconds.add(tableSeconds);
        kindCost.add(tableCost);
        kindPrice.add(new double[devices * devices]);
    }

    /**
     * Returns a time within which the chain cannot leave its source: either the source runs layers up to a cut and
     * something sends what crosses it, or it runs all.
     */
    @Override
    double leastPeriod() {
        int source = compiled.source(task);
        if (source < 0) {
            return 0;
        }
        double local = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int cut = 0; cut < layers; cut++) {
            double sent = Double.POSITIVE_INFINITY;
            for (int to = 0; to < devices; to++) {
                sent = Math.min(sent, to == source ? sent : kindSeconds.get(kind[cut])[source * devices + to]);
            }
            least = Math.min(least, Math.max(local, sent));
            local += seconds(cut, source);
        }
        return Math.min(least, local);
    }

    @Override
    long work(int active) {
        return (long) (layers + kindCost.size()) * active * active;
    }

    @Override
    double value(Prices prices, Usage usage) {
        int active = prices.active.length;
        for (int cutKind = 0; cutKind < kindPrice.size(); cutKind++) {
            priceCuts(cutKind, prices);
        }
        int source = compiled.source(task);
        int sink = compiled.sink(task);
        for (int to = 0; to < active; to++) {
            int device = prices.active[to];
            double upload = source < 0 ? 0 : cutPrice(0, source, device, prices);
            least[0][to] = upload + layerPrice(0, device, prices, prices.time);
        }
        for (int layer = 1; layer < layers; layer++) {
            extend(layer, prices);
        }
        double cheapest = Double.POSITIVE_INFINITY;
        int last = -1;
        for (int from = 0; from < active; from++) {
            double returned = sink < 0 ? 0 : cutPrice(layers, prices.active[from], sink, prices);
            if (least[layers - 1][from] + returned < cheapest) {
                cheapest = least[layers - 1][from] + returned;
                last = from;
            }
        }
        if (last >= 0) {
            follow(last, prices, usage);
        }
        return cheapest;
    }

    private void priceCuts(int cutKind, Prices prices) {
        double[] price = kindPrice.get(cutKind);
        int entry = 0;
        for (int from : prices.active) {
            for (int to : prices.active) {
                price[entry++] = price(cutKind, from, to, prices);
            }
        }
    }

    private double cutPrice(int cut, int from, int to, Prices prices) {
        return price(kind[cut], from, to, prices);
    }

    private double price(int cutKind, int from, int to, Prices prices) {
        int link = from * devices + to;
        double time = kindSeconds.get(cutKind)[link];
        if (from == to) {
            return 0;
        }
        if (time > prices.longest || time == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        double blocked = blocking ? prices.device[from] + prices.device[to] : 0;
        return kindCost.get(cutKind)[link] + time * (prices.link[link] + prices.time + blocked);
    }

    /** The inner loop of the bound, so its arrays hold active devices only. */
    private void extend(int layer, Prices prices) {
        int active = prices.active.length;
        double[] price = kindPrice.get(kind[layer]);
        double[] before = least[layer - 1];
        double[] after = least[layer];
        System.arraycopy(before, 0, after, 0, active);
        for (int from = 0; from < active; from++) {
            double base = before[from];
            int row = from * active;
            for (int to = 0; to < active; to++) {
                double moved = base + price[row + to];
                if (moved < after[to]) {
                    after[to] = moved;
                }
            }
        }
        for (int to = 0; to < active; to++) {
            after[to] += layerPrice(layer, prices.active[to], prices, prices.time);
        }
    }

    /** Goes back from the last device and records what the path uses. */
    private void follow(int last, Prices prices, Usage usage) {
        int active = prices.active.length;
        int to = last;
        send(layers, prices.active[to], compiled.sink(task), usage);
        for (int layer = layers - 1; layer > 0; layer--) {
            use(layer, prices.active[to], usage, true);
            double[] price = kindPrice.get(kind[layer]);
            double[] before = least[layer - 1];
            int best = to;
            for (int from = 0; from < active; from++) {
                if (before[from] + price[from * active + to] < before[best] + price[best * active + to]) {
                    best = from;
                }
            }
            send(layer, prices.active[best], prices.active[to], usage);
            to = best;
        }
        use(0, prices.active[to], usage, true);
        send(0, compiled.source(task), prices.active[to], usage);
    }

    private void send(int cut, int from, int to, Usage usage) {
        if (from < 0 || to < 0 || from == to) {
            return;
        }
        double time = kindSeconds.get(kind[cut])[from * devices + to];
        usage.link[from * devices + to] += time;
        usage.time += time;
        if (blocking) {
            usage.device[from] += time;
            usage.device[to] += time;
        }
    }
}
