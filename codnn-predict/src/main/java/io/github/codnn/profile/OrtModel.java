package io.github.codnn.profile;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.codnn.internal.ort.OrtProcess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A model loaded into ONNX Runtime with its inputs, for repeated runs on one thread. Inputs are random, and every run
 * writes its outputs to the same memory.
 */
final class OrtModel implements AutoCloseable {

    private static final long SEED = 2;

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

    private OrtModel(OrtSession session) {
        this.session = session;
    }

    static OrtModel of(Path file) throws OrtException {
        OrtEnvironment environment = OrtProcess.environment();
        // One thread, as plans assume; no optimisation, so that layers are not fused.
        try (OrtSession.SessionOptions options = OrtProcess.options(1, OrtSession.SessionOptions.OptLevel.NO_OPT)) {
            return allocated(environment, environment.createSession(file.toString(), options));
        }
    }

    Timing time(ProfilerSettings settings, Optional<EnergyCounter> energy) throws OrtException {
        return Timing.of(this::run, settings, new ThreadClocks(energy));
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
    }

    private void run() throws OrtException {
        session.run(inputs, outputs).close();
    }

    private static OrtModel allocated(OrtEnvironment environment, OrtSession session) throws OrtException {
        OrtModel model = new OrtModel(session);
        try {
            SplittableRandom random = new SplittableRandom(SEED);
            for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
                model.inputs.put(input.getKey(), tensor(environment, input.getValue(), random));
            }
            for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
                model.outputs.put(output.getKey(), tensor(environment, output.getValue(), random));
            }
            return model;
        } catch (OrtException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, NodeInfo info, SplittableRandom random)
            throws OrtException {
        if (!(info.getInfo() instanceof TensorInfo tensor)) {
            throw new OrtException("'" + info.getName() + "' is not a tensor");
        }
        long[] shape = tensor.getShape();
        long elements = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            // A dynamic dimension of the model, such as the batch.
            shape[axis] = shape[axis] < 0 ? 1 : shape[axis];
            elements = Math.multiplyExact(elements, shape[axis]);
        }
        int bytes = Math.toIntExact(Math.multiplyExact(elements, (long) tensor.type.size));
        ByteBuffer data = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        if (tensor.type == OnnxJavaType.FLOAT) {
            while (data.hasRemaining()) {
                data.putFloat((float) random.nextDouble());
            }
            data.rewind();
        }
        return OnnxTensor.createTensor(environment, data, shape, tensor.type);
    }
}
