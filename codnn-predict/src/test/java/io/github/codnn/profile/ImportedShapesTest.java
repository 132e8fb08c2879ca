package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.common.primitives.Bytes;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.testing.OnnxCase;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxImageCases;
import io.github.codnn.testing.OnnxSequenceCases;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs models through ONNX Runtime, without optimisation and with every tensor made an output, and compares the shape
 * of each with the shape that the reader inferred.
 */
class ImportedShapesTest {

    /**
     * Written in operator sets for which ONNX Runtime has no kernels any more; the reader knows them from their
     * definitions.
     */
    private static final Set<String> TOO_OLD = Set.of("Add of set 6");

    /** The reader puts what is inside in place of a call, and then knows tensors that the main graph does not have. */
    private static final Set<String> INLINED = Set.of("If whose condition is a known shape", "A function of the file");

    @TempDir
    Path folder;

    static Stream<OnnxCase> cases() {
        return Stream.concat(OnnxImageCases.all().stream(), OnnxSequenceCases.all().stream());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_operator_givesTheShapesOfOnnxRuntime(OnnxCase one) throws Exception {
        Assumptions.assumeFalse(TOO_OLD.contains(one.name()), "ONNX Runtime cannot run operator sets this old");

        compare(one.model().bytes(), !INLINED.contains(one.name()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"light_bvlc_alexnet.onnx", "light_inception_v1.onnx", "light_resnet50.onnx", "light_vgg19.onnx"})
    void read_realModel_givesTheShapesOfOnnxRuntime(String name) throws Exception {
        compare(Files.readAllBytes(TestData.path("models/onnx/" + name)), true);
    }

    private void compare(byte[] model, boolean innerToo) throws IOException, OrtException {
        LayerGraph graph = OnnxReader.withDefaults()
                .read(Files.write(folder.resolve("model.onnx"), model))
                .graph();
        Map<String, TensorShape> inferred = new LinkedHashMap<>();
        graph.outputs().forEach(output -> inferred.put(output.name(), output.shape()));
        OnnxFile.Message more = new OnnxFile.Message();
        for (Layer layer : innerToo ? graph.layers() : List.<Layer>of()) {
            for (Tensor output : layer.outputs()) {
                if (inferred.putIfAbsent(output.name(), output.shape()) == null) {
                    more.message(12, new OnnxFile.Message().text(1, output.name()));
                }
            }
        }

        assertThat(shapesInOnnxRuntime(withMore(model, more), graph)).isEqualTo(inferred);
    }

    /** Protobuf takes a second graph at the end of a file as more of the first. */
    private static byte[] withMore(byte[] model, OnnxFile.Message graph) {
        return Bytes.concat(model, new OnnxFile.Message().message(7, graph).bytes());
    }

    private static Map<String, TensorShape> shapesInOnnxRuntime(byte[] model, LayerGraph graph) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensorLike> inputs = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            try (OrtSession session = environment.createSession(model, options)) {
                for (Tensor input : graph.inputs()) {
                    inputs.put(input.name(), zeros(environment, input));
                }
                try (OrtSession.Result result = session.run(inputs)) {
                    Map<String, TensorShape> shapes = new LinkedHashMap<>();
                    for (Map.Entry<String, OnnxValue> output : result) {
                        TensorInfo info = (TensorInfo) output.getValue().getInfo();
                        shapes.put(output.getKey(), TensorShape.of(info.getShape()));
                    }
                    return shapes;
                }
            }
        } finally {
            inputs.values().forEach(OnnxTensorLike::close);
        }
    }

    private static OnnxTensor zeros(OrtEnvironment environment, Tensor tensor) throws OrtException {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.toIntExact(tensor.bytes())).order(ByteOrder.nativeOrder());
        long[] shape =
                tensor.shape().dimensions().stream().mapToLong(Long::longValue).toArray();
        return switch (tensor.type()) {
            case FLOAT32 -> OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, bytes.asLongBuffer(), shape);
            case UINT8 -> OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8);
            case BOOL -> OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.BOOL);
            default -> throw new AssertionError("No zeros of type " + tensor.type());
        };
    }
}
