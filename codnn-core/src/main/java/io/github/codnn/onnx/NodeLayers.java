package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Checks;
import io.github.codnn.onnx.KnownTensor.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes layers of nodes: a name of their own, the inputs that flow, and the weights that they hold. */
final class NodeLayers {

    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> lastNumbers = new HashMap<>();
    private final Map<String, String> holders = new LinkedHashMap<>();
    private final Set<String> shared = new LinkedHashSet<>();

    Layer layer(ResolvedNode node, Inference inference, List<Tensor> outputs) {
        String name = uniqueName(node.node().label());
        Set<Tensor> inputs = new LinkedHashSet<>();
        for (int index = 0; index < node.inputCount(); index++) {
            if (node.has(index) && !node.isConstant(index)) {
                inputs.add(node.input(index).tensor());
            }
        }
        long count = inference.packed();
        long bytes = 0;
        for (Weights weights : held(node, inference)) {
            count = Math.addExact(count, weights.count());
            bytes = Math.addExact(bytes, weights.bytes());
            String other = holders.putIfAbsent(weights.origin(), name);
            if (other != null && !other.equals(name)) {
                shared.add(weights.origin());
            }
        }
        return new Layer(name, inference.operator(), new ArrayList<>(inputs), outputs, count, bytes, inference.macs());
    }

    private static List<Weights> held(ResolvedNode node, Inference inference) {
        List<Weights> held = new ArrayList<>(BodyWeights.of(node.node()));
        Set<String> names = new HashSet<>();
        for (int index : inference.trained()) {
            KnownTensor value = node.has(index) ? node.input(index) : null;
            Weights weights = value == null ? null : value.weights();
            if (value != null && weights != null && isHeld(value.type(), inference) && names.add(value.name())) {
                held.add(weights);
            }
        }
        return held;
    }

    /** Whole numbers of 64 bits are mostly shapes and indices, but not if they are multiplied with activations. */
    private static boolean isHeld(ElementType type, Inference inference) {
        return isTrainable(type) || (type == ElementType.INT64 && inference.macs() > 0);
    }

    static boolean isTrainable(ElementType type) {
        return type != ElementType.INT64 && type != ElementType.BOOL;
    }

    private String uniqueName(String name) {
        String unique = name;
        while (!names.add(unique)) {
            unique = name + "#" + lastNumbers.merge(name, 2, (last, any) -> last + 1);
        }
        return unique;
    }

    /** Names the weights that several layers hold, if any. */
    Optional<String> notice() {
        return shared.isEmpty()
                ? Optional.empty()
                : Optional.of("Weights that several layers hold, counted in each: " + Checks.some(shared, 5) + ".");
    }
}
