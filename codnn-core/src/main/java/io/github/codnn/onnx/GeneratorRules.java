package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Rule;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators that make tensors of settings, of the shape of another tensor, or of chance. */
final class GeneratorRules {

    /** What these make differs from run to run, so it is no constant even if all that it is made of is. */
    static final Set<String> RANDOM = Set.of(
            "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli");

    private GeneratorRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("Constant", GeneratorRules::constant);
        rules.put(
                "ConstantOfShape",
                node -> made(
                        node,
                        node.tensor("value").map(GeneratorRules::typeOf).orElse(ElementType.FLOAT32),
                        ShapeArithmetic.of(node.known(0))));
        rules.put("Shape", node -> made(node, ElementType.INT64, ShapeArithmetic.of(shapeOf(node).length)));
        rules.put("Size", node -> made(node, ElementType.INT64, TensorShape.scalar()));
        rules.put("Range", node -> made(node, node.type(0), ShapeArithmetic.of(steps(node))));
        rules.put("EyeLike", node -> made(node, ElementwiseRules.typeOf(node, "dtype", node.type(0)), node.shape(0)));
        for (String kind : List.of("RandomNormal", "RandomUniform")) {
            rules.put(
                    kind,
                    node -> made(
                            node,
                            ElementwiseRules.typeOf(node, "dtype", ElementType.FLOAT32),
                            ShapeArithmetic.of(
                                    node.numbers("shape").orElseThrow(() -> new ImportFailure("it has no shape")))));
            rules.put(
                    kind + "Like",
                    node -> made(node, ElementwiseRules.typeOf(node, "dtype", node.type(0)), node.shape(0)));
        }
        rules.put(
                "Multinomial",
                node -> made(
                        node,
                        ElementwiseRules.typeOf(node, "dtype", ElementType.INT32),
                        ShapeArithmetic.of(node.shapeOfRank(0, 2).dimension(0), node.number("sample_size", 1))));
        for (String window : List.of("BlackmanWindow", "HannWindow", "HammingWindow")) {
            rules.put(
                    window,
                    node -> made(
                            node,
                            ElementwiseRules.typeOf(node, "output_datatype", ElementType.FLOAT32),
                            ShapeArithmetic.of(node.knownNumber(0))));
        }
        rules.put(
                "MelWeightMatrix",
                node -> made(
                        node,
                        ElementwiseRules.typeOf(node, "output_datatype", ElementType.FLOAT32),
                        ShapeArithmetic.of(node.knownNumber(1) / 2 + 1, node.knownNumber(0))));
    }

    private static Inference made(ResolvedNode node, ElementType type, TensorShape shape) {
        return Inference.of(new Operator.DataMovement(node.operator()), type, shape);
    }

    /** The extents that a {@code Shape} node delivers. */
    static long[] shapeOf(ResolvedNode node) {
        TensorShape shape = node.shape(0);
        int from = bounded(node.number("start", 0), shape.rank());
        int to = bounded(node.number("end", shape.rank()), shape.rank());
        return ShapeArithmetic.extents(ShapeArithmetic.part(shape, Math.min(from, to), to));
    }

    private static int bounded(long axis, int rank) {
        return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
    }

    private static long steps(ResolvedNode node) {
        SmallTensor[] bounds = new SmallTensor[3];
        for (int index = 0; index < 3; index++) {
            node.known(index);
            bounds[index] = node.values(index).orElseThrow();
            if (bounds[index].size() != 1) {
                throw new ImportFailure("input '" + node.input(index).name() + "' must be a single number");
            }
        }
        if (bounds[2].real(0) == 0) {
            throw new ImportFailure("it counts in steps of 0");
        }
        if (bounds[0].isReal()) {
            return (long) Math.max(0, Math.ceil((bounds[1].real(0) - bounds[0].real(0)) / bounds[2].real(0)));
        }
        long way = Math.subtractExact(bounds[1].whole(0), bounds[0].whole(0));
        return Math.max(0, -Math.floorDiv(-way, bounds[2].whole(0)));
    }

    private static Inference constant(ResolvedNode node) {
        if (node.tensor("value").isPresent() || node.tensor("sparse_value").isPresent()) {
            Weight weight =
                    node.tensor("value").or(() -> node.tensor("sparse_value")).orElseThrow();
            return made(
                    node, typeOf(weight), ShapeArithmetic.of(weight.dimensions().toArray()));
        }
        if (node.hasAttribute("value_float") || node.hasAttribute("value_int")) {
            return made(
                    node,
                    node.hasAttribute("value_int") ? ElementType.INT64 : ElementType.FLOAT32,
                    TensorShape.scalar());
        }
        if (node.hasAttribute("value_ints")) {
            return made(
                    node,
                    ElementType.INT64,
                    ShapeArithmetic.of(node.numbers("value_ints").orElseThrow().length));
        }
        if (node.hasAttribute("value_floats")) {
            return made(
                    node,
                    ElementType.FLOAT32,
                    ShapeArithmetic.of(node.reals("value_floats").orElseThrow().length));
        }
        throw new ImportFailure("it has no number for a value");
    }

    /** The values that a {@code Constant} node delivers, if they are few. */
    static @Nullable SmallTensor valueOf(ResolvedNode node) {
        if (node.hasAttribute("value_int")) {
            return SmallTensor.ofWhole(ElementType.INT64, TensorShape.scalar(), node.number("value_int", 0));
        }
        if (node.hasAttribute("value_float")) {
            return SmallTensor.ofReal(
                    ElementType.FLOAT32,
                    TensorShape.scalar(),
                    node.real("value_float").orElseThrow());
        }
        if (node.hasAttribute("value_ints")) {
            return SmallTensor.vector(node.numbers("value_ints").orElseThrow());
        }
        if (node.hasAttribute("value_floats")) {
            double[] values = node.reals("value_floats").orElseThrow();
            return SmallTensor.ofReal(ElementType.FLOAT32, TensorShape.of(values.length), values);
        }
        return node.tensor("value").map(Weight::values).orElse(null);
    }

    static ElementType typeOf(Weight weight) {
        return ParsedModel.elementType(weight.dataType())
                .orElseThrow(() -> new ImportFailure("tensor '" + weight.name() + "' has element type "
                        + weight.dataType() + ", which is not a number type"));
    }
}
