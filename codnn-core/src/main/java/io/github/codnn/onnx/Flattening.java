package io.github.codnn.onnx;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;

/** Takes blocks apart into the layers inside, at any depth. */
final class Flattening {

    private Flattening() {}

    static LayerGraph of(LayerGraph graph) {
        if (graph.layers().stream().noneMatch(layer -> layer.operator() instanceof Operator.Block)) {
            return graph;
        }
        LayerGraph.Builder flat = LayerGraph.builder(graph.name());
        graph.inputs().forEach(flat::input);
        graph.layers().forEach(layer -> add(flat, layer));
        graph.outputs().forEach(output -> flat.output(output.name()));
        return flat.build().withNotices(graph.notices());
    }

    private static void add(LayerGraph.Builder flat, Layer layer) {
        if (layer.operator() instanceof Operator.Block block) {
            block.body().layers().forEach(inner -> add(flat, inner));
        } else {
            flat.add(layer);
        }
    }
}
