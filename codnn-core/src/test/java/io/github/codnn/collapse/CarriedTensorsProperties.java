package io.github.codnn.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
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

/** Networks whose layers read a mask that other layers compute, collapsed by every collapser. */
class CarriedTensorsProperties {

    /** Masks may be as large as what they are carried beside, so that many are carried. */
    private static final List<GraphCollapser> COLLAPSERS = List.of(
            ChainLinearizer.withDefaults().withMaxCarriedShare(1),
            FrequentSubgraphCollapser.withDefaults().withMaxCarriedShare(1),
            FrequentSubgraphCollapser.withDefaults().withMaxCarriedShare(1).withMining(),
            FrequentSubgraphCollapser.withDefaults().withMining().withLinearise(false));

    @Provide
    Arbitrary<LayerGraph> networks() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.longs(),
                        Arbitraries.doubles().between(0, 0.6))
                .as((layers, seed, joins) -> withMaskArithmetic(
                        FrequentSubgraphCollapserProperties.network(layers, seed, joins), new Random(seed)));
    }

    /** Computes what layers read as mask from the input of that name, in two layers before the first reader. */
    private static LayerGraph withMaskArithmetic(LayerGraph network, Random random) {
        if (network.inputs().size() < 2 || network.consumersOf("mask").isEmpty()) {
            return network;
        }
        Tensor given = network.inputs().get(1);
        Tensor inverse = new Tensor("inverse", given.shape(), given.type());
        Tensor scaled = new Tensor("scaled", given.shape(), given.type());
        int first = random.nextInt(network.consumersOf("mask").get(0) + 1);
        LayerGraph.Builder masked = LayerGraph.builder(network.name());
        network.inputs().forEach(masked::input);
        for (int index = 0; index < network.layers().size(); index++) {
            if (index == first) {
                masked.add(Layer.of("invert", new Operator.Elementwise("Sub"), List.of(given), List.of(inverse)));
                masked.add(Layer.of("scale", new Operator.Elementwise("Mul"), List.of(inverse), List.of(scaled)));
            }
            Layer layer = network.layers().get(index);
            List<Tensor> inputs = new ArrayList<>(layer.inputs());
            inputs.replaceAll(input -> input.equals(given) ? scaled : input);
            masked.add(Layer.of(layer.name(), layer.operator(), inputs, layer.outputs())
                    .withParameters(layer.parameters() + 1, layer.parameterBytes())
                    .withMacs(layer.macs()));
        }
        network.outputs().forEach(output -> masked.output(output.name()));
        return masked.build();
    }

    @Property(tries = 300, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void collapse_anyNetwork_keepsAllAndHasOneOrder(@ForAll("networks") LayerGraph network) {
        for (GraphCollapser collapser : COLLAPSERS) {
            CollapsedGraph collapsed = collapser.collapse(network);

            assertThat(collapsed.expand()).isEqualTo(network);
            assertThat(collapsed.graph().macs()).isEqualTo(network.macs());
            assertThat(collapsed.graph().parameterBytes()).isEqualTo(network.parameterBytes());
            assertThat(collapser.collapse(network).graph()).isEqualTo(collapsed.graph());
        }
        assertThat(COLLAPSERS.subList(0, 3))
                .allMatch(collapser -> collapser.collapse(network).graph().hasOneOrder());
    }

    @Property(tries = 300, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void expand_anyPlacement_hasTheMetricsOfItsBlocks(
            @ForAll("networks") LayerGraph network, @ForAll long seed, @ForAll TransferMode transfers) {
        Random random = new Random(seed);
        GraphCollapser collapser = COLLAPSERS.get(random.nextInt(COLLAPSERS.size()));
        Scenario scenario = Scenario.of(
                        "random",
                        Workload.of(Task.of("t", network, "terminal")
                                .withSink(Optional.of(random.nextBoolean() ? "terminal" : "cloud"))
                                .withFrames(10)),
                        FrequentSubgraphCollapserProperties.PLATFORM,
                        RooflineCostModel.withPresets())
                .withTransfers(transfers);
        CollapsedScenario collapsed = CollapsedScenario.of(scenario, collapser);
        PlanEvaluator blocks = PlanEvaluator.of(collapsed.scenario());
        Placement placement =
                blocks.decode(random.ints(blocks.compiled().layerCount(), 0, 3).toArray());

        FrequentSubgraphCollapserProperties.assertEqual(
                PlanEvaluator.of(scenario).evaluate(collapsed.expand(placement)), blocks.evaluate(placement));
    }
}
