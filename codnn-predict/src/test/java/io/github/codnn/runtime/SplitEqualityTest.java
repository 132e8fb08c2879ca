package io.github.codnn.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.darknet.DarknetReader;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.plan.Plan;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.testing.OnnxFile.Message;
import io.github.codnn.testing.TestData;
import io.github.codnn.testing.TestPlans;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.ZooInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stages give bit for bit what the whole network gives, with optimisation off: at an early, a middle and the widest cut
 * and for a random placement over four devices.
 *
 * <p>Weights are random, and outputs must change with the inputs, so that equality means something. What a softmax or a
 * sigmoid at the end reads is compared, too, because they may round differences away. {@code -Dcodnn.nightly=true} also
 * runs the networks whose files have hundreds of megabytes.
 */
final class SplitEqualityTest {

    private static final int DEVICES = 4;
    private static final long SEED = 14;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "squeezenet1.1, 32",
        "mobilenet-v2, 32",
        "efficientnet-b0, 32",
        "densenet121, 32",
        "yolov3-tiny, 32",
    })
    void split_zooNetwork_givesWhatTheWholeGives(String network, int size) throws IOException {
        checkZoo(network, size);
    }

    @ParameterizedTest
    @CsvSource({"resnet50, 32", "googlenet, 224", "alexnet, 224", "vgg16, 224", "bert-base, 8", "vit-b-16, 32"})
    void split_largeZooNetwork_givesWhatTheWholeGives(String network, int size) throws IOException {
        Assumptions.assumeTrue(Boolean.getBoolean("codnn.nightly"), "needs -Dcodnn.nightly=true");
        checkZoo(network, size);
    }

    private void checkZoo(String network, int size) throws IOException {
        Path model = folder.resolve(network + ".onnx");
        OnnxWriter.withDefaults()
                .withRandomWeights(SEED)
                .write(ModelZoo.named(network).build(ZooInput.ofSize(size)), model);

        check(model, OnnxReader.withDefaults(), SplitVerifier.withDefaults(), 0);
    }

    /** Their weights are constants, made when they run: the softmax is always the same, but what it reads is not. */
    @ParameterizedTest
    @ValueSource(strings = {"light_bvlc_alexnet", "light_inception_v1", "light_resnet50", "light_vgg19"})
    void split_publishedModelWithoutWeights_givesWhatTheWholeGives(String name) throws IOException {
        Path file = TestData.path("models/onnx/" + name + ".onnx");
        Assumptions.assumeTrue(
                name.equals("light_inception_v1") || Boolean.getBoolean("codnn.nightly"), "needs -Dcodnn.nightly=true");

        check(copy(file), OnnxReader.withDefaults(), SplitVerifier.withDefaults(), 1);
    }

    @Test
    void split_quantisedTransformer_givesWhatTheWholeGives() throws IOException {
        Path model = copy(TestData.path("models/onnx/all-minilm-l6-v2-q.onnx"));
        OnnxReader reader = OnnxReader.withDefaults().withDimension("sequence_length", 8);
        SplitVerifier verifier = SplitVerifier.withDefaults().withDimension("sequence_length", 8);

        check(model, reader, verifier, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppocr_v2_cls", "ppocr_v4_det"})
    void split_publishedModelWithOpenShapes_givesWhatTheWholeGives(String name) throws IOException {
        Path model = copy(TestData.path("models/onnx/" + name + ".onnx"));
        OnnxReader reader = OnnxReader.withDefaults().withInputShape("x", 1, 3, 64, 96);
        SplitVerifier verifier = SplitVerifier.withDefaults().withInputShape("x", 1, 3, 64, 96);

        check(model, reader, verifier, 0);
    }

    /** Two branches with a network each, which read tensors around them. */
    @Test
    void split_modelWithBranches_givesWhatTheWholeGives() throws IOException {
        Path model = copy(TestData.path("models/onnx/silero_vad_v5.onnx"));
        SplitVerifier verifier = SplitVerifier.withDefaults()
                .withInputShape("input", 1, 512)
                .withInputShape("state", 2, 1, 128)
                .withInputValue("sr", 16_000);

        check(model, OnnxReader.withDefaults(), verifier, 0);
    }

    /** Models in the format of Darknet can be split after they were written as ONNX. */
    @ParameterizedTest
    @CsvSource({"resnet18, 0", "darknet53, 1", "vgg-16, 0", "yolov3-tiny, 0"})
    void split_darknetModel_givesWhatTheWholeGives(String name, int saturated) throws IOException {
        Path file = TestData.path("models/darknet/" + name + ".cfg");
        Assumptions.assumeTrue(
                name.equals("yolov3-tiny") || Boolean.getBoolean("codnn.nightly"), "needs -Dcodnn.nightly=true");
        Path model = folder.resolve(name + ".onnx");
        OnnxWriter.withDefaults()
                .withRandomWeights(SEED)
                .write(withoutYolo(DarknetReader.withDefaults().read(file).graph()), model);

        check(model, OnnxReader.withDefaults(), SplitVerifier.withDefaults(), saturated);
    }

    /** ONNX has no operator for the last layers of a YOLO network, which decode boxes; what they read is delivered. */
    private static LayerGraph withoutYolo(LayerGraph graph) {
        LayerGraph.Builder builder = LayerGraph.builder(graph.name());
        graph.inputs().forEach(builder::input);
        Set<String> outputs = new LinkedHashSet<>();
        graph.outputs().forEach(output -> outputs.add(output.name()));
        for (Layer layer : graph.layers()) {
            if (layer.operator().kind().equals("Yolo")) {
                outputs.remove(layer.outputs().get(0).name());
                outputs.add(layer.inputs().get(0).name());
            } else {
                builder.add(layer);
            }
        }
        outputs.forEach(builder::output);
        return builder.build();
    }

    private Path copy(Path file) throws IOException {
        Path copy = folder.resolve(String.valueOf(file.getFileName()));
        Files.write(copy, Files.readAllBytes(file));
        return copy;
    }

    /**
     * Compares.
     *
     * @param saturated how many outputs are the same for all inputs. What such a softmax reads is so large that no
     *     difference means much with optimisation on
     */
    private void check(Path model, OnnxReader reader, SplitVerifier verifier, int saturated) throws IOException {
        deliverLogits(model, reader.read(model).graph());
        LayerGraph graph = reader.read(model).graph();
        OnnxSplitter splitter = OnnxSplitter.withDefaults().withReader(reader);
        int layers = graph.layers().size();
        Map<String, Plan> plans = new LinkedHashMap<>();
        plans.put("early", TestPlans.cutAfter(graph, Math.max(1, layers / 8)));
        plans.put("middle", TestPlans.cutAfter(graph, layers / 2));
        plans.put("widest", TestPlans.cutAfter(graph, widest(graph)));
        plans.put("random", random(graph));
        for (Map.Entry<String, Plan> plan : plans.entrySet()) {
            Path out = folder.resolve(plan.getKey());
            PipelineManifest manifest = splitter.split(model, plan.getValue(), out);

            SplitVerification found = verifier.verify(model, out);

            assertThat(manifest.stages()).as(plan.getKey()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(found.different()).as(plan.getKey()).isEmpty();
            assertThat(found.constant())
                    .as("outputs that are the same for all inputs, %s", plan.getKey())
                    .hasSize(saturated);
            if (saturated == 0) {
                assertThat(found.greatestDifference()).as(plan.getKey()).isLessThan(1e-2);
            }
        }
    }

    /** Places each layer at random; a network of few layers may need several tries to be split. */
    private static Plan random(LayerGraph graph) {
        long seed = SEED;
        Plan plan = TestPlans.random(graph, DEVICES, seed);
        while (plan.metrics().devicesUsed() < 2) {
            plan = TestPlans.random(graph, DEVICES, ++seed);
        }
        return plan;
    }

    /** Makes what the last softmax or sigmoid reads an output: a second part of the graph, which is merged. */
    private static void deliverLogits(Path model, LayerGraph graph) throws IOException {
        List<Tensor> outputs = graph.outputs();
        for (Layer layer : graph.layers()) {
            if (List.of("Softmax", "Sigmoid").contains(layer.operator().kind())
                    && outputs.containsAll(layer.outputs())
                    && !outputs.contains(layer.inputs().get(0))) {
                Message output = new Message().text(1, layer.inputs().get(0).name());
                Message part = new Message().message(7, new Message().message(12, output));
                Files.write(model, part.bytes(), StandardOpenOption.APPEND);
            }
        }
    }

    /** After how many layers the tensors that cross a cut have the most bytes. */
    private static int widest(LayerGraph graph) {
        Map<String, Integer> lastReader = new LinkedHashMap<>();
        for (Layer layer : graph.layers()) {
            layer.inputs().forEach(input -> lastReader.put(input.name(), graph.indexOf(layer.name())));
        }
        long most = -1;
        int best = 1;
        for (int cut = 1; cut < graph.layers().size(); cut++) {
            long bytes = 0;
            for (Layer layer : graph.layers().subList(0, cut)) {
                for (Tensor output : layer.outputs()) {
                    bytes += lastReader.getOrDefault(output.name(), -1) >= cut ? output.bytes() : 0;
                }
            }
            if (bytes > most) {
                most = bytes;
                best = cut;
            }
        }
        return best;
    }
}
