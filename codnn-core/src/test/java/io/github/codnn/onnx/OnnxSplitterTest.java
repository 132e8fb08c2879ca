package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.sun.management.ThreadMXBean;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.plan.Plan;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTensor;
import io.github.codnn.split.PipelineTransfer;
import io.github.codnn.testing.LargeOnnxFile;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import io.github.codnn.testing.TestPlans;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxSplitterTest {

    private static final OnnxSplitter SPLITTER = OnnxSplitter.withDefaults();

    @TempDir
    private Path folder;

    /** Conv, Relu, a Reshape by computed shape, and an Add that skips. */
    private static OnnxFile network() {
        return OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, "batch", 4, 8, 8)
                .weight("w", OnnxFile.FLOAT, 4, 4, 3, 3)
                .whole("rest", -1)
                .wholeScalar("zero", 0)
                .whole("axis", 0)
                .named(
                        "conv",
                        "Conv",
                        List.of("x", "w"),
                        List.of("c"),
                        OnnxFile.ints("pads", 1, 1, 1, 1),
                        OnnxFile.ints("kernel_shape", 3, 3))
                .named("relu", "Relu", List.of("c"), List.of("r"))
                .named("add", "Add", List.of("r", "x"), List.of("a"))
                .named("shape", "Shape", List.of("a"), List.of("s"))
                .named("gather", "Gather", List.of("s", "zero"), List.of("n"))
                .named("unsqueeze", "Unsqueeze", List.of("n", "axis"), List.of("v"))
                .named("concat", "Concat", List.of("v", "rest"), List.of("t"), OnnxFile.integer("axis", 0))
                .named("sigmoid", "Sigmoid", List.of("a"), List.of("g"))
                .named("reshape", "Reshape", List.of("g", "t"), List.of("y"))
                .value("r", OnnxFile.FLOAT, "batch", 4, 8, 8)
                .output("y", OnnxFile.FLOAT, "batch", 256);
    }

    private PipelineManifest split(OnnxFile file, String... devices) {
        Path model = file.write(folder);
        LayerGraph graph = OnnxReader.withDefaults().read(model).graph();
        Plan plan = TestPlans.of(
                graph,
                Stream.of(devices).distinct().toList(),
                layer -> Stream.of(devices).distinct().toList().indexOf(devices[graph.indexOf(layer.name())]));
        return SPLITTER.split(model, plan, folder.resolve("out"));
    }

    private LayerGraph stage(PipelineManifest manifest, int stage) {
        return OnnxReader.withDefaults()
                .read(folder.resolve("out")
                        .resolve(manifest.stages().get(stage).model().name()))
                .graph();
    }

    private static List<String> routes(PipelineStage stage) {
        return stage.inputs().stream()
                .map(route -> route.tensor().name() + " from " + route.from())
                .toList();
    }

    private static List<String> names(List<PipelineTensor> tensors) {
        return tensors.stream().map(PipelineTensor::name).toList();
    }

    @Test
    void split_intoTwoStages_namesEveryTensorThatCrosses() {
        PipelineManifest manifest = split(network(), "pi", "pi", "cloud", "cloud", "cloud");

        assertThat(manifest.stages()).hasSize(2);
        assertThat(routes(manifest.stages().get(0))).containsExactly("x from caller");
        assertThat(names(manifest.stages().get(0).outputs())).containsExactly("r");
        assertThat(routes(manifest.stages().get(1))).containsExactly("x from caller", "r from stage-1");
        assertThat(manifest.outputs()).extracting(PipelineRoute::from).containsExactly("stage-2");
        assertThat(manifest.stages()).extracting(PipelineStage::device).containsExactly("pi", "cloud");
        assertThat(manifest.stages().get(0).outputs().get(0).shape().orElseThrow())
                .as("symbolic dimensions stay symbolic")
                .hasToString("[batch, 4, 8, 8]");
    }

    @Test
    void split_intoTwoStages_readsAsTheLayersOfEach() {
        PipelineManifest manifest = split(network(), "pi", "pi", "cloud", "cloud", "cloud");

        assertThat(stage(manifest, 0).layers()).extracting("name").containsExactly("conv", "relu");
        assertThat(stage(manifest, 1).layers()).extracting("name").containsExactly("add", "sigmoid", "reshape");
    }

    @Test
    void split_awayFromTheData_sendsTheShapeAndNotTheData() {
        PipelineManifest manifest = split(network(), "pi", "pi", "pi", "pi", "cloud");

        assertThat(routes(manifest.stages().get(1))).containsExactly("s from stage-1", "g from stage-1");
        assertThat(stage(manifest, 1).layers())
                .extracting("name")
                .containsExactly("gather", "unsqueeze", "concat", "reshape");
    }

    @Test
    void split_backToADevice_givesItTwoStages() {
        PipelineManifest manifest = split(network(), "pi", "cloud", "cloud", "pi", "pi");

        assertThat(manifest.stages()).extracting(PipelineStage::device).containsExactly("pi", "cloud", "pi");
        assertThat(routes(manifest.stages().get(2))).containsExactly("a from stage-2");
    }

    @Test
    void split_byPlan_predictsWhatThePlanDoes() {
        Path model = network().write(folder);
        Plan plan = TestPlans.cutAfter(OnnxReader.withDefaults().read(model).graph(), 2);

        PipelineManifest manifest = SPLITTER.split(model, plan, folder.resolve("out"));

        assertThat(manifest.transfers()).extracting(PipelineTransfer::tensor).containsExactly("x", "r", "y");
        assertThat(manifest.transfers().get(1).bytes()).isEqualTo(4 * 4 * 8 * 8);
        assertThat(manifest.transfers().get(2).to()).isEqualTo("caller");
        assertThat(manifest.predictedPeriodSeconds().orElseThrow())
                .isEqualTo(plan.metrics().tasks().get(0).periodSeconds());
        for (int stage = 0; stage < 2; stage++) {
            assertThat(manifest.stages().get(stage).predictedSeconds().orElseThrow())
                    .isCloseTo(plan.stages().get(stage).seconds(), org.assertj.core.data.Offset.offset(1e-12));
        }
    }

    @Test
    void split_twice_givesTheSameBytes() throws IOException {
        Path model = network().write(folder);
        Plan plan = TestPlans.random(OnnxReader.withDefaults().read(model).graph(), 3, 1);

        PipelineManifest one = SPLITTER.split(model, plan, folder.resolve("one"));
        SPLITTER.split(model, plan, folder.resolve("other"));

        for (PipelineStage stage : one.stages()) {
            Path file = folder.resolve("one").resolve(stage.model().name());
            assertThat(folder.resolve("other").resolve(stage.model().name())).hasSameBinaryContentAs(file);
            assertThat(stage.model().bytes()).isEqualTo(Files.size(file));
            assertThat(stage.model().digest()).isEqualTo(ModelFile.of(file).digest());
        }
        assertThat(PipelineJson.read(folder.resolve("other").resolve("pipeline.json")))
                .isEqualTo(one);
    }

    @Test
    void split_planOfAnotherModel_isRefused() throws IOException {
        Path model = network().write(folder);
        Plan plan = TestPlans.cutAfter(OnnxReader.withDefaults().read(model).graph(), 2);
        byte[] changed = Files.readAllBytes(model);
        changed[changed.length / 2] ^= 1;
        ModelFile other = ModelFile.of(Files.write(folder.resolve("other.onnx"), changed));

        for (String digest : List.of(other.digest(), "sha256:" + "0".repeat(64))) {
            Plan wrong = plan.withModels(Map.of(TestPlans.TASK, new ModelFile("net.onnx", digest)));
            assertThatThrownBy(() -> SPLITTER.split(model, wrong, folder.resolve("wrong")))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageContaining(
                            "is not the model of the plan, which was made from 'net.onnx' with " + digest);
        }
        assertThat(folder.resolve("wrong")).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void split_planOfAnotherModelWithOtherLayers_saysSo() {
        Path model = network().write(folder);
        Plan plan = TestPlans.cutAfter(OnnxReader.withDefaults().read(model).graph(), 2)
                .withModels(Map.of(TestPlans.TASK, ModelFile.of(model)));
        Path other = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .named("tanh", "Tanh", List.of("x"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 1, 4)
                .write(folder);

        assertThatThrownBy(() -> SPLITTER.split(other, plan, folder.resolve("wrong")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("is not the model of the plan");
    }

    @Test
    void split_planWithSha256_checksIt() throws IOException {
        Path model = network().write(folder);
        String digest = "sha256:" + Hashing.sha256().hashBytes(Files.readAllBytes(model));
        Plan plan = TestPlans.cutAfter(OnnxReader.withDefaults().read(model).graph(), 2)
                .withModels(Map.of(TestPlans.TASK, new ModelFile("net.onnx", digest)));

        PipelineManifest manifest = SPLITTER.split(model, plan, folder.resolve("out"));

        assertThat(manifest.digest()).isEqualTo(ModelFile.of(model).digest());
    }

    @Test
    void split_checkThatFails_leavesNothingBehind() {
        Path model = network().write(folder);
        Plan plan = TestPlans.cutAfter(OnnxReader.withDefaults().read(model).graph(), 2);
        List<PipelineManifest> seen = new ArrayList<>();
        OnnxSplitter splitter = SPLITTER.withCheck(unfinished -> {
            seen.add(PipelineJson.read(unfinished.resolve(PipelineManifest.FILE_NAME)));
            throw new CodnnException("not so");
        });

        assertThatThrownBy(() -> splitter.split(model, plan, folder.resolve("out")))
                .isInstanceOf(CodnnException.class)
                .hasMessage("not so");
        assertThat(seen).hasSize(1);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void splitAt_tensors_cutsBehindEach() {
        Path model = network().write(folder);

        PipelineManifest manifest = SPLITTER.splitAt(model, List.of("c", "a"), folder.resolve("out"));

        assertThat(manifest.stages())
                .extracting(PipelineStage::device)
                .containsExactly("stage-1", "stage-2", "stage-3");
        assertThat(names(manifest.stages().get(0).outputs())).containsExactly("c");
        assertThat(names(manifest.stages().get(1).outputs())).containsExactly("a");
        assertThat(manifest.predictedPeriodSeconds()).isEmpty();
    }

    @Test
    void split_withExternalData_putsLargeWeightsBesideTheModel() throws IOException {
        Path model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 1, 64)
                .weight("w", OnnxFile.FLOAT, 64, 64)
                .weight("small", OnnxFile.FLOAT, 64)
                .node("MatMul", List.of("x", "w"), "m")
                .node("Add", List.of("m", "small"), "y")
                .output("y", OnnxFile.FLOAT, 1, 64)
                .write(folder);

        PipelineManifest manifest = SPLITTER.withExternalData().splitAt(model, List.of("m"), folder.resolve("out"));

        List<PipelineFile> data = manifest.stages().get(0).externalData();
        assertThat(data).hasSize(1);
        assertThat(data.get(0).bytes()).isEqualTo(64 * 64 * 4);
        assertThat(manifest.stages().get(1).externalData()).isEmpty();
        assertThat(stage(manifest, 0).parameters()).isEqualTo(64 * 64);
    }

    @Tag("slow")
    @Test
    void split_largeFile_allocatesLessThan64Megabytes() throws IOException {
        Path model = LargeOnnxFile.writeSparse(folder.resolve("vgg19.onnx"));
        Plan plan = TestPlans.cutAfter(OnnxReader.withDefaults().read(model).graph(), 38);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        PipelineManifest manifest = SPLITTER.split(model, plan, folder.resolve("out"));

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
        long bytes = manifest.stages().stream()
                .mapToLong(stage -> stage.model().bytes())
                .sum();
        assertThat(bytes).isBetween(Files.size(model), Files.size(model) + 4096);
    }

    @Test
    void split_devicesWithUnsafeNames_givesSafeFileNames() {
        PipelineManifest manifest = split(network(), "../a/b", "../a:b", "..", ".", "con\u00e9 x");

        assertThat(manifest.stages()).hasSize(5);
        assertThat(manifest.stages())
                .extracting(stage -> stage.model().name())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("stage-[0-9]+-[a-z0-9._-]+\\.onnx"));
    }

    @Test
    void split_outputsThatAreInputWeightOrInner_deliversAll() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .weight("w", OnnxFile.FLOAT, 4)
                .named("relu", "Relu", List.of("x"), List.of("r"))
                .named("add", "Add", List.of("r", "w"), List.of("y"))
                .output("x", OnnxFile.FLOAT, 1, 4)
                .output("w", OnnxFile.FLOAT, 4)
                .output("r", OnnxFile.FLOAT, 1, 4)
                .output("y", OnnxFile.FLOAT, 1, 4);
        Path model = file.write(folder);

        PipelineManifest manifest = SPLITTER.splitAt(model, List.of("r"), folder.resolve("out"));

        assertThat(manifest.outputs())
                .extracting(route -> route.tensor().name() + " from " + route.from())
                .containsExactly("x from caller", "w from stage-2", "r from stage-1", "y from stage-2");
    }

    @Test
    void split_optionalInputs_stayOptional() throws IOException {
        OnnxFile file = network().input("w", OnnxFile.FLOAT, 4, 4, 3, 3);
        PipelineManifest manifest = split(file, "pi", "pi", "cloud", "cloud", "cloud");

        assertThat(manifest.inputs()).extracting(PipelineTensor::name).containsExactly("x");
        assertThat(routes(manifest.stages().get(0))).containsExactly("x from caller");
        try (var channel = Files.newByteChannel(
                folder.resolve("out").resolve(manifest.stages().get(0).model().name()))) {
            ModelIndex index = ModelIndexer.index(new SkippingInputStream(channel));
            assertThat(index.inputs()).extracting(value -> value.info().name()).containsExactly("x", "w");
            assertThat(index.weights()).hasSize(1);
        }
    }

    @Test
    void split_nodesWithoutUse_areLeftOut() {
        OnnxFile file = network().named("dead", "Relu", List.of("c"), List.of("dead"));

        PipelineManifest manifest = split(file, "pi", "pi", "pi", "pi", "pi", "cloud");

        assertThat(manifest.stages()).hasSize(1);
        assertThat(stage(manifest, 0).layers()).extracting("name").doesNotContain("dead");
    }

    @Test
    void split_callOfAFunctionOverTwoDevices_isRefusedByName() {
        Message function = new Message()
                .text(10, "local")
                .text(1, "Twice")
                .text(4, "a")
                .text(5, "b")
                .message(7, OnnxFile.node("one", "Relu", List.of("a"), List.of("i")))
                .message(7, OnnxFile.node("two", "Sigmoid", List.of("i"), List.of("b")))
                .message(9, new Message().text(1, "").number(2, 17));
        OnnxFile file = OnnxFile.opset(17)
                .domain("local", 1)
                .function(function)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .node(OnnxFile.inDomain("local", OnnxFile.node("call", "Twice", List.of("x"), List.of("y"))))
                .output("y", OnnxFile.FLOAT, 1, 4);

        assertThatThrownBy(() -> split(file, "pi", "cloud"))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("node 'call' (Twice) cannot be divided")
                .hasMessageContaining("on 'pi'")
                .hasMessageContaining("on 'cloud'");
    }

    @Test
    void split_crossingTensorOfUnknownType_isRefusedByName() {
        Path model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .node("SequenceConstruct", List.of("x"), "q")
                .node("SequenceLength", List.of("q"), "y")
                .output("y", OnnxFile.INT64)
                .write(folder);

        assertThatThrownBy(() -> SPLITTER.splitAt(model, List.of("q"), folder.resolve("out")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("tensor 'q' would go from stage to stage");
    }

    @Test
    void splitAt_tensorsThatCannotBeCut_saysWhy() {
        Path model = network().write(folder);
        List<List<String>> cases = new ArrayList<>();
        cases.add(List.of("nothing", "does not exist in the main graph"));
        cases.add(List.of("w", "is a weight"));
        cases.add(List.of("x", "is an input"));
        cases.add(List.of("y", "is read by no node"));
        cases.add(List.of("t", "computed from shapes only"));

        for (List<String> each : cases) {
            assertThatThrownBy(() -> SPLITTER.splitAt(model, List.of(each.get(0)), folder.resolve("out")))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageContaining("'" + each.get(0) + "'")
                    .hasMessageContaining(each.get(1));
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
