package io.github.codnn.swarm;

import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.scenario.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;

/** Tasks of random chains with a table of measured times. */
final class MeasuredChains {

    private final SplittableRandom random;
    private final Map<String, Map<String, Double>> seconds = new HashMap<>();
    private int count;

    MeasuredChains(SplittableRandom random) {
        this.random = random;
    }

    /** Returns a new task; {@code times} are the seconds of a layer by kind of device, from its random work. */
    Task next(String source, int layers, long inputBytes, DoubleFunction<Map<String, Double>> times) {
        String task = "t" + count++;
        Tensor crossing = Tensor.ofBytes("x", inputBytes);
        LayerGraph.Builder graph = LayerGraph.builder("net").input(crossing);
        for (int layer = 0; layer < layers; layer++) {
            String name = task + "l" + layer;
            Tensor output = Tensor.ofBytes("x" + layer, 1 + random.nextInt(1000));
            graph.add(Layer.of(name, new Operator.Other("Measured"), List.of(crossing), List.of(output)));
            seconds.put(name, times.apply(0.2 + random.nextDouble()));
            crossing = output;
        }
        return Task.of(task, graph.build(), source);
    }

    /** Returns the times of all tasks. */
    CostModel costs() {
        return TableCostModel.of(seconds);
    }
}
