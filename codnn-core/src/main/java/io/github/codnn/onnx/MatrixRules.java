package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fully connected layers and matrix products, plain and quantised, and sums over named indices. */
final class MatrixRules {

    private MatrixRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("Gemm", MatrixRules::gemm);
        rules.put("MatMul", node -> product(node, 1, node.type(0)).withTrained(0, 1));
        rules.put("MatMulInteger", node -> product(node, 1, ElementType.INT32).withTrained(0, 1));
        rules.put("QLinearMatMul", node -> product(node, 3, node.type(7)).withTrained(0, 3));
        rules.put("Einsum", MatrixRules::einsum);
        rules.put(
                "Det",
                node -> Inference.of(
                        new Operator.Reduction("Det"),
                        node.type(0),
                        ShapeArithmetic.part(node.shapeOfLeastRank(0, 2), 0, node.rank(0) - 2)));
    }

    private static Inference gemm(ResolvedNode node) {
        TensorShape a = flattened(node, 0);
        TensorShape b = flattened(node, 1);
        long rows = a.dimension(node.flag("transA") ? 1 : 0);
        long inner = a.dimension(node.flag("transA") ? 0 : 1);
        long columns = b.dimension(node.flag("transB") ? 0 : 1);
        if (b.dimension(node.flag("transB") ? 1 : 0) != inner) {
            throw new ImportFailure("matrices " + a + " and " + b + " do not fit each other");
        }
        Operator operator = node.isConstant(1) ? new Operator.FullyConnected() : new Operator.MatMul();
        return Inference.of(operator, node.type(0), ShapeArithmetic.of(rows, columns))
                .withMacs(rows, inner, columns)
                .withTrained(0, 1, 2);
    }

    /** The first operator sets let a convolution's output stand where a matrix is wanted. */
    private static TensorShape flattened(ResolvedNode node, int index) {
        TensorShape shape = node.shapeOfLeastRank(index, 2);
        if (shape.rank() == 2 || node.opset() >= 6) {
            return node.shapeOfRank(index, 2);
        }
        return ShapeArithmetic.of(
                shape.dimension(0), ShapeArithmetic.part(shape, 1, shape.rank()).elements());
    }

    static Inference product(ResolvedNode node, int second, ElementType type) {
        return product(node.shapeOfLeastRank(0, 1), node.shapeOfLeastRank(second, 1), type);
    }

    /** A matrix product of the last two axes, repeated over the others; a vector counts as a row or a column. */
    static Inference product(TensorShape a, TensorShape b, ElementType type) {
        long inner = a.dimension(-1);
        if (b.dimension(b.rank() == 1 ? 0 : -2) != inner) {
            throw new ImportFailure("matrices " + a + " and " + b + " do not fit each other");
        }
        TensorShape batch = ShapeArithmetic.broadcast(
                ShapeArithmetic.part(a, 0, Math.max(0, a.rank() - 2)),
                ShapeArithmetic.part(b, 0, Math.max(0, b.rank() - 2)));
        TensorShape rows = a.rank() == 1 ? TensorShape.scalar() : ShapeArithmetic.of(a.dimension(-2));
        TensorShape columns = b.rank() == 1 ? TensorShape.scalar() : ShapeArithmetic.of(b.dimension(-1));
        TensorShape output = ShapeArithmetic.joined(batch, rows, columns);
        return Inference.of(new Operator.MatMul(), type, output).withMacs(output.elements(), inner);
    }

    private static Inference einsum(ResolvedNode node) {
        String equation = node.text("equation", "").replace(" ", "");
        int arrow = equation.indexOf("->");
        String[] terms = (arrow < 0 ? equation : equation.substring(0, arrow)).split(",", -1);
        if (terms.length != node.inputCount()) {
            throw new ImportFailure("equation '" + equation + "' does not fit " + node.inputCount() + " inputs");
        }
        Map<String, Long> extents = new LinkedHashMap<>();
        Map<String, Integer> uses = new LinkedHashMap<>();
        List<List<String>> indices = new ArrayList<>();
        for (int term = 0; term < terms.length; term++) {
            indices.add(bind(terms[term], node.shape(term), extents, uses));
        }
        String result = arrow < 0 ? implied(uses) : equation.substring(arrow + 2);
        int underEllipsis = extents.keySet().stream()
                .filter(label -> label.startsWith("."))
                .mapToInt(label -> Integer.parseInt(label.substring(1)))
                .max()
                .orElse(0);
        List<String> delivered = labels(result, underEllipsis);
        if (!extents.keySet().containsAll(delivered)) {
            throw new ImportFailure("equation '" + equation + "' delivers an index that no input has");
        }
        long[] output = delivered.stream().mapToLong(extents::get).toArray();
        return Inference.of(new Operator.MatMul(), node.type(0), ShapeArithmetic.of(output))
                .withTrained(IntStream.range(0, terms.length).boxed().toArray(Integer[]::new))
                .withMacs(contractions(indices, delivered, extents));
    }

    /** Terms are multiplied two at a time, from left to right; indices that nothing needs any more are summed up. */
    private static long contractions(List<List<String>> terms, List<String> output, Map<String, Long> extents) {
        long macs = 0;
        Set<String> left = new LinkedHashSet<>(terms.get(0));
        for (int term = 1; term < terms.size(); term++) {
            left.addAll(terms.get(term));
            macs = Math.addExact(
                    macs,
                    Inference.product(left.stream().mapToLong(extents::get).toArray()));
            Set<String> needed = new HashSet<>(output);
            terms.subList(term + 1, terms.size()).forEach(needed::addAll);
            left.retainAll(needed);
        }
        return macs;
    }

    private static List<String> bind(
            String term, TensorShape shape, Map<String, Long> extents, Map<String, Integer> uses) {
        int named = (int) term.chars().filter(c -> c != '.').count();
        List<String> labels = labels(term, shape.rank() - named);
        if (labels.size() != shape.rank()) {
            throw new ImportFailure("term '" + term + "' does not fit an input " + shape);
        }
        for (int axis = 0; axis < labels.size(); axis++) {
            long extent = shape.dimension(axis);
            long bound = extents.getOrDefault(labels.get(axis), 1L);
            if (bound != extent && bound != 1 && extent != 1) {
                throw new ImportFailure("index '" + labels.get(axis) + "' is both " + bound + " and " + extent);
            }
            extents.merge(labels.get(axis), extent, Math::max);
            uses.merge(labels.get(axis), 1, Integer::sum);
        }
        return labels;
    }

    /** The indices of a term; those under an ellipsis are numbered from the back: {@code .2, .1}. */
    private static List<String> labels(String term, int underEllipsis) {
        int dots = term.indexOf("...");
        if (dots < 0) {
            return term.chars().mapToObj(Character::toString).toList();
        }
        return Stream.of(
                        term.substring(0, dots).chars().mapToObj(Character::toString),
                        IntStream.range(0, Math.max(0, underEllipsis)).mapToObj(i -> "." + (underEllipsis - i)),
                        term.substring(dots + 3).chars().mapToObj(Character::toString))
                .flatMap(labels -> labels)
                .toList();
    }

    /** Without an arrow the result has the ellipsis and each index that is used once, in alphabetical order. */
    private static String implied(Map<String, Integer> uses) {
        StringBuilder result = new StringBuilder();
        if (uses.keySet().stream().anyMatch(label -> label.startsWith("."))) {
            result.append("...");
        }
        uses.entrySet().stream()
                .filter(use -> use.getValue() == 1 && !use.getKey().startsWith("."))
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(result::append);
        return result.toString();
    }
}
