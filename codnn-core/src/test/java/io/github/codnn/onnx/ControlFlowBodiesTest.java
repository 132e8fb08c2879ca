package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.BOOL;
import static io.github.codnn.testing.OnnxFile.DOUBLE;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.ints;
import static io.github.codnn.testing.OnnxFile.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of control flow that run over sequences, change shapes, or cannot be inferred: what the layer then has. */
class ControlFlowBodiesTest {

    private static final String UNCOUNTED = "what happens in its body is not counted";
    private static final String PARTLY_COUNTED = "only the known part of its body is counted";
    private static final String ONE_RUN = "one run is assumed";

    @TempDir
    private Path folder;

    private static Message name(String tensor) {
        return new Message().text(1, tensor);
    }

    private static Message body(Message... parts) {
        Message graph = new Message().text(2, "body");
        for (Message part : parts) {
            graph.append(part);
        }
        return graph;
    }

    private static Message nodes(Message... nodes) {
        Message graph = new Message();
        for (Message node : nodes) {
            graph.message(1, node);
        }
        return graph;
    }

    private static Message inputs(String... names) {
        Message graph = new Message();
        for (String each : names) {
            graph.message(11, name(each));
        }
        return graph;
    }

    private static Message outputs(Message... values) {
        Message graph = new Message();
        for (Message value : values) {
            graph.message(12, value);
        }
        return graph;
    }

    private static Message weight(String name, long... extents) {
        return new Message().message(5, OnnxFile.zeros(name, FLOAT, extents));
    }

    private ImportedModel read(OnnxFile file) {
        return OnnxReader.withDefaults().read(file.write(folder));
    }

    private static Layer only(ImportedModel model, String operator) {
        return model.graph().layers().stream()
                .filter(layer -> layer.operator().kind().equals(operator))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> shapes(ImportedModel model, String operator) {
        return only(model, operator).outputs().stream()
                .map(tensor -> tensor.shape().toString())
                .toList();
    }

    private static void assertNotice(ImportedModel model, String part) {
        assertThat(model.notices()).anyMatch(notice -> notice.contains(part));
    }

    // Sequences

    private static OnnxFile map(List<String> inputs, List<String> results, Message body) {
        OnnxFile file = OnnxFile.opset(17)
                .input("a", FLOAT, 2, 3)
                .input("b", FLOAT, 4, 3)
                .node("SequenceConstruct", List.of("a", "b"), "s")
                .node("SequenceConstruct", List.of("a"), "short")
                .node("SequenceMap", inputs, results, OnnxFile.body("body", body))
                .node("ConcatFromSequence", List.of(results.get(0)), "y", integer("axis", 0));
        if (results.size() > 1) {
            file.node("ConcatFromSequence", List.of(results.get(1)), "z", integer("axis", 0))
                    .output("z");
        }
        return file.output("y");
    }

    /** 2 and 4 rows of 3 by 3 x 5 weights. */
    @Test
    void sequenceMap_elementsOfDifferentShapes_runsTheBodyForEach() {
        Message product = body(
                nodes(node("", "MatMul", List.of("x", "w"), List.of("m"))),
                weight("w", 3, 5),
                inputs("x"),
                outputs(name("m")));

        ImportedModel model = read(map(List.of("s"), List.of("q"), product));

        assertThat(model.graph().outputs().get(0).shape()).hasToString("[6, 5]");
        assertThat(only(model, "SequenceMap").macs()).isEqualTo((2 + 4) * 3 * 5);
        assertThat(model.notices()).isEmpty();
    }

    @Test
    void sequenceMap_twoInputsAndOutputs_hasTheTypesOfTheBody() {
        Message body = body(
                nodes(
                        node("", "Cast", List.of("x"), List.of("d"), integer("to", DOUBLE)),
                        node("", "Shape", List.of("t"), List.of("n"))),
                inputs("x", "t"),
                outputs(name("d"), name("n")));

        ImportedModel model = read(map(List.of("s", "b"), List.of("q", "lengths"), body));

        assertThat(only(model, "SequenceMap").outputs())
                .extracting(tensor -> tensor.type())
                .containsExactly(ElementType.FLOAT64, ElementType.INT64);
        assertThat(shapes(model, "SequenceMap")).containsExactly("[18]", "[2, 2]"); // 6 + 12 numbers; two extents twice
        assertNotice(model, UNCOUNTED);
    }

    @Test
    void sequenceMap_bodyThatIsPartlyUnknown_countsTheRest() {
        Message body = body(
                nodes(
                        node("", "MatMul", List.of("x", "w"), List.of("m")),
                        node("", "Mystery", List.of("m"), List.of("r"))),
                weight("w", 3, 5),
                inputs("x"),
                outputs(OnnxFile.valueInfo("r", FLOAT, 1, 5)));

        ImportedModel model = read(map(List.of("s"), List.of("q"), body));

        assertThat(model.graph().outputs().get(0).shape()).hasToString("[2, 5]");
        assertThat(only(model, "SequenceMap").macs()).isEqualTo((2 + 4) * 3 * 5);
        assertNotice(model, PARTLY_COUNTED);
    }

    @Test
    void sequenceMap_thatCannotBe_isRefused() {
        Message one = body(nodes(node("", "Relu", List.of("x"), List.of("r"))), inputs("x", "z"), outputs(name("r")));
        Message mystery = body(nodes(node("", "Mystery", List.of("x"), List.of("r"))), inputs("x"), outputs(name("r")));

        assertThatThrownBy(() -> read(map(List.of("s", "short"), List.of("q"), one)))
                .hasMessageContaining("has 1 elements only");
        assertThatThrownBy(() -> read(map(List.of("s", "b"), List.of("q", "more"), one)))
                .hasMessageContaining("its body delivers too little");
        assertThatThrownBy(() -> read(map(List.of("s"), List.of("q"), mystery)))
                .hasMessageContaining("the shapes in its body do not follow from its inputs");
    }

    // Loops

    private static OnnxFile loop(OnnxFile file, Message body) {
        return file.input("x", FLOAT, 2, 4)
                .named("again", "Loop", List.of("n", "", "x"), List.of("last", "all"), OnnxFile.body("body", body))
                .output("last")
                .output("all");
    }

    private static Message step(Message... nodes) {
        return body(
                nodes(node("", "Identity", List.of("go"), List.of("on"))),
                nodes(nodes),
                weight("w", 4, 4),
                inputs("i", "go", "s"));
    }

    private static Message product() {
        return step(node("", "MatMul", List.of("s", "w"), List.of("m")))
                .append(outputs(name("on"), name("m"), name("m")));
    }

    @ParameterizedTest
    @CsvSource({"0, true, 0", "2147483647, true, 2147483647", "2147483648, false, 1", "-1, false, 1"})
    void loop_trips_areKnownBelowALimit(long trips, boolean isKnown, long counted) {
        ImportedModel model = read(loop(OnnxFile.opset(17).wholeScalar("n", trips), product()));

        assertThat(shapes(model, "Loop")).containsExactly("[2, 4]", "[" + counted + ", 2, 4]");
        assertThat(only(model, "Loop").macs()).isEqualTo(counted * 2 * 4 * 4);
        assertThat(model.notices().stream().noneMatch(notice -> notice.contains(ONE_RUN)))
                .isEqualTo(isKnown);
    }

    @Test
    void loop_severalTrips_areNone() {
        ImportedModel model = read(loop(OnnxFile.opset(17).whole("n", 3, 4), product()));

        assertThat(shapes(model, "Loop")).containsExactly("[2, 4]", "[1, 2, 4]");
        assertThat(model.notices())
                .contains("How often the body of node 'again' (Loop) runs is not known; one run is assumed.")
                .contains("Node 'again' (Loop) is kept as one layer; only the known part of its body is counted.");
    }

    @Test
    void loop_stateThatGrows_hasTheShapeAfterOneRun() {
        Message twice = step(
                        node("", "MatMul", List.of("s", "w"), List.of("m")),
                        node("", "Concat", List.of("m", "m"), List.of("g"), integer("axis", 0)))
                .append(outputs(name("on"), name("g"), name("m")));

        ImportedModel model = read(loop(OnnxFile.opset(17).wholeScalar("n", 3), twice));

        assertThat(shapes(model, "Loop")).containsExactly("[4, 4]", "[3, 2, 4]");
        assertThat(model.notices())
                .contains(
                        "The body of node 'again' (Loop) changes the shape of 'last'; [4, 4], the shape after one run,"
                                + " is taken.");
        assertNotice(model, PARTLY_COUNTED);
    }

    private static Message mystery(Message seen) {
        return step(node("", "Mystery", List.of("s"), List.of("m", "seen")))
                .append(outputs(name("on"), name("m"), seen));
    }

    /** The state is what the loop begins with; the body declares what each run delivers. */
    @Test
    void loop_bodyThatCannotBeInferred_takesWhatIsDeclared() {
        Message body = mystery(OnnxFile.valueInfo("seen", DOUBLE, 5, 6));
        OnnxFile inner = OnnxFile.opset(17).wholeScalar("n", 3);
        OnnxFile outer = OnnxFile.opset(17).wholeScalar("n", 3).value("all", FLOAT, 9, 8);

        ImportedModel model = read(loop(inner, body));

        assertThat(shapes(model, "Loop")).containsExactly("[2, 4]", "[3, 5, 6]");
        assertThat(only(model, "Loop").outputs())
                .extracting(tensor -> tensor.type())
                .containsExactly(ElementType.FLOAT32, ElementType.FLOAT64);
        assertThat(only(model, "Loop").macs()).isZero();
        assertNotice(model, UNCOUNTED);
        assertThat(shapes(read(loop(outer, body)), "Loop")).containsExactly("[2, 4]", "[9, 8]");
    }

    @Test
    void loop_tripsNotKnownAndBodyThatCannotBeInferred_gathersOneRun() {
        ImportedModel model =
                read(loop(OnnxFile.opset(17).input("n", INT64), mystery(OnnxFile.valueInfo("seen", FLOAT, 5, 6))));

        assertThat(shapes(model, "Loop")).containsExactly("[2, 4]", "[1, 5, 6]");
    }

    // Scans

    private static OnnxFile scan(long opset, List<String> inputs, long scanned, Message body, Message... attributes) {
        Message scan = node("", "Scan", inputs, List.of("last", "all"), OnnxFile.body("body", body));
        scan.message(5, integer("num_scan_inputs", scanned));
        for (Message attribute : attributes) {
            scan.message(5, attribute);
        }
        return OnnxFile.opset(opset)
                .input("start", FLOAT, 3, 4)
                .input("x", FLOAT, 3, 5, 4)
                .node(scan)
                .output("last")
                .output("all");
    }

    private static Message scanStep() {
        return body(
                nodes(
                        node("", "MatMul", List.of("h", "w"), List.of("next")),
                        node("", "Add", List.of("next", "step"), List.of("out"))),
                weight("w", 4, 4),
                inputs("h", "step"),
                outputs(name("next"), name("out")));
    }

    @Test
    void scan_alongAnotherAxis_takesItsExtent() {
        ImportedModel model = read(scan(9, List.of("start", "x"), 1, scanStep(), ints("scan_input_axes", 1)));

        assertThat(shapes(model, "Scan")).containsExactly("[3, 4]", "[5, 3, 4]");
        assertThat(only(model, "Scan").macs()).isEqualTo(5 * 3 * 4 * 4);
        assertThat(model.notices()).isEmpty();
    }

    @Test
    void scan_withoutStates_gathersAllOutputs() {
        Message body = body(
                nodes(
                        node("", "Relu", List.of("one"), List.of("last1")),
                        node("", "MatMul", List.of("two", "w"), List.of("out"))),
                weight("w", 4, 4),
                inputs("one", "two"),
                outputs(name("last1"), name("out")));

        ImportedModel model = read(scan(11, List.of("start", "x"), 2, body));

        assertThat(shapes(model, "Scan")).containsExactly("[3, 4]", "[3, 5, 4]");
        assertThat(only(model, "Scan").macs()).isEqualTo(3 * 5 * 4 * 4);
    }

    /** Scans of operator set 8 have another form, and one without anything to scan is none. */
    @ParameterizedTest
    @CsvSource({"8, 1", "11, 0", "11, 3"})
    void scan_ofAnotherForm_isNotCounted(long opset, long scanned) {
        OnnxFile file = scan(opset, List.of("start", "x"), scanned, scanStep())
                .value("last", FLOAT, 7)
                .value("all", FLOAT, 6);

        ImportedModel model = read(file);

        assertThat(shapes(model, "Scan")).containsExactly("[7]", "[6]");
        assertThat(only(model, "Scan").macs()).isZero();
        assertNotice(model, UNCOUNTED);
    }

    @Test
    void scan_bodyThatCannotBeInferred_gathersWhatItDeclares() {
        Message body = body(
                nodes(node("", "Mystery", List.of("h", "step"), List.of("next", "out"))),
                inputs("h", "step"),
                outputs(name("next"), OnnxFile.valueInfo("out", FLOAT, 6)));

        ImportedModel model = read(scan(11, List.of("start", "x"), 1, body));

        assertThat(shapes(model, "Scan")).containsExactly("[3, 4]", "[3, 6]");
    }

    @Test
    void scan_outputAxisOutside_isRefused() {
        for (long axis : new long[] {3, -4}) {
            OnnxFile file = scan(
                    11,
                    List.of("start", "x"),
                    1,
                    scanStep(),
                    ints("scan_input_axes", 1),
                    ints("scan_output_axes", axis));

            assertThatThrownBy(() -> read(file)).hasMessageContaining("it gathers along axis " + axis);
        }
    }

    // Branches

    private static OnnxFile branches(Message first, Message second) {
        return OnnxFile.opset(17)
                .input("x", FLOAT, 2, 4)
                .input("c", BOOL)
                .node(
                        "If",
                        List.of("c"),
                        List.of("y"),
                        OnnxFile.body("then_branch", first),
                        OnnxFile.body("else_branch", second))
                .output("y");
    }

    @Test
    void if_shapesOfEqualSize_hasTheFirst() {
        Message first = body(nodes(node("", "Relu", List.of("x"), List.of("t"))), outputs(name("t")));
        Message second = body(nodes(node("", "Transpose", List.of("x"), List.of("e"))), outputs(name("e")));

        ImportedModel model = read(branches(first, second));

        assertThat(shapes(model, "If")).containsExactly("[2, 4]");
        assertNotice(model, "in different shapes; [2, 4], the greatest, is taken");
        assertNotice(model, UNCOUNTED);
        assertThat(model.notices()).noneMatch(notice -> notice.contains("runs one of two branches"));
    }

    @ParameterizedTest
    @CsvSource({"2, 3, '[3, 6]'", "5, 3, '[5, 6]'"})
    void if_branchesThatCannotBeInferred_hasTheGreatestDeclared(long first, long second, String shape) {
        ImportedModel model = read(branches(declaring("t", first), declaring("e", second)));

        assertThat(shapes(model, "If")).containsExactly(shape);
        assertNotice(model, UNCOUNTED);
    }

    /** The shape within is not known, so that the declared one counts. */
    private static Message declaring(String result, long rows) {
        return body(
                nodes(
                        node("", "Mystery", List.of("x"), List.of("m" + result)),
                        node("", "Relu", List.of("m" + result), List.of(result))),
                outputs(OnnxFile.valueInfo(result, FLOAT, rows, 6)));
    }

    /** Constants of inner bodies count, single numbers and whole numbers do not. */
    @Test
    void if_weightsInInnerBodies_areCounted() {
        Message inner = body(
                nodes(
                        node(
                                "",
                                "Constant",
                                List.of(),
                                List.of("k"),
                                OnnxFile.tensorValue("value", OnnxFile.zeros("", FLOAT, 4, 3))),
                        node("", "MatMul", List.of("x", "k"), List.of("t2"))),
                outputs(name("t2")));
        Message first = body(
                nodes(node(
                        "",
                        "If",
                        List.of("c"),
                        List.of("t"),
                        OnnxFile.body("then_branch", inner),
                        OnnxFile.body("else_branch", inner))),
                outputs(name("t")));
        Message second = body(
                nodes(
                        node("", "MatMul", List.of("x", "w"), List.of("p")),
                        node("", "Add", List.of("p", "one"), List.of("e"))),
                weight("w", 4, 3),
                weight("one", 1),
                outputs(name("e")));

        assertThat(only(read(branches(first, second)), "If").parameters()).isEqualTo(12 + 12 + 12);
    }

    /** An operator of which nothing is known holds its real constants of more than one number. */
    @Test
    void unknownOperator_countsRealConstantsAsWeights() {
        ImportedModel model = read(OnnxFile.opset(17)
                .input("x", FLOAT, 2, 4)
                .weight("w", FLOAT, 3, 3)
                .weight("one", FLOAT, 1)
                .whole("whole", 1, 2, 3, 4, 5)
                .node("Mystery", List.of("x", "w", "one", "whole"), "y")
                .output("y", FLOAT, 2, 4));

        assertThat(model.graph().parameters()).isEqualTo(9);
    }
}
