package io.github.codnn.graph;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.Graph;

/**
 * An immutable directed acyclic graph of layers connected by tensors.
 *
 * <p>{@link #layers()} is a topological order: each layer comes after every layer that it reads from, and otherwise
 * layers keep the order of their addition. One tensor may feed many layers. Two graphs are equal if they have the same
 * name, inputs, outputs and layers in the same order; {@link #notices()} make no difference. Thread-safe.
 *
 * <p>Building takes O((L + E) log L) time and O(L + E) memory for L layers and E tensor uses; look-ups take O(1) time.
 */
public final class LayerGraph {

    private final String name;
    private final List<Tensor> inputs;
    private final List<Tensor> outputs;
    private final List<Layer> layers;
    private final List<String> notices;
    private final Set<Tensor> delivered;
    private final Map<String, Integer> indexByName;
    private final Map<String, Integer> producerByTensor;
    private final Map<String, List<Integer>> consumersByTensor;

    private LayerGraph(
            String name, List<Tensor> inputs, List<Tensor> outputs, List<Layer> layers, List<String> notices) {
        this.name = name;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.layers = List.copyOf(layers);
        this.notices = List.copyOf(notices);
        this.delivered = new HashSet<>(outputs);
        this.indexByName = new LinkedHashMap<>();
        this.producerByTensor = new LinkedHashMap<>();
        this.consumersByTensor = new LinkedHashMap<>();
        for (int index = 0; index < this.layers.size(); index++) {
            Layer layer = this.layers.get(index);
            indexByName.put(layer.name(), index);
            for (Tensor output : layer.outputs()) {
                producerByTensor.put(output.name(), index);
            }
            for (Tensor input : new LinkedHashSet<>(layer.inputs())) {
                consumersByTensor
                        .computeIfAbsent(input.name(), any -> new ArrayList<>(1))
                        .add(index);
            }
        }
    }

    /**
     * Starts a graph.
     *
     * @param name the name of the network, not blank
     * @return a builder that can be used once
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the inputs in the order in which they were declared} */
    public List<Tensor> inputs() {
        return inputs;
    }

    /** {@return the outputs in the order in which they were declared} */
    public List<Tensor> outputs() {
        return outputs;
    }

    /**
     * Tells in constant time whether a tensor is among {@link #outputs()}.
     *
     * @param tensor the tensor
     * @return whether it is a result of the network
     */
    public boolean delivers(Tensor tensor) {
        Objects.requireNonNull(tensor, "tensor");
        return delivered.contains(tensor);
    }

    /** {@return the layers in topological order} */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Returns what the reader of this network assumed or left out. Scenarios, plans and their files keep it.
     *
     * @return one sentence for each notice; empty for most networks
     */
    public List<String> notices() {
        return notices;
    }

    /**
     * Returns this network with other notices.
     *
     * @param sentences what was assumed or left out
     * @return an equal network with these notices
     */
    public LayerGraph withNotices(List<String> sentences) {
        return sentences.equals(notices) ? this : new LayerGraph(name, inputs, outputs, layers, sentences);
    }

    /**
     * Returns the position of a layer in {@link #layers()}.
     *
     * @param layer the name of the layer
     * @return its index, from 0
     * @throws IllegalArgumentException if there is no such layer
     */
    public int indexOf(String layer) {
        Integer index = indexByName.get(layer);
        if (index == null) {
            throw new IllegalArgumentException("Network '" + name + "' has no layer '" + layer + "'. It has "
                    + Checks.some(indexByName.keySet(), 8));
        }
        return index;
    }

    /**
     * Tells whether the network has a layer of the given name.
     *
     * @param layer the name
     * @return whether there is one
     */
    public boolean hasLayer(String layer) {
        Objects.requireNonNull(layer, "layer");
        return indexByName.containsKey(layer);
    }

    /**
     * Returns the layer that writes a tensor.
     *
     * @param tensor the name of the tensor
     * @return the index of the layer, or nothing for an input of the network or an unknown name
     */
    public Optional<Integer> producerOf(String tensor) {
        Objects.requireNonNull(tensor, "tensor");
        return Optional.ofNullable(producerByTensor.get(tensor));
    }

    /**
     * Returns the layers that read a tensor, each once.
     *
     * @param tensor the name of the tensor
     * @return the indices of the layers in topological order, empty if nothing reads it
     */
    public List<Integer> consumersOf(String tensor) {
        Objects.requireNonNull(tensor, "tensor");
        List<Integer> consumers = consumersByTensor.get(tensor);
        return consumers == null ? List.of() : Collections.unmodifiableList(consumers);
    }

    /**
     * Tells whether the layers form a chain: each layer reads from the layer before it and from no other layer. Any
     * layer of the chain may read inputs of the network or write outputs of it: see {@link #hasBypass()}.
     *
     * @return whether every pipeline over this network is a sequence of cuts
     */
    public boolean isChain() {
        return IntStream.range(1, layers.size())
                .allMatch(index -> producersOf(layers.get(index)).equals(Set.of(index - 1)));
    }

    /**
     * Tells whether layers can run in one order only, because each reads from the layer before it and, unlike in a
     * {@linkplain #isChain() chain}, possibly from earlier ones.
     *
     * @return whether every layer reads from the one before it
     */
    public boolean hasOneOrder() {
        return IntStream.range(1, layers.size())
                .allMatch(index -> producersOf(layers.get(index)).contains(index - 1));
    }

    /**
     * Tells whether tensors bypass layers: inputs of the network that are read after the first layer, or outputs that a
     * layer before the last one writes. They go from the source directly to each reader, or directly to the sink, so
     * the cost of a cut in a chain is not only that of the tensor which the layer before the cut writes.
     *
     * @return whether there are such inputs or outputs
     */
    public boolean hasBypass() {
        int last = layers.size() - 1;
        return inputs.stream()
                        .anyMatch(input -> consumersOf(input.name()).stream().anyMatch(reader -> reader > 0))
                || outputs.stream().anyMatch(output -> producerOf(output.name()).orElse(last) != last);
    }

    /**
     * Returns the layers that a layer reads from.
     *
     * @param layer a layer of this graph
     * @return their indices, each once, in the order of the layer's inputs
     */
    public Set<Integer> producersOf(Layer layer) {
        Set<Integer> producers = new LinkedHashSet<>();
        for (Tensor input : layer.inputs()) {
            producerOf(input.name()).ifPresent(producers::add);
        }
        return producers;
    }

    /**
     * Returns the multiply-accumulates of one pass.
     *
     * @return the sum over all layers
     * @throws CodnnException if the sum does not fit a {@code long}
     */
    public long macs() {
        return GraphChecks.sum(name, layers, Layer::macs, "MACs");
    }

    /**
     * Returns the number of trained values.
     *
     * @return the sum over all layers
     * @throws CodnnException if the sum does not fit a {@code long}
     */
    public long parameters() {
        return GraphChecks.sum(name, layers, Layer::parameters, "parameters");
    }

    /**
     * Returns the size of the trained values in bytes.
     *
     * @return the sum over all layers
     * @throws CodnnException if the sum does not fit a {@code long}
     */
    public long parameterBytes() {
        return GraphChecks.sum(name, layers, Layer::parameterBytes, "parameter bytes");
    }

    /**
     * Returns this network as a directed JGraphT graph, for every algorithm of that library.
     *
     * <p>The vertices are the layers, in topological order. There is one edge for each tensor and each layer that reads
     * it, so several edges can join two layers. Inputs and outputs of the network are not edges. All weights are 1;
     * JGraphT's {@code AsWeightedGraph} sets others. The graph is a copy that throws an
     * {@link UnsupportedOperationException} on every change. Graphs of equal networks are equal. Thread-safe.
     *
     * <p>Takes O(L + E d) time and O(L + E) memory on each call, if no layer reads or writes more than d tensors.
     * Layers are hashed by content, so a look-up of an {@link Operator.Block} takes time linear in its inner layers.
     *
     * @return an unmodifiable graph
     */
    public Graph<Layer, TensorEdge> asJGraphT() {
        return TensorEdges.graphOf(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerGraph graph
                && name.equals(graph.name)
                && inputs.equals(graph.inputs)
                && outputs.equals(graph.outputs)
                && layers.equals(graph.layers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, inputs, outputs, layers);
    }

    @Override
    public String toString() {
        return "LayerGraph[" + name + ", " + layers.size() + " layers]";
    }

    /** Assembles a {@link LayerGraph}. Not thread-safe. A builder can be used once. */
    public static final class Builder {

        private final String name;
        private final List<Tensor> inputs = new ArrayList<>();
        private final List<Layer> layers = new ArrayList<>();
        private final List<String> outputs = new ArrayList<>();
        private boolean built;

        private Builder(String name) {
            this.name = Checks.notBlank(name, "A network's name");
        }

        /**
         * Declares an input of the network.
         *
         * @param tensor the tensor
         * @return this builder
         */
        public Builder input(Tensor tensor) {
            inputs.add(Objects.requireNonNull(tensor, "tensor"));
            return this;
        }

        /**
         * Adds a layer. Layers may be added in any order.
         *
         * @param layer the layer
         * @return this builder
         */
        public Builder add(Layer layer) {
            layers.add(Objects.requireNonNull(layer, "layer"));
            return this;
        }

        /**
         * Declares an output of the network. Without any call the outputs are all tensors that no layer reads.
         *
         * @param tensor the name of a tensor that a layer writes or that is an input
         * @return this builder
         */
        public Builder output(String tensor) {
            outputs.add(Objects.requireNonNull(tensor, "tensor"));
            return this;
        }

        /**
         * Checks the parts and builds the graph.
         *
         * @return the graph
         * @throws IllegalArgumentException if there is no layer, a name is used twice, a layer reads a tensor that
         *     nothing writes or that has another shape, or the layers form a cycle
         * @throws IllegalStateException if this builder has already built its graph
         */
        public LayerGraph build() {
            if (built) {
                throw new IllegalStateException("Network '" + name + "' is already built. Start another builder.");
            }
            built = true;
            Checks.notEmpty(layers, "layer in network '" + name + "'");
            GraphChecks checks = new GraphChecks(name, inputs, layers);
            Map<String, Tensor> tensors = checks.tensorsByName();
            List<Layer> ordered = new TopologicalOrder(name, layers).layers();
            return new LayerGraph(name, inputs, checks.delivered(outputs, ordered, tensors), ordered, List.of());
        }
    }
}
