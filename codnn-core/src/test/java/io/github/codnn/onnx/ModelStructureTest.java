package io.github.codnn.onnx;

import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files may hold besides nodes and weights: fields of later formats, functions, sequence types, given inputs. */
class ModelStructureTest {

    private static final int LATER = 99; // a field that no message has yet
    private static final String DOMAIN = "own";

    @TempDir
    private Path folder;

    private ImportedModel read(OnnxFile file) {
        return OnnxReader.withDefaults().read(file.write(folder));
    }

    private static String shape(ImportedModel model) {
        return model.graph().outputs().get(0).shape().toString();
    }

    private static Message later(Message message) {
        return new Message().append(message).text(LATER, "later").number(LATER + 1, 1);
    }

    // Fields of later formats

    private static Message laterInput(String name, long... extents) {
        Message shape = new Message();
        for (long extent : extents) {
            shape.message(1, later(new Message().number(1, extent)));
        }
        Message tensor = later(new Message().number(1, FLOAT).message(2, later(shape)));
        return later(new Message().text(1, name).message(2, later(new Message().message(1, tensor))));
    }

    /** Two more fields each: model, operator set, graph, node, attribute, tensor, input, type and shape. */
    @Test
    void read_fieldsOfLaterFormats_areSkipped() throws IOException {
        Message weight = OnnxFile.zeros("w", FLOAT, 3, 5);
        Message transposed = node("", "Transpose", List.of("p"), List.of("y"), later(OnnxFile.ints("perm", 1, 0)));
        OnnxFile file = OnnxFile.opset(17);
        file.graph()
                .message(11, laterInput("x", 2, 3))
                .message(5, later(weight))
                .message(1, later(node("", "MatMul", List.of("x", "w"), List.of("p"))))
                .message(1, later(transposed))
                .message(12, laterInput("y", 5, 2))
                .text(LATER, "later")
                .number(LATER + 1, 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(file.bytes());
        bytes.writeBytes(later(new Message())
                .message(8, later(new Message().text(1, DOMAIN).number(2, 3)))
                .bytes());
        Path path = Files.write(folder.resolve("later.onnx"), bytes.toByteArray());

        ImportedModel model = OnnxReader.withDefaults().read(path);

        assertThat(shape(model)).isEqualTo("[5, 2]");
        assertThat(model.graph().macs()).isEqualTo(2 * 3 * 5);
        assertThat(model.notices()).isEmpty();
    }

    @Test
    void read_defaultDomainByItsName_isTheSame() {
        OnnxFile file = OnnxFile.opset(1)
                .domain("ai.onnx", 13)
                .input("x", FLOAT, 2, 3)
                .node(OnnxFile.inDomain(
                        "ai.onnx", node("", "Softmax", List.of("x"), List.of("y"), integer("axis", -1))))
                .output("y");

        ImportedModel model = read(file);

        assertThat(model.unknownOperators()).isEmpty();
        assertThat(shape(model)).isEqualTo("[2, 3]");
    }

    // Functions

    private static Message function(String name, List<String> inputs, List<String> outputs, Message... nodes) {
        Message function = new Message().text(1, name);
        inputs.forEach(input -> function.text(4, input));
        outputs.forEach(output -> function.text(5, output));
        for (Message node : nodes) {
            function.message(7, node);
        }
        return function.text(10, DOMAIN).message(9, new Message().text(1, "").number(2, 17));
    }

    private static Message call(String function, List<String> inputs, List<String> outputs, Message... attributes) {
        return OnnxFile.inDomain(DOMAIN, node("call", function, inputs, outputs, attributes));
    }

    private static OnnxFile calling(Message function, Message call) {
        return OnnxFile.opset(17)
                .domain(DOMAIN, 1)
                .input("x", FLOAT, 2, 4)
                .function(function)
                .node(call)
                .output("y");
    }

    /** The attribute of a node that refers to one of the function, which has a default. */
    private static Message turning(long... otherwise) {
        Message perm = new Message().text(1, "perm").text(21, "order").number(20, 7);
        return function("Turn", List.of("a"), List.of("b"), node("", "Transpose", List.of("a"), List.of("b"), perm))
                .message(11, OnnxFile.ints("order", otherwise));
    }

    @Test
    void function_attributeWithADefault_takesThatOfTheCallFirst() {
        assertThat(shape(read(calling(turning(1, 0), call("Turn", List.of("x"), List.of("y"))))))
                .isEqualTo("[4, 2]");
        assertThat(shape(read(calling(
                        turning(1, 0), call("Turn", List.of("x"), List.of("y"), OnnxFile.ints("order", 0, 1))))))
                .isEqualTo("[2, 4]");
        assertThat(shape(read(calling(later(turning(1, 0)), call("Turn", List.of("x"), List.of("y"))))))
                .isEqualTo("[4, 2]");
    }

    /** The second input of the function is left out, as optional ones may be. */
    @Test
    void function_calledWithFewerInputs_leavesThemOut() {
        Message clip = function(
                "Limit",
                List.of("a", "least", "most"),
                List.of("b"),
                node("", "Clip", List.of("a", "least", "most"), List.of("b")));

        assertThat(shape(read(calling(clip, call("Limit", List.of("x"), List.of("y"))))))
                .isEqualTo("[2, 4]");
    }

    /** Three runs of 2 x 4 x 4; the body is the function's, so that its names are inside of the call. */
    @Test
    void function_withALoop_isInferredLikeTheLoop() {
        Message body = new Message().text(2, "body");
        body.message(1, node("", "Identity", List.of("go"), List.of("on")))
                .message(1, node("", "MatMul", List.of("s", "w"), List.of("m")))
                .message(1, node("", "Add", List.of("m", "a"), List.of("next")))
                .message(5, OnnxFile.zeros("w", FLOAT, 4, 4));
        for (String input : List.of("i", "go", "s")) {
            body.message(11, new Message().text(1, input));
        }
        for (String output : List.of("on", "next", "next")) {
            body.message(12, new Message().text(1, output));
        }
        Message repeat = function(
                "Repeat",
                List.of("a"),
                List.of("last", "all"),
                node("", "Constant", List.of(), List.of("n"), integer("value_int", 3)),
                node("", "Loop", List.of("n", "", "a"), List.of("last", "all"), OnnxFile.body("body", body)));
        OnnxFile file =
                calling(repeat, call("Repeat", List.of("x"), List.of("z", "y"))).output("z");

        ImportedModel model = read(file);

        assertThat(model.graph().outputs())
                .extracting(tensor -> tensor.shape().toString())
                .containsExactly("[3, 2, 4]", "[2, 4]");
        assertThat(model.graph().macs()).isEqualTo(3 * 2 * 4 * 4);
        assertThat(model.graph().parameters()).isEqualTo(16);
        assertThat(model.notices()).isEmpty();
        assertThat(model.graph().layers()).extracting(Layer::name).anyMatch(name -> name.startsWith("call/"));
    }

    @Test
    void function_thatCallsItself_isRefused() {
        Message endless = function("Again", List.of("a"), List.of("b"), call("Again", List.of("a"), List.of("b")));

        assertThatThrownBy(() -> read(calling(endless, call("Again", List.of("x"), List.of("y")))))
                .hasMessageContaining("call each other more than");
    }

    /** Names inside of the taken branch must not meet those of the graph around it. */
    @Test
    void if_knownCondition_isTheTakenBranch() {
        for (long condition : new long[] {1, 0}) {
            OnnxFile file = OnnxFile.opset(17)
                    .input("x", FLOAT, 2, 4)
                    .wholeScalar("n", condition)
                    .node("Cast", List.of("n"), "c", integer("to", OnnxFile.BOOL))
                    .node("Relu", List.of("x"), "m")
                    .named(
                            "block/choice",
                            "If",
                            List.of("c"),
                            List.of("y"),
                            OnnxFile.body("then_branch", branch(3)),
                            OnnxFile.body("else_branch", branch(5)))
                    .node("Add", List.of("m", "x"), "rest")
                    .output("y")
                    .output("rest");

            ImportedModel model = read(file);

            long columns = condition == 1 ? 3 : 5;
            assertThat(model.graph().outputs())
                    .extracting(tensor -> tensor.shape().toString())
                    .containsExactly("[2, " + columns + "]", "[2, 4]");
            assertThat(model.graph().parameters()).isEqualTo(4 * columns);
            assertThat(model.graph().layers())
                    .extracting(Layer::name)
                    .contains("block/choice/product")
                    .doesNotHaveDuplicates();
        }
    }

    private static Message branch(long columns) {
        return new Message()
                .text(2, "branch")
                .message(1, node("block/product", "MatMul", List.of("x", "w"), List.of("m")))
                .message(1, node("block/last", "Relu", List.of("m"), List.of("r")))
                .message(5, OnnxFile.zeros("w", FLOAT, 4, columns))
                .message(12, new Message().text(1, "r"));
    }

    // Types

    private static Message typed(int field, Message inner) {
        return new Message().message(field, new Message().message(1, inner));
    }

    private static Message tensorType(long... extents) {
        Message shape = new Message();
        for (long extent : extents) {
            shape.message(1, new Message().number(1, extent));
        }
        return new Message().message(1, new Message().number(1, FLOAT).message(2, shape));
    }

    /** An optional value is the value that it may hold; a sequence has one axis more, as long as is not known. */
    @ParameterizedTest
    @CsvSource({"9, '[2, 3]'", "4, '[1, 2, 3]'"})
    void input_optionalOrSequence_hasItsAxes(int field, String shape) {
        OnnxFile file = OnnxFile.opset(17);
        file.graph().message(11, new Message().text(1, "x").message(2, later(typed(field, tensorType(2, 3)))));

        ImportedModel model = read(file.node("Identity", List.of("x"), "y").output("y"));

        assertThat(model.graph().inputs().get(0).shape()).hasToString(shape);
    }

    @ParameterizedTest
    @CsvSource({"4, true", "5, false"})
    void input_typesInsideEachOther_haveALimit(int depth, boolean isAllowed) {
        Message type = tensorType(2, 3);
        for (int level = 0; level < depth; level++) {
            type = typed(9, type);
        }
        OnnxFile file = OnnxFile.opset(17);
        file.graph().message(11, new Message().text(1, "x").message(2, type));
        file.node("Relu", List.of("x"), "y").output("y");

        if (isAllowed) {
            assertThat(shape(read(file))).isEqualTo("[2, 3]");
        } else {
            assertThatThrownBy(() -> read(file)).hasMessageContaining("too many types inside each other");
        }
    }

    // Inputs that the caller gives

    private static OnnxFile expanding(Object... extents) {
        return OnnxFile.opset(17)
                .input("x", FLOAT, 1)
                .input("n", INT64, extents)
                .node("Expand", List.of("x", "n"), "y")
                .output("y");
    }

    private String expanded(OnnxFile file, double... values) {
        return shape(OnnxReader.withDefaults().withInputValue("n", values).read(file.write(folder)));
    }

    @Test
    void inputValue_openAxis_takesAsManyAsThereAre() {
        assertThat(expanded(expanding(3), 5, 6, 7)).isEqualTo("[5, 6, 7]");
        assertThat(expanded(expanding("length"), 5, 6)).isEqualTo("[5, 6]");
    }

    @Test
    void inputValue_openAxisBesideAFixedOne_takesTheRest() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", FLOAT, 1)
                .input("n", INT64, 2, "rest")
                .whole("flat", -1)
                .node("Reshape", List.of("n", "flat"), "target")
                .node("Expand", List.of("x", "target"), "y")
                .output("y");

        assertThat(expanded(file, 2, 3, 4, 5, 6, 7)).isEqualTo("[2, 3, 4, 5, 6, 7]");
        assertThatThrownBy(() -> expanded(file, 2, 3, 4)).hasMessageContaining("cannot have 3 values");
    }

    @Test
    void inputValue_withoutADeclaredShape_isAVectorOrANumber() {
        OnnxFile file = OnnxFile.opset(17).input("x", FLOAT, 1);
        Message type = new Message().message(1, new Message().number(1, INT64));
        file.graph().message(11, new Message().text(1, "n").message(2, type));
        file.node("Expand", List.of("x", "n"), "y").output("y");

        assertThat(expanded(file, 5, 6)).isEqualTo("[5, 6]");
    }

    /** 1.5 times 2 rows and 2 times 3 columns. */
    @Test
    void inputValue_realNumbers_scale() {
        Path file = OnnxFile.opset(17)
                .input("x", FLOAT, 1, 1, 2, 3)
                .input("scales", FLOAT, 4)
                .node("Resize", List.of("x", "", "scales"), "y")
                .output("y")
                .write(folder);

        ImportedModel model =
                OnnxReader.withDefaults().withInputValue("scales", 1, 1, 1.5, 2).read(file);

        assertThat(shape(model)).isEqualTo("[1, 1, 3, 6]");
    }
}
