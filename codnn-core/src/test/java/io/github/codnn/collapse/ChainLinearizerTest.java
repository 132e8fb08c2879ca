package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChainLinearizerTest {

    private static final Tensor IN = Tensor.float32("in", 4);
    private static final Tensor A = Tensor.float32("a", 8);
    private static final Tensor B = Tensor.float32("b", 16);
    private static final Tensor C = Tensor.float32("c", 32);
    private static final Tensor D = Tensor.float32("d", 64);

    private static Layer layer(String name, List<Tensor> inputs, List<Tensor> outputs) {
        return Layer.of(name, new Operator.Activation("Relu"), inputs, outputs)
                .withParameters(3, 12)
                .withMacs(5);
    }

    private static LayerGraph.Builder diamond() {
        return LayerGraph.builder("diamond")
                .input(IN)
                .add(layer("head", List.of(IN), List.of(A)))
                .add(layer("left", List.of(A), List.of(B)))
                .add(layer("right", List.of(A), List.of(C)))
                .add(layer("tail", List.of(B, C), List.of(D)));
    }

    @Test
    void collapse_diamond_leavesHeadAndOneBlock() {
        CollapsedGraph collapsed =
                ChainLinearizer.withDefaults().collapse(diamond().build());

        assertThat(collapsed.graph().layers()).extracting(Layer::name).containsExactly("head", "left..tail");
        assertThat(collapsed.layersOf("left..tail")).containsExactly("left", "right", "tail");
        assertThat(collapsed.graph().isChain()).isTrue();
        Layer block = collapsed.graph().layers().get(1);
        assertThat(block.inputs()).containsExactly(A);
        assertThat(block.outputs()).containsExactly(D);
        assertThat(block.macs()).isEqualTo(15);
        assertThat(block.parameters()).isEqualTo(9);
        assertThat(block.parameterBytes()).isEqualTo(36);
    }

    @Test
    void collapse_chain_isLeftAsItIs() {
        LayerGraph vgg = ModelZoo.VGG16.build();

        assertThat(ChainLinearizer.withDefaults().collapse(vgg).graph()).isSameAs(vgg);
    }

    @Test
    void collapse_resultInTheMiddle_cutsWhereItAloneGoesOn() {
        LayerGraph graph = diamond().output("a").output("d").build();

        CollapsedGraph collapsed = ChainLinearizer.withDefaults().collapse(graph);

        assertThat(collapsed.graph().layers()).extracting(Layer::name).containsExactly("head", "left..tail");
        assertThat(collapsed.graph().outputs()).containsExactly(A, D);
        assertThat(collapsed.graph().isChain()).isTrue();
        assertThat(collapsed.graph().hasBypass()).isTrue();
    }

    @Test
    void collapse_resultBesideWhatGoesOn_keepsTheRestTogether() {
        LayerGraph graph = diamond().output("b").output("d").build();

        assertThat(ChainLinearizer.withDefaults().collapse(graph).graph().layers())
                .extracting(Layer::name)
                .containsExactly("head", "left..tail");
    }

    @Test
    void collapse_inputReadLate_keepsTheLayersBeforeTogether() {
        LayerGraph graph = LayerGraph.builder("late")
                .input(IN)
                .add(layer("one", List.of(IN), List.of(A)))
                .add(layer("two", List.of(A, IN), List.of(B)))
                .add(layer("three", List.of(B), List.of(C)))
                .build();

        assertThat(ChainLinearizer.withDefaults().collapse(graph).graph().layers())
                .extracting(Layer::name)
                .containsExactly("one..two", "three");
    }

    @Test
    void collapse_maskReadByMany_keepsNothingTogether() {
        Tensor mask = Tensor.float32("mask", 4);
        LayerGraph graph = LayerGraph.builder("masked")
                .input(IN)
                .input(mask)
                .add(layer("one", List.of(IN), List.of(A)))
                .add(layer("two", List.of(A, mask), List.of(B)))
                .add(layer("three", List.of(B, mask), List.of(C)))
                .build();

        CollapsedGraph collapsed = ChainLinearizer.withDefaults().collapse(graph);

        assertThat(collapsed.graph()).isEqualTo(graph);
        assertThat(collapsed.graph().isChain()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ModelZoo.class)
    void collapse_zoo_makesChainsAndKeepsTotals(ModelZoo network) {
        LayerGraph graph = network.build();
        LayerGraph chain = ChainLinearizer.withDefaults().collapse(graph).graph();

        assertThat(chain.isChain()).isTrue();
        assertThat(chain.layers().size()).isBetween(10, graph.layers().size());
        assertThat(chain.macs()).isEqualTo(graph.macs());
        assertThat(chain.parameters()).isEqualTo(graph.parameters());
        assertThat(chain.parameterBytes()).isEqualTo(graph.parameterBytes());
    }

    @Test
    void expand_anyPlacement_hasTheMetricsOfItsBlocks() {
        Platform platform = new Platform(
                List.of(
                        DevicePresets.RASPBERRY_PI_4B.device("terminal"),
                        DevicePresets.JETSON_NANO_GPU.device("edge"),
                        DevicePresets.TESLA_T4_FP32.device("cloud")),
                List.of(Link.of("*", "*", 1e7, 0.001)));
        Scenario scenario = Scenario.of(
                "googlenet",
                Workload.of(Task.of("googlenet", ModelZoo.GOOGLENET.build(), "terminal")
                        .withFrames(10)),
                platform,
                RooflineCostModel.withPresets());
        CollapsedScenario collapsed = CollapsedScenario.of(scenario, ChainLinearizer.withDefaults());
        PlanEvaluator before = PlanEvaluator.of(scenario);
        PlanEvaluator after = PlanEvaluator.of(collapsed.scenario());
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            int[] devices = random.ints(after.compiled().layerCount(), 0, 3).toArray();
            Placement placement = after.decode(devices);

            assertEqual(before.evaluate(collapsed.expand(placement)), after.evaluate(placement));
        }
    }

    private static void assertEqual(MetricsSnapshot actual, MetricsSnapshot expected) {
        Offset<Double> rounding = Offset.offset(1e-12);
        assertThat(actual.periodSeconds()).isCloseTo(expected.periodSeconds(), rounding);
        assertThat(actual.responseSeconds()).isCloseTo(expected.responseSeconds(), rounding);
        assertThat(actual.energyJoules()).isCloseTo(expected.energyJoules(), Offset.offset(1e-9));
        assertThat(actual.price()).isCloseTo(expected.price(), rounding);
        assertThat(actual.devicesUsed()).isEqualTo(expected.devicesUsed());
    }

    @Test
    void scenario_layersOfOneBlockPinnedApart_isRefused() {
        Platform platform = new Platform(
                List.of(DevicePresets.RASPBERRY_PI_4B.device("one"), DevicePresets.RASPBERRY_PI_4B.device("two")),
                List.of(Link.of("*", "*", 1e7, 0)));
        Task task = Task.of("t", diamond().build(), "one").withPinned(Map.of("left", "one", "right", "two"));
        Scenario scenario = Scenario.of("s", Workload.of(task), platform, RooflineCostModel.withPresets());

        assertThatThrownBy(() -> CollapsedScenario.of(scenario, ChainLinearizer.withDefaults()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("left..tail")
                .hasMessageContaining("Maybe plan without collapsing");
    }

    @Test
    void scenario_groupsThatMeetInABlock_becomeOne() {
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("head", "g1");
        groups.put("left", "g1");
        Task task = Task.of("t", diamond().build(), "one").withColocated(groups);
        Platform platform = new Platform(List.of(DevicePresets.RASPBERRY_PI_4B.device("one")), List.of());
        Scenario scenario = Scenario.of("s", Workload.of(task), platform, RooflineCostModel.withPresets());

        Task collapsed = CollapsedScenario.of(scenario, ChainLinearizer.withDefaults())
                .scenario()
                .workload()
                .tasks()
                .get(0);

        assertThat(collapsed.colocated()).containsOnly(Map.entry("head", "g1"), Map.entry("left..tail", "g1"));
    }
}
