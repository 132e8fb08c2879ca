package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.runtime.RandomInputs;
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

    GeneratedFrames(PipelineManifest manifest, long count, RandomInputs inputs) {
        this.count = count;
        manifest.inputs().forEach(GeneratedFrames::elementType);
        for (int frame = 0; frame < DIFFERENT; frame++) {
            frames.add(List.copyOf(inputs.frame(manifest.inputs(), frame).values()));
        }
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
