package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testing.PlanningArbitraries;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BlockMemoryTest {

    @Provide
    Arbitrary<LayerGraph> chains() {
        return PlanningArbitraries.chains();
    }

    @Provide
    Arbitrary<LayerGraph> networks() {
        return PlanningArbitraries.layerGraphs().filter(graph -> Collections.disjoint(graph.inputs(), graph.outputs()));
    }

    /** A chain needs nothing but the tensors around the layer that runs, in a block or not. */
    @Property(tries = 200, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void chainAsABlock_needsWhatItsLayersNeed(@ForAll("chains") LayerGraph chain) {
        assertThat(needed(asBlock(chain))).isEqualTo(needed(chain));
    }

    /** A block gets all inputs before it begins and delivers all outputs when it is done, so it needs no less. */
    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void networkAsABlock_needsNoLessThanItsLayers(@ForAll("networks") LayerGraph network) {
        long everything = network.parameterBytes()
                + network.inputs().stream().mapToLong(Tensor::bytes).sum()
                + network.layers().stream().mapToLong(Layer::outputBytes).sum();

        assertThat(needed(asBlock(network))).isBetween(needed(network), everything);
    }

    /**
     * Two branches from x (100 bytes): a (10) joins b (20) into y (5). Alone the block drops x when b is written; if x
     * is read again behind the block, it stays until the end.
     */
    @Test
    void inputReadAgainBehindTheBlock_staysAliveInIt() {
        Tensor x = Tensor.ofBytes("x", 100);
        Tensor a = Tensor.ofBytes("a", 10);
        Tensor b = Tensor.ofBytes("b", 20);
        Tensor y = Tensor.ofBytes("y", 95);
        Tensor z = Tensor.ofBytes("z", 1);
        LayerGraph body = LayerGraph.builder("body")
                .input(x)
                .add(layer("la", List.of(x), a))
                .add(layer("lb", List.of(x), b))
                .add(layer("ly", List.of(a, b), y))
                .build();
        Layer block = Layer.of("block", new Operator.Block("Branches", body), List.of(x), List.of(y));
        LayerGraph alone = LayerGraph.builder("alone").input(x).add(block).build();
        LayerGraph again = LayerGraph.builder("again")
                .input(x)
                .add(block)
                .add(layer("lz", List.of(x, y), z))
                .build();

        assertThat(needed(alone)).isEqualTo(100 + 10 + 20);
        assertThat(needed(again)).isEqualTo(100 + 10 + 20 + 95);
    }

    private static Layer layer(String name, List<Tensor> inputs, Tensor output) {
        return Layer.of(name, new Operator.Other("Measured"), inputs, List.of(output));
    }

    private static LayerGraph asBlock(LayerGraph body) {
        LayerGraph.Builder builder = LayerGraph.builder("one block");
        body.inputs().forEach(builder::input);
        return builder.add(Layer.of("block", new Operator.Block("Body", body), body.inputs(), body.outputs())
                        .withParameters(body.parameters(), body.parameterBytes()))
                .build();
    }

    /** Returns the memory that a network needs on a single device, as the message about too little of it tells. */
    private static long needed(LayerGraph graph) {
        Scenario scenario = Scenario.of(
                "memory",
                Workload.of(Task.of("t", graph)),
                new Platform(List.of(Device.of("a", "k").withMemoryBytes(1)), List.of(Link.of("*", "*", 1, 0))),
                (layer, device) -> Cost.ZERO);
        PlanEvaluator evaluator = PlanEvaluator.of(scenario);
        Evaluation evaluation = evaluator.newEvaluation();
        evaluation.evaluate(evaluator.encode(Placement.allOn(scenario.workload(), "a")));
        long needed = evaluation.memoryBytes(0);
        if (needed > 1) {
            assertThat(evaluation.snapshot().violations())
                    .singleElement()
                    .isEqualTo(new Violation(
                            Violation.Constraint.MEMORY,
                            "a",
                            needed - 1,
                            "Device 'a' needs " + needed + " bytes, but has 1"));
        }
        return needed;
    }
}
