/**
 * Layer graphs and their readers, block collapsing, platforms, cost models and the evaluation of plans.
 *
 * <p>The packages that are exported to our other modules only are no part of the API. Other libraries show in one
 * place, {@link io.github.codnn.graph.LayerGraph#asJGraphT()}.
 */
// Our other modules are compiled later, and protobuf has its name in its manifest only.
@SuppressWarnings({"module", "requires-automatic"})
module io.github.codnn.core {
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires com.google.protobuf;
    requires transitive org.jgrapht.core;
    requires static org.jspecify;

    exports io.github.codnn;
    exports io.github.codnn.collapse;
    exports io.github.codnn.cost;
    exports io.github.codnn.darknet;
    exports io.github.codnn.graph;
    exports io.github.codnn.internal to
            io.github.codnn.optimize,
            io.github.codnn.predict;
    exports io.github.codnn.json;
    exports io.github.codnn.mining;
    exports io.github.codnn.onnx;
    exports io.github.codnn.plan;
    exports io.github.codnn.platform;
    exports io.github.codnn.scenario;
    exports io.github.codnn.simulate;
    exports io.github.codnn.split;
    exports io.github.codnn.zoo;
}
