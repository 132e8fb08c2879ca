package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides layers into the finest segments with a single tensor between neighbours: every segment has one entry and one
 * exit tensor. The tensor that the first layer reads counts until its last use. Any layer may read another input of the
 * network, such as an attention mask, or write an output: these tensors do not pass through the segments. Neither do
 * carried tensors ({@link CarriedTensors}), which may cross a cut besides the single tensor if they are small.
 */
final class Segments {

    private final List<Layer> layers;
    private final int last;
    private final Set<String> carried;
    private final Map<String, Integer> lastUse = new HashMap<>();
    // Changes from the cut before a layer to the cut after it; [layer]
    private final int[] count; // of the tensors that cross
    private final long[] producers; // sum of their producers: the producer itself if only one tensor crosses
    private final double[] bytes; // of the tensors that cross
    private final double[] carriedBytes;

    private Segments(List<Layer> layers, Set<String> carried) {
        this.layers = layers;
        this.last = layers.size() - 1;
        this.carried = carried;
        count = new int[last + 2];
        producers = new long[last + 2];
        bytes = new double[last + 2];
        carriedBytes = new double[last + 2];
        for (int index = 0; index <= last; index++) {
            for (Tensor input : layers.get(index).inputs()) {
                lastUse.put(input.name(), index);
            }
        }
        addTensors();
    }

    /**
     * Divides layers into segments; O(L + E) for L layers with E uses of tensors.
     *
     * @param layers the layers, in topological order
     * @return the segments, in order
     */
    static List<List<Layer>> of(List<Layer> layers) {
        return of(layers, Set.of(), 0);
    }

    /**
     * Divides layers into segments between which tensors may be carried.
     *
     * @param layers the layers, in topological order
     * @param carried the names of tensors that may cross a cut, written by these layers or not
     * @param maxShare how many bytes of carried tensors may cross a cut for each byte of the single tensor
     * @return the segments, in order
     */
    static List<List<Layer>> of(List<Layer> layers, Set<String> carried, double maxShare) {
        List<List<Layer>> segments = new ArrayList<>();
        int start = 0;
        for (int end : new Segments(layers, carried).ends(maxShare)) {
            segments.add(layers.subList(start, end + 1));
            start = end + 1;
        }
        segments.add(layers.subList(start, layers.size()));
        return segments;
    }

    /** Returns those of some tensors that cross a cut if they may: written before it or outside, and read after it. */
    static Set<String> crossing(List<Layer> layers, Set<String> carried, double maxShare) {
        Segments segments = new Segments(layers, carried);
        List<Integer> ends = segments.ends(maxShare);
        Set<String> crossing = new HashSet<>();
        int next = 0; // the first cut after the layer
        for (int index = 0; index < layers.size(); index++) {
            while (next < ends.size() && ends.get(next) < index) {
                next++;
            }
            List<Tensor> written = new ArrayList<>(layers.get(index).outputs());
            if (index == 0) {
                written.addAll(layers.get(0).inputs());
            }
            for (Tensor tensor : written) {
                int read = segments.lastUse.getOrDefault(tensor.name(), 0);
                boolean crosses = next < ends.size() && read > ends.get(next);
                if (crosses && carried.contains(tensor.name())) {
                    crossing.add(tensor.name());
                }
            }
        }
        return crossing;
    }

    private void addTensors() {
        Set<String> written = new HashSet<>();
        for (Tensor entry : new LinkedHashSet<>(layers.get(0).inputs())) {
            written.add(entry.name());
            add(entry, 0, -1);
        }
        for (int index = 0; index <= last; index++) {
            for (Tensor output : layers.get(index).outputs()) {
                written.add(output.name());
                add(output, index, index);
            }
        }
        for (Layer layer : layers) {
            for (Tensor input : layer.inputs()) {
                if (carried.contains(input.name()) && written.add(input.name())) {
                    add(input, 0, -1);
                }
            }
        }
    }

    private void add(Tensor tensor, int from, int producer) {
        int until = lastUse.getOrDefault(tensor.name(), from);
        if (carried.contains(tensor.name())) {
            carriedBytes[from] += tensor.bytes();
            carriedBytes[until] -= tensor.bytes();
            return;
        }
        count[from]++;
        count[until]--;
        producers[from] += producer;
        producers[until] -= producer;
        bytes[from] += tensor.bytes();
        bytes[until] -= tensor.bytes();
    }

    /** Returns the last layers of all segments but the last. */
    private List<Integer> ends(double maxShare) {
        List<Integer> ends = new ArrayList<>();
        int start = 0;
        int crossing = 0;
        long producer = 0;
        double crossingBytes = 0;
        double besides = 0;
        for (int index = 0; index < last; index++) {
            crossing += count[index];
            producer += producers[index];
            crossingBytes += bytes[index];
            besides += carriedBytes[index];
            if (crossing == 1 && producer >= start && besides <= maxShare * crossingBytes) {
                ends.add(index);
                start = index + 1;
            }
        }
        return ends;
    }

    /**
     * Returns the layers on which a tensor depends.
     *
     * @param layers layers in topological order
     * @param tensor the name of a tensor
     * @return the layers on which the tensor depends, in order
     */
    static List<Layer> leadingTo(List<Layer> layers, String tensor) {
        return leadingTo(layers, Set.of(tensor));
    }

    /**
     * Returns the layers on which tensors depend.
     *
     * @param layers layers in topological order
     * @param tensors the names of tensors
     * @return the layers on which any of the tensors depends, in order
     */
    static List<Layer> leadingTo(List<Layer> layers, Set<String> tensors) {
        Set<String> wanted = new HashSet<>(tensors);
        List<Layer> found = new ArrayList<>();
        for (int index = layers.size() - 1; index >= 0; index--) {
            Layer layer = layers.get(index);
            if (layer.outputs().stream().anyMatch(output -> wanted.contains(output.name()))) {
                layer.inputs().forEach(input -> wanted.add(input.name()));
                found.add(layer);
            }
        }
        Collections.reverse(found);
        return found;
    }
}
