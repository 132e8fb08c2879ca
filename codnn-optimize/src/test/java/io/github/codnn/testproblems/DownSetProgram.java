package io.github.codnn.testproblems;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The plain dynamic program over down-sets for the least period of one network with one stage per device: every pair
 * of a down-set and one that it contains is a stage, and nothing is skipped. The oracle of tests, and what the exact
 * search is compared with. It shares no code with the library but the description of the scenario.
 *
 * <p>Where transfers block, a sender pays once for each tensor, however many devices read it, as in the model of J.
 * Tarnawski et al. (NeurIPS 2020); the optimum is then at most that of a sender that pays for each receiver. Where they
 * overlap, devices pay for computing only. All links must have one rate; no pins, deadlines, upload or return.
 */
public final class DownSetProgram {

    /** From this number of down-sets on, only their number is known to be greater. */
    public static final int MAX_DOWN_SETS = 60_000;

    private final List<Layer> layers;
    private final boolean blocking;
    private final double[][] seconds; // [device][layer]
    private final long[] memoryBytes; // [device]
    private final int[][] predecessors;
    private final List<Written> written = new ArrayList<>();
    private final List<long[]> downSets;

    /** A tensor that layers read, and the layer that writes it. */
    private record Written(int writer, List<Integer> readers, double transferSeconds) {}

    public DownSetProgram(Scenario scenario, boolean blocking) {
        this.blocking = blocking;
        LayerGraph graph = scenario.workload().tasks().get(0).graph();
        layers = graph.layers();
        predecessors = new int[layers.size()][];
        List<Device> devices = scenario.platform().devices();
        seconds = devices.stream()
                .map(device -> layers.stream()
                        .mapToDouble(layer ->
                                scenario.costModel().compute(layer, device).seconds())
                        .toArray())
                .toArray(double[][]::new);
        memoryBytes = devices.stream().mapToLong(Device::memoryBytes).toArray();
        measure(graph, scenario.platform().links().get(0).bytesPerSecond());
        downSets = enumerate();
    }

    private void measure(LayerGraph graph, double rate) {
        List<Set<Integer>> before = new ArrayList<>();
        layers.forEach(layer -> before.add(new LinkedHashSet<>()));
        for (int writer = 0; writer < layers.size(); writer++) {
            for (Tensor output : layers.get(writer).outputs()) {
                List<Integer> readers = graph.consumersOf(output.name());
                written.add(new Written(writer, readers, output.bytes() / rate));
                for (int reader : readers) {
                    before.get(reader).add(writer);
                }
            }
        }
        for (int layer = 0; layer < predecessors.length; layer++) {
            predecessors[layer] =
                    before.get(layer).stream().mapToInt(index -> index).toArray();
        }
    }

    /** Returns the number of down-sets, with the empty one and the whole network. */
    public int size() {
        return downSets.size();
    }

    private List<long[]> enumerate() {
        Set<BitSet> all = new LinkedHashSet<>(Set.of(new BitSet()));
        Set<BitSet> newest = new HashSet<>(all);
        while (!newest.isEmpty() && all.size() <= MAX_DOWN_SETS) {
            Set<BitSet> next = new HashSet<>();
            for (BitSet set : newest) {
                for (int layer = set.nextClearBit(0); layer < layers.size(); layer = set.nextClearBit(layer + 1)) {
                    if (Arrays.stream(predecessors[layer]).allMatch(set::get)) {
                        BitSet larger = (BitSet) set.clone();
                        larger.set(layer);
                        next.add(larger);
                    }
                }
            }
            all.addAll(next);
            newest = next;
        }
        return all.stream()
                .sorted(Comparator.comparingInt(BitSet::cardinality))
                .map(set -> Arrays.copyOf(set.toLongArray(), (layers.size() + 63) / 64))
                .toList();
    }

    /** Returns the least period of all plans on equal devices, in seconds; infinite if there is none. */
    public double leastPeriodOnEqual() {
        int devices = seconds.length;
        double[][] best = new double[devices + 1][size()];
        for (double[] row : best) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        best[0][0] = 0;
        for (int end = 1; end < size(); end++) {
            for (int start = 0; start < end; start++) {
                if (contains(downSets.get(end), downSets.get(start))) {
                    double load = load(downSets.get(start), downSets.get(end), 0);
                    for (int used = 1; used <= devices; used++) {
                        best[used][end] = Math.min(best[used][end], Math.max(best[used - 1][start], load));
                    }
                }
            }
        }
        return Arrays.stream(best).mapToDouble(row -> row[size() - 1]).min().orElseThrow();
    }

    /** Returns the least period of all plans on different devices, in seconds; infinite if there is none. */
    public double leastPeriod() {
        int devices = seconds.length;
        double[][] best = new double[1 << devices][size()];
        for (double[] row : best) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        best[0][0] = 0;
        for (int end = 1; end < size(); end++) {
            for (int start = 0; start < end; start++) {
                for (int last = 0; last < devices && contains(downSets.get(end), downSets.get(start)); last++) {
                    double load = load(downSets.get(start), downSets.get(end), last);
                    for (int used = 1; used < best.length; used++) {
                        if ((used & 1 << last) != 0) {
                            double before = best[used & ~(1 << last)][start];
                            best[used][end] = Math.min(best[used][end], Math.max(before, load));
                        }
                    }
                }
            }
        }
        return Arrays.stream(best).mapToDouble(row -> row[size() - 1]).min().orElseThrow();
    }

    private static boolean contains(long[] large, long[] small) {
        for (int word = 0; word < large.length; word++) {
            if ((small[word] & ~large[word]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(long[] set, int layer) {
        return (set[layer >> 6] & 1L << layer) != 0;
    }

    /** Returns how long a device is busy with the layers between two down-sets; infinite if they do not fit. */
    private double load(long[] start, long[] end, int device) {
        double load = 0;
        long bytes = 0;
        for (int layer = 0; layer < layers.size(); layer++) {
            if (has(end, layer) && !has(start, layer)) {
                load += seconds[device][layer];
                bytes += layers.get(layer).parameterBytes();
            }
        }
        for (Written tensor : blocking ? written : List.<Written>of()) {
            if (has(end, tensor.writer())) {
                boolean isHere = !has(start, tensor.writer());
                load += crosses(tensor, isHere, start, end) ? tensor.transferSeconds() : 0;
            }
        }
        return bytes <= memoryBytes[device] ? load : Double.POSITIVE_INFINITY;
    }

    /** Tells whether the stage sends what a layer of it writes, or receives what an earlier layer writes. */
    private static boolean crosses(Written tensor, boolean isHere, long[] start, long[] end) {
        for (int reader : tensor.readers()) {
            if (isHere ? !has(end, reader) : has(end, reader) && !has(start, reader)) {
                return true;
            }
        }
        return false;
    }
}
