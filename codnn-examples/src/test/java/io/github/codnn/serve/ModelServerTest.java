package io.github.codnn.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.protobuf.ByteString;
import io.github.codnn.CodnnException;
import io.github.codnn.runtime.StageSettings;
import io.github.codnn.serve.protocol.GRPCInferenceServiceGrpc;
import io.github.codnn.serve.protocol.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.github.codnn.serve.protocol.InferTensorContents;
import io.github.codnn.serve.protocol.ModelInferRequest;
import io.github.codnn.serve.protocol.ModelInferRequest.InferInputTensor;
import io.github.codnn.serve.protocol.ModelInferResponse;
import io.github.codnn.serve.protocol.ModelMetadataRequest;
import io.github.codnn.serve.protocol.ModelMetadataResponse;
import io.github.codnn.serve.protocol.ModelReadyRequest;
import io.github.codnn.serve.protocol.ServerLiveRequest;
import io.github.codnn.serve.protocol.ServerMetadataRequest;
import io.github.codnn.serve.protocol.ServerReadyRequest;
import io.github.codnn.testing.OnnxFile;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that adds 0.5, asked by a client that is generated from the definition of the protocol. */
class ModelServerTest {

    private static final int MAX_REQUEST_BYTES = 4096;

    @TempDir
    private Path folder;

    private ModelServer server;
    private ManagedChannel channel;
    private GRPCInferenceServiceBlockingStub client;

    @BeforeEach
    void startServer() throws IOException {
        Path file = Files.write(
                folder.resolve("add.onnx"),
                OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1, "N")
                        .real("half", 0.5f)
                        .node("Add", List.of("x", "half"), "y")
                        .output("y", OnnxFile.FLOAT, 1, "N")
                        .bytes());
        server = ModelServer.start(
                ServedModels.ofFile(file, "add", StageSettings.withDefaults()),
                ServerSettings.withDefaults().withMaxRequestBytes(MAX_REQUEST_BYTES));
        connect(server);
    }

    private void connect(ModelServer to) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", to.port())
                .usePlaintext()
                .build();
        client = GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stopServer() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void server_running_isLiveAndReadyAndNamesItself() {
        assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        assertThat(client.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getName())
                .isEqualTo("codnn");
        assertThat(client.modelReady(ModelReadyRequest.newBuilder()
                                .setName("add")
                                .setVersion("1")
                                .build())
                        .getReady())
                .isTrue();
    }

    @Test
    void metadata_ofModel_hasTypesAndOpenSizes() {
        ModelMetadataResponse metadata = client.modelMetadata(
                ModelMetadataRequest.newBuilder().setName("add").build());

        assertThat(metadata.getVersionsList()).containsExactly("1");
        assertThat(metadata.getInputsList()).singleElement().satisfies(input -> {
            assertThat(input.getName()).isEqualTo("x");
            assertThat(input.getDatatype()).isEqualTo("FP32");
            assertThat(input.getShapeList()).containsExactly(1L, -1L);
        });
        assertThat(metadata.getOutputsList())
                .singleElement()
                .satisfies(output -> assertThat(output.getName()).isEqualTo("y"));
    }

    @Test
    void models_two_areServedAtOnceEachWithItsMetadata() throws IOException {
        Path file = Files.write(
                folder.resolve("double.onnx"),
                OnnxFile.opset(13)
                        .input("n", OnnxFile.INT64, "batch", 2)
                        .node("Add", List.of("n", "n"), "twice")
                        .output("twice", OnnxFile.INT64, "batch", 2)
                        .bytes());
        StageSettings settings = StageSettings.withDefaults();
        ServedModels both = ServedModels.ofFile(folder.resolve("add.onnx"), "add", settings)
                .and(ServedModels.ofFile(file, "double", settings));
        stopServer();
        server = ModelServer.start(both, ServerSettings.withDefaults());
        connect(server);

        ModelMetadataResponse add = client.modelMetadata(
                ModelMetadataRequest.newBuilder().setName("add").build());
        ModelMetadataResponse twice = client.modelMetadata(
                ModelMetadataRequest.newBuilder().setName("double").build());
        ByteString numbers = ByteString.copyFrom(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(3)
                .putLong(-4)
                .flip());
        ByteString doubled = client.modelInfer(raw("double", "n", "INT64", List.of(1L, 2L), numbers))
                .getRawOutputContents(0);

        assertThat(server.modelNames()).containsExactly("add", "double");
        assertThat(add.getInputs(0).getDatatype()).isEqualTo("FP32");
        assertThat(add.getOutputs(0).getName()).isEqualTo("y");
        assertThat(twice.getInputs(0).getName()).isEqualTo("n");
        assertThat(twice.getInputs(0).getDatatype()).isEqualTo("INT64");
        assertThat(twice.getInputs(0).getShapeList()).containsExactly(-1L, 2L);
        assertThat(twice.getOutputs(0).getName()).isEqualTo("twice");
        assertThat(doubled.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong(8))
                .isEqualTo(-8);
        assertThat(client.modelInfer(raw("add", "x", "FP32", List.of(1L, 1L), floats(1)))
                        .getRawOutputContents(0))
                .isEqualTo(floats(1.5f));
    }

    @Test
    void models_ofOneName_areRefused() {
        StageSettings settings = StageSettings.withDefaults();
        Path file = folder.resolve("add.onnx");

        assertThatThrownBy(() ->
                        ServedModels.ofFile(file, "add", settings).and(ServedModels.ofFile(file, "add", settings)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("Two models would be named 'add'");
    }

    @Test
    void infer_rawAndTyped_giveTheSame() {
        ModelInferResponse raw = client.modelInfer(raw("add", "x", "FP32", List.of(1L, 2L), floats(1, 2)));
        ModelInferResponse typed = client.modelInfer(ModelInferRequest.newBuilder()
                .setModelName("add")
                .addInputs(input("x", "FP32", List.of(1L, 2L))
                        .setContents(InferTensorContents.newBuilder()
                                .addFp32Contents(1)
                                .addFp32Contents(2)))
                .build());

        assertThat(raw.getId()).isEqualTo("frame 1");
        assertThat(raw.getOutputs(0).getShapeList()).containsExactly(1L, 2L);
        assertThat(raw.getRawOutputContents(0)).isEqualTo(floats(1.5f, 2.5f));
        assertThat(typed.getRawOutputContents(0)).isEqualTo(floats(1.5f, 2.5f));
    }

    @Test
    void request_wrong_isRefusedWithItsStatus() {
        assertStatus(
                Status.Code.NOT_FOUND,
                "no model 'sub'",
                () -> client.modelInfer(raw("sub", "x", "FP32", List.of(1L, 1L), floats(1))));
        assertStatus(
                Status.Code.NOT_FOUND,
                "no model 'sub'",
                () -> client.modelMetadata(
                        ModelMetadataRequest.newBuilder().setName("sub").build()));
        assertStatus(
                Status.Code.NOT_FOUND,
                "no version '2'",
                () -> client.modelReady(ModelReadyRequest.newBuilder()
                        .setName("add")
                        .setVersion("2")
                        .build()));
        assertInvalid("no input 'z'", raw("add", "z", "FP32", List.of(1L, 1L), floats(1)));
        assertInvalid("must be FLOAT32 [1, -1]", raw("add", "x", "FP32", List.of(1L), floats(1)));
        assertInvalid("must be FLOAT32 [1, -1]", raw("add", "x", "INT32", List.of(1L, 1L), floats(1)));
        assertInvalid("'FLOAT' is not one of", raw("add", "x", "FLOAT", List.of(1L, 1L), floats(1)));
        assertInvalid("has 8 bytes, but 4 are given", raw("add", "x", "FP32", List.of(1L, 2L), floats(1)));
        assertInvalid("tensor 'x'", raw("add", "x", "FP32", List.of(1L, -3L), floats(1)));
        assertInvalid("tensor 'x'", raw("add", "x", "FP32", List.of(Long.MAX_VALUE, Long.MAX_VALUE), floats(1)));
        assertInvalid(
                "is missing", ModelInferRequest.newBuilder().setModelName("add").build());
        assertInvalid(
                "1 inputs and 2 raw_input_contents",
                raw("add", "x", "FP32", List.of(1L, 1L), floats(1)).toBuilder()
                        .addRawInputContents(floats(2))
                        .build());
    }

    @Test
    void request_forOtherOutput_isRefused() {
        ModelInferRequest request = raw("add", "x", "FP32", List.of(1L, 1L), floats(1)).toBuilder()
                .addOutputs(ModelInferRequest.InferRequestedOutputTensor.newBuilder()
                        .setName("q"))
                .build();

        assertStatus(Status.Code.NOT_FOUND, "no output 'q'", () -> client.modelInfer(request));
    }

    @Test
    void request_oversized_isRefusedAndTheServerGoesOn() {
        float[] many = new float[2 * MAX_REQUEST_BYTES];

        assertStatus(
                Status.Code.RESOURCE_EXHAUSTED,
                "",
                () -> client.modelInfer(raw("add", "x", "FP32", List.of(1L, (long) many.length), floats(many))));
        assertThatCode(() -> client.modelInfer(raw("add", "x", "FP32", List.of(1L, 1L), floats(1))))
                .doesNotThrowAnyException();
    }

    @Test
    void request_whoseDeadlineIsOver_endsWithThatStatus() {
        assertStatus(
                Status.Code.DEADLINE_EXCEEDED,
                "",
                () -> client.withDeadlineAfter(-1, TimeUnit.SECONDS)
                        .modelInfer(raw("add", "x", "FP32", List.of(1L, 1L), floats(1))));
    }

    @Test
    void infer_by32Clients_givesEachItsOwn() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(32);
        try {
            List<Callable<Boolean>> calls = IntStream.range(0, 320)
                    .mapToObj(number -> (Callable<Boolean>)
                            () -> client.modelInfer(raw("add", "x", "FP32", List.of(1L, 1L), floats(number)))
                                    .getRawOutputContents(0)
                                    .equals(floats(number + 0.5f)))
                    .toList();
            for (Future<Boolean> answered : clients.invokeAll(calls)) {
                assertThat(answered.get()).isTrue();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void start_portTaken_isRefused() {
        ServerSettings taken = ServerSettings.withDefaults().withPort(server.port());

        assertThatThrownBy(() -> ModelServer.start(
                        ServedModels.ofFile(folder.resolve("add.onnx"), "add", StageSettings.withDefaults()), taken))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    private void assertInvalid(String reason, ModelInferRequest request) {
        assertStatus(Status.Code.INVALID_ARGUMENT, reason, () -> client.modelInfer(request));
    }

    private static void assertStatus(Status.Code code, String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(StatusRuntimeException.class))
                .satisfies(failure -> {
                    assertThat(failure.getStatus().getCode()).isEqualTo(code);
                    assertThat(failure.getStatus().getDescription()).contains(reason);
                });
    }

    static ModelInferRequest raw(String model, String name, String type, List<Long> shape, ByteString bytes) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .setId("frame 1")
                .addInputs(input(name, type, shape))
                .addRawInputContents(bytes)
                .build();
    }

    private static InferInputTensor.Builder input(String name, String type, List<Long> shape) {
        return InferInputTensor.newBuilder().setName(name).setDatatype(type).addAllShape(shape);
    }

    static ByteString floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
