package io.github.codnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.testing.PlanningArbitraries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LayerGraphTest {

    private static final Operator RELU = new Operator.Activation("Relu");
    private static final Tensor X = Tensor.float32("x", 1, 3);
    private static final Tensor Y = Tensor.float32("y", 1, 3);
    private static final Tensor Z = Tensor.float32("z", 1, 3);

    private static Layer layer(String name, List<Tensor> inputs, Tensor... outputs) {
        return Layer.of(name, RELU, inputs, List.of(outputs));
    }

    private static LayerGraph.Builder chain() {
        return LayerGraph.builder("net").input(X).add(layer("a", List.of(X), Y)).add(layer("b", List.of(Y), Z));
    }

    @Test
    void build_layersInAnyOrder_areSortedTopologically() {
        LayerGraph graph = LayerGraph.builder("net")
                .input(X)
                .add(layer("b", List.of(Y), Z))
                .add(layer("a", List.of(X), Y))
                .build();

        assertThat(graph.layers().stream().map(Layer::name)).containsExactly("a", "b");
        assertThat(graph.indexOf("b")).isEqualTo(1);
        assertThat(graph.outputs()).containsExactly(Z);
    }

    @Property(tries = 200, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void build_shuffledLayers_giveATopologicalOrder(@ForAll("networks") LayerGraph graph, @ForAll long seed) {
        List<Layer> shuffled = new ArrayList<>(graph.layers());
        Collections.shuffle(shuffled, new Random(seed));
        LayerGraph.Builder builder = LayerGraph.builder(graph.name());
        graph.inputs().forEach(builder::input);
        shuffled.forEach(builder::add);
        graph.outputs().forEach(output -> builder.output(output.name()));

        LayerGraph rebuilt = builder.build();

        Set<Tensor> written = new HashSet<>(rebuilt.inputs());
        for (Layer layer : rebuilt.layers()) {
            assertThat(written).containsAll(layer.inputs());
            written.addAll(layer.outputs());
        }
        assertThat(rebuilt.layers()).containsExactlyInAnyOrderElementsOf(graph.layers());
        for (Tensor tensor : written) {
            for (int consumer : rebuilt.consumersOf(tensor.name())) {
                assertThat(rebuilt.layers().get(consumer).inputs()).contains(tensor);
            }
            rebuilt.producerOf(tensor.name())
                    .ifPresent(producer ->
                            assertThat(rebuilt.layers().get(producer).outputs()).contains(tensor));
        }
    }

    @Provide
    Arbitrary<LayerGraph> networks() {
        return PlanningArbitraries.layerGraphs();
    }

    @Property(tries = 100, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void isChain_chains_areRecognised(@ForAll("chains") LayerGraph chain) {
        assertThat(chain.isChain()).isTrue();
    }

    @Provide
    Arbitrary<LayerGraph> chains() {
        return PlanningArbitraries.chains();
    }

    @Test
    void isChain_skipAndBranch_areNot() {
        Tensor sum = Tensor.float32("sum", 1, 3);
        assertThat(chain().add(layer("skip", List.of(Z, Y), sum)).build().isChain())
                .isFalse();
        assertThat(chain().add(layer("apart", List.of(), sum)).build().isChain())
                .isFalse();
        assertThat(chain().build().isChain()).isTrue();
        assertThat(chain().build().hasBypass()).isFalse();
    }

    @Test
    void isChain_lateInputAndInnerOutput_areChainsWithBypass() {
        Tensor sum = Tensor.float32("sum", 1, 3);
        LayerGraph late = chain().add(layer("late", List.of(Z, X), sum)).build();
        LayerGraph inner = chain().output("y").build();

        assertThat(List.of(late, inner)).allMatch(LayerGraph::isChain).allMatch(LayerGraph::hasBypass);
    }

    @Test
    void hasOneOrder_skipsOnly_keepTheOrder() {
        Tensor sum = Tensor.float32("sum", 1, 3);
        LayerGraph skip = chain().add(layer("skip", List.of(Y, Z), sum)).build();
        LayerGraph branch = chain().add(layer("branch", List.of(Y), sum)).build();

        assertThat(List.of(chain().build(), skip)).allMatch(LayerGraph::hasOneOrder);
        assertThat(branch.hasOneOrder()).isFalse();
    }

    @Test
    void build_missingTensor_namesLayerAndTensor() {
        assertThatThrownBy(() ->
                        LayerGraph.builder("net").add(layer("a", List.of(X), Y)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Layer 'a' reads tensor 'x', but nothing in network 'net' writes it. Maybe a layer or an input"
                                + " is missing.");
    }

    @Test
    void build_shapesThatDoNotAgree_areRefused() {
        Tensor wrong = Tensor.float32("y", 1, 4);

        assertThatThrownBy(() -> LayerGraph.builder("net")
                        .input(X)
                        .add(layer("a", List.of(X), Y))
                        .add(layer("b", List.of(wrong), Z))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Layer 'b' expects tensor 'y' as [1, 4] FLOAT32, but layer 'a' gives [1, 3] FLOAT32");
    }

    @Test
    void build_cycle_namesItsLayers() {
        assertThatThrownBy(() -> LayerGraph.builder("net")
                        .add(layer("a", List.of(Z), Y))
                        .add(layer("b", List.of(Y), Z))
                        .add(layer("c", List.of(Z), X))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The layers of network 'net' form a cycle through a, b");
        assertThatThrownBy(() ->
                        LayerGraph.builder("net").add(layer("a", List.of(Y), Y)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The layers of network 'net' form a cycle through a");
    }

    @Test
    void build_layersBesideACycle_areNotNamed() {
        Tensor v = Tensor.float32("v", 1, 3);
        assertThatThrownBy(() -> LayerGraph.builder("net")
                        .input(X)
                        .add(layer("before", List.of(X), v))
                        .add(layer("a", List.of(v, Z), Y))
                        .add(layer("b", List.of(Y), Z))
                        .add(layer("after", List.of(Z)))
                        .build())
                .hasMessage("The layers of network 'net' form a cycle through a, b");
    }

    @Test
    void build_namesUsedTwice_areRefused() {
        assertThatThrownBy(() -> chain().add(layer("a", List.of(Z))).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Network 'net' has two layers named 'a'");
        assertThatThrownBy(() -> chain().add(layer("c", List.of(Z), Y)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("In network 'net' tensor 'y' comes from both layer 'a' and layer 'c'");
        assertThatThrownBy(() -> chain().input(X).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("comes from both the network's input and the network's input");
    }

    @Test
    void build_outputsThatDoNotExistOrTwice_areRefused() {
        assertThatThrownBy(() -> chain().output("w").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is to deliver tensor 'w', but no layer writes it");
        assertThatThrownBy(() -> chain().output("z").output("z").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Network 'net' declares output 'z' twice");
    }

    @Test
    void build_nothingOrTwice_isRefused() {
        LayerGraph.Builder builder = chain();
        builder.build();

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already built");
        assertThatThrownBy(() -> LayerGraph.builder("net").input(X).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There must be at least one layer in network 'net'");
        assertThatThrownBy(() -> LayerGraph.builder(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equals_sameContent_isEqual() {
        assertThat(chain().build()).isEqualTo(chain().build()).hasSameHashCodeAs(chain().build());
        assertThat(chain().build()).isNotEqualTo(chain().output("y").build());
        assertThat(chain().build().hashCode())
                .isNotEqualTo(chain().output("y").build().hashCode());
        assertThat(chain().build()).hasToString("LayerGraph[net, 2 layers]");
    }

    @Test
    void indexOf_unknownLayer_listsSomeOfThoseThatExist() {
        assertThatThrownBy(() -> chain().build().indexOf("c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Network 'net' has no layer 'c'. It has a, b");
        assertThat(chain().build().hasLayer("c")).isFalse();
        assertThat(chain().build().hasLayer("b")).isTrue();
        assertThat(chain().build().producerOf("x")).isEmpty();
        assertThat(chain().build().consumersOf("z")).isEmpty();
    }

    @Test
    void totals_thatOverflow_areNotWrapped() {
        LayerGraph graph = LayerGraph.builder("net")
                .add(layer("a", List.of()).withMacs(Long.MAX_VALUE).withParameters(Long.MAX_VALUE, Long.MAX_VALUE))
                .add(layer("b", List.of()).withMacs(1).withParameters(1, 1))
                .build();

        assertThatThrownBy(graph::macs).isInstanceOf(CodnnException.class);
        assertThatThrownBy(graph::parameters).isInstanceOf(CodnnException.class);
        assertThatThrownBy(graph::parameterBytes).isInstanceOf(CodnnException.class);
    }
}
