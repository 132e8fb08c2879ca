package io.github.codnn.graph;

import io.github.codnn.CodnnException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The checks that parts of a graph fit each other, apart from the builder to keep that readable. */
final class GraphChecks {

    private final String network;
    private final List<Tensor> inputs;
    private final List<Layer> layers;

    GraphChecks(String network, List<Tensor> inputs, List<Layer> layers) {
        this.network = network;
        this.inputs = inputs;
        this.layers = layers;
    }

    /** Returns every tensor by name, after checking that names are unique and that each use agrees with its origin. */
    Map<String, Tensor> tensorsByName() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> origins = new LinkedHashMap<>();
        for (Tensor input : inputs) {
            declare(tensors, origins, input, "the network's input");
        }
        Set<String> names = new HashSet<>();
        for (Layer layer : layers) {
            if (!names.add(layer.name())) {
                throw new IllegalArgumentException(
                        "Network '" + network + "' has two layers named '" + layer.name() + "'");
            }
            for (Tensor output : layer.outputs()) {
                declare(tensors, origins, output, "layer '" + layer.name() + "'");
            }
        }
        for (Layer layer : layers) {
            for (Tensor input : layer.inputs()) {
                checkUse(layer, input, tensors.get(input.name()), origins.get(input.name()));
            }
        }
        return tensors;
    }

    private void declare(Map<String, Tensor> tensors, Map<String, String> origins, Tensor tensor, String origin) {
        if (tensors.putIfAbsent(tensor.name(), tensor) != null) {
            throw new IllegalArgumentException("In network '" + network + "' tensor '" + tensor.name()
                    + "' comes from both " + origins.get(tensor.name()) + " and " + origin);
        }
        origins.put(tensor.name(), origin);
    }

    private void checkUse(Layer layer, Tensor used, @Nullable Tensor origin, @Nullable String originName) {
        if (origin == null) {
            throw new IllegalArgumentException("Layer '" + layer.name() + "' reads tensor '" + used.name()
                    + "', but nothing in network '" + network + "' writes it. Maybe a layer or an input is missing.");
        }
        if (!origin.equals(used)) {
            throw new IllegalArgumentException("Layer '" + layer.name() + "' expects tensor '" + used.name() + "' as "
                    + used.shape() + " " + used.type() + ", but " + originName + " gives " + origin.shape() + " "
                    + origin.type());
        }
    }

    /** Returns the tensors of the outputs that are declared; without any, all that no layer reads. */
    List<Tensor> delivered(List<String> outputs, List<Layer> ordered, Map<String, Tensor> tensors) {
        Set<Tensor> delivered = new LinkedHashSet<>();
        if (outputs.isEmpty()) {
            Set<String> read = new LinkedHashSet<>();
            ordered.forEach(layer -> layer.inputs().forEach(input -> read.add(input.name())));
            ordered.forEach(layer -> layer.outputs().stream()
                    .filter(output -> !read.contains(output.name()))
                    .forEach(delivered::add));
            return List.copyOf(delivered);
        }
        for (String output : outputs) {
            Tensor tensor = tensors.get(output);
            if (tensor == null) {
                throw new IllegalArgumentException("Network '" + network + "' is to deliver tensor '" + output
                        + "', but no layer writes it. Maybe the name is misspelt.");
            }
            if (!delivered.add(tensor)) {
                throw new IllegalArgumentException("Network '" + network + "' declares output '" + output + "' twice");
            }
        }
        return List.copyOf(delivered);
    }

    /** Returns a sum over layers, which must fit a {@code long}. */
    static long sum(String name, List<Layer> layers, ToLongFunction<Layer> count, String what) {
        long total = 0;
        for (Layer layer : layers) {
            long own = count.applyAsLong(layer);
            if (own > Long.MAX_VALUE - total) {
                throw new CodnnException("The " + what + " of network '" + name + "' up to layer '" + layer.name()
                        + "' are more than 2^63 - 1. Maybe one of its dimensions is too large.");
            }
            total += own;
        }
        return total;
    }
}
