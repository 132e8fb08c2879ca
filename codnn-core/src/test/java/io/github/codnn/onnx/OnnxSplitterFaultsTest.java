package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.plan.Plan;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import io.github.codnn.testing.TestPlans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged, contradictory and malicious files: one clear exception, and nothing left behind. */
final class OnnxSplitterFaultsTest {

    @TempDir
    private Path folder;

    private static OnnxFile network() {
        return OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 4)
                .weight("w", OnnxFile.FLOAT, 4, 4)
                .named("one", "MatMul", List.of("x", "w"), List.of("a"))
                .named("two", "Relu", List.of("a"), List.of("b"))
                .named("three", "Exp", List.of("b"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 2, 4);
    }

    private void assertRefused(OnnxFile file, String... parts) {
        assertRefused(file.write(folder), "a", parts);
    }

    private void assertRefused(Path model, String tensor, String... parts) {
        Path out = folder.resolve("out");
        Throwable thrown = catchThrowable(() -> OnnxSplitter.withDefaults().splitAt(model, List.of(tensor), out));

        assertThat(thrown).isInstanceOf(CodnnException.class).hasMessageNotContaining("\n");
        assertThat(thrown).hasMessageContainingAll(parts);
        assertNothingLeft(out);
    }

    private void assertNothingLeft(Path out) {
        assertThat(out).doesNotExist();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .noneMatch(name -> name.startsWith(".codnn"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void split_missingFile_saysSo() {
        assertRefused(folder.resolve("none.onnx"), "a", "there is no such file");
    }

    @Test
    void split_everyTruncation_isRefusedOrWholeAndLeavesNothing() throws IOException {
        byte[] bytes = network().bytes();
        Path model = folder.resolve("short.onnx");
        int refused = 0;
        for (int length = 0; length < bytes.length; length++) {
            Files.write(model, Arrays.copyOf(bytes, length));
            try {
                OnnxSplitter.withDefaults().splitAt(model, List.of("a"), folder.resolve("out" + length));
            } catch (CodnnException e) {
                assertNothingLeft(folder.resolve("out" + length));
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(bytes.length - 40);
    }

    @Tag("slow")
    @Test
    void split_damagedFiles_endInStagesOrOneException() throws IOException {
        byte[] bytes = network().bytes();
        Path model = folder.resolve("damaged.onnx");
        List<OnnxMutation> mutations = List.of(OnnxMutation.values());
        int refused = 0;
        for (int number = 0; number < 1_000; number++) {
            SplittableRandom random = new SplittableRandom(77 + number);
            Files.write(model, mutations.get(number % mutations.size()).apply(bytes, random));
            try {
                OnnxSplitter.withDefaults().splitAt(model, List.of("a"), folder.resolve("out" + number));
            } catch (CodnnException e) {
                assertThat(e).hasMessageNotContaining("\n");
                assertNothingLeft(folder.resolve("out" + number));
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void split_contradictoryGraphs_areRefusedByName() {
        assertRefused(network().named("twice", "Relu", List.of("x"), List.of("b")), "'b'", "written by both");
        assertRefused(network().weight("w", OnnxFile.FLOAT, 4, 4), "two initialisers named 'w'");
        assertRefused(network().input("x", OnnxFile.FLOAT, 2, 4), "two inputs named 'x'");
        assertRefused(network().output("y"), "two outputs named 'y'");
        assertRefused(network().output("none"), "'none'", "nothing writes");
        assertRefused(network().named("over", "Relu", List.of("x"), List.of("w")), "'w'", "weight already");
    }

    @Test
    void split_cyclicGraph_isRefusedByName() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 4)
                .named("p", "Add", List.of("x", "q"), List.of("a"))
                .named("q", "Relu", List.of("a"), List.of("q"))
                .output("q", OnnxFile.FLOAT, 2, 4);

        assertRefused(file, "cycle", "'p'", "'q'");
    }

    @Test
    void split_externalDataOutsideTheFolder_isRefused() throws IOException {
        Files.write(folder.resolve("short.bin"), new byte[10]);
        assertRefused(withExternal("../secret.bin", 0, 64), "'w'", "outside the folder");
        assertRefused(withExternal("/etc/passwd", 0, 64), "'w'", "outside the folder");
        assertRefused(withExternal("none.bin", 0, 64), "'none.bin'", "cannot be read");
        assertRefused(withExternal("short.bin", 0, 64), "'w'", "behind the end");
        assertRefused(withExternal("short.bin", -4, 64), "'w'", "negative offset");
        assertRefused(withExternal("short.bin", Long.MAX_VALUE, 64), "'w'", "behind the end");
        assertRefused(withExternal("short.bin", 0, 65), "'w'", "65 bytes");
    }

    @Test
    void split_externalDataByLinkOutsideTheFolder_isRefused() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.write(folder.resolve("secret.bin"), new byte[64]);
        try {
            Files.createSymbolicLink(inner.resolve("link.bin"), folder.resolve("secret.bin"));
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.abort("no symbolic links here: " + e);
        }

        assertRefused(withExternal("link.bin", 0, 64).write(inner), "a", "'w'", "a link to a place outside");
    }

    private static OnnxFile withExternal(String location, long offset, long length) {
        return OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 4)
                .initializer(OnnxFile.tensor("w", OnnxFile.FLOAT, 4, 4)
                        .message(13, new Message().text(1, "location").text(2, location))
                        .message(13, new Message().text(1, "offset").text(2, Long.toString(offset)))
                        .message(13, new Message().text(1, "length").text(2, Long.toString(length)))
                        .number(14, 1))
                .named("one", "MatMul", List.of("x", "w"), List.of("a"))
                .named("two", "Relu", List.of("a"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 2, 4);
    }

    @Test
    void split_tensorInANodeWithExternalData_isRefusedByName() {
        Message tensor = OnnxFile.tensor("t", OnnxFile.FLOAT, 4, 4)
                .message(13, new Message().text(1, "location").text(2, "t.bin"))
                .number(14, 1);
        OnnxFile file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 4)
                .named("constant", "Constant", List.of(), List.of("w"), OnnxFile.tensorValue("value", tensor))
                .named("one", "MatMul", List.of("x", "w"), List.of("a"))
                .named("two", "Relu", List.of("a"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 2, 4);

        assertRefused(file, "node 'constant' (Constant)", "external data");
    }

    @Test
    void split_networkWithoutInputsThatMatter_isRefused() {
        Path model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 2, 4)
                .weight("w", OnnxFile.FLOAT, 4)
                .named("dead", "Relu", List.of("x"), List.of("a"))
                .named("y", "Relu", List.of("w"), List.of("y"))
                .output("y", OnnxFile.FLOAT, 4)
                .write(folder);

        assertRefused(model, "a", "no output depends on it");
    }

    @Test
    void split_planOfAnotherNetwork_isRefusedByLayer() {
        Path model = network().write(folder);
        Path other = network()
                .named("four", "Relu", List.of("y"), List.of("z"))
                .output("z")
                .write(folder);
        Plan longer = TestPlans.cutAfter(graph(other), 1);
        Plan shorter = TestPlans.cutAfter(graph(model), 1);

        assertThatThrownBy(() -> OnnxSplitter.withDefaults().split(model, longer, folder.resolve("out")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("it has no layer 'four', which the plan places");
        assertThatThrownBy(() -> OnnxSplitter.withDefaults().split(other, shorter, folder.resolve("out")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("the plan places no layer 'four'");
        assertThatThrownBy(() -> OnnxSplitter.withDefaults().split(model, shorter, "task", folder.resolve("out")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("The plan has no task 'task'");
        assertNothingLeft(folder.resolve("out"));
    }

    @Test
    void split_folderThatCannotBeMade_isRefused() throws IOException {
        Path model = network().write(folder);
        Path file = Files.writeString(folder.resolve("file"), "here");

        for (Path out : List.of(file, file.resolve("below"), folder.resolve("no/such/folder"))) {
            assertThatThrownBy(() -> OnnxSplitter.withDefaults().splitAt(model, List.of("a"), out))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageStartingWith(out.toString());
        }
        assertThat(file).hasContent("here");
    }

    private static LayerGraph graph(Path model) {
        return OnnxReader.withDefaults().read(model).graph();
    }
}
