package io.github.codnn.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.internal.ort.OrtProcess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session of ONNX Runtime. Only this class uses its types. */
final class OrtStage {

    private final String name;
    private final OrtSession session;
    private final List<DeclaredTensor> inputs;
    private final List<DeclaredTensor> outputs;

    /** Memory outside the heap, which ONNX Runtime reads in place, used again from frame to frame. */
    private final Map<String, ByteBuffer> buffers = new LinkedHashMap<>();

    private boolean closed;

    private OrtStage(String name, OrtSession session) throws OrtException {
        this.name = name;
        this.session = session;
        this.inputs = declarations(session.getInputInfo().values(), true);
        this.outputs = declarations(session.getOutputInfo().values(), false);
    }

    static OrtStage open(Path file, StageSettings settings) {
        if (!Files.isRegularFile(file)) {
            throw new CodnnException(file + ": there is no such file");
        }
        try {
            OrtEnvironment environment = OrtProcess.environment();
            OrtSession.SessionOptions.OptLevel level = settings.optimized()
                    ? OrtSession.SessionOptions.OptLevel.ALL_OPT
                    : OrtSession.SessionOptions.OptLevel.NO_OPT;
            try (OrtSession.SessionOptions options = OrtProcess.options(settings.threads(), level)) {
                return checked(file, environment.createSession(file.toString(), options));
            }
        } catch (OrtException e) {
            throw new CodnnException(file + ": ONNX Runtime refuses it: " + e.getMessage(), e);
        }
    }

    private static OrtStage checked(Path file, OrtSession session) throws OrtException {
        try {
            return new OrtStage(String.valueOf(file.getFileName()), session);
        } catch (OrtException e) {
            session.close();
            throw e;
        } catch (CodnnException e) {
            session.close();
            throw new CodnnException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<DeclaredTensor> declarations(Collection<NodeInfo> nodes, boolean input) {
        List<DeclaredTensor> declared = new ArrayList<>();
        for (NodeInfo node : nodes) {
            String what = (input ? "input '" : "output '") + node.getName() + "'";
            if (!(node.getInfo() instanceof TensorInfo info)) {
                throw new CodnnException(what + " is no tensor, so it cannot be passed on");
            }
            ElementType type = elementType(info)
                    .orElseThrow(() -> new CodnnException(
                            what + " is of " + info.onnxType + ", which ONNX Runtime for Java cannot pass on"));
            declared.add(new DeclaredTensor(
                    node.getName(),
                    type,
                    Arrays.stream(info.getShape())
                            .mapToObj(dimension -> Math.max(-1, dimension))
                            .toList()));
        }
        return List.copyOf(declared);
    }

    private static Optional<ElementType> elementType(TensorInfo info) {
        return switch (info.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(ElementType.FLOAT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(ElementType.FLOAT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> Optional.of(ElementType.FLOAT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> Optional.of(ElementType.BFLOAT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Optional.of(ElementType.INT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Optional.of(ElementType.INT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Optional.of(ElementType.INT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Optional.of(ElementType.INT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Optional.of(ElementType.UINT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Optional.of(ElementType.BOOL);
            default -> Optional.empty();
        };
    }

    private static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case INT64 -> OnnxJavaType.INT64;
            case INT32 -> OnnxJavaType.INT32;
            case INT16 -> OnnxJavaType.INT16;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case BOOL -> OnnxJavaType.BOOL;
            default -> throw new IllegalStateException("A session takes no " + type);
        };
    }

    String name() {
        return name;
    }

    List<DeclaredTensor> inputs() {
        return inputs;
    }

    List<DeclaredTensor> outputs() {
        return outputs;
    }

    synchronized List<TensorValue> run(Map<String, TensorValue> values) {
        if (closed) {
            throw new CodnnException(name + ": the session is closed");
        }
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (TensorValue value : values.values()) {
                given.put(value.name(), tensor(value));
            }
            try (OrtSession.Result result = session.run(given)) {
                List<TensorValue> results = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    results.add(value(output.getKey(), output.getValue()));
                }
                return results;
            }
        } catch (OrtException e) {
            throw new CodnnException(name + ": ONNX Runtime fails: " + e.getMessage(), e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(TensorValue value) throws OrtException {
        ByteBuffer bytes = value.data();
        ByteBuffer buffer = buffers.get(value.name());
        if (buffer == null || buffer.capacity() != bytes.capacity()) {
            buffer = ByteBuffer.allocateDirect(bytes.capacity()).order(ByteOrder.nativeOrder());
            buffers.put(value.name(), buffer);
        }
        buffer.clear().put(bytes).rewind();
        long[] shape = value.tensor().shape().dimensions().stream()
                .mapToLong(Long::longValue)
                .toArray();
        OnnxJavaType type = javaType(value.tensor().type());
        return OnnxTensor.createTensor(OrtProcess.environment(), buffer, shape, type);
    }

    private TensorValue value(String output, OnnxValue result) {
        if (!(result instanceof OnnxTensor tensor)) {
            throw new CodnnException(name + ": output '" + output + "' is no tensor, so it cannot be passed on");
        }
        TensorInfo info = tensor.getInfo();
        ElementType type = elementType(info)
                .orElseThrow(() -> new CodnnException(
                        name + ": output '" + output + "' is of " + info.onnxType + ", which cannot be passed on"));
        ByteBuffer data = tensor.getByteBuffer();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return TensorValue.owning(new Tensor(output, TensorShape.of(info.getShape()), type), bytes);
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            session.close();
        } catch (OrtException e) {
            throw new CodnnException(name + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
