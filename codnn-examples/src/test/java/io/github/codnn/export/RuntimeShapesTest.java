package io.github.codnn.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs models of exporters with every inner tensor as an output, and compares types and shapes with what the reader
 * inferred.
 *
 * <p>Protocol buffers merge a message that comes twice, so a second graph behind the file adds the outputs.
 */
class RuntimeShapesTest {

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    /** Inputs that a model takes as constants have a value behind an equals sign. */
    @ParameterizedTest
    @CsvSource({
        "light_bvlc_alexnet, '', 23",
        "light_inception_v1, '', 142",
        "light_resnet50, '', 175",
        "light_vgg19, '', 45",
        "ppocr_v2_cls, x:2x3x48x192, 200",
        "ppocr_v4_det, x:1x3x64x96, 300",
        "silero_vad_v5, input:2x512 state:2x2x128 sr=16000, 2",
        "all-minilm-l6-v2-q, input_ids:2x7 attention_mask:2x7 token_type_ids:2x7, 400",
    })
    void read_everyInnerTensor_isWhatTheRuntimeMakes(String model, String inputs, int least)
            throws IOException, OrtException {
        Path file = TestData.path("models/onnx/" + model + ".onnx");
        LayerGraph graph = reader(inputs).read(file).graph();
        Map<String, String> inferred = new LinkedHashMap<>();
        graph.layers().stream()
                .flatMap(layer -> layer.outputs().stream())
                .filter(tensor -> !tensor.name().contains("If_0/"))
                .forEach(tensor -> inferred.put(tensor.name(), shown(tensor)));

        Map<String, String> run = run(file, graph, inputs, List.copyOf(inferred.keySet()));

        assertThat(run).hasSizeGreaterThanOrEqualTo(least).isEqualTo(inferred);
    }

    private static OnnxReader reader(String inputs) {
        OnnxReader reader = OnnxReader.withDefaults();
        for (String input : words(inputs)) {
            reader = input.contains("=")
                    ? reader.withInputValue(before(input, '='), Double.parseDouble(after(input, '=')))
                    : reader.withInputShape(before(input, ':'), extents(after(input, ':')));
        }
        return reader;
    }

    private static Map<String, String> run(Path file, LayerGraph graph, String inputs, List<String> tensors)
            throws IOException, OrtException {
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(OptLevel.NO_OPT);
            options.setIntraOpNumThreads(1);
            byte[] model = withOutputs(Files.readAllBytes(file), graph, tensors);
            try (OrtSession session = ENVIRONMENT.createSession(model, options)) {
                for (NodeInfo input : session.getInputInfo().values()) {
                    fed.put(input.getName(), value(input, graph, inputs));
                }
                try (OrtSession.Result result = session.run(fed)) {
                    for (String tensor : tensors) {
                        TensorInfo info =
                                (TensorInfo) result.get(tensor).orElseThrow().getInfo();
                        found.put(tensor, info.type + Arrays.toString(info.getShape()));
                    }
                }
            }
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
        return found;
    }

    /** ModelProto.graph is field 7, GraphProto.output field 12, ValueInfoProto.name field 1. */
    private static byte[] withOutputs(byte[] model, LayerGraph graph, List<String> tensors) throws IOException {
        ByteString.Output more = ByteString.newOutput();
        CodedOutputStream coded = CodedOutputStream.newInstance(more);
        List<String> delivered = graph.outputs().stream().map(Tensor::name).toList();
        for (String tensor : tensors) {
            if (!delivered.contains(tensor)) {
                ByteString.Output name = ByteString.newOutput();
                CodedOutputStream info = CodedOutputStream.newInstance(name);
                info.writeString(1, tensor);
                info.flush();
                coded.writeBytes(12, name.toByteString());
            }
        }
        coded.flush();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(model);
        CodedOutputStream end = CodedOutputStream.newInstance(all);
        end.writeBytes(7, more.toByteString());
        end.flush();
        return all.toByteArray();
    }

    /** Zeros, which are valid tokens; a constant has its value. */
    private static OnnxTensor value(NodeInfo input, LayerGraph graph, String inputs) throws OrtException {
        OnnxJavaType type = ((TensorInfo) input.getInfo()).type;
        for (String word : words(inputs)) {
            if (word.startsWith(input.getName() + "=")) {
                return OnnxTensor.createTensor(ENVIRONMENT, Long.parseLong(after(word, '=')));
            }
        }
        Tensor tensor = graph.inputs().stream()
                .filter(candidate -> candidate.name().equals(input.getName()))
                .findFirst()
                .orElseThrow();
        ByteBuffer zeros =
                ByteBuffer.allocateDirect(Math.toIntExact(tensor.bytes())).order(ByteOrder.nativeOrder());
        long[] shape =
                tensor.shape().dimensions().stream().mapToLong(Long::longValue).toArray();
        return OnnxTensor.createTensor(ENVIRONMENT, zeros, shape, type);
    }

    private static String shown(Tensor tensor) {
        String type = switch (tensor.type()) {
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            default -> tensor.type().name();
        };
        return type + tensor.shape();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static String before(String text, char mark) {
        return text.substring(0, text.indexOf(mark));
    }

    private static String after(String text, char mark) {
        return text.substring(text.indexOf(mark) + 1);
    }

    private static long[] extents(String shape) {
        return Arrays.stream(shape.split("x", -1)).mapToLong(Long::parseLong).toArray();
    }
}
