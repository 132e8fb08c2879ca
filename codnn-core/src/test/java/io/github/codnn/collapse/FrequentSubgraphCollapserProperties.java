package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Placement;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.Scenario;
import io.github.codnn.plan.Task;
import io.github.codnn.plan.Workload;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

class FrequentSubgraphCollapserProperties {

    private static final List<Operator> OPERATORS = List.of(
            new Operator.Activation("Relu"),
            new Operator.Elementwise("Add"),
            new Operator.Concat(),
            new Operator.MatMul());

    private static final Platform PLATFORM = new Platform(
            List.of(
                    DevicePresets.RASPBERRY_PI_4B.device("terminal"),
                    DevicePresets.JETSON_NANO_GPU.device("edge"),
                    DevicePresets.TESLA_T4_FP32.device("cloud")),
            List.of(Link.of("*", "*", 1e7, 0.001)));

    /**
     * Networks of 1 to 60 layers. Each layer reads the one before and at times an earlier one, mostly a near one, so that
     * there are cut points, residual blocks and denser tangles; some deliver inner tensors.
     */
    @Provide
    Arbitrary<LayerGraph> networks() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.longs(),
                        Arbitraries.doubles().between(0, 0.6))
                .as(FrequentSubgraphCollapserProperties::network);
    }

    private static LayerGraph network(int layers, long seed, double joins) {
        Random random = new Random(seed);
        List<Tensor> tensors = new ArrayList<>(List.of(Tensor.float32("x0", 8)));
        LayerGraph.Builder builder = LayerGraph.builder("random").input(tensors.get(0));
        for (int index = 1; index <= layers; index++) {
            List<Tensor> reads = new ArrayList<>(List.of(tensors.get(index - 1)));
            if (index > 1 && random.nextDouble() < joins) {
                int back = 2 + random.nextInt(random.nextInt(10) == 0 ? index - 1 : Math.min(index - 1, 3));
                reads.add(tensors.get(index - back));
            }
            Tensor out = Tensor.float32("x" + index, 1 + random.nextInt(64));
            tensors.add(out);
            builder.add(Layer.of("l" + index, OPERATORS.get(random.nextInt(OPERATORS.size())), reads, List.of(out))
                    .withParameters(random.nextInt(9), random.nextInt(99))
                    .withMacs(random.nextInt(999)));
        }
        if (random.nextInt(4) == 0 && layers > 1) {
            builder.output("x" + (1 + random.nextInt(layers - 1)));
        }
        return builder.output("x" + layers).build();
    }

    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void expand_restoresTheNetwork(@ForAll("networks") LayerGraph network) {
        CollapsedGraph collapsed = FrequentSubgraphCollapser.withDefaults().collapse(network);

        assertThat(collapsed.expand()).isEqualTo(network);
        assertThat(collapsed.graph().macs()).isEqualTo(network.macs());
        assertThat(collapsed.graph().parameters()).isEqualTo(network.parameters());
        assertThat(collapsed.graph().parameterBytes()).isEqualTo(network.parameterBytes());
    }

    /** A network that delivers its last tensor only and reads its input first only has cut points, if any, all along. */
    @Property(tries = 200, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void collapse_networkOfOneResult_isAChainEitherWay(@ForAll("networks") LayerGraph network) {
        LayerGraph collapsed =
                FrequentSubgraphCollapser.withDefaults().collapse(network).graph();

        if (hasOneEntryAndOneExit(network)) {
            assertThat(collapsed.isChain()).isTrue();
        }
        assertThat(FrequentSubgraphCollapser.withDefaults().collapse(network).graph())
                .isEqualTo(collapsed);
    }

    @Property(tries = 100, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void expand_anyPlacement_hasTheMetricsOfItsBlocks(@ForAll("networks") LayerGraph network, @ForAll long seed) {
        Scenario scenario = Scenario.of(
                "random",
                Workload.of(Task.of("t", network, "terminal").withFrames(10)),
                PLATFORM,
                RooflineCostModel.withPresets());
        CollapsedScenario collapsed = CollapsedScenario.of(scenario, FrequentSubgraphCollapser.withDefaults());
        PlanEvaluator after = PlanEvaluator.of(collapsed.scenario());
        int[] devices =
                new Random(seed).ints(after.compiled().layerCount(), 0, 3).toArray();
        Placement placement = after.decode(devices);

        MetricsSnapshot before = PlanEvaluator.of(scenario).evaluate(collapsed.expand(placement));
        MetricsSnapshot blocks = after.evaluate(placement);

        Offset<Double> rounding = Offset.offset(1e-9);
        assertThat(before.periodSeconds()).isCloseTo(blocks.periodSeconds(), rounding);
        assertThat(before.price()).isCloseTo(blocks.price(), rounding);
        assertThat(before.devicesUsed()).isEqualTo(blocks.devicesUsed());
        if (hasOneEntryAndOneExit(network)) {
            assertThat(before.responseSeconds()).isCloseTo(blocks.responseSeconds(), rounding);
            assertThat(before.energyJoules()).isCloseTo(blocks.energyJoules(), rounding);
        } else {
            // Single layers may begin before all inputs are there, and deliver an inner result before the others are
            // done.
            assertThat(before.responseSeconds()).isLessThanOrEqualTo(blocks.responseSeconds() + 1e-9);
        }
    }

    private static boolean hasOneEntryAndOneExit(LayerGraph network) {
        return network.consumersOf("x0").equals(List.of(0)) && network.outputs().size() == 1;
    }
}
