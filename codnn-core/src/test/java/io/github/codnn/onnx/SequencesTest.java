package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
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

    private static OnnxFile pair() {
        return OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .input("b", FLOAT, 2, 3)
                .node("SequenceConstruct", List.of("a", "b"), "s");
    }

    @ParameterizedTest
    @CsvSource({"0, '[2, 2, 3]'", "1, '[2, 2, 3]'", "2, '[2, 3, 2]'", "-1, '[2, 3, 2]'"})
    void concatFromSequence_alongANewAxis_stacks(long axis, String shape) {
        LayerGraph graph = read(pair().node(
                        "ConcatFromSequence",
                        List.of("s"),
                        "y",
                        OnnxFile.integer("axis", axis),
                        OnnxFile.integer("new_axis", 1))
                .output("y"));

        assertThat(shape(graph, "y")).isEqualTo(shape);
    }

    @Test
    void concatFromSequence_differentShapesAlongANewAxis_isRefused() {
        OnnxFile file = OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .input("b", FLOAT, 4, 3)
                .node("SequenceConstruct", List.of("a", "b"), "s");

        assertThatThrownBy(() -> read(file.node(
                                "ConcatFromSequence",
                                List.of("s"),
                                "y",
                                OnnxFile.integer("axis", 0),
                                OnnxFile.integer("new_axis", 1))
                        .output("y")))
                .hasMessageContaining("cannot be joined along axis 0");
    }

    /** The last one goes where no position is named. */
    @Test
    void sequenceErase_withoutPosition_removesTheLast() {
        LayerGraph graph = read(OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .input("b", FLOAT, 4, 3)
                .node("SequenceConstruct", List.of("a", "b"), "s")
                .node("SequenceErase", List.of("s"), "one")
                .node("ConcatFromSequence", List.of("one"), "y", OnnxFile.integer("axis", 0))
                .output("y"));

        assertThat(shape(graph, "y")).isEqualTo("[2, 3]");
    }

    @ParameterizedTest
    @CsvSource({
        "SequenceInsert, 2, true",
        "SequenceInsert, 3, false",
        "SequenceErase, 1, true",
        "SequenceErase, 2, false"
    })
    void sequence_position_mustLieInside(String operator, long position, boolean isAllowed) {
        OnnxFile file = pair().wholeScalar("p", position);
        List<String> inputs = operator.equals("SequenceErase") ? List.of("s", "p") : List.of("s", "a", "p");
        file.node(operator, inputs, "t")
                .node("ConcatFromSequence", List.of("t"), "y", OnnxFile.integer("axis", 0))
                .output("y");

        if (isAllowed) {
            assertThat(shape(read(file), "y")).isEqualTo(operator.equals("SequenceErase") ? "[2, 3]" : "[6, 3]");
        } else {
            assertThatThrownBy(() -> read(file)).hasMessageContaining("position " + position + " is outside");
        }
    }

    @ParameterizedTest
    @CsvSource({"1024, true", "1025, false"})
    void splitToSequence_parts_haveALimit(long extent, boolean isAllowed) {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", FLOAT, extent)
                .node("SplitToSequence", List.of("x"), "s")
                .node("SequenceLength", List.of("s"), "y")
                .output("y");

        if (isAllowed) {
            assertThat(shape(read(file), "y")).isEqualTo("[]");
        } else {
            assertThatThrownBy(() -> read(file)).hasMessageContaining("into more than 1024 parts");
        }
    }

    @Test
    void splitToSequence_partsOfNothing_areRefusedUnlessListed() {
        OnnxFile none = OnnxFile.opset(17).input("x", FLOAT, 4).wholeScalar("n", 0);
        OnnxFile listed = OnnxFile.opset(17).input("x", FLOAT, 4).whole("n", 0, 4);

        assertThatThrownBy(() -> read(
                        none.node("SplitToSequence", List.of("x", "n"), "y").output("y")))
                .hasMessageContaining("it splits into parts of 0");
        assertThat(shape(
                        read(listed.node("SplitToSequence", List.of("x", "n"), "y")
                                .output("y")),
                        "y"))
                .isEqualTo("[4]");
    }

    /** Five columns in parts of two are two, two and one. */
    @Test
    void splitToSequence_extentThatDoesNotDivide_hasASmallerLastPart() {
        LayerGraph graph = read(OnnxFile.opset(17)
                .input("x", FLOAT, 5)
                .wholeScalar("n", 2)
                .wholeScalar("p", 2)
                .node("SplitToSequence", List.of("x", "n"), "s")
                .node("SequenceAt", List.of("s", "p"), "y")
                .output("y"));

        assertThat(shape(graph, "y")).isEqualTo("[1]");
    }

    @Test
    void optional_value_isTheValueThatItMayHold() {
        LayerGraph graph = read(OnnxFile.opset(18)
                .input("x", FLOAT, 2, 3)
                .node("Optional", List.of("x"), "o")
                .node("OptionalHasElement", List.of("o"), "has")
                .node("OptionalGetElement", List.of("o"), "y")
                .output("has")
                .output("y"));

        assertThat(shape(graph, "has")).isEqualTo("[]");
        assertThat(graph.outputs().get(0).type()).isEqualTo(ElementType.BOOL);
        assertThat(shape(graph, "y")).isEqualTo("[2, 3]");
    }

    @Test
    void sequenceAt_ofATensor_isRefused() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", FLOAT, 2, 3)
                .wholeScalar("p", 0)
                .node("SequenceAt", List.of("x", "p"), "y")
                .output("y");

        assertThatThrownBy(() -> read(file)).hasMessageContaining("input 'x' is no sequence");
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
