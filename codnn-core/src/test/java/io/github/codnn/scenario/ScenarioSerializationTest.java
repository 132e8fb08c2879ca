package io.github.codnn.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.FrequentSubgraphCollapser;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.testing.Streams;
import io.github.codnn.zoo.ModelZoo;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioSerializationTest {

    private static final Platform PLATFORM = new Platform(
            List.of(DevicePresets.RASPBERRY_PI_4B.device("near"), DevicePresets.TESLA_T4_FP32.device("far")),
            List.of(LinkPresets.WIFI.uplink("near", "far"), LinkPresets.WIFI.downlink("far", "near")));

    private static Scenario scenario(LayerGraph graph, CostModel costs) {
        return Scenario.of("s", Workload.of(Task.of("t", graph, "near")), PLATFORM, costs);
    }

    /** Every figure, to the last bit. */
    private static void assertCompileAlike(Scenario copy, Scenario original) {
        assertThat(CompiledScenario.of(copy))
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(Scenario.class)
                .isEqualTo(CompiledScenario.of(original));
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return PlanningArbitraries.scenarios();
    }

    @Property(tries = 100, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void tabulated_anyScenario_arrivesWithTheSameFigures(@ForAll("scenarios") Scenario scenario) throws Exception {
        Scenario sent = CompiledScenario.tabulated(scenario);

        Scenario copy = Streams.copy(sent);

        assertThat(copy).isEqualTo(sent).isEqualTo(scenario.withCostModel(copy.costModel()));
        assertThat(CompiledScenario.tabulated(copy)).isSameAs(copy);
        assertCompileAlike(copy, scenario);
    }

    @ParameterizedTest
    @EnumSource(names = {"GOOGLENET", "MOBILENET_V2", "BERT_BASE"})
    void network_ofTheZoo_arrivesAsItWas(ModelZoo model) throws Exception {
        LayerGraph network = model.build();

        assertThat(Streams.<LayerGraph>copy(network)).isEqualTo(network);
    }

    /** Blocks that are opened have costs of inner layers, and tell by them that they are to be opened. */
    @Test
    void tabulated_blocks_areOpenedAgain() throws Exception {
        Scenario layers = scenario(ModelZoo.BERT_BASE.build(), RooflineCostModel.withPresets());
        Scenario blocks = CollapsedScenario.of(layers, FrequentSubgraphCollapser.withDefaults())
                .scenario();
        CompiledScenario compiled = CompiledScenario.of(blocks);
        assertThat(compiled.opened()).isNotSameAs(compiled);

        assertCompileAlike(Streams.copy(CompiledScenario.tabulated(blocks)), blocks);
    }

    @Test
    void tabulated_transfersOfTheModelsOwn_areKept() throws Exception {
        CostModel costs = new CostModel() {
            @Override
            public Cost compute(Layer layer, Device device) {
                return new Cost(1.0 / 3, 0.1);
            }

            @Override
            public Cost transfer(Tensor tensor, Link link) {
                return new Cost(Math.sqrt((double) tensor.bytes()), link.latencySeconds());
            }
        };
        Scenario scenario = scenario(ModelZoo.ALEXNET.build(), costs);

        assertCompileAlike(Streams.copy(CompiledScenario.tabulated(scenario)), scenario);
    }

    @Test
    void tabulated_costOfSomethingElse_isUnknown() {
        Layer stranger = Layer.of("stranger", new Operator.MatMul(), List.of(), List.of());
        CostModel table = CompiledScenario.tabulated(
                        scenario(ModelZoo.ALEXNET.build(), RooflineCostModel.withPresets()))
                .costModel();

        assertThatThrownBy(() -> table.compute(stranger, PLATFORM.devices().get(0)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'stranger'")
                .hasMessageContaining("'near'");
    }

    @Test
    void scenario_withModelThatCannotTravel_isRefused() {
        CostModel costs = (layer, device) -> Cost.ZERO;

        assertThatThrownBy(() -> Streams.write(scenario(ModelZoo.ALEXNET.build(), costs)))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void network_withTwoLayersOfOneNameInTheStream_isRefused() throws Exception {
        Tensor x = Tensor.ofBytes("x", 1);
        Tensor y = Tensor.ofBytes("y", 1);
        LayerGraph network = LayerGraph.builder("net")
                .input(x)
                .add(Layer.of("first", new Operator.MatMul(), List.of(x), List.of(y)))
                .add(Layer.of("other", new Operator.MatMul(), List.of(y), List.of()))
                .build();
        byte[] bytes = replaced(Streams.write(network), "other", "first");

        assertThatThrownBy(() -> Streams.read(bytes))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("two layers named 'first'");
    }

    @Test
    void task_withoutFramesInTheStream_isRefused() throws Exception {
        Task task = Task.of("t", ModelZoo.ALEXNET.build(), "near").withFrames(0x0102030405060708L);
        byte[] bytes = replaced(Streams.write(task), "\1\2\3\4\5\6\7\10", "\0\0\0\0\0\0\0\0");

        assertThatThrownBy(() -> Streams.read(bytes))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("frames");
    }

    private static byte[] replaced(byte[] bytes, String what, String by) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(what);
        return text.replace(what, by).getBytes(StandardCharsets.ISO_8859_1);
    }
}
