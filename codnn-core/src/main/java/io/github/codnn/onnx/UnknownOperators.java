package io.github.codnn.onnx;

import io.github.codnn.onnx.ParsedModel.Node;
import java.util.Set;

/** Messages about nodes whose output shapes are not known. */
final class UnknownOperators {

    private static final Set<String> SEQUENCES = Set.of(
            "SequenceConstruct",
            "SequenceEmpty",
            "SequenceInsert",
            "SequenceErase",
            "SequenceMap",
            "SplitToSequence",
            "Optional");

    private UnknownOperators() {}

    /** Says why there is no shape and what helps. */
    static String shapeMessage(Node node, String output) {
        if (SEQUENCES.contains(node.operator()) && node.domain().isEmpty()) {
            return "its output '" + output + "' is a sequence or an optional value, which this reader does not "
                    + "support. Maybe export the model without sequences.";
        }
        String domain = node.domain().isEmpty() ? "" : " of domain '" + node.domain() + "'";
        boolean known = ShapeRules.of(node.domain(), node.operator()).isPresent();
        return (known ? "" : "operator " + node.operator() + domain + " is not known here, and ")
                + "the shape of its output '" + output + "' is not known. Maybe run shape inference on the file first.";
    }
}
