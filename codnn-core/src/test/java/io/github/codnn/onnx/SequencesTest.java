package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.OnnxFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequences of tensors as one tensor each, and extents that depend on values which are not known before the run. */
class SequencesTest {

    @TempDir
    private Path folder;

    /** Two tensors of different shapes are a row of all their numbers; joined again they are what they were. */
    @Test
    void sequence_ofDifferentShapes_holdsAllNumbers() {
        LayerGraph graph = read(OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .input("b", FLOAT, 4, 3)
                .node("SequenceConstruct", List.of("a", "b"), "s")
                .node("ConcatFromSequence", List.of("s"), "y", OnnxFile.integer("axis", 0))
                .output("y"));

        assertThat(shape(graph, "s")).isEqualTo("[18]");
        assertThat(shape(graph, "y")).isEqualTo("[6, 3]");
    }

    @ParameterizedTest
    @CsvSource({"0, '[2, 3]'", "1, '[4, 3]'", "-1, '[4, 3]'"})
    void sequenceAt_knownPosition_isThatElement(long position, String shape) {
        LayerGraph graph = read(OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .input("b", FLOAT, 4, 3)
                .wholeScalar("p", position)
                .node("SequenceConstruct", List.of("a", "b"), "s")
                .node("SequenceAt", List.of("s", "p"), "y")
                .output("y"));

        assertThat(shape(graph, "y")).isEqualTo(shape);
    }

    @Test
    void sequenceAt_unknownPosition_isTheGreatestWithANotice() {
        ImportedModel model = OnnxReader.withDefaults()
                .read(OnnxFile.opset(17)
                        .input("a", FLOAT, 2, 3)
                        .input("b", FLOAT, 4, 3)
                        .input("p", INT64)
                        .node("SequenceConstruct", List.of("a", "b"), "s")
                        .node("SequenceAt", List.of("s", "p"), "y")
                        .output("y")
                        .write(folder));

        assertThat(shape(model.graph(), "y")).isEqualTo("[4, 3]");
        assertThat(model.notices()).anyMatch(notice -> notice.contains("the greatest possible length is taken"));
    }

    @Test
    void sequence_insertedAndErased_keepsCount() {
        LayerGraph graph = read(OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .wholeScalar("first", 0)
                .node("SequenceEmpty", List.of(), "e")
                .node("SequenceInsert", List.of("e", "a"), "one")
                .node("SequenceInsert", List.of("one", "a"), "two")
                .node("SequenceErase", List.of("two", "first"), "y")
                .output("y"));

        assertThat(shape(graph, "two")).isEqualTo("[2, 2, 3]");
        assertThat(shape(graph, "y")).isEqualTo("[1, 2, 3]");
    }

    @ParameterizedTest
    @CsvSource({"'', 1, '[6, 4, 1]'", "'', 0, '[6, 4]'", "2, 1, '[3, 4, 2]'", "1 5, 1, '[24]'", "3 3, 1, '[2, 4, 3]'"})
    void splitToSequence_deliversAllParts(String sizes, long keep, String shape) {
        OnnxFile file = OnnxFile.opset(17).input("x", FLOAT, 4, 6);
        List<String> inputs = sizes.isEmpty() ? List.of("x") : List.of("x", "n");
        String[] parts = sizes.split(" ", -1);
        if (parts.length == 2) {
            file.whole("n", Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        } else if (!sizes.isEmpty()) {
            file.wholeScalar("n", Long.parseLong(sizes));
        }
        LayerGraph graph = read(file.node(
                        "SplitToSequence", inputs, "y", OnnxFile.integer("axis", 1), OnnxFile.integer("keepdims", keep))
                .output("y"));

        assertThat(shape(graph, "y")).isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({"5, is outside a sequence of 1", "-2, is outside a sequence of 1"})
    void sequenceAt_outside_isRefused(long position, String reason) {
        OnnxFile file = OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .wholeScalar("p", position)
                .node("SequenceConstruct", List.of("a"), "s")
                .node("SequenceAt", List.of("s", "p"), "y")
                .output("y");

        assertThatThrownBy(() -> read(file)).isInstanceOf(CodnnException.class).hasMessageContaining(reason);
    }

    @Test
    void splitToSequence_intoTooManyParts_isRefusedPromptly() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", FLOAT, 1L << 40)
                .node("SplitToSequence", List.of("x"), "y")
                .output("y");

        assertThatThrownBy(() -> read(file)).hasMessageContaining("into more than 1024 parts");
    }

    /** Which of its extents a padding changes is not known, so each is a dimension of its own. */
    @Test
    void padding_thatIsComputed_leavesExtentsOpen() {
        Path file = OnnxFile.opset(17)
                .input("x", FLOAT, 2, 3)
                .input("n", INT64, 4)
                .node("Pad", List.of("x", "n"), "p")
                .node("Relu", List.of("p"), "y")
                .output("y")
                .write(folder);

        ImportedModel assumed = OnnxReader.withDefaults().read(file);
        ImportedModel bound = OnnxReader.withDefaults()
                .withDimension("p[0]", 7)
                .withDimension("p[1]", 9)
                .read(file);

        assertThat(assumed.notices()).containsExactly("Open dimensions taken as 1: p[0], p[1].");
        assertThat(assumed.assumedDimensions()).hasSize(2);
        assertThat(shape(bound.graph(), "y")).isEqualTo("[7, 9]");
        assertThat(bound.assumedDimensions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Range, '[5]'", "OneHot, '[4, 5]'"})
    void length_thatIsAnInput_isOpen(String operator, String shape) {
        OnnxFile file = OnnxFile.opset(17).input("n", INT64);
        if (operator.equals("Range")) {
            file.wholeScalar("from", 0).wholeScalar("step", 1);
            file.node("Range", List.of("from", "n", "step"), "y");
        } else {
            file.input("x", INT64, 4).real("v", 0, 1);
            file.node("OneHot", List.of("x", "n", "v"), "y");
        }
        String open = operator.equals("Range") ? "y[0]" : "y[1]";
        LayerGraph graph = OnnxReader.withDefaults()
                .withDimension(open, 5)
                .read(file.output("y").write(folder))
                .graph();

        assertThat(shape(graph, "y")).isEqualTo(shape);
    }

    /** A cut through it would send something that is no tensor. */
    @Test
    void split_atASequence_isRefused() {
        Path file = OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .node("SequenceConstruct", List.of("a", "a"), "s")
                .node("ConcatFromSequence", List.of("s"), "y", OnnxFile.integer("axis", 0))
                .output("y")
                .write(folder);

        assertThatThrownBy(() -> OnnxSplitter.withDefaults().splitAt(file, List.of("s"), folder.resolve("stages")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("is a sequence of tensors");
    }

    private LayerGraph read(OnnxFile file) {
        return OnnxReader.withDefaults().read(file.write(folder)).graph();
    }

    private static String shape(LayerGraph graph, String tensor) {
        return graph.layers().stream()
                .flatMap(layer -> layer.outputs().stream())
                .filter(output -> output.name().equals(tensor))
                .findFirst()
                .orElseThrow()
                .shape()
                .toString();
    }
}
