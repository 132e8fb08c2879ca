package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.Violation;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.simulate.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;

class FrequentSubgraphCollapserProperties {

    private static final List<Operator> OPERATORS = List.of(
            new Operator.Activation("Relu"),
            new Operator.Elementwise("Add"),
            new Operator.Concat(),
            new Operator.MatMul());

    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

    static final Platform PLATFORM = new Platform(
            List.of(
                    DevicePresets.RASPBERRY_PI_4B.device("terminal").withMemoryBytes(1),
                    DevicePresets.JETSON_NANO_GPU.device("edge").withMemoryBytes(1),
                    DevicePresets.TESLA_T4_FP32.device("cloud").withMemoryBytes(1)),
            List.of(Link.of("*", "*", 1e7, 0.001)));

    /**
     * Networks of 1 to 60 layers. Each layer reads the one before and at times an earlier one, mostly a near one, so
     * that there are cut points, residual blocks and denser tangles; some have a second input that is read here and
     * there, and some deliver inner tensors.
     */
    @Provide
    Arbitrary<LayerGraph> networks() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.longs(),
                        Arbitraries.doubles().between(0, 0.6))
                .as(FrequentSubgraphCollapserProperties::network);
    }

    static LayerGraph network(int layers, long seed, double joins) {
        Random random = new Random(seed);
        Tensor mask = Tensor.float32("mask", 1 + random.nextInt(64));
        double masked = random.nextInt(2) * random.nextDouble() * 0.5;
        List<Tensor> tensors = new ArrayList<>(List.of(Tensor.float32("x0", 8)));
        LayerGraph.Builder builder = LayerGraph.builder("random").input(tensors.get(0));
        if (masked > 0) {
            builder.input(mask);
        }
        for (int index = 1; index <= layers; index++) {
            List<Tensor> reads = new ArrayList<>(List.of(tensors.get(index - 1)));
            if (index > 1 && random.nextDouble() < joins) {
                int back = 2 + random.nextInt(random.nextInt(10) == 0 ? index - 1 : Math.min(index - 1, 3));
                reads.add(tensors.get(index - back));
            }
            if (random.nextDouble() < masked) {
                reads.add(mask);
            }
            Tensor out = Tensor.float32("x" + index, 1 + random.nextInt(64));
            tensors.add(out);
            builder.add(Layer.of("l" + index, OPERATORS.get(random.nextInt(OPERATORS.size())), reads, List.of(out))
                    .withParameters(random.nextInt(9), random.nextInt(99))
                    .withMacs(random.nextInt(999)));
        }
        for (int inner = random.nextInt(4); inner > 0 && layers > inner; inner--) {
            if (random.nextInt(3) == 0) {
                builder.output("x" + (layers - inner * (layers - 1) / 4 - 1));
            }
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

    @Property(tries = 200, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void collapse_anyNetwork_isAChainEitherWay(@ForAll("networks") LayerGraph network) {
        LayerGraph collapsed =
                FrequentSubgraphCollapser.withDefaults().collapse(network).graph();

        assertThat(collapsed.isChain()).isTrue();
        assertThat(FrequentSubgraphCollapser.withDefaults().collapse(network).graph())
                .isEqualTo(collapsed);
    }

    /** Every device is too small, so that what breaks the rules of memory tells how many bytes are needed. */
    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void expand_anyPlacement_hasTheMetricsOfItsBlocks(
            @ForAll("networks") LayerGraph network,
            @ForAll long seed,
            @ForAll TransferMode transfers,
            @ForAll boolean frequent) {
        Random random = new Random(seed);
        Scenario scenario = Scenario.of(
                        "random",
                        Workload.of(Task.of("t", network, "terminal")
                                .withSink(Optional.of(random.nextBoolean() ? "terminal" : "cloud"))
                                .withFrames(10)),
                        PLATFORM,
                        RooflineCostModel.withPresets())
                .withTransfers(transfers);
        CollapsedScenario collapsed = CollapsedScenario.of(
                scenario, frequent ? FrequentSubgraphCollapser.withDefaults() : ChainLinearizer.withDefaults());
        PlanEvaluator after = PlanEvaluator.of(collapsed.scenario());
        Placement placement =
                after.decode(random.ints(after.compiled().layerCount(), 0, 3).toArray());

        MetricsSnapshot blocks = after.evaluate(placement);
        assertEqual(PlanEvaluator.of(scenario).evaluate(collapsed.expand(placement)), blocks);
        Task task = collapsed.scenario().workload().tasks().get(0);
        Simulation single = PipelineSimulator.of(collapsed.scenario().withWorkload(Workload.of(task.withFrames(1))))
                .simulate(placement);
        assertThat(single.makespanSeconds()).isCloseTo(blocks.responseSeconds(), ROUNDING);
    }

    static void assertEqual(MetricsSnapshot layers, MetricsSnapshot blocks) {
        assertThat(layers.periodSeconds()).isCloseTo(blocks.periodSeconds(), ROUNDING);
        assertThat(layers.throughputPerSecond())
                .isCloseTo(blocks.throughputPerSecond(), Percentage.withPercentage(1e-7));
        assertThat(layers.responseSeconds()).isCloseTo(blocks.responseSeconds(), ROUNDING);
        assertThat(layers.makespanSeconds()).isCloseTo(blocks.makespanSeconds(), ROUNDING);
        assertThat(layers.meanSeconds()).isCloseTo(blocks.meanSeconds(), ROUNDING);
        assertThat(layers.computeJoules()).isCloseTo(blocks.computeJoules(), ROUNDING);
        assertThat(layers.idleJoules()).isCloseTo(blocks.idleJoules(), ROUNDING);
        assertThat(layers.transferJoules()).isCloseTo(blocks.transferJoules(), ROUNDING);
        assertThat(layers.switchOnJoules()).isCloseTo(blocks.switchOnJoules(), ROUNDING);
        assertThat(layers.price()).isCloseTo(blocks.price(), ROUNDING);
        assertThat(layers.devicesUsed()).isEqualTo(blocks.devicesUsed());
        assertThat(broken(layers, Violation.Constraint.MEMORY)).isEqualTo(broken(blocks, Violation.Constraint.MEMORY));
        assertThat(broken(layers, Violation.Constraint.STAGES).isEmpty())
                .isEqualTo(broken(blocks, Violation.Constraint.STAGES).isEmpty());
    }

    private static List<String> broken(MetricsSnapshot metrics, Violation.Constraint constraint) {
        return metrics.violations().stream()
                .filter(violation -> violation.constraint() == constraint)
                .map(Violation::message)
                .toList();
    }
}
