package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least cost of equal tasks if every resource has a price: the inner problem of {@link CostRelaxation}.
 *
 * <p>A chain takes the cheapest path through layers and devices, transfers included, in O(L D^2) time; that is the
 * least over all its placements. A DAG takes each layer where it is cheapest, transfers left out, in O(L D). Not
 * thread-safe.
 */
final class RelaxedTaskCosts {

    final double frames;
    private final int task; // the first of the equal ones
    private final CompiledScenario compiled;
    private final int devices;
    private final int layers;
    private final boolean chain;
    private final boolean blocking;
    private final double[] seconds; // [layer * D + device], infinite where it may not run
    private final double[] cost; // [layer * D + device] of all frames
    private final double[] bytes; // [layer]
    private final boolean[] onPath; // [layer] of a DAG, whether it is on a path that a frame must pass
    private final int[] kind; // [cut] of what is sent there: 0 the inputs, L the results
    private final List<double[]> kindSeconds = new ArrayList<>(); // [kind][from * D + to]
    private final List<double[]> kindCost = new ArrayList<>(); // [kind][from * D + to] of all frames
    private final List<double[]> kindPrice = new ArrayList<>(); // [kind][from * A + to] among the active devices
    private final double[][] least; // [layer][active device] of the layers up to this one

    /** What layers and transfers cost, apart from the prices of time and memory. */
    interface Costs {
        double layer(int layer, int device);

        double transfer(int tensor, int from, int to);
    }

    /**
     * The prices of what a task uses, set for each call of {@link #least}.
     *
     * <p>{@code device} and {@code link} are those of a second that loads them, {@code saved} is what a second of
     * computing saves, {@code memory} the price of a byte, {@code time} that of a second of response. Only
     * {@code active} devices may be used, and nothing that takes longer than {@code longest}.
     */
    static final class Prices {
        final double[] device;
        final double[] saved;
        final double[] memory;
        final double[] link; // [from * D + to]
        double time;
        double longest;
        int[] active = new int[0];

        Prices(int devices) {
            device = new double[devices];
            saved = new double[devices];
            memory = new double[devices];
            link = new double[devices * devices];
        }
    }

    /** What the cheapest placement of one task uses. */
    static final class Usage {
        final double[] device; // seconds of computing and, where they block, of transfers
        final double[] memory; // bytes of parameters
        final double[] link; // seconds
        final boolean[] isVisited; // [device] whether it runs layers
        double time;

        Usage(int devices) {
            device = new double[devices];
            memory = new double[devices];
            link = new double[devices * devices];
            isVisited = new boolean[devices];
        }

        void clear() {
            Arrays.fill(isVisited, false);
            Arrays.fill(device, 0);
            Arrays.fill(memory, 0);
            Arrays.fill(link, 0);
            time = 0;
        }
    }

    private RelaxedTaskCosts(CompiledScenario compiled, int task, Costs costs) {
        this.compiled = compiled;
        this.task = task;
        frames = compiled.frames(task);
        devices = compiled.deviceCount();
        layers = compiled.firstLayer(task + 1) - compiled.firstLayer(task);
        chain = compiled.isChain(task) && layers > 0;
        blocking = compiled.scenario().rules().transfers() == TransferMode.BLOCKING;
        seconds = new double[layers * devices];
        cost = new double[layers * devices];
        bytes = new double[layers];
        fillLayers(compiled.firstLayer(task), costs);
        onPath = chain ? new boolean[0] : new HeaviestPath(compiled, task).layers();
        least = new double[chain ? layers : 0][devices];
        if (chain) {
            CutTensors crossing = CutTensors.of(compiled, task);
            kind = crossing.kinds(0, layers + 1);
            addCuts(crossing, costs);
        } else {
            kind = new int[0];
        }
    }

    private void fillLayers(int first, Costs costs) {
        for (int layer = 0; layer < layers; layer++) {
            bytes[layer] = compiled.parameterBytes(first + layer);
            for (int device = 0; device < devices; device++) {
                boolean allowed = compiled.isAllowed(first + layer, device);
                seconds[layer * devices + device] =
                        allowed ? compiled.seconds(first + layer, device) : Double.POSITIVE_INFINITY;
                cost[layer * devices + device] = frames * costs.layer(first + layer, device);
            }
        }
    }

    /** Returns what the tasks cost; tasks that differ only in names and deadlines share one object. */
    static List<RelaxedTaskCosts> of(CompiledScenario compiled, Costs costs) {
        Map<List<Object>, RelaxedTaskCosts> known = new HashMap<>();
        List<RelaxedTaskCosts> all = new ArrayList<>();
        for (int task = 0; task < compiled.taskCount(); task++) {
            int index = task;
            Task each = compiled.scenario().workload().tasks().get(task);
            all.add(known.computeIfAbsent(
                    List.of(each.graph(), each.source(), each.sink(), each.frames(), each.pinned()),
                    any -> new RelaxedTaskCosts(compiled, index, costs)));
        }
        return all;
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
    double leastPeriod() {
        int source = compiled.source(task);
        if (!chain || source < 0) {
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
            local += seconds[cut * devices + source];
        }
        return Math.min(least, local);
    }

    /** Returns about how many steps a call of {@link #least} takes. */
    long work(int active) {
        return chain ? (long) (layers + kindCost.size()) * active * active : (long) layers * active;
    }

    /** Returns the least cost of one task with all its frames, infinite if it cannot run at all, and what it uses. */
    double least(Prices prices, Usage usage) {
        usage.clear();
        return chain ? ofChain(prices, usage) : ofDag(prices, usage);
    }

    private double ofDag(Prices prices, Usage usage) {
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

    private double layerPrice(int layer, int device, Prices prices, double timed) {
        double time = seconds[layer * devices + device];
        return time > prices.longest || time == Double.POSITIVE_INFINITY
                ? Double.POSITIVE_INFINITY
                : cost[layer * devices + device]
                        + time * (prices.device[device] - prices.saved[device] + timed)
                        + bytes[layer] * prices.memory[device];
    }

    private void use(int layer, int device, Usage usage, boolean timed) {
        double time = seconds[layer * devices + device];
        usage.isVisited[device] = true;
        usage.device[device] += time;
        usage.memory[device] += bytes[layer];
        usage.time += timed ? time : 0;
    }

    private double ofChain(Prices prices, Usage usage) {
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
