package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.ZooInput;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs every network of the zoo, exported, with ONNX Runtime, every tensor an output of the run: each must have the
 * shape that the zoo says, and the results must be finite.
 *
 * <p>In a build, networks of more than 8 million parameters make their weights as they run, because to write and load
 * some gigabytes would take longer than all other tests; networks of more than 100 million are left out.
 * {@code -Dcodnn.nightly=true} stores random weights for all.
 */
final class ExportedShapesTest {

    private static final boolean IS_NIGHTLY = Boolean.getBoolean("codnn.nightly");
    private static final long MAX_STORED_PARAMETERS = IS_NIGHTLY ? Long.MAX_VALUE : 8_000_000;
    private static final long MAX_PARAMETERS = IS_NIGHTLY ? Long.MAX_VALUE : 100_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void network_ofTheZoo_hasTheShapesOfTheRuntime(ModelZoo model) throws OrtException {
        LayerGraph network = model.build();
        Assumptions.assumeTrue(network.parameters() <= MAX_PARAMETERS, "needs -Dcodnn.nightly=true");
        OnnxWriter writer = OnnxWriter.withDefaults();

        check(network, network.parameters() > MAX_STORED_PARAMETERS ? writer : writer.withRandomWeights(1));
    }

    @ParameterizedTest
    @CsvSource({"resnet18, 160, 3", "vit-b-16, 32, 2", "bert-base, 8, 2"})
    void network_ofAnotherSizeAndBatch_hasTheShapesOfTheRuntime(String name, long size, long batch)
            throws OrtException {
        check(ModelZoo.named(name).build(ZooInput.ofSize(size).withBatch(batch)), OnnxWriter.withDefaults());
    }

    private void check(LayerGraph network, OnnxWriter writer) throws OrtException {
        LayerGraph observed = withAllOutputs(network);
        Path file = folder.resolve("network.onnx");
        writer.write(observed, file);
        Map<String, TensorShape> expected = new TreeMap<>();
        observed.outputs().forEach(tensor -> expected.put(tensor.name(), tensor.shape()));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = inputs(environment, network);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // Optimised, the runtime would fuse layers and their tensors would be gone.
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(file.toString(), options);
                    OrtSession.Result result = session.run(inputs)) {
                assertThat(shapes(result)).isEqualTo(expected);
                network.outputs().forEach(output -> assertFinite(result, output));
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static LayerGraph withAllOutputs(LayerGraph network) {
        LayerGraph.Builder builder = LayerGraph.builder(network.name());
        network.inputs().forEach(builder::input);
        network.layers().forEach(builder::add);
        network.layers().forEach(layer -> layer.outputs().forEach(tensor -> builder.output(tensor.name())));
        return builder.build();
    }

    private static Map<String, OnnxTensor> inputs(OrtEnvironment environment, LayerGraph network) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        for (Tensor tensor : network.inputs()) {
            int elements = Math.toIntExact(tensor.shape().elements());
            long[] extents = tensor.shape().dimensions().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            if (tensor.type() == ElementType.INT64) {
                inputs.put(tensor.name(), OnnxTensor.createTensor(environment, LongBuffer.allocate(elements), extents));
            } else {
                FloatBuffer values = FloatBuffer.allocate(elements);
                for (int i = 0; i < elements; i++) {
                    values.put(i, (i % 17 - 8) / 8f);
                }
                inputs.put(tensor.name(), OnnxTensor.createTensor(environment, values, extents));
            }
        }
        return inputs;
    }

    private static Map<String, TensorShape> shapes(OrtSession.Result result) {
        Map<String, TensorShape> shapes = new TreeMap<>();
        result.forEach(entry -> shapes.put(
                entry.getKey(),
                TensorShape.of(((OnnxTensor) entry.getValue()).getInfo().getShape())));
        return shapes;
    }

    private static void assertFinite(OrtSession.Result result, Tensor output) {
        FloatBuffer values = ((OnnxTensor) result.get(output.name()).orElseThrow()).getFloatBuffer();
        boolean finite = true;
        while (values.hasRemaining()) {
            finite &= Float.isFinite(values.get()); // an assertion each would take most of the test's time
        }
        assertThat(finite).as(output.name() + " is finite").isTrue();
    }
}
