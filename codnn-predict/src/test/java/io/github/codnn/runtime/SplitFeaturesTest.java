package io.github.codnn.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import io.github.codnn.testing.TestPlans;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of the ONNX format that image networks do not use, split and run. */
final class SplitFeaturesTest {

    @TempDir
    private Path folder;

    private PipelineManifest checkedAt(Path model, SplitVerifier verifier, String... tensors) {
        return checked(model, verifier, OnnxSplitter.withDefaults(), tensors);
    }

    private PipelineManifest checked(Path model, SplitVerifier verifier, OnnxSplitter splitter, String... tensors) {
        Path out = folder.resolve("at-" + String.join("-", tensors));
        PipelineManifest manifest = splitter.splitAt(model, List.of(tensors), out);

        SplitVerification found = verifier.verify(model, out);

        assertThat(found.different()).isEmpty();
        assertThat(found.constant()).isEmpty();
        return manifest;
    }

    private void checkRandomPlacements(Path model, SplitVerifier verifier) {
        for (int seed = 0; seed < 5; seed++) {
            Path out = folder.resolve("random" + seed);
            OnnxSplitter.withDefaults()
                    .split(
                            model,
                            TestPlans.random(
                                    OnnxReader.withDefaults().read(model).graph(), 4, seed),
                            out);
            assertThat(verifier.verify(model, out).different()).isEmpty();
        }
    }

    private static Message branch(String output, Message... nodes) {
        Message graph = new Message().text(2, "branch");
        for (Message node : nodes) {
            graph.message(1, node);
        }
        return graph.message(12, OnnxFile.valueInfo(output, OnnxFile.FLOAT, 2, 3));
    }

    private static Message realMatrix(String name, int rows, int columns) {
        ByteBuffer raw = ByteBuffer.allocate(rows * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < rows * columns; index++) {
            raw.putFloat(index * 0.25f - 1);
        }
        return OnnxFile.tensor(name, OnnxFile.FLOAT, rows, columns).raw(9, raw.array());
    }

    @Test
    void split_ifThatReadsTensorsAroundIt_givesWhatTheWholeGives() {
        Path model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .input("c", OnnxFile.BOOL)
                .initializer(realMatrix("w", 3, 3))
                .named("early", "MatMul", List.of("x", "w"), List.of("a"))
                .named("other", "Neg", List.of("x"), List.of("b"))
                .named(
                        "if",
                        "If",
                        List.of("c"),
                        List.of("y"),
                        OnnxFile.body(
                                "then_branch", branch("t", OnnxFile.node("t", "Add", List.of("a", "b"), List.of("t")))),
                        OnnxFile.body(
                                "else_branch",
                                branch(
                                        "e",
                                        OnnxFile.node("e1", "MatMul", List.of("a", "w"), List.of("m")),
                                        OnnxFile.node("e2", "Relu", List.of("m"), List.of("e")))))
                .named("late", "Sigmoid", List.of("y"), List.of("z"))
                .output("z", OnnxFile.FLOAT, 2, 3)
                .write(folder);

        for (int condition = 0; condition < 2; condition++) {
            SplitVerifier verifier = SplitVerifier.withDefaults().withInputValue("c", condition);
            Path out = folder.resolve("out" + condition);
            PipelineManifest manifest = OnnxSplitter.withDefaults().splitAt(model, List.of("a", "y"), out);
            assertThat(verifier.verify(model, out).different()).isEmpty();
            assertThat(manifest.stages().get(1).inputs())
                    .as("captured tensors are inputs of the stage")
                    .extracting(input -> input.tensor().name())
                    .contains("a", "c");
        }
        checkRandomPlacements(model, SplitVerifier.withDefaults());
    }

    @Test
    void split_loopThatReadsWeightsAroundIt_givesWhatTheWholeGives() {
        Message body = new Message()
                .text(2, "body")
                .message(1, OnnxFile.node("go", "Identity", List.of("go_in"), List.of("go_out")))
                .message(1, OnnxFile.node("step", "MatMul", List.of("v_in", "w"), List.of("p")))
                .message(1, OnnxFile.node("add", "Add", List.of("p", "a"), List.of("v_out")))
                .message(11, OnnxFile.valueInfo("i", OnnxFile.INT64))
                .message(11, OnnxFile.valueInfo("go_in", OnnxFile.BOOL))
                .message(11, OnnxFile.valueInfo("v_in", OnnxFile.FLOAT, 2, 3))
                .message(12, OnnxFile.valueInfo("go_out", OnnxFile.BOOL))
                .message(12, OnnxFile.valueInfo("v_out", OnnxFile.FLOAT, 2, 3));
        Path model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .initializer(realMatrix("w", 3, 3))
                .wholeScalar("times", 3)
                .named("a", "Abs", List.of("x"), List.of("a"))
                .named("s", "Sqrt", List.of("a"), List.of("s"))
                .named("loop", "Loop", List.of("times", "", "s"), List.of("y"), OnnxFile.body("body", body))
                .named("z", "Tanh", List.of("y"), List.of("z"))
                .output("z", OnnxFile.FLOAT, 2, 3)
                .write(folder);

        checkedAt(model, SplitVerifier.withDefaults(), "s");
        checkedAt(model, SplitVerifier.withDefaults(), "a", "y");
        checkRandomPlacements(model, SplitVerifier.withDefaults());
    }

    @Test
    void split_functions_areKeptWhereTheyAreCalled() throws IOException {
        Message inner = new Message()
                .text(10, "local")
                .text(1, "Inner")
                .text(4, "a")
                .text(5, "b")
                .message(7, OnnxFile.node("n", "Neg", List.of("a"), List.of("b")))
                .message(9, new Message().text(1, "").number(2, 17));
        Message outer = new Message()
                .text(10, "local")
                .text(1, "Outer")
                .text(4, "a")
                .text(5, "b")
                .message(7, OnnxFile.inDomain("local", OnnxFile.node("i", "Inner", List.of("a"), List.of("m"))))
                .message(7, OnnxFile.node("e", "Exp", List.of("m"), List.of("b")))
                .message(9, new Message().text(1, "").number(2, 17))
                .message(9, new Message().text(1, "local").number(2, 1));
        Path model = OnnxFile.opset(17)
                .domain("local", 1)
                .function(inner)
                .function(outer)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .named("a", "Abs", List.of("x"), List.of("a"))
                .node(OnnxFile.inDomain("local", OnnxFile.node("call", "Outer", List.of("a"), List.of("y"))))
                .output("y", OnnxFile.FLOAT, 2, 3)
                .write(folder);

        PipelineManifest manifest = checkedAt(model, SplitVerifier.withDefaults(), "a");

        assertThat(content(manifest, 0)).doesNotContain("Inner", "Outer");
        assertThat(content(manifest, 1)).contains("Inner", "Outer");
    }

    private String content(PipelineManifest manifest, int stage) throws IOException {
        Path file = folder.resolve("at-a")
                .resolve(manifest.stages().get(stage).model().name());
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    @Test
    void split_sparseWeights_areCopied() {
        Message flat = new Message()
                .packed(1, 3)
                .number(2, OnnxFile.FLOAT)
                .text(8, "w")
                .raw(9, new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40});
        Message sparse = new Message()
                .message(1, flat)
                .message(2, OnnxFile.wholes("indices", 0, 4, 8))
                .packed(3, 3, 3);
        OnnxFile file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .named("a", "Abs", List.of("x"), List.of("a"))
                .named("m", "MatMul", List.of("a", "w"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 2, 3);
        file.graph().message(15, sparse);

        checkedAt(file.write(folder), SplitVerifier.withDefaults(), "a");
    }

    @Test
    void split_externalData_isTakenInOrKeptBeside() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(64 + 2 * 64 * 64 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.position(64);
        for (int index = 0; data.hasRemaining(); index++) {
            data.putFloat((index % 37) * 0.01f);
        }
        Files.write(folder.resolve("weights.bin"), data.array());
        long half = 64 * 64 * Float.BYTES;
        Path model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 64)
                .initializer(external("w1", 64, half))
                .initializer(external("w2", 64 + half, half))
                .named("one", "MatMul", List.of("x", "w1"), List.of("a"))
                .named("two", "MatMul", List.of("a", "w2"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 2, 64)
                .write(folder);

        PipelineManifest inline = checkedAt(model, SplitVerifier.withDefaults(), "a");
        assertThat(inline.stages()).extracting(PipelineStage::externalData).allMatch(List::isEmpty);

        Path out = folder.resolve("external");
        PipelineManifest beside = OnnxSplitter.withDefaults().withExternalData().splitAt(model, List.of("a"), out);
        assertThat(beside.stages())
                .allMatch(stage -> stage.externalData().get(0).bytes() == half);
        assertThat(SplitVerifier.withDefaults().verify(model, out).isEqual()).isTrue();
    }

    private static Message external(String name, long offset, long length) {
        return OnnxFile.tensor(name, OnnxFile.FLOAT, 64, 64)
                .message(13, new Message().text(1, "location").text(2, "weights.bin"))
                .message(13, new Message().text(1, "offset").text(2, Long.toString(offset)))
                .message(13, new Message().text(1, "length").text(2, Long.toString(length)))
                .number(14, 1);
    }

    @Test
    void split_computedShapesAndOpenDimensions_runWithAnyBatch() {
        Path model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, "batch", 3, 4)
                .whole("rest", -1)
                .wholeScalar("zero", 0)
                .whole("axis", 0)
                .initializer(realMatrix("w", 12, 5))
                .named("r", "Relu", List.of("x"), List.of("r"))
                .named("shape", "Shape", List.of("x"), List.of("s"))
                .named("gather", "Gather", List.of("s", "zero"), List.of("n"))
                .named("unsqueeze", "Unsqueeze", List.of("n", "axis"), List.of("v"))
                .named("concat", "Concat", List.of("v", "rest"), List.of("t"), OnnxFile.integer("axis", 0))
                .named("exp", "Exp", List.of("r"), List.of("e"))
                .named("reshape", "Reshape", List.of("e", "t"), List.of("f"))
                .named("matmul", "MatMul", List.of("f", "w"), List.of("m"))
                .named("sine", "Sin", List.of("m"), List.of("u"))
                .named("again", "Reshape", List.of("u", "t"), List.of("y"))
                .output("y")
                .output("s")
                .write(folder);

        PipelineManifest manifest =
                OnnxSplitter.withDefaults().splitAt(model, List.of("r", "m"), folder.resolve("out"));

        SplitVerification found =
                SplitVerifier.withDefaults().withDimension("batch", 3).verify(model, folder.resolve("out"));
        assertThat(found.different()).isEmpty();
        assertThat(found.constant()).as("only the shape").containsExactly("s");
        assertThat(manifest.stages()).hasSize(3);
        checkRandomPlacements(model, SplitVerifier.withDefaults().withDimension("batch", 2));
    }

    @Test
    void split_outputsThatAreInputsWeightsOrReadElsewhere_areDelivered() {
        Path model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .initializer(realMatrix("w", 3, 3))
                .named("a", "Abs", List.of("x"), List.of("a"))
                .named("m", "MatMul", List.of("a", "w"), List.of("y"))
                .output("a", OnnxFile.FLOAT, 2, 3)
                .output("w", OnnxFile.FLOAT, 3, 3)
                .output("y", OnnxFile.FLOAT, 2, 3)
                .write(folder);
        Path out = folder.resolve("out");

        OnnxSplitter.withDefaults().splitAt(model, List.of("a"), out);

        SplitVerification found = SplitVerifier.withDefaults().verify(model, out);
        assertThat(found.outputs()).containsExactly("a", "w", "y");
        assertThat(found.different()).isEmpty();
        assertThat(found.constant()).containsExactly("w");
    }

    @Test
    void verify_stagesOfAnotherModel_findsTheDifference() {
        OnnxFile one = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .named("a", "Abs", List.of("x"), List.of("a"))
                .named("m", "Exp", List.of("a"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 2, 3);
        OnnxFile other = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 3)
                .named("a", "Abs", List.of("x"), List.of("a"))
                .named("m", "Tanh", List.of("a"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 2, 3);
        Path out = folder.resolve("out");
        OnnxSplitter.withDefaults().splitAt(one.write(folder), List.of("a"), out);

        SplitVerification found = SplitVerifier.withDefaults().verify(other.write(folder), out);

        assertThat(found.isEqual()).isFalse();
        assertThat(found.different()).containsExactly("y");
        assertThat(found.greatestDifference()).isGreaterThan(0.1);
    }
}
