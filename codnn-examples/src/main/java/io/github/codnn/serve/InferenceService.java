package io.github.codnn.serve;

import io.github.codnn.CodnnException;
import io.github.codnn.runtime.DeclaredTensor;
import io.github.codnn.runtime.InputException;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.serve.protocol.GRPCInferenceServiceGrpc;
import io.github.codnn.serve.protocol.ModelInferRequest;
import io.github.codnn.serve.protocol.ModelInferResponse;
import io.github.codnn.serve.protocol.ModelMetadataRequest;
import io.github.codnn.serve.protocol.ModelMetadataResponse;
import io.github.codnn.serve.protocol.ModelReadyRequest;
import io.github.codnn.serve.protocol.ModelReadyResponse;
import io.github.codnn.serve.protocol.ServerLiveRequest;
import io.github.codnn.serve.protocol.ServerLiveResponse;
import io.github.codnn.serve.protocol.ServerMetadataRequest;
import io.github.codnn.serve.protocol.ServerMetadataResponse;
import io.github.codnn.serve.protocol.ServerReadyRequest;
import io.github.codnn.serve.protocol.ServerReadyResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Answers the requests of the protocol. Thread-safe.
 *
 * <p>Status codes: NOT_FOUND for an unknown model, version or output, INVALID_ARGUMENT for inputs that do not fit the
 * model, DEADLINE_EXCEEDED or CANCELLED for a request that its client has given up before the model began with it,
 * UNAVAILABLE if a server on which the model depends cannot be reached, INTERNAL if the model fails.
 */
final class InferenceService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {

    /** The one version of each model. */
    static final String VERSION = "1";

    private static final String PLATFORM = "onnxruntime_onnx";

    private final Map<String, ServedModel> models;

    InferenceService(Map<String, ServedModel> models) {
        this.models = new LinkedHashMap<>(models);
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
        answer(observer, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
        answer(observer, () -> ServerReadyResponse.newBuilder().setReady(true).build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
        answer(observer, () -> {
            model(request.getName(), request.getVersion());
            return ModelReadyResponse.newBuilder().setReady(true).build();
        });
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
        answer(
                observer,
                () -> ServerMetadataResponse.newBuilder()
                        .setName("codnn")
                        .setVersion(serverVersion())
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
        answer(observer, () -> {
            ServedModel model = model(request.getName(), request.getVersion());
            ModelMetadataResponse.Builder response = ModelMetadataResponse.newBuilder()
                    .setName(request.getName())
                    .addVersions(VERSION)
                    .setPlatform(PLATFORM);
            model.inputs().forEach(input -> response.addInputs(metadata(input)));
            model.outputs().forEach(output -> response.addOutputs(metadata(output)));
            return response.build();
        });
    }

    private static ModelMetadataResponse.TensorMetadata metadata(DeclaredTensor tensor) {
        return ModelMetadataResponse.TensorMetadata.newBuilder()
                .setName(tensor.name())
                .setDatatype(DataType.of(tensor.type()).name())
                .addAllShape(tensor.dimensions())
                .build();
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        answer(observer, () -> {
            ServedModel model = model(request.getModelName(), request.getModelVersion());
            List<String> wanted = wanted(request, model);
            List<TensorValue> inputs = inputs(request);
            Context context = Context.current();
            if (context.isCancelled()) {
                throw new RequestException(Status.fromThrowable(context.cancellationCause()));
            }
            return response(request, wanted, run(request, model, inputs));
        });
    }

    private static String serverVersion() {
        return Objects.requireNonNullElse(InferenceService.class.getPackage().getImplementationVersion(), "unpackaged");
    }

    private ServedModel model(String name, String version) {
        ServedModel model = models.get(name);
        if (model == null) {
            throw RequestException.notFound("there is no model '" + name + "'. There are " + models.keySet());
        }
        if (!version.isEmpty() && !version.equals(VERSION)) {
            throw RequestException.notFound(
                    "model '" + name + "' has no version '" + version + "'. Its version is " + VERSION);
        }
        return model;
    }

    private static List<String> wanted(ModelInferRequest request, ServedModel model) {
        List<String> all = model.outputs().stream().map(DeclaredTensor::name).toList();
        List<String> wanted = request.getOutputsList().stream()
                .map(ModelInferRequest.InferRequestedOutputTensor::getName)
                .distinct()
                .toList();
        for (String name : wanted) {
            if (!all.contains(name)) {
                throw RequestException.notFound(
                        "model '" + request.getModelName() + "' has no output '" + name + "'. Its outputs are " + all);
            }
        }
        return wanted.isEmpty() ? all : wanted;
    }

    private static List<TensorValue> inputs(ModelInferRequest request) {
        try {
            return TensorCodec.inputs(request);
        } catch (CodnnException e) {
            throw RequestException.invalid("model '" + request.getModelName() + "': " + e.getMessage());
        }
    }

    private static List<TensorValue> run(ModelInferRequest request, ServedModel model, List<TensorValue> inputs) {
        try {
            return model.run(inputs);
        } catch (InputException e) {
            throw RequestException.invalid("model '" + request.getModelName() + "': " + e.getMessage());
        }
    }

    private static ModelInferResponse response(
            ModelInferRequest request, List<String> wanted, List<TensorValue> results) {
        ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
                .setModelName(request.getModelName())
                .setModelVersion(VERSION)
                .setId(request.getId());
        for (String name : wanted) {
            TensorValue value = results.stream()
                    .filter(result -> result.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new CodnnException("output '" + name + "' was not written"));
            response.addOutputs(ModelInferResponse.InferOutputTensor.newBuilder()
                    .setName(name)
                    .setDatatype(DataType.of(value.tensor().type()).name())
                    .addAllShape(value.tensor().shape().dimensions()));
            response.addRawOutputContents(TensorCodec.raw(value));
        }
        return response.build();
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        T response;
        try {
            response = work.get();
        } catch (RuntimeException | OutOfMemoryError e) {
            observer.onError(RequestException.statusOf(e).asRuntimeException());
            return;
        }
        observer.onNext(response);
        observer.onCompleted();
    }
}
