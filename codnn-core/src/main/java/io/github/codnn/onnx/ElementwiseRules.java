package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Functions element by element, of one tensor and of several, and softmax. */
final class ElementwiseRules {

    private static final List<String> ARITHMETIC = List.of(
            "Add",
            "BitShift",
            "BitwiseAnd",
            "BitwiseOr",
            "BitwiseXor",
            "Div",
            "Max",
            "Mean",
            "Min",
            "Mod",
            "Mul",
            "Pow",
            "StringConcat",
            "Sub",
            "Sum",
            "SwiGLU");

    /** Those that take any number of tensors, even one. */
    private static final Set<String> ANY_NUMBER = Set.of("Max", "Mean", "Min", "Sum");

    private static final List<String> COMPARISONS =
            List.of("And", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Or", "Xor");

    private ElementwiseRules() {}

    static void register(Map<String, Rule> rules) {
        ActivationRules.ALL.forEach(activation -> rules.put(activation, node -> unary(node, node.type(0))));
        rules.put("IsNaN", node -> unary(node, ElementType.BOOL));
        rules.put("IsInf", node -> unary(node, ElementType.BOOL));
        rules.put("Bernoulli", node -> unary(node, typeOf(node, "dtype", node.type(0))));
        rules.put("Cast", node -> unary(node, castType(node)));
        rules.put("BitCast", node -> unary(node, bitCastType(node)));
        rules.put("RegexFullMatch", node -> unary(node, ElementType.BOOL));
        rules.put("CastLike", node -> unary(node, node.type(1)));
        rules.put("PRelu", ElementwiseRules::parametricRelu);
        for (String softmax : List.of("Softmax", "LogSoftmax", "Hardmax")) {
            rules.put(softmax, ElementwiseRules::softmax);
        }
        for (String function : ARITHMETIC) {
            rules.put(function, node -> several(node, ANY_NUMBER.contains(function) ? 1 : 2, any -> any.type(0)));
        }
        for (String comparison : COMPARISONS) {
            rules.put(comparison, node -> several(node, 2, any -> ElementType.BOOL));
        }
        rules.put("Where", node -> several(node, 3, second -> second.type(1)));
    }

    private static Inference unary(ResolvedNode node, ElementType type) {
        return Inference.of(new Operator.Activation(node.operator()), type, node.shape(0));
    }

    private static Inference softmax(ResolvedNode node) {
        // Before operator set 13 an axis one beyond the last is allowed: all elements are then one row each.
        int rank = node.rank(0);
        long axis = node.number("axis", -1);
        if (rank > 0 && !(axis == rank && node.opset() < 13)) {
            ResolvedNode.axis(axis, rank);
        }
        return Inference.of(new Operator.Softmax(node.operator()), node.type(0), node.shape(0));
    }

    private static Inference parametricRelu(ResolvedNode node) {
        return Inference.of(new Operator.Activation("PRelu"), node.type(0), node.shape(0))
                .withTrained(1);
    }

    /** The type that an attribute names, or another if it is not there. */
    static ElementType typeOf(ResolvedNode node, String attribute, ElementType otherwise) {
        if (!node.hasAttribute(attribute)) {
            return otherwise;
        }
        int dataType = (int) node.number(attribute, 0);
        return ParsedModel.elementType(dataType)
                .orElseThrow(() -> new ImportFailure("attribute '" + attribute + "' asks for element type " + dataType
                        + ", which is not a number type"));
    }

    /** The first operator set names the type by its name, the later ones by its number. */
    static ElementType castType(ResolvedNode node) {
        String name = node.text("to", "");
        if (name.isEmpty()) {
            return typeOf(node, "to", ElementType.FLOAT32);
        }
        return switch (name) {
            case "FLOAT" -> ElementType.FLOAT32;
            case "DOUBLE" -> ElementType.FLOAT64;
            default -> {
                for (ElementType type : ElementType.values()) {
                    if (type.name().equals(name)) {
                        yield type;
                    }
                }
                throw new ImportFailure(
                        "attribute 'to' asks for element type '" + name + "', which is not a number type");
            }
        };
    }

    /** The same bits as another type of the same width. */
    private static ElementType bitCastType(ResolvedNode node) {
        ElementType to = typeOf(node, "to", node.type(0));
        if (to.bits() != node.type(0).bits()) {
            throw new ImportFailure(
                    "attribute 'to' asks for " + to.bits() + " bits an element, but an element of input '"
                            + node.input(0).name() + "' has " + node.type(0).bits());
        }
        return to;
    }

    private static Inference several(ResolvedNode node, int least, Function<ResolvedNode, ElementType> type) {
        TensorShape shape = node.shape(0);
        for (int input = 1; input < least; input++) {
            node.input(input); // refuses the node if it is missing
        }
        // Before operator set 7 the second tensor was fitted to the first where 'broadcast' and 'axis' said.
        if (!(node.opset() < 7 && node.flag("broadcast"))) {
            for (int input = 1; input < node.inputCount(); input++) {
                shape = ShapeArithmetic.broadcast(shape, node.shape(input));
            }
        }
        // A single number is a part of the formula, such as the 2 of a square, not a trained value.
        Integer[] trained = IntStream.range(0, node.inputCount())
                .filter(input -> node.shape(input).elements() > 1)
                .filter(input -> SmallTensor.holdsReal(node.type(input)))
                .boxed()
                .toArray(Integer[]::new);
        return Inference.of(new Operator.Elementwise(node.operator()), new Output(type.apply(node), shape))
                .withTrained(trained);
    }
}
