package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CarriedTensorsTest {

    private static final ChainLinearizer LINEARIZER = ChainLinearizer.withDefaults();

    private static Layer matrix(String name, Tensor from, Tensor to) {
        return Layer.of(name, new Operator.MatMul(), List.of(from), List.of(to)).withMacs(1000);
    }

    private static Layer plain(String kind, String name, List<Tensor> from, Tensor to) {
        return Layer.of(name, new Operator.Elementwise(kind), from, List.of(to));
    }

    /** Three masked layers; the mask of some bytes is computed between the first two layers of the file. */
    private static LayerGraph masked(long maskBytes) {
        Tensor words = Tensor.float32("words", 100);
        Tensor given = Tensor.ofBytes("given", maskBytes);
        Tensor inverse = Tensor.ofBytes("inverse", maskBytes);
        Tensor mask = Tensor.ofBytes("mask", maskBytes);
        LayerGraph.Builder graph = LayerGraph.builder("masked")
                .input(words)
                .input(given)
                .add(matrix("embed", words, Tensor.float32("x0", 100)))
                .add(plain("Sub", "invert", List.of(given), inverse))
                .add(plain("Mul", "scale", List.of(inverse), mask));
        for (int index = 0; index < 3; index++) {
            Tensor x = Tensor.float32("x" + index, 100);
            Tensor y = Tensor.float32("y" + index, 100);
            graph.add(matrix("product" + index, x, y))
                    .add(plain("Add", "add" + index, List.of(y, mask), Tensor.float32("x" + (index + 1), 100)));
        }
        return graph.build();
    }

    @Test
    void collapse_smallMask_isSentByTheBlockThatComputesIt() {
        CollapsedGraph collapsed = LINEARIZER.collapse(masked(20));

        assertThat(collapsed.graph().layers())
                .extracting(Layer::name)
                .containsExactly("embed", "invert..product0", "add0", "product1", "add1", "product2", "add2");
        assertThat(collapsed.layersOf("invert..product0")).containsExactly("invert", "scale", "product0");
        assertThat(collapsed.graph().layers().get(1).outputs())
                .extracting(Tensor::name)
                .containsExactlyInAnyOrder("y0", "mask");
        assertThat(collapsed.graph().hasOneOrder()).isTrue();
        assertThat(collapsed.graph().isChain()).isFalse();
        assertThat(collapsed.expand()).isEqualTo(masked(20));
    }

    @Test
    void collapse_maskAboveTheShare_gluesItsReaders() {
        CollapsedGraph collapsed = LINEARIZER.collapse(masked(21));

        assertThat(collapsed.graph().layers()).hasSizeLessThan(4);
        assertThat(collapsed.graph().isChain()).isTrue();
        assertThat(LINEARIZER
                        .withMaxCarriedShare(0.06)
                        .collapse(masked(21))
                        .graph()
                        .layers())
                .hasSize(7);
        assertThat(LINEARIZER.withMaxCarriedShare(0).collapse(masked(20)).graph())
                .matches(LayerGraph::isChain);
    }

    @Test
    void collapse_maskWithWork_isNotCarried() {
        LayerGraph graph = masked(20);
        LayerGraph.Builder working = LayerGraph.builder("working");
        graph.inputs().forEach(working::input);
        graph.layers().forEach(layer -> working.add(layer.name().equals("invert") ? layer.withMacs(1) : layer));

        assertThat(LINEARIZER.collapse(working.build()).graph().isChain()).isTrue();
    }

    /** What computes the mask is on one device, its readers on two others: each of these gets its 20 bytes once. */
    @Test
    void evaluate_readersElsewhere_sendsTheMaskOnceToEachDevice() {
        LayerGraph graph = masked(20);
        Platform platform = new Platform(
                List.of(
                        DevicePresets.RASPBERRY_PI_4B.device("a"),
                        DevicePresets.RASPBERRY_PI_4B.device("b"),
                        DevicePresets.RASPBERRY_PI_4B.device("c")),
                List.of(Link.of("*", "*", 1000, 0)));
        Scenario scenario =
                Scenario.of("s", Workload.of(Task.of("t", graph, "a")), platform, RooflineCostModel.withPresets());
        CollapsedScenario collapsed = CollapsedScenario.of(scenario, LINEARIZER);
        PlanEvaluator evaluator = PlanEvaluator.of(collapsed.scenario());
        Placement placement = evaluator.decode(new int[] {0, 0, 1, 2, 2, 2, 2});

        double before =
                PlanEvaluator.of(scenario).evaluate(collapsed.expand(placement)).responseSeconds();
        double after = evaluator.evaluate(placement).responseSeconds();

        assertThat(after).isCloseTo(before, Offset.offset(1e-12));
        Map<String, String> places = collapsed.expand(placement).of("t");
        assertThat(places)
                .containsEntry("scale", "a")
                .containsEntry("add0", "b")
                .containsEntry("add2", "c");
        assertThat(evaluator.plan(placement).transferLoads().links())
                .extracting(link -> link.from() + link.to() + " " + Math.round(link.seconds() * 1000) + " bytes")
                .containsExactlyInAnyOrder("ab 420 bytes", "ac 20 bytes", "bc 400 bytes", "ca 400 bytes");
    }

    @ParameterizedTest
    @EnumSource(ModelZoo.class)
    void collapse_zoo_carriesNothing(ModelZoo network) {
        LayerGraph graph = network.build();

        assertThat(CarriedTensors.of(graph.layers(), ChainLinearizer.MAX_CARRIED_SHARE)
                        .carrying())
                .isEmpty();
        assertThat(LINEARIZER.collapse(graph).graph())
                .isEqualTo(LINEARIZER.withMaxCarriedShare(0).collapse(graph).graph());
    }

    @Test
    void share_outOfRange_isRefused() {
        assertThatThrownBy(() -> LINEARIZER.withMaxCarriedShare(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrequentSubgraphCollapser.withDefaults().withMaxCarriedShare(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
