package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Sequences of tensors, and optional values.
 *
 * <p>A sequence is one tensor of a layer graph: its elements lie behind each other, in one more axis where all have one
 * shape. An optional value is the value that it may hold.
 */
final class SequenceRules {

    private static final Set<String> READERS = Set.of(
            "SequenceInsert",
            "SequenceErase",
            "SequenceAt",
            "SequenceLength",
            "ConcatFromSequence",
            "Identity",
            "Optional",
            "OptionalGetElement",
            "OptionalHasElement");

    private SequenceRules() {}

    /** Refuses a sequence where an operator needs a tensor. */
    static void check(ResolvedNode node) {
        for (int input = 0; input < node.inputCount() && !READERS.contains(node.operator()); input++) {
            if (node.has(input) && node.input(input).elements() != null) {
                throw new ImportFailure("input '" + node.input(input).name() + "' is a sequence of tensors");
            }
        }
    }

    static void register(Map<String, Rule> rules) {
        rules.put(
                "SequenceEmpty",
                node -> sequence(node, ElementwiseRules.typeOf(node, "dtype", ElementType.FLOAT32), List.of()));
        rules.put("SequenceConstruct", node -> sequence(node, node.type(0), shapes(node)));
        rules.put("SequenceInsert", node -> sequence(node, node.type(1), inserted(node)));
        rules.put("SequenceErase", node -> sequence(node, node.type(0), erased(node)));
        rules.put("SplitToSequence", node -> sequence(node, node.type(0), parts(node)));
        rules.put("SequenceAt", SequenceRules::element);
        rules.put("SequenceLength", node -> moved(node, new Output(ElementType.INT64, TensorShape.scalar())));
        rules.put("ConcatFromSequence", node -> moved(node, new Output(node.type(0), joined(node))));
        rules.put("Identity", SequenceRules::same);
        rules.put("Optional", SequenceRules::same);
        rules.put("OptionalGetElement", SequenceRules::same);
        rules.put("OptionalHasElement", node -> moved(node, new Output(ElementType.BOOL, TensorShape.scalar())));
    }

    private static Inference moved(ResolvedNode node, Output output) {
        return Inference.of(new Operator.DataMovement(node.operator()), output);
    }

    private static Inference sequence(ResolvedNode node, ElementType type, List<TensorShape> elements) {
        return moved(node, Output.sequence(type, elements));
    }

    private static Inference same(ResolvedNode node) {
        if (!node.has(0)) {
            throw new UnknownShape("it holds nothing");
        }
        return moved(node, new Output(node.type(0), node.shape(0), node.input(0).elements()));
    }

    /** The elements of an input that has to be a sequence. */
    static List<TensorShape> elements(ResolvedNode node, int input) {
        return Optional.ofNullable(node.input(input).elements())
                .orElseThrow(
                        () -> new ImportFailure("input '" + node.input(input).name() + "' is no sequence"));
    }

    /** One element of an input that is a sequence, or an input that is a tensor. */
    static KnownTensor element(ResolvedNode node, int input, int index) {
        KnownTensor value = node.input(input);
        List<TensorShape> elements = value.elements();
        if (elements == null) {
            return value;
        }
        if (index >= elements.size()) {
            throw new ImportFailure("input '" + value.name() + "' has " + elements.size() + " elements only");
        }
        return BodyInference.flowing(value.name(), value.type(), elements.get(index));
    }

    private static List<TensorShape> elements(ResolvedNode node) {
        return elements(node, 0);
    }

    private static List<TensorShape> shapes(ResolvedNode node) {
        List<TensorShape> shapes = new ArrayList<>();
        for (int input = 0; input < node.inputCount(); input++) {
            shapes.add(node.shape(input));
        }
        return shapes;
    }

    /** The position that an input names, or nothing if it is not known before the run. */
    private static OptionalInt position(ResolvedNode node, int input, int size, int otherwise) {
        if (!node.has(input)) {
            return OptionalInt.of(otherwise);
        }
        if (node.values(input).isEmpty()) {
            return OptionalInt.empty();
        }
        long position = node.knownNumber(input);
        long counted = position < 0 ? position + size : position;
        if (counted < 0 || counted > size) {
            throw new ImportFailure("position " + position + " is outside a sequence of " + size);
        }
        return OptionalInt.of((int) counted);
    }

    private static List<TensorShape> inserted(ResolvedNode node) {
        List<TensorShape> elements = new ArrayList<>(elements(node));
        int size = elements.size();
        elements.add(position(node, 2, size, size).orElse(size), node.shape(1));
        return elements;
    }

    /** Of a sequence without one element that is not known before the run, the smallest is missing. */
    private static List<TensorShape> erased(ResolvedNode node) {
        List<TensorShape> elements = new ArrayList<>(elements(node));
        int size = elements.size();
        if (size == 0) {
            throw new ImportFailure("it erases from an empty sequence");
        }
        int smallest = elements.indexOf(Collections.min(elements, Comparator.comparingLong(TensorShape::elements)));
        elements.remove(inside(position(node, 1, size, size - 1).orElse(smallest), size));
        return elements;
    }

    private static int inside(int position, int size) {
        if (position >= size) {
            throw new ImportFailure("position " + position + " is outside a sequence of " + size);
        }
        return position;
    }

    private static Inference element(ResolvedNode node) {
        List<TensorShape> elements = elements(node);
        if (elements.isEmpty()) {
            throw new ImportFailure("it reads from an empty sequence");
        }
        OptionalInt position = position(node, 1, elements.size(), 0);
        if (position.isPresent()) {
            return moved(node, new Output(node.type(0), elements.get(inside(position.getAsInt(), elements.size()))));
        }
        TensorShape greatest = Collections.max(elements, Comparator.comparingLong(TensorShape::elements));
        Inference inference = moved(node, new Output(node.type(0), greatest));
        return elements.stream().distinct().count() == 1 ? inference : inference.asGreatest();
    }

    private static TensorShape joined(ResolvedNode node) {
        List<TensorShape> elements = elements(node);
        if (elements.isEmpty()) {
            throw new ImportFailure("it joins an empty sequence");
        }
        TensorShape first = elements.get(0);
        boolean stacked = node.flag("new_axis");
        int axis = node.axis("axis", 0, first.rank() + (stacked ? 1 : 0));
        long extent = 0;
        for (TensorShape element : elements) {
            boolean fits = element.rank() == first.rank()
                    && (stacked
                            ? element.equals(first)
                            : ShapeArithmetic.with(element, axis, 0).equals(ShapeArithmetic.with(first, axis, 0)));
            if (!fits) {
                throw new ImportFailure("shapes " + first + " and " + element + " cannot be joined along axis " + axis);
            }
            extent = Math.addExact(extent, stacked ? 1 : element.dimension(axis));
        }
        return stacked
                ? ShapeArithmetic.joined(
                        ShapeArithmetic.part(first, 0, axis),
                        ShapeArithmetic.of(extent),
                        ShapeArithmetic.part(first, axis, first.rank()))
                : ShapeArithmetic.with(first, axis, extent);
    }

    /** Parts of one extent without their axis unless it is kept, or parts of the extents that an input lists. */
    private static List<TensorShape> parts(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 1);
        int axis = node.axis("axis", 0, input.rank());
        long extent = input.dimension(axis);
        List<TensorShape> parts = new ArrayList<>();
        long[] sizes = node.has(1) ? node.known(1) : new long[] {1};
        boolean listed = node.has(1) && node.rank(1) == 1;
        long from = 0;
        while (listed ? parts.size() < sizes.length : from < extent) {
            long size = listed ? sizes[parts.size()] : Math.min(sizes[0], extent - from);
            if (size < (listed ? 0 : 1)) {
                throw new ImportFailure("it splits into parts of " + size);
            }
            if (parts.size() >= SmallTensor.MAX_ELEMENTS) {
                throw new ImportFailure(
                        "it splits an extent of " + extent + " into more than " + SmallTensor.MAX_ELEMENTS + " parts");
            }
            parts.add(
                    !node.has(1) && node.number("keepdims", 1) == 0
                            ? ShapeArithmetic.joined(
                                    ShapeArithmetic.part(input, 0, axis),
                                    ShapeArithmetic.part(input, axis + 1, input.rank()))
                            : ShapeArithmetic.with(input, axis, size));
            from = Math.addExact(from, size);
        }
        if (from != extent) {
            throw new ImportFailure("an extent of " + extent + " cannot be split into parts of " + from + " in all");
        }
        return parts;
    }
}
