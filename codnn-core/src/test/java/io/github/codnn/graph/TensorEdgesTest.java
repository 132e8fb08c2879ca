package io.github.codnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jgrapht.Graph;
import org.jgrapht.alg.shortestpath.BellmanFordShortestPath;
import org.jgrapht.graph.AsWeightedGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorEdgesTest {

    private static final Operator SPLIT = new Operator.DataMovement("Split");
    private static final Tensor X = Tensor.float32("x", 1, 3);
    private static final Tensor Y = Tensor.float32("y", 1, 3);
    private static final Tensor Z = Tensor.float32("z", 1, 3);
    private static final Tensor W = Tensor.float32("w", 1, 3);
    private static final Layer A = Layer.of("a", SPLIT, List.of(X), List.of(Y, Z));
    private static final Layer B = Layer.of("b", new Operator.Elementwise("Add"), List.of(Y, Z, Y), List.of(W));
    private static final Layer C = Layer.of("c", new Operator.Activation("Relu"), List.of(Y), List.of());
    private static final LayerGraph NETWORK = network();

    @Provide
    static Arbitrary<LayerGraph> networks() {
        return PlanningArbitraries.layerGraphs();
    }

    private static LayerGraph network() {
        return LayerGraph.builder("net").input(X).add(A).add(B).add(C).build();
    }

    @Test
    void asJGraphT_severalTensorsBetweenTwoLayers_areSeveralEdges() {
        Graph<Layer, TensorEdge> graph = NETWORK.asJGraphT();

        assertThat(graph.getAllEdges(A, B)).containsExactlyInAnyOrder(new TensorEdge(Y, A, B), new TensorEdge(Z, A, B));
        assertThat(graph.getAllEdges(A, C)).containsExactly(new TensorEdge(Y, A, C));
        assertThat(graph.edgeSet()).hasSize(3);
        assertThat(new TensorEdge(Y, A, C)).hasToString("a -> c (y)");
        assertThat(graph.getEdgeSource(new TensorEdge(Y, A, C))).isEqualTo(A);
        assertThat(graph.getEdgeTarget(new TensorEdge(Y, A, C))).isEqualTo(C);
    }

    @Property(tries = 200, seed = "20261127", edgeCases = EdgeCasesMode.NONE)
    void asJGraphT_anyNetwork_hasItsLayersAndUses(@ForAll("networks") LayerGraph network) {
        Graph<Layer, TensorEdge> graph = network.asJGraphT();

        assertThat(graph.vertexSet()).containsExactlyElementsOf(network.layers());
        Set<TensorEdge> uses = new HashSet<>();
        for (Layer to : network.layers()) {
            for (Tensor tensor : to.inputs()) {
                network.producerOf(tensor.name())
                        .ifPresent(from ->
                                uses.add(new TensorEdge(tensor, network.layers().get(from), to)));
            }
        }
        assertThat(graph.edgeSet()).isEqualTo(uses);
        for (Layer layer : network.layers()) {
            Set<Layer> producers = new HashSet<>();
            graph.incomingEdgesOf(layer).forEach(edge -> producers.add(edge.from()));
            assertThat(producers.stream().map(Layer::name).map(network::indexOf))
                    .containsExactlyInAnyOrderElementsOf(network.producersOf(layer));
        }
    }

    @Property(tries = 200, seed = "20261127", edgeCases = EdgeCasesMode.NONE)
    void asJGraphT_topologicalOrder_isThatOfTheNetwork(@ForAll("networks") LayerGraph network) {
        List<Layer> order = new ArrayList<>();
        new TopologicalOrderIterator<>(
                        network.asJGraphT(), Comparator.comparing((Layer layer) -> network.indexOf(layer.name())))
                .forEachRemaining(order::add);

        assertThat(order).isEqualTo(network.layers());
    }

    @Property(tries = 200, seed = "20261127", edgeCases = EdgeCasesMode.NONE)
    void asJGraphT_longestPath_isThatOfBruteForce(@ForAll("networks") LayerGraph network) {
        Graph<Layer, TensorEdge> weighted = new AsWeightedGraph<>(
                network.asJGraphT(), edge -> -(double) (edge.tensor().bytes() + 1), false, false);

        for (Layer start : network.layers()) {
            var paths = new BellmanFordShortestPath<>(weighted).getPaths(start);
            double least = network.layers().stream()
                    .mapToDouble(paths::getWeight)
                    .min()
                    .orElseThrow();
            assertThat(-least).isEqualTo(longestFrom(network, start), within(0.0));
        }
    }

    private static double longestFrom(LayerGraph network, Layer layer) {
        double longest = 0;
        for (Tensor tensor : layer.outputs()) {
            for (int reader : network.consumersOf(tensor.name())) {
                double rest = longestFrom(network, network.layers().get(reader));
                longest = Math.max(longest, tensor.bytes() + 1 + rest);
            }
        }
        return longest;
    }

    @Test
    void asJGraphT_equalNetworks_areEqual() {
        assertThat(NETWORK.asJGraphT())
                .isEqualTo(network().asJGraphT())
                .hasSameHashCodeAs(network().asJGraphT())
                .isNotEqualTo(ModelZoo.ALEXNET.build().asJGraphT());
    }

    @Test
    void asJGraphT_largeNetwork_hasOneEdgeForEachUse() {
        LayerGraph network = ModelZoo.GOOGLENET.build();

        assertThat(network.asJGraphT().edgeSet())
                .hasSize(network.layers().stream()
                        .flatMap(layer -> layer.outputs().stream())
                        .mapToInt(tensor -> network.consumersOf(tensor.name()).size())
                        .sum());
    }

    static Stream<ThrowingCallable> changes() {
        Graph<Layer, TensorEdge> graph = NETWORK.asJGraphT();
        TensorEdge edge = new TensorEdge(Y, A, C);
        return Stream.of(
                () -> graph.addEdge(A, B),
                () -> graph.addEdge(A, B, new TensorEdge(Y, A, B)),
                graph::addVertex,
                () -> graph.addVertex(Layer.of("d", SPLIT, List.of(), List.of())),
                () -> graph.removeAllEdges(A, B),
                () -> graph.removeAllEdges(List.of(edge)),
                () -> graph.removeAllVertices(List.of(A)),
                () -> graph.removeEdge(A, B),
                () -> graph.removeEdge(edge),
                () -> graph.removeVertex(A),
                () -> graph.setEdgeWeight(edge, 2),
                () -> graph.setEdgeWeight(A, C, 2),
                () -> graph.vertexSet().remove(A),
                () -> graph.vertexSet().iterator().remove(),
                () -> graph.edgeSet().remove(edge),
                () -> graph.edgeSet().clear(),
                () -> graph.edgesOf(C).clear(),
                () -> graph.incomingEdgesOf(C).clear(),
                () -> graph.outgoingEdgesOf(A).clear());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void asJGraphT_change_isRefused(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void tensorEdge_layersWithoutTheTensor_areRefused() {
        assertThatThrownBy(() -> new TensorEdge(X, A, B)).hasMessage("Layer 'a' does not write tensor 'x'");
        assertThatThrownBy(() -> new TensorEdge(Z, A, C)).hasMessage("Layer 'c' does not read tensor 'z'");
    }
}
