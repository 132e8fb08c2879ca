package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The least cost of equal tasks if every resource has a price: the inner problem of {@link CostRelaxation} and of
 * {@link JointTimes}. Not thread-safe.
 */
abstract class RelaxedTaskCosts {

    final double frames;
    final int task; // the first of the equal ones
    final CompiledScenario compiled;
    final int devices;
    final int layers;
    final boolean blocking;
    private final double[] seconds; // [layer * D + device], infinite where it may not run
    private final double[] cost; // [layer * D + device] of all frames
    private final double[] bytes; // [layer]

    /** What layers and transfers cost, apart from the prices of time and memory. */
    interface Costs {

        /** Only times count. */
        Costs NOTHING = new Costs() {
            @Override
            public double layer(int layer, int device) {
                return 0;
            }

            @Override
            public double transfer(int tensor, int from, int to) {
                return 0;
            }
        };

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

    RelaxedTaskCosts(CompiledScenario compiled, int task, Costs costs) {
        this.compiled = compiled;
        this.task = task;
        frames = compiled.frames(task);
        devices = compiled.deviceCount();
        layers = compiled.firstLayer(task + 1) - compiled.firstLayer(task);
        blocking = compiled.scenario().rules().transfers() == TransferMode.BLOCKING;
        seconds = new double[layers * devices];
        cost = new double[layers * devices];
        bytes = new double[layers];
        int first = compiled.firstLayer(task);
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

    /**
     * Returns what the tasks cost; tasks that differ only in names and deadlines share one object.
     *
     * @param inPairs whether networks with branches pay for transfers, too, if they are small enough
     */
    static List<RelaxedTaskCosts> of(CompiledScenario compiled, Costs costs, boolean inPairs) {
        Map<List<Object>, RelaxedTaskCosts> known = new HashMap<>();
        List<RelaxedTaskCosts> all = new ArrayList<>();
        for (int task = 0; task < compiled.taskCount(); task++) {
            int index = task;
            Task each = compiled.scenario().workload().tasks().get(task);
            all.add(known.computeIfAbsent(
                    List.of(each.graph(), each.source(), each.sink(), each.frames(), each.pinned()),
                    any -> of(compiled, index, costs, inPairs)));
        }
        return all;
    }

    /** Tells whether some network has branches and is small enough to pay for transfers. */
    static boolean hasPairs(CompiledScenario compiled) {
        return IntStream.range(0, compiled.taskCount())
                .anyMatch(task -> !isChain(compiled, task) && RelaxedGraphCosts.fits(compiled, task));
    }

    private static boolean isChain(CompiledScenario compiled, int task) {
        return compiled.isChain(task) && compiled.firstLayer(task + 1) > compiled.firstLayer(task);
    }

    private static RelaxedTaskCosts of(CompiledScenario compiled, int task, Costs costs, boolean inPairs) {
        if (isChain(compiled, task)) {
            return new RelaxedChainCosts(compiled, task, costs);
        }
        return inPairs && RelaxedGraphCosts.fits(compiled, task)
                ? new RelaxedGraphCosts(compiled, task, costs)
                : new RelaxedLayerCosts(compiled, task, costs);
    }

    /** Returns a lower bound of the period, in seconds, by what a task sends. */
    double leastPeriod() {
        return 0;
    }

    /** Returns about how many steps a call of {@link #least} takes. */
    abstract long work(int active);

    /** Returns the least cost of one task with all its frames, infinite if it cannot run at all, and what it uses. */
    final double least(Prices prices, Usage usage) {
        usage.clear();
        return value(prices, usage);
    }

    abstract double value(Prices prices, Usage usage);

    final double seconds(int layer, int device) {
        return seconds[layer * devices + device];
    }

    final double layerPrice(int layer, int device, Prices prices, double timed) {
        double time = seconds[layer * devices + device];
        return time > prices.longest || time == Double.POSITIVE_INFINITY
                ? Double.POSITIVE_INFINITY
                : cost[layer * devices + device]
                        + time * (prices.device[device] - prices.saved[device] + timed)
                        + bytes[layer] * prices.memory[device];
    }

    final void use(int layer, int device, Usage usage, boolean timed) {
        double time = seconds[layer * devices + device];
        usage.isVisited[device] = true;
        usage.device[device] += time;
        usage.memory[device] += bytes[layer];
        usage.time += timed ? time : 0;
    }
}
