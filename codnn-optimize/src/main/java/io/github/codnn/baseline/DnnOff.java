package io.github.codnn.baseline;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A layer-wise offloading over terminal, edge and cloud that minimises the time of a single frame, in the style of
 * DNNOff (X. Chen, M. Li, H. Zhong, Y. Ma, C.-H. Hsu, IEEE Transactions on Industrial Informatics 18(4), 2022). Its
 * code was never published and the decision is not described in full, so this follows the idea only: predicted layer
 * times, one decision per layer, least response time.
 *
 * <p>On a chain the decisions are made together by dynamic programming over (layer, device), in O(L D^2); on a DAG
 * layer by layer in topological order, each to the device where it ends first, in O(E D). Where devices run one
 * stage only, frames move on from the terminal over the edges to the clouds and never back, within a tier from slow to
 * fast devices. Each task is decided by itself. Takes a single evaluation and ignores the fitness of the problem.
 */
public record DnnOff() implements Strategy {

    /**
     * Returns the strategy; it has no settings.
     *
     * @return the strategy
     */
    public static DnnOff withDefaults() {
        return new DnnOff();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        run.offer(placement(Arrangement.of(problem)));
        return run.endIteration().map(run::finish).orElseGet(() -> run.finish(StopReason.COMPLETED));
    }

    static int[] placement(Arrangement arrangement) {
        int[] placement = new int[arrangement.layers];
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            int[] rank = ranks(arrangement, task);
            if (arrangement.compiled.isChain(task)) {
                new ChainTimes(arrangement, task, rank).decide(placement);
            } else {
                decideGraph(arrangement, task, rank, placement);
            }
        }
        new StageRepair(arrangement).repair(placement);
        return placement;
    }

    /** Returns the order in which devices may follow each other. */
    private static int[] ranks(Arrangement arrangement, int task) {
        CompiledScenario compiled = arrangement.compiled;
        var devices = compiled.scenario().platform().devices();
        int home = HomePlacement.device(compiled, task);
        double[] seconds = new double[arrangement.devices];
        for (int device = 0; device < seconds.length; device++) {
            for (int layer = arrangement.firstLayer(task); layer < arrangement.endLayer(task); layer++) {
                seconds[device] += compiled.seconds(layer, device);
            }
        }
        List<Integer> order = IntStream.range(0, arrangement.devices)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(device -> device == home ? 0 : 1)
                        .thenComparing(device -> devices.get(device).tier())
                        .thenComparing(device -> -seconds[device]))
                .toList();
        int[] rank = new int[arrangement.devices];
        for (int at = 0; at < rank.length; at++) {
            rank[order.get(at)] = at;
        }
        return rank;
    }

    /** The least time until each layer of a chain is done on each device. */
    private static final class ChainTimes {

        private final Arrangement arrangement;
        private final int task;
        private final int[] rank;
        private int tensor; // the next one; tensors follow the order of the layers that write them

        ChainTimes(Arrangement arrangement, int task, int[] rank) {
            this.arrangement = arrangement;
            this.task = task;
            this.rank = rank;
            tensor = arrangement.compiled.firstTensor(task);
        }

        void decide(int[] placement) {
            CompiledScenario compiled = arrangement.compiled;
            int first = arrangement.firstLayer(task);
            int layers = arrangement.endLayer(task) - first;
            int[][] before = new int[layers][rank.length];
            double[] times = new double[rank.length];
            double[] crossing = crossing(-1);
            for (int device = 0; device < rank.length; device++) {
                times[device] =
                        crossing[Math.max(0, compiled.source(task)) * rank.length + device] + seconds(first, device);
            }
            for (int layer = 1; layer < layers; layer++) {
                times = advance(times, crossing(first + layer - 1), before[layer], first + layer);
            }
            int device = last(times, crossing(first + layers - 1));
            for (int layer = layers - 1; layer >= 0; layer--) {
                placement[first + layer] = device;
                device = before[layer][device];
            }
        }

        private double seconds(int layer, int device) {
            boolean barred = arrangement.forced[layer] >= 0 && arrangement.forced[layer] != device;
            return barred ? Double.POSITIVE_INFINITY : arrangement.compiled.seconds(layer, device);
        }

        private double[] advance(double[] times, double[] crossing, int[] before, int layer) {
            double[] next = new double[rank.length];
            Arrays.fill(next, Double.POSITIVE_INFINITY);
            for (int to = 0; to < rank.length; to++) {
                before[to] = to;
                for (int from = 0; from < rank.length; from++) {
                    boolean allowed = !arrangement.oneStage || rank[from] <= rank[to];
                    double time = times[from] + crossing[from * rank.length + to] + seconds(layer, to);
                    if (allowed && time < next[to]) {
                        next[to] = time;
                        before[to] = from;
                    }
                }
            }
            return next;
        }

        private int last(double[] times, double[] crossing) {
            int sink = arrangement.compiled.sink(task);
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int device = 0; device < rank.length; device++) {
                double time = times[device] + (sink < 0 ? 0 : crossing[device * rank.length + sink]);
                if (time < least) {
                    least = time;
                    best = device;
                }
            }
            return best;
        }

        /** Returns the seconds between each pair of devices for what a layer writes, or for the inputs after -1. */
        private double[] crossing(int producer) {
            CompiledScenario compiled = arrangement.compiled;
            int devices = rank.length;
            double[] crossing = new double[devices * devices];
            boolean free = producer < 0 && compiled.source(task) < 0;
            int end = compiled.firstTensor(task + 1);
            for (; tensor < end && compiled.producer(tensor) == producer; tensor++) {
                boolean used = compiled.consumers(tensor).length > 0 || compiled.isDelivered(tensor);
                for (int pair = 0; pair < devices * devices && used && !free; pair++) {
                    crossing[pair] += compiled.transferSeconds(tensor, pair / devices, pair % devices);
                }
            }
            return crossing;
        }
    }

    private static void decideGraph(Arrangement arrangement, int task, int[] rank, int[] placement) {
        CompiledScenario compiled = arrangement.compiled;
        int first = arrangement.firstLayer(task);
        double[] finish = new double[arrangement.endLayer(task) - first];
        double[] free = new double[arrangement.devices];
        List<List<Integer>> read = tensorsRead(compiled, task);
        for (int layer = first; layer < arrangement.endLayer(task); layer++) {
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int device = 0; device < arrangement.devices; device++) {
                double ready = free[device];
                boolean allowed = arrangement.forced[layer] < 0 || arrangement.forced[layer] == device;
                for (int tensor : read.get(layer - first)) {
                    int producer = compiled.producer(tensor);
                    int from = producer < 0 ? compiled.source(task) : placement[producer];
                    allowed &= !arrangement.oneStage || producer < 0 || rank[from] <= rank[device];
                    double written = producer < 0 ? 0 : finish[producer - first];
                    double arrived = from < 0 ? written : written + compiled.transferSeconds(tensor, from, device);
                    ready = Math.max(ready, arrived);
                }
                double done = ready + compiled.seconds(layer, device);
                if (allowed && (best < 0 || done < least)) {
                    least = done;
                    best = device;
                }
            }
            placement[layer] = best >= 0 ? best : Math.max(0, arrangement.forced[layer]);
            finish[layer - first] = least;
            free[placement[layer]] = least;
        }
    }

    private static List<List<Integer>> tensorsRead(CompiledScenario compiled, int task) {
        int first = compiled.firstLayer(task);
        List<List<Integer>> read = IntStream.range(first, compiled.firstLayer(task + 1))
                .<List<Integer>>mapToObj(layer -> new ArrayList<>())
                .toList();
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
            for (int consumer : compiled.consumers(tensor)) {
                read.get(consumer - first).add(tensor);
            }
        }
        return read;
    }
}
