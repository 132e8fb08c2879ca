package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineTensor;
import io.github.codnn.split.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Random frames, a few of them over and over, so that making them takes no time from the stages. */
final class GeneratedFrames implements FrameSource {

    private static final int DIFFERENT = 4;

    private final long count;
    private final List<List<TensorValue>> frames = new ArrayList<>();

    GeneratedFrames(PipelineManifest manifest, long count) {
        this.count = count;
        for (int frame = 0; frame < DIFFERENT; frame++) {
            List<TensorValue> values = new ArrayList<>();
            for (PipelineTensor input : manifest.inputs()) {
                values.add(TensorValue.random(tensor(input), frame));
            }
            frames.add(values);
        }
    }

    /** Open dimensions, such as the batch, are 1. */
    private static Tensor tensor(PipelineTensor input) {
        TensorShape shape = new TensorShape(input
                .shape()
                .orElseThrow(() -> new CodnnException("Input '" + input.name()
                        + "' has no known rank, so no frames can be generated. Give them with --in"))
                .stream()
                .map(dimension -> dimension.extent().orElse(1))
                .toList());
        return new Tensor(input.name(), shape, elementType(input));
    }

    /** Returns the type of a tensor of the manifest. */
    static ElementType elementType(PipelineTensor tensor) {
        TensorType type = tensor.type();
        return switch (type) {
            case FLOAT -> ElementType.FLOAT32;
            case DOUBLE -> ElementType.FLOAT64;
            case FLOAT16, BFLOAT16, INT64, INT32, INT16, INT8, UINT8, BOOL -> ElementType.valueOf(type.name());
            default ->
                throw new CodnnException("Input '" + tensor.name() + "' is of type " + type
                        + ", which ONNX Runtime for Java cannot take");
        };
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public List<TensorValue> frame(long number) {
        return frames.get((int) (number % DIFFERENT));
    }
}
