package io.github.codnn.onnx;

import com.google.common.primitives.ImmutableDoubleArray;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One node with what is known of its inputs: what an operator's rule works on. */
final class ResolvedNode {

    private final Node node;
    private final long opset;
    private final List<@Nullable KnownTensor> inputs;

    ResolvedNode(Node node, long opset, List<@Nullable KnownTensor> inputs) {
        this.node = node;
        this.opset = opset;
        this.inputs = Collections.unmodifiableList(inputs);
    }

    /** The operator's name. */
    String operator() {
        return node.operator();
    }

    /** The version of the operator set that the node is written in. */
    long opset() {
        return opset;
    }

    Node node() {
        return node;
    }

    // Inputs

    int inputCount() {
        return inputs.size();
    }

    boolean has(int index) {
        return index < inputs.size() && inputs.get(index) != null;
    }

    KnownTensor input(int index) {
        KnownTensor value = index < inputs.size() ? inputs.get(index) : null;
        if (value == null) {
            throw new ImportFailure("input " + index + " is missing");
        }
        return value;
    }

    TensorShape shape(int index) {
        return input(index).shape();
    }

    int rank(int index) {
        return shape(index).rank();
    }

    ElementType type(int index) {
        return input(index).type();
    }

    boolean isConstant(int index) {
        return has(index) && input(index).isConstant();
    }

    /** The values of an input, if they are known. */
    Optional<SmallTensor> values(int index) {
        return has(index) ? Optional.ofNullable(input(index).values()) : Optional.empty();
    }

    /** The shape of an input that must have a number of axes. */
    TensorShape shapeOfRank(int index, int rank) {
        TensorShape shape = shape(index);
        if (shape.rank() != rank) {
            throw new ImportFailure("input '" + input(index).name() + "' must have " + rank + " axes, but is " + shape);
        }
        return shape;
    }

    /** The shape of an input that must have at least a number of axes. */
    TensorShape shapeOfLeastRank(int index, int rank) {
        TensorShape shape = shape(index);
        if (shape.rank() < rank) {
            throw new ImportFailure(
                    "input '" + input(index).name() + "' must have at least " + rank + " axes, but is " + shape);
        }
        return shape;
    }

    // Attributes

    boolean hasAttribute(String name) {
        return node.attributes().containsKey(name);
    }

    private Optional<Attribute> attribute(String name) {
        return Optional.ofNullable(node.attributes().get(name));
    }

    long number(String name, long otherwise) {
        return attribute(name).map(Attribute::number).orElse(otherwise);
    }

    boolean flag(String name) {
        return number(name, 0) != 0;
    }

    /** A number that must lie in a range. */
    int number(String name, int otherwise, int least, int most) {
        long value = number(name, otherwise);
        if (value < least || value > most) {
            throw new ImportFailure(
                    "attribute '" + name + "' must lie between " + least + " and " + most + ", but is " + value);
        }
        return (int) value;
    }

    OptionalDouble real(String name) {
        return attribute(name).stream().mapToDouble(Attribute::real).findFirst();
    }

    String text(String name, String otherwise) {
        return attribute(name).map(Attribute::text).orElse(otherwise);
    }

    /** A list of numbers, or nothing if the attribute is not there. */
    Optional<long[]> numbers(String name) {
        return attribute(name).map(found -> found.numbers().toArray());
    }

    /** A list of numbers of a length, or as many times a value if the attribute is not there. */
    long[] numbers(String name, int length, long otherwise) {
        long[] numbers = numbers(name).orElseGet(() -> {
            long[] all = new long[length];
            Arrays.fill(all, otherwise);
            return all;
        });
        if (numbers.length != length) {
            throw new ImportFailure(
                    "attribute '" + name + "' must have " + length + " numbers, but is " + Arrays.toString(numbers));
        }
        return numbers;
    }

    Optional<double[]> reals(String name) {
        return attribute(name).map(Attribute::reals).map(ImmutableDoubleArray::toArray);
    }

    Optional<Weight> tensor(String name) {
        return attribute(name).map(Attribute::tensor);
    }

    /** Numbers from an attribute of old operator sets or an input of new ones; nothing if neither is there. */
    Optional<long[]> setting(String name, int input) {
        if (hasAttribute(name)) {
            return numbers(name);
        }
        return has(input) ? Optional.of(known(input)) : Optional.empty();
    }

    /** The whole numbers of an input that has to be known. */
    long[] known(int index) {
        SmallTensor values = input(index).values();
        if (values == null) {
            throw new UnknownShape(
                    "it depends on the values of '" + input(index).name() + "', which are not known before the run");
        }
        return values.toWhole();
    }

    /** The whole number of an input that has to be known and single. */
    long knownNumber(int index) {
        long[] values = known(index);
        if (values.length != 1) {
            throw new ImportFailure("input '" + input(index).name() + "' must be a single number");
        }
        return values[0];
    }

    /** An axis attribute, counted from the back if negative. */
    int axis(String name, long otherwise, int rank) {
        return axis(number(name, otherwise), rank);
    }

    static int axis(long axis, int rank) {
        long counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw new ImportFailure("axis " + axis + " is outside a tensor of " + rank + " axes");
        }
        return (int) counted;
    }
}
