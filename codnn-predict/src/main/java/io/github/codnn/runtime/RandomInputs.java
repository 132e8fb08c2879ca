package io.github.codnn.runtime;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.internal.Checks;
import io.github.codnn.split.Dimension;
import io.github.codnn.split.PipelineTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes random frames.
 *
 * @param otherwise the extent of open dimensions that have none of their own
 * @param dimensions the extents of open dimensions by name
 * @param shapes the shapes of inputs by name
 * @param values the values of inputs that are the same in every frame, by name
 */
record RandomInputs(
        long otherwise,
        Map<String, Long> dimensions,
        Map<String, List<Long>> shapes,
        Map<String, List<Double>> values) {

    RandomInputs {
        dimensions = Checks.copyInOrder(dimensions);
        shapes = Checks.copyInOrder(shapes);
        values = Checks.copyInOrder(values);
    }

    RandomInputs withDimension(String name, long extent) {
        return new RandomInputs(otherwise, with(dimensions, name, extent), shapes, values);
    }

    RandomInputs withOtherwise(long extent) {
        return new RandomInputs(extent, dimensions, shapes, values);
    }

    RandomInputs withShape(String input, List<Long> shape) {
        return new RandomInputs(otherwise, dimensions, with(shapes, input, shape), values);
    }

    RandomInputs withValue(String input, List<Double> elements) {
        return new RandomInputs(otherwise, dimensions, shapes, with(values, input, elements));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    Map<String, TensorValue> frame(List<PipelineTensor> inputs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, TensorValue> frame = new LinkedHashMap<>();
        for (PipelineTensor input : inputs) {
            frame.put(input.name(), value(input, random.split()));
        }
        return frame;
    }

    private TensorValue value(PipelineTensor input, SplittableRandom random) {
        Tensor tensor = new Tensor(input.name(), shape(input), elementType(input));
        byte[] bytes = TensorValue.zeros(tensor).toByteArray();
        ByteBuffer elements = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Double> given = values.getOrDefault(input.name(), List.of());
        if (!given.isEmpty() && given.size() != tensor.shape().elements()) {
            throw new CodnnException("Input '" + input.name() + "' has "
                    + tensor.shape().elements() + " elements, but " + given.size() + " values are given");
        }
        given.forEach(value -> put(tensor.type(), value, elements));
        while (elements.hasRemaining()) {
            putRandom(tensor.type(), random, elements);
        }
        return TensorValue.owning(tensor, bytes);
    }

    private static void putRandom(ElementType type, SplittableRandom random, ByteBuffer elements) {
        switch (type) {
            // Positive numbers below one: an exponent below that of 1 and any fraction.
            case FLOAT16 -> elements.putShort((short) (0x3800 | random.nextInt(0x400)));
            case BFLOAT16 -> elements.putShort((short) (0x3f00 | random.nextInt(0x80)));
            case FLOAT32, FLOAT64 -> put(type, random.nextDouble(), elements);
            default -> put(type, random.nextInt(2), elements);
        }
    }

    private static void put(ElementType type, double value, ByteBuffer elements) {
        switch (type) {
            case FLOAT32 -> elements.putFloat((float) value);
            case FLOAT64 -> elements.putDouble(value);
            case INT64, UINT64 -> elements.putLong((long) value);
            case INT32, UINT32 -> elements.putInt((int) (long) value);
            case INT16, UINT16 -> elements.putShort((short) (long) value);
            case INT8, UINT8, BOOL -> elements.put((byte) (long) value);
            default -> throw new CodnnException("No values can be given for an input of type " + type);
        }
    }

    private TensorShape shape(PipelineTensor input) {
        List<Long> given = shapes.get(input.name());
        if (given != null) {
            return new TensorShape(given);
        }
        List<Dimension> declared = input.shape()
                .orElseThrow(() -> new CodnnException(
                        "The model does not say how many dimensions input '" + input.name() + "' has. Give its shape"));
        List<Long> extents = new ArrayList<>();
        for (Dimension dimension : declared) {
            String name = dimension.name().isEmpty() ? input.name() + "[" + extents.size() + "]" : dimension.name();
            extents.add(dimension.extent().orElseGet(() -> dimensions.getOrDefault(name, otherwise)));
        }
        return new TensorShape(extents);
    }

    private static ElementType elementType(PipelineTensor input) {
        return switch (input.type()) {
            case FLOAT -> ElementType.FLOAT32;
            case DOUBLE -> ElementType.FLOAT64;
            case FLOAT16 -> ElementType.FLOAT16;
            case BFLOAT16 -> ElementType.BFLOAT16;
            case INT64 -> ElementType.INT64;
            case INT32 -> ElementType.INT32;
            case INT16 -> ElementType.INT16;
            case INT8 -> ElementType.INT8;
            case UINT64 -> ElementType.UINT64;
            case UINT32 -> ElementType.UINT32;
            case UINT16 -> ElementType.UINT16;
            case UINT8 -> ElementType.UINT8;
            case BOOL -> ElementType.BOOL;
            default ->
                throw new CodnnException(
                        "Input '" + input.name() + "' is of type " + input.type() + ". Give its value");
        };
    }
}
