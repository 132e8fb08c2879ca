package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ModelIndex.IndexedValue;
import io.github.codnn.split.Dimension;
import io.github.codnn.split.PipelineTensor;
import io.github.codnn.split.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Types and shapes of the tensors that go into and out of stages: as the file declares them, else as they were
 * inferred.
 *
 * <p>A declared extent that the inference contradicts is left open: a runtime refuses an input of another shape than
 * the one declared, but only warns where the tensor stays inside of a graph.
 */
final class CrossingTensors {

    private final Map<String, IndexedValue> declared = new HashMap<>();
    private final Set<String> ends = new HashSet<>();
    private final Function<String, @Nullable KnownTensor> inferred;
    private final boolean isExact;

    /**
     * Collects what is known.
     *
     * @param inferred what the reader found out about a tensor
     * @param isExact whether inferred extents hold for every frame
     */
    CrossingTensors(ModelIndex index, Function<String, @Nullable KnownTensor> inferred, boolean isExact) {
        this.inferred = inferred;
        this.isExact = isExact;
        index.values().forEach(this::declare);
        index.outputs().forEach(this::declare);
        index.inputs().forEach(this::declare);
        index.outputs().forEach(value -> ends.add(value.info().name()));
        index.inputs().forEach(value -> ends.add(value.info().name()));
    }

    /** The last word with a type counts. */
    private void declare(IndexedValue value) {
        if (value.info().dataType() != 0 || !declared.containsKey(value.info().name())) {
            declared.put(value.info().name(), value);
        }
    }

    /** Describes a tensor. */
    PipelineTensor tensor(String name) {
        IndexedValue value = declared.get(name);
        KnownTensor known = inferred.apply(name);
        boolean isSequence = value != null && value.info().isSequence();
        if (isSequence || (known != null && known.elements() != null)) {
            throw new ImportFailure("tensor '" + name
                    + "' would go from stage to stage, but is a sequence of tensors. Maybe " + "cut elsewhere.");
        }
        TensorType type = type(name);
        List<ParsedModel.Dimension> dimensions =
                value == null ? null : value.info().dimensions();
        if (dimensions == null) {
            return new PipelineTensor(name, type, known == null ? Optional.empty() : Optional.of(shape(known.shape())));
        }
        if (ends.contains(name) || known == null) {
            return new PipelineTensor(
                    name,
                    type,
                    Optional.of(
                            dimensions.stream().map(CrossingTensors::dimension).toList()));
        }
        return new PipelineTensor(name, type, agreed(dimensions, known.shape()));
    }

    private List<Dimension> shape(TensorShape shape) {
        return shape.dimensions().stream()
                .map(extent -> isExact ? Dimension.of(extent) : Dimension.named(""))
                .toList();
    }

    private static Dimension dimension(ParsedModel.Dimension dimension) {
        return dimension.isKnown() ? Dimension.of(dimension.value()) : Dimension.named(dimension.symbol());
    }

    private static Optional<List<Dimension>> agreed(List<ParsedModel.Dimension> dimensions, TensorShape shape) {
        if (dimensions.size() != shape.rank()) {
            return Optional.empty();
        }
        List<Dimension> agreed = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            ParsedModel.Dimension dimension = dimensions.get(axis);
            boolean contradicted = dimension.isKnown() && dimension.value() != shape.dimension(axis);
            agreed.add(contradicted ? Dimension.named("") : dimension(dimension));
        }
        return Optional.of(agreed);
    }

    private TensorType type(String name) {
        IndexedValue value = declared.get(name);
        int dataType = value == null ? 0 : value.info().dataType();
        Optional<TensorType> type = Arrays.stream(TensorType.values())
                .filter(each -> each.number() == dataType)
                .findFirst();
        KnownTensor known = inferred.apply(name);
        if (type.isEmpty() && dataType == 0 && known != null) {
            type = exactType(known.type());
        }
        return type.orElseThrow(() -> new ImportFailure("tensor '" + name
                + "' would go from stage to stage, but is not a tensor whose element type the file declares or "
                + "the operators tell. Maybe cut elsewhere, or run shape inference on the model first."));
    }

    /** The type that an inferred one stands for; nothing where it stands for several. */
    private static Optional<TensorType> exactType(ElementType type) {
        List<TensorType> matching = Arrays.stream(TensorType.values())
                .filter(each -> ParsedModel.elementType(each.number())
                        .filter(type::equals)
                        .isPresent())
                .toList();
        return matching.size() == 1 ? Optional.of(matching.get(0)) : Optional.empty();
    }

    /** ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; its elem_type 1, shape 2; dim 1: value 1, name 2. */
    static byte[] valueInfo(PipelineTensor tensor) {
        ProtobufMessage type = new ProtobufMessage().number(1, tensor.type().number());
        tensor.shape().ifPresent(shape -> {
            ProtobufMessage dimensions = new ProtobufMessage();
            for (Dimension dimension : shape) {
                ProtobufMessage written = new ProtobufMessage();
                if (dimension.extent().isPresent()) {
                    written.number(1, dimension.extent().getAsLong());
                } else if (!dimension.name().isEmpty()) {
                    written.text(2, dimension.name());
                }
                dimensions.message(1, written);
            }
            type.message(2, dimensions);
        });
        return new ProtobufMessage()
                .text(1, tensor.name())
                .message(2, new ProtobufMessage().message(1, type))
                .toByteArray();
    }
}
