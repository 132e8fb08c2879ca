package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
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
import io.github.codnn.graph.Window;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.zoo.ModelZoo;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioBytesTest {

    private static final Platform PLATFORM = new Platform(
            List.of(DevicePresets.RASPBERRY_PI_4B.device("near"), DevicePresets.TESLA_T4_FP32.device("far")),
            List.of(LinkPresets.WIFI.uplink("near", "far"), LinkPresets.WIFI.downlink("far", "near")));

    private static final ThreadMXBean ALLOCATIONS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Scenario SMALL = scenario(
            LayerGraph.builder("net")
                    .input(Tensor.float32("x", 1, 3, 8, 8))
                    .add(Layer.of(
                            "one",
                            new Operator.Convolution(Window.square(3, 1, 1), 1, false),
                            List.of(Tensor.float32("x", 1, 3, 8, 8)),
                            List.of(Tensor.ofBytes("y", 9))))
                    .add(Layer.of("two", new Operator.Concat(), List.of(Tensor.ofBytes("y", 9)), List.of()))
                    .build(),
            RooflineCostModel.withPresets());

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

    @Tag("slow")
    @Property(tries = 100, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void tabulated_anyScenario_arrivesWithTheSameFigures(@ForAll("scenarios") Scenario scenario) {
        Scenario copy = copy(scenario);

        assertThat(copy)
                .isEqualTo(CompiledScenario.tabulated(scenario))
                .isEqualTo(scenario.withCostModel(copy.costModel()));
        assertThat(CompiledScenario.tabulated(copy)).isSameAs(copy);
        assertCompileAlike(copy, scenario);
    }

    @ParameterizedTest
    @EnumSource(names = {"GOOGLENET", "MOBILENET_V2", "BERT_BASE"})
    void network_ofTheZoo_arrivesAsItWas(ModelZoo model) {
        Scenario scenario = scenario(model.build(), RooflineCostModel.withPresets());

        assertThat(copy(scenario)).isEqualTo(CompiledScenario.tabulated(scenario));
    }

    /** Blocks that are opened have costs of inner layers, and tell by them that they are to be opened. */
    @Test
    void tabulated_blocks_areOpenedAgain() {
        Scenario layers = scenario(ModelZoo.BERT_BASE.build(), RooflineCostModel.withPresets());
        Scenario blocks = CollapsedScenario.of(layers, FrequentSubgraphCollapser.withDefaults())
                .scenario();
        CompiledScenario compiled = CompiledScenario.of(blocks);
        assertThat(compiled.opened()).isNotSameAs(compiled);

        assertCompileAlike(copy(blocks), blocks);
    }

    @Test
    void tabulated_transfersOfTheModelsOwn_areKept() {
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

        assertCompileAlike(copy(scenario), scenario);
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

    private static Scenario copy(Scenario scenario) {
        return ScenarioBytes.read(ScenarioBytes.write(scenario));
    }

    @Test
    void read_bytesWithOneBitChanged_isRefused() {
        byte[] bytes = ScenarioBytes.write(scenario(ModelZoo.ALEXNET.build(), RooflineCostModel.withPresets()));
        for (int index = 0; index < bytes.length; index += 97) {
            byte[] changed = bytes.clone();
            changed[index] ^= 4;

            assertThatThrownBy(() -> ScenarioBytes.read(changed)).isInstanceOf(CodnnException.class);
        }
    }

    @Test
    void read_notAScenario_saysSo() {
        assertThatThrownBy(() -> ScenarioBytes.read(new byte[7]))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("do not start as a scenario");
    }

    @Test
    void read_moreBytesBehindIt_isRefused() {
        byte[] bytes = content(SMALL);

        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("More bytes follow");
    }

    /** Right checksums: what a hostile sender writes. */
    @Test
    void read_smallHostileBytes_takeLittleTimeAndMemory() {
        byte[] original = content(SMALL);
        assertThat(original.length).isLessThan(1000);
        SplittableRandom random = new SplittableRandom(20261128);
        int refused = 0;
        for (int each = 0; each < 3000; each++) {
            byte[] bytes = Arrays.copyOf(original, original.length - each % 3 * random.nextInt(original.length / 3));
            for (int change = 0; change <= each % 4; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
            try {
                CompiledScenario.of(read(bytes));
            } catch (CodnnException bad) {
                refused++;
            }
            assertThat(ALLOCATIONS.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 22);
        }
        assertThat(refused).isGreaterThan(2000);
    }

    @Test
    void read_countThatTheBytesCannotHold_isRefused() {
        ByteWriter writer = new ByteWriter();
        writer.text("name");
        writer.number(Integer.MAX_VALUE); // tasks

        assertThatThrownBy(() -> read(writer.bytes()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("2147483647 values cannot follow in 0 bytes");
    }

    @Test
    void read_blocksNestedForEver_isRefused() {
        ByteWriter writer = new ByteWriter();
        writer.text("name");
        writer.number(1);
        writer.text("task");
        for (int depth = 0; depth < 100; depth++) {
            writer.text("net");
            writer.number(0); // inputs
            writer.number(1); // layers
            writer.text("layer");
            writer.text("Block");
            writer.text("label");
        }

        assertThatThrownBy(() -> read(writer.bytes()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("nested more than 32 deep");
    }

    @Test
    void read_referenceToNothing_isRefused() {
        ByteWriter writer = new ByteWriter();
        writer.number(1);

        assertThatThrownBy(() -> read(writer.bytes()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("There is no value 1");
    }

    private static byte[] content(Scenario scenario) {
        byte[] bytes = ScenarioBytes.write(scenario);
        return Arrays.copyOfRange(bytes, 8, bytes.length);
    }

    private static Scenario read(byte[] content) {
        return ScenarioBytes.read(ScenarioBytes.sealed(content));
    }
}
