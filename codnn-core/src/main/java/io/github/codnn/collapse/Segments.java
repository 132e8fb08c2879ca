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
 * network, such as an attention mask, or write an output: these tensors do not pass through the segments.
 */
final class Segments {

    private Segments() {}

    /**
     * Divides layers into segments; O(L + E) for L layers with E uses of tensors.
     *
     * @param layers the layers, in topological order
     * @return the segments, in order
     */
    static List<List<Layer>> of(List<Layer> layers) {
        int last = layers.size() - 1;
        int[] change = new int[last + 2]; // [layer] change of the number of tensors that cross the cut after it
        long[] producerChange = new long[last + 2]; // the same for the sum of their producers
        Map<String, Integer> lastUse = new HashMap<>();
        for (int index = 0; index <= last; index++) {
            for (Tensor input : layers.get(index).inputs()) {
                lastUse.put(input.name(), index);
            }
        }
        for (Tensor entry : new LinkedHashSet<>(layers.get(0).inputs())) {
            change[0]++;
            change[lastUse.getOrDefault(entry.name(), 0)]--;
            producerChange[0]--;
            producerChange[lastUse.getOrDefault(entry.name(), 0)]++;
        }
        for (int index = 0; index <= last; index++) {
            for (Tensor output : layers.get(index).outputs()) {
                int until = lastUse.getOrDefault(output.name(), index);
                change[index]++;
                change[until]--;
                producerChange[index] += index;
                producerChange[until] -= index;
            }
        }
        List<List<Layer>> segments = new ArrayList<>();
        int start = 0;
        int crossing = 0;
        long producers = 0; // the producer itself if only one tensor crosses
        for (int index = 0; index < last; index++) {
            crossing += change[index];
            producers += producerChange[index];
            if (crossing == 1 && producers >= start) {
                segments.add(layers.subList(start, index + 1));
                start = index + 1;
            }
        }
        segments.add(layers.subList(start, last + 1));
        return segments;
    }

    /**
     * Returns the layers on which a tensor depends.
     *
     * @param layers layers in topological order
     * @param tensor the name of a tensor
     * @return the layers on which the tensor depends, in order
     */
    static List<Layer> leadingTo(List<Layer> layers, String tensor) {
        Set<String> wanted = new HashSet<>(Set.of(tensor));
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
