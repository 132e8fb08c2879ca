package io.github.codnn.serve;

import com.google.protobuf.ByteString;
import io.github.codnn.CodnnException;
import io.github.codnn.runtime.DeclaredTensor;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.serve.protocol.GRPCInferenceServiceGrpc;
import io.github.codnn.serve.protocol.ModelInferRequest;
import io.github.codnn.serve.protocol.ModelInferResponse;
import io.github.codnn.serve.protocol.ModelMetadataRequest;
import io.github.codnn.serve.protocol.ModelMetadataResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A model that another process serves with the Open Inference Protocol, without encryption. Thread-safe; requests can
 * run at the same time.
 */
public final class RemoteModel implements ServedModel {

    private static final int MAX_RESPONSE_BYTES = 1 << 30;

    private final Endpoint endpoint;
    private final String name;
    private final Duration timeout;
    private final ManagedChannel channel;
    private final ModelMetadataResponse metadata;

    private RemoteModel(Endpoint endpoint, String name, Duration timeout, ManagedChannel channel) {
        this.endpoint = endpoint;
        this.name = name;
        this.timeout = timeout;
        this.channel = channel;
        metadata = call(stub -> stub.modelMetadata(
                ModelMetadataRequest.newBuilder().setName(name).build()));
    }

    /**
     * Connects to a server and asks what its model reads and writes.
     *
     * @param endpoint where the model is served
     * @param stage the name of the model if the endpoint has none
     * @param timeout how long each request may take
     * @return the model, to be closed
     * @throws CodnnException if the server cannot be reached or does not have the model
     */
    public static RemoteModel connect(Endpoint endpoint, String stage, Duration timeout) {
        ManagedChannel channel = ManagedChannelBuilder.forTarget(endpoint.target())
                .usePlaintext()
                .maxInboundMessageSize(MAX_RESPONSE_BYTES)
                .build();
        try {
            return new RemoteModel(endpoint, endpoint.model().orElse(stage), timeout, channel);
        } catch (RuntimeException e) {
            channel.shutdownNow();
            throw e;
        }
    }

    @Override
    public List<DeclaredTensor> inputs() {
        return declared(metadata.getInputsList());
    }

    @Override
    public List<DeclaredTensor> outputs() {
        return declared(metadata.getOutputsList());
    }

    private static List<DeclaredTensor> declared(List<ModelMetadataResponse.TensorMetadata> tensors) {
        return tensors.stream()
                .map(tensor -> new DeclaredTensor(
                        tensor.getName(), DataType.named(tensor.getDatatype()).elements(), tensor.getShapeList()))
                .toList();
    }

    @Override
    public List<TensorValue> run(List<TensorValue> values) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(name);
        for (TensorValue value : values) { // the server checks them
            request.addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                    .setName(value.name())
                    .setDatatype(DataType.of(value.tensor().type()).name())
                    .addAllShape(value.tensor().shape().dimensions()));
            request.addRawInputContents(TensorCodec.raw(value));
        }
        ModelInferResponse response = call(stub -> stub.modelInfer(request.build()));
        int raw = response.getRawOutputContentsCount();
        if (raw > 0 && raw != response.getOutputsCount()) {
            throw new CodnnException("Model " + this + " answers with " + response.getOutputsCount() + " outputs and "
                    + raw + " raw_output_contents");
        }
        List<TensorValue> results = new ArrayList<>();
        for (int i = 0; i < response.getOutputsCount(); i++) {
            results.add(result(
                    response.getOutputs(i), raw > 0 ? response.getRawOutputContents(i) : ByteString.EMPTY, raw > 0));
        }
        return results;
    }

    private static TensorValue result(ModelInferResponse.InferOutputTensor output, ByteString bytes, boolean isRaw) {
        return isRaw
                ? TensorCodec.raw(output.getName(), output.getDatatype(), output.getShapeList(), bytes)
                : TensorCodec.typed(
                        output.getName(), output.getDatatype(), output.getShapeList(), output.getContents());
    }

    private <T> T call(Function<GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub, T> request) {
        try {
            return request.apply(stub(channel, timeout));
        } catch (StatusRuntimeException e) {
            String description = e.getStatus().getDescription();
            throw new RequestException(e.getStatus()
                    .withDescription("Model " + this + " answers "
                            + e.getStatus().getCode() + (description == null ? "" : ": " + description)));
        }
    }

    private static GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub(Channel channel, Duration timeout) {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    @Override
    public String toString() {
        return "'" + name + "' at " + endpoint.target();
    }
}
