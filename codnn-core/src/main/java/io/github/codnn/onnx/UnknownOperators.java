package io.github.codnn.onnx;

import io.github.codnn.onnx.ParsedModel.Node;

/** Messages about nodes whose output shapes are not known. */
final class UnknownOperators {

    private UnknownOperators() {}

    /** Says why there is no shape and what helps. */
    static String shapeMessage(Node node, String output) {
        String domain = node.domain().isEmpty() ? "" : " of domain '" + node.domain() + "'";
        boolean known = ShapeRules.of(node.domain(), node.operator()).isPresent();
        return (known ? "" : "operator " + node.operator() + domain + " is not known here, and ")
                + "the shape of its output '" + output + "' is not known. Maybe run shape inference on the file first.";
    }
}
