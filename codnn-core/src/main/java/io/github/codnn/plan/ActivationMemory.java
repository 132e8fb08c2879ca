package io.github.codnn.plan;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Quantities;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The size of the tensors that are alive while a layer runs. A block needs what its layers need when they run one after
 * the other.
 */
final class ActivationMemory {

    private ActivationMemory() {}

    /**
     * Returns the peak size of the tensors alive while a layer runs: its inputs, its outputs and the tensors inside a
     * block.
     *
     * @param layer the layer
     * @param keepInputs whether other layers read the inputs later; if not, a block frees each input after its last use
     * @return bytes
     */
    static long bytes(Layer layer, boolean keepInputs) {
        if (layer.operator() instanceof Operator.Block block) {
            return ofBody(block.body(), keepInputs);
        }
        long bytes = 0;
        for (Tensor input : new LinkedHashSet<>(layer.inputs())) {
            bytes = Math.addExact(bytes, Quantities.memory(input.bytes()));
        }
        return Math.addExact(bytes, sum(layer.outputs()));
    }

    private static long ofBody(LayerGraph body, boolean keepInputs) {
        Map<String, Integer> usesLeft = new HashMap<>();
        for (Layer layer : body.layers()) {
            new LinkedHashSet<>(layer.inputs()).forEach(input -> usesLeft.merge(input.name(), 1, Integer::sum));
        }
        body.outputs().forEach(output -> usesLeft.merge(output.name(), 1, Integer::sum));
        if (keepInputs) {
            body.inputs().forEach(input -> usesLeft.merge(input.name(), 1, Integer::sum));
        }
        long live = sum(body.inputs());
        long peak = live;
        for (Layer layer : body.layers()) {
            List<Tensor> inputs = List.copyOf(new LinkedHashSet<>(layer.inputs()));
            boolean keep = inputs.stream().anyMatch(input -> usesLeft.getOrDefault(input.name(), 0) > 1);
            peak = Math.max(peak, Math.addExact(live - sum(inputs), bytes(layer, keep)));
            for (Tensor input : inputs) {
                if (usesLeft.merge(input.name(), -1, Integer::sum) == 0) {
                    live -= Quantities.memory(input.bytes());
                }
            }
            for (Tensor output : layer.outputs()) {
                live = usesLeft.containsKey(output.name())
                        ? Math.addExact(live, Quantities.memory(output.bytes()))
                        : live;
            }
        }
        return peak;
    }

    private static long sum(List<Tensor> tensors) {
        return tensors.stream()
                .mapToLong(tensor -> Quantities.memory(tensor.bytes()))
                .reduce(0, Math::addExact);
    }
}
