package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The segments of a network whose small side tensors are carried along, such as the mask that every encoder of an
 * exported transformer reads.
 *
 * <p>A side layer has neither parameters nor MACs and reads inputs of the network and outputs of other side layers
 * only. Its outputs are carried if cuts exist that nothing else prevents, and if all that is carried across such a cut
 * has at most a given share of the bytes of the single tensor that crosses there. The side layers that carried tensors
 * depend on stay in their place in the order of execution, within a segment that sends what they write to whoever reads
 * it. Where this makes no more segments than without, nothing is carried.
 *
 * @param segments the segments, in order; together all layers in order
 * @param carrying the names of the layers that compute carried tensors, empty if nothing is carried
 */
record CarriedTensors(List<List<Layer>> segments, Set<String> carrying) {

    /**
     * Divides the layers of a network into segments; O(L + E) for L layers with E uses of tensors.
     *
     * @param layers the layers of the network, in topological order
     * @param maxShare the greatest share of carried bytes, 0 to carry nothing
     * @return the segments
     */
    static CarriedTensors of(List<Layer> layers, double maxShare) {
        CarriedTensors plain = new CarriedTensors(Segments.of(layers), Set.of());
        if (maxShare == 0) {
            return plain;
        }
        Set<String> crossing = Segments.crossing(layers, sideTensors(layers), maxShare);
        if (crossing.isEmpty()) {
            return plain;
        }
        Set<String> carried = new HashSet<>(crossing);
        Set<String> carrying = new HashSet<>();
        for (Layer layer : Segments.leadingTo(layers, crossing)) {
            carrying.add(layer.name());
            layer.outputs().forEach(output -> carried.add(output.name()));
        }
        List<List<Layer>> segments = Segments.of(layers, carried, maxShare);
        return segments.size() > plain.segments().size() ? new CarriedTensors(segments, carrying) : plain;
    }

    /** Returns the layers of a segment without those that compute carried tensors. */
    List<Layer> ownLayers(int segment) {
        return withoutCarrying(segments.get(segment));
    }

    /** Returns layers without those that compute carried tensors. */
    List<Layer> withoutCarrying(List<Layer> layers) {
        return carrying.isEmpty()
                ? layers
                : layers.stream()
                        .filter(layer -> !carrying.contains(layer.name()))
                        .toList();
    }

    /** Returns what side layers write, and what the first layer reads if it is one. */
    private static Set<String> sideTensors(List<Layer> layers) {
        Set<String> written = new HashSet<>();
        layers.forEach(layer -> layer.outputs().forEach(output -> written.add(output.name())));
        Set<String> side = new HashSet<>();
        if (isFree(layers.get(0))) {
            layers.get(0).inputs().stream().map(Tensor::name).forEach(side::add);
        }
        for (Layer layer : layers) {
            boolean isBeside = layer.inputs().stream()
                    .allMatch(input -> side.contains(input.name()) || !written.contains(input.name()));
            if (isBeside && isFree(layer)) {
                layer.outputs().forEach(output -> side.add(output.name()));
            }
        }
        return side;
    }

    private static boolean isFree(Layer layer) {
        return layer.parameters() == 0 && layer.parameterBytes() == 0 && layer.macs() == 0;
    }
}
