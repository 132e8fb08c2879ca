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
 * @param values the values of inputs that are the same in every frame, by name
 */
record RandomInputs(long otherwise, Map<String, Long> dimensions, Map<String, TensorValue> values) {

    RandomInputs {
        dimensions = Checks.copyInOrder(dimensions);
        values = Checks.copyInOrder(values);
    }

    RandomInputs withDimension(String name, long extent) {
        Map<String, Long> more = new LinkedHashMap<>(dimensions);
        more.put(name, extent);
        return new RandomInputs(otherwise, more, values);
    }

    RandomInputs withOtherwise(long extent) {
        return new RandomInputs(extent, dimensions, values);
    }

    RandomInputs withValue(TensorValue value) {
        Map<String, TensorValue> more = new LinkedHashMap<>(values);
        more.put(value.name(), value);
        return new RandomInputs(otherwise, dimensions, more);
    }

    Map<String, TensorValue> frame(List<PipelineTensor> inputs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, TensorValue> frame = new LinkedHashMap<>();
        for (PipelineTensor input : inputs) {
            TensorValue given = values.get(input.name());
            frame.put(input.name(), given == null ? random(input, random.split()) : given);
        }
        return frame;
    }

    private TensorValue random(PipelineTensor input, SplittableRandom random) {
        Tensor tensor = new Tensor(input.name(), shape(input), elementType(input));
        TensorValue zeros = TensorValue.zeros(tensor);
        byte[] bytes = zeros.toByteArray();
        ByteBuffer elements = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int width = Math.max(1, tensor.type().bits() / Byte.SIZE);
        while (elements.hasRemaining()) {
            switch (tensor.type()) {
                case FLOAT32 -> elements.putFloat((float) random.nextDouble());
                case FLOAT64 -> elements.putDouble(random.nextDouble());
                // Positive numbers below one: an exponent below that of 1 and any fraction.
                case FLOAT16 -> elements.putShort((short) (0x3800 | random.nextInt(0x400)));
                case BFLOAT16 -> elements.putShort((short) (0x3f00 | random.nextInt(0x80)));
                default -> {
                    elements.put((byte) random.nextInt(2));
                    elements.position(elements.position() + width - 1);
                }
            }
        }
        return TensorValue.owning(tensor, bytes);
    }

    private TensorShape shape(PipelineTensor input) {
        List<Dimension> declared = input.shape()
                .orElseThrow(() -> new CodnnException(
                        "The model does not say how many dimensions input '" + input.name() + "' has. Give its value"));
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
