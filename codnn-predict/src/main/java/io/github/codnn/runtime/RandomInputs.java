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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How random frames look: {@code RandomInputs.withDefaults().withInputShape("x", 1, 3, 640, 640)}.
 *
 * <p>Real numbers are uniform from [0, 1), whole numbers and truth values are 0 or 1, which are indices that every
 * table has. An open dimension has the extent that is set here, else the planned one of the pipeline, else 1.
 * Immutable and thread-safe.
 */
public final class RandomInputs {

    private static final RandomInputs DEFAULTS = new RandomInputs(OptionalLong.empty(), Map.of(), Map.of(), Map.of());

    private final OptionalLong otherwise;
    private final Map<String, Long> dimensions;
    private final Map<String, List<Long>> shapes;
    private final Map<String, List<Double>> values;

    private RandomInputs(
            OptionalLong otherwise,
            Map<String, Long> dimensions,
            Map<String, List<Long>> shapes,
            Map<String, List<Double>> values) {
        this.otherwise = otherwise;
        this.dimensions = Checks.copyInOrder(dimensions);
        this.shapes = Checks.copyInOrder(shapes);
        this.values = Checks.copyInOrder(values);
    }

    /**
     * Returns frames of the planned shapes.
     *
     * @return the settings
     */
    public static RandomInputs withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns frames with an extent of an open dimension.
     *
     * @param name the name of the dimension; one without a name goes by its tensor and axis, such as {@code input[0]}
     * @param extent its extent, positive
     * @return the changed settings
     */
    public RandomInputs withDimension(String name, long extent) {
        long positive = Checks.positive(extent, "Dimension '" + name + "'");
        return new RandomInputs(otherwise, with(dimensions, name, positive), shapes, values);
    }

    /**
     * Returns frames with an extent of all other open dimensions.
     *
     * @param extent the extent, positive
     * @return the changed settings
     */
    public RandomInputs withOtherDimensions(long extent) {
        return new RandomInputs(
                OptionalLong.of(Checks.positive(extent, "The extent of other open dimensions")),
                dimensions,
                shapes,
                values);
    }

    /**
     * Returns frames with a shape of an input, also where the model leaves its rank open.
     *
     * @param input the name of the input
     * @param shape the extent of each axis, positive
     * @return the changed settings
     */
    public RandomInputs withInputShape(String input, long... shape) {
        for (long extent : shape) {
            Checks.positive(extent, "An extent of input '" + input + "'");
        }
        List<Long> extents = Arrays.stream(shape).boxed().toList();
        return new RandomInputs(otherwise, dimensions, with(shapes, input, extents), values);
    }

    /**
     * Returns frames with the same value of an input in each, such as a sample rate.
     *
     * @param input the name of the input
     * @param elements its elements, row by row; 1 and 0 for true and false; as many as its shape has
     * @return the changed settings
     */
    public RandomInputs withInputValue(String input, double... elements) {
        List<Double> given = Arrays.stream(elements).boxed().toList();
        return new RandomInputs(otherwise, dimensions, shapes, with(values, input, given));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    /**
     * Compares the settings with the inputs of a pipeline.
     *
     * @param inputs the inputs
     * @throws CodnnException naming the first setting that concerns no input, or a shape that an input does not allow
     */
    public void check(List<PipelineTensor> inputs) {
        List<String> names = inputs.stream().map(PipelineTensor::name).toList();
        Set<String> stated = new LinkedHashSet<>(shapes.keySet());
        stated.addAll(values.keySet());
        for (String name : stated) {
            if (!names.contains(name)) {
                throw new CodnnException("The pipeline has no input '" + name + "'. It has " + Checks.some(names, 8));
            }
        }
        Set<String> open = new LinkedHashSet<>();
        inputs.forEach(input -> open.addAll(open(input)));
        for (String name : dimensions.keySet()) {
            if (!open.contains(name)) {
                throw new CodnnException("The inputs of the pipeline have no open dimension '" + name + "'. "
                        + (open.isEmpty() ? "All are fixed" : "They have " + Checks.some(open, 8)));
            }
        }
        for (PipelineTensor input : inputs) {
            List<Long> shape = shapes.get(input.name());
            if (shape != null && !input.allows(shape)) {
                throw new CodnnException("Input '" + input.name() + "' has shape "
                        + input.shape().orElse(List.of()) + ", but is to have " + shape);
            }
        }
    }

    /**
     * Lists the inputs whose frames have another shape than the plan was made with.
     *
     * @param inputs the inputs of a pipeline
     * @return one sentence for each, without a full stop
     */
    public List<String> unplanned(List<PipelineTensor> inputs) {
        List<String> sentences = new ArrayList<>();
        for (PipelineTensor input : inputs) {
            input.plannedShape()
                    .filter(planned -> !planned.equals(shape(input).dimensions()))
                    .ifPresent(planned -> sentences.add("Input '" + input.name() + "' has shape " + shape(input)
                            + ", but the plan was made with " + planned + ", so its times do not hold"));
        }
        return sentences;
    }

    private static List<String> open(PipelineTensor input) {
        List<String> names = new ArrayList<>();
        List<Dimension> declared = input.shape().orElse(List.of());
        for (int axis = 0; axis < declared.size(); axis++) {
            if (declared.get(axis).extent().isEmpty()) {
                names.add(name(input, axis, declared.get(axis)));
            }
        }
        return names;
    }

    private static String name(PipelineTensor input, int axis, Dimension dimension) {
        return dimension.name().isEmpty() ? input.name() + "[" + axis + "]" : dimension.name();
    }

    /**
     * Makes a frame.
     *
     * @param inputs the inputs of the pipeline
     * @param seed the seed; the same seed gives the same frame
     * @return the value of each input by name, in their order
     * @throws CodnnException if an input has no known rank and no shape, or a type that has no random values
     */
    public Map<String, TensorValue> frame(List<PipelineTensor> inputs, long seed) {
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
        if (input.shape().isEmpty()) {
            return new TensorShape(input.plannedShape()
                    .orElseThrow(() -> new CodnnException("The model does not say how many dimensions input '"
                            + input.name() + "' has. Give its shape")));
        }
        List<Long> extents = new ArrayList<>();
        for (Dimension dimension : input.shape().get()) {
            int axis = extents.size();
            String name = name(input, axis, dimension);
            extents.add(dimension
                    .extent()
                    .orElseGet(() -> dimensions.containsKey(name)
                            ? dimensions.get(name)
                            : otherwise.orElseGet(() -> planned(input, axis))));
        }
        return new TensorShape(extents);
    }

    private static long planned(PipelineTensor input, int axis) {
        return input.plannedShape().map(shape -> shape.get(axis)).orElse(1L);
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
