package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import io.github.codnn.testing.TestData;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlFlowTest {

    @TempDir
    private Path folder;

    private static Message output(String name) {
        return new Message().text(1, name);
    }

    private static Layer only(ImportedModel model, String operator) {
        return model.graph().layers().stream()
                .filter(layer -> layer.operator().kind().equals(operator))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> shapes(Layer layer) {
        return layer.outputs().stream().map(tensor -> tensor.shape().toString()).toList();
    }

    private static Message branch(String result, Message... nodes) {
        Message graph = new Message().text(2, result);
        for (Message node : nodes) {
            graph.message(1, node);
        }
        return graph.message(5, OnnxFile.zeros("w" + result, OnnxFile.FLOAT, 4, 6))
                .message(12, output(result));
    }

    private ImportedModel ifOf(Message thenBranch, Message elseBranch) {
        return OnnxReader.withDefaults()
                .read(OnnxFile.opset(17)
                        .input("x", OnnxFile.FLOAT, 2, 4)
                        .input("c", OnnxFile.BOOL)
                        .node(
                                "If",
                                List.of("c"),
                                List.of("y"),
                                OnnxFile.body("then_branch", thenBranch),
                                OnnxFile.body("else_branch", elseBranch))
                        .output("y")
                        .write(folder));
    }

    @Test
    void if_branchesOfOneShape_hasItAndTheGreaterWork() {
        ImportedModel model = ifOf(
                branch("t", OnnxFile.node("", "MatMul", List.of("x", "wt"), List.of("t"))),
                branch(
                        "e",
                        OnnxFile.node("", "MatMul", List.of("x", "we"), List.of("m")),
                        OnnxFile.node("", "Relu", List.of("m"), List.of("e"))));

        assertThat(shapes(only(model, "If"))).containsExactly("[2, 6]");
        assertThat(only(model, "If").macs()).isEqualTo(2 * 4 * 6);
        assertThat(only(model, "If").parameters()).isEqualTo(2 * 24);
        assertThat(model.notices()).singleElement().asString().contains("runs one of two branches");
    }

    private static void assertUnknown(Layer layer, String reason) {
        Device device = DevicePresets.JETSON_NANO_GPU.device("d");
        assertThat(RooflineCostModel.withPresets().unknownWork(layer, device)).contains(reason);
    }

    @Test
    void if_branchesOfDifferentShapes_hasTheGreatestWithANotice() {
        ImportedModel model = ifOf(
                branch("t", OnnxFile.node("", "MatMul", List.of("x", "wt"), List.of("t"))),
                branch("e", OnnxFile.node("", "Relu", List.of("x"), List.of("e"))));

        assertThat(shapes(only(model, "If"))).containsExactly("[2, 6]");
        assertThat(model.notices()).anySatisfy(notice -> assertThat(notice).contains("in different shapes; [2, 6]"));
    }

    @Test
    void if_branchWithAnUnknownOperator_countsTheKnownPart() {
        ImportedModel model = ifOf(
                branch("t", OnnxFile.node("", "MatMul", List.of("x", "wt"), List.of("t"))),
                new Message()
                        .text(2, "e")
                        .message(1, OnnxFile.node("", "Mystery", List.of("x"), List.of("e")))
                        .message(12, OnnxFile.valueInfo("e", OnnxFile.FLOAT, 2, 6)));

        assertThat(shapes(only(model, "If"))).containsExactly("[2, 6]");
        assertThat(only(model, "If").macs()).isEqualTo(2 * 4 * 6);
        assertUnknown(only(model, "If"), "a part of the work of operator 'If' is not known");
        assertThat(model.notices())
                .anySatisfy(notice -> assertThat(notice).contains("has unknown operators: Mystery"))
                .anySatisfy(notice -> assertThat(notice).contains("only the known part of its body is counted"));
    }

    private static Message step(String stateOut) {
        return new Message()
                .text(2, "body")
                .message(1, OnnxFile.node("", "MatMul", List.of("s", "w"), List.of("m")))
                .message(1, OnnxFile.node("", "Identity", List.of("go"), List.of("on")))
                .message(1, OnnxFile.node("", "Relu", List.of("m"), List.of("seen")))
                .message(5, OnnxFile.zeros("w", OnnxFile.FLOAT, 4, 4))
                .message(11, output("i"))
                .message(11, output("go"))
                .message(11, output("s"))
                .message(12, output("on"))
                .message(12, output(stateOut))
                .message(12, output("seen"));
    }

    private OnnxFile loop(OnnxFile file, String trips) {
        return file.input("x", OnnxFile.FLOAT, 2, 4)
                .node("Loop", List.of(trips, "", "x"), List.of("last", "all"), OnnxFile.body("body", step("m")))
                .node("Relu", List.of("all"), "y")
                .output("y")
                .output("last");
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "20"})
    void loop_knownTrips_gathersAndCountsThem(long trips) {
        Path file = loop(OnnxFile.opset(17).wholeScalar("n", trips), "n").write(folder);

        ImportedModel model = OnnxReader.withDefaults().read(file);

        assertThat(shapes(only(model, "Loop"))).containsExactly("[2, 4]", "[" + trips + ", 2, 4]");
        assertThat(only(model, "Loop").macs()).isEqualTo(trips * 2 * 4 * 4);
        assertThat(model.notices()).isEmpty();
    }

    @Test
    void loop_tripsThatAnInputGives_areAssumedAloudAndUnknownWork() {
        Path file = loop(OnnxFile.opset(17).input("n", OnnxFile.INT64), "n").write(folder);

        ImportedModel model = OnnxReader.withDefaults().read(file);

        assertThat(shapes(only(model, "Loop"))).containsExactly("[2, 4]", "[1, 2, 4]");
        assertThat(only(model, "Loop").macs()).isEqualTo(2 * 4 * 4);
        assertUnknown(only(model, "Loop"), "a part of the work of operator 'Loop' is not known");
        assertThat(model.notices()).anySatisfy(notice -> assertThat(notice).contains("one run is assumed"));
    }

    @Test
    void loop_tripsBoundAsAValue_areCounted() {
        Path file = loop(OnnxFile.opset(17).input("n", OnnxFile.INT64), "n").write(folder);

        ImportedModel model = OnnxReader.withDefaults().withInputValue("n", 9).read(file);

        assertThat(only(model, "Loop").macs()).isEqualTo(9 * 2 * 4 * 4);
    }

    @Test
    void loop_tripsBoundAsADeclaredDimension_areCounted() {
        Path file = loop(OnnxFile.opset(17).input("n", OnnxFile.INT64).value("all", OnnxFile.FLOAT, "steps", 2, 4), "n")
                .write(folder);

        ImportedModel model =
                OnnxReader.withDefaults().withDimension("steps", 6).read(file);

        assertThat(shapes(only(model, "Loop"))).containsExactly("[2, 4]", "[6, 2, 4]");
    }

    @Test
    void loop_computedLength_winsOverADeclaredOpenOne() {
        Path file = loop(OnnxFile.opset(17).wholeScalar("n", 7).value("all", OnnxFile.FLOAT, "unk__0", 2, 4), "n")
                .write(folder);

        ImportedModel model = OnnxReader.withDefaults().read(file);

        assertThat(shapes(only(model, "Relu"))).containsExactly("[7, 2, 4]");
        assertThat(model.assumedDimensions()).isEmpty();
    }

    @Test
    void loop_untilAConditionFails_isUnknownWork() {
        Path file =
                loop(OnnxFile.opset(17).wholeScalar("n", Long.MAX_VALUE), "n").write(folder);

        ImportedModel model = OnnxReader.withDefaults().read(file);

        assertThat(only(model, "Loop").macs()).isEqualTo(2 * 4 * 4);
        assertUnknown(only(model, "Loop"), "a part of the work of operator 'Loop' is not known");
        assertThat(model.notices()).anySatisfy(notice -> assertThat(notice).contains("one run is assumed"));
    }

    private ImportedModel scan(Message... attributes) {
        Message body = new Message()
                .text(2, "body")
                .message(1, OnnxFile.node("", "MatMul", List.of("h", "w"), List.of("next")))
                .message(1, OnnxFile.node("", "Add", List.of("next", "step"), List.of("out")))
                .message(5, OnnxFile.zeros("w", OnnxFile.FLOAT, 4, 4))
                .message(11, output("h"))
                .message(11, output("step"))
                .message(12, output("next"))
                .message(12, output("out"));
        Message node =
                OnnxFile.node("", "Scan", List.of("start", "x"), List.of("last", "all"), OnnxFile.body("body", body));
        node.message(5, OnnxFile.integer("num_scan_inputs", 1));
        for (Message attribute : attributes) {
            node.message(5, attribute);
        }
        return OnnxReader.withDefaults()
                .read(OnnxFile.opset(17)
                        .input("start", OnnxFile.FLOAT, 3, 4)
                        .input("x", OnnxFile.FLOAT, 5, 3, 4)
                        .node(node)
                        .output("last")
                        .output("all")
                        .write(folder));
    }

    @Test
    void scan_knownSteps_areCounted() {
        ImportedModel model = scan();

        assertThat(shapes(only(model, "Scan"))).containsExactly("[3, 4]", "[5, 3, 4]");
        assertThat(only(model, "Scan").macs()).isEqualTo(5 * 3 * 4 * 4);
        assertThat(model.notices()).isEmpty();
    }

    @Test
    void scan_outputAxis_gathersThere() {
        assertThat(shapes(only(scan(OnnxFile.ints("scan_output_axes", -1)), "Scan")))
                .containsExactly("[3, 4]", "[3, 4, 5]");
    }

    @Test
    void nonMaxSuppression_unknownLimit_selectsEveryBoxWithANotice() {
        ImportedModel model = OnnxReader.withDefaults()
                .read(OnnxFile.opset(17)
                        .input("b", OnnxFile.FLOAT, 1, 100, 4)
                        .input("s", OnnxFile.FLOAT, 1, 3, 100)
                        .input("m", OnnxFile.INT64)
                        .node("NonMaxSuppression", List.of("b", "s", "m"), "y")
                        .output("y", OnnxFile.INT64, "n", 3)
                        .write(folder));

        assertThat(shapes(only(model, "NonMaxSuppression"))).containsExactly("[300, 3]");
        assertThat(model.notices()).singleElement().asString().contains("greatest possible length");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onnx/wrong_shape_if_symbolic_branch_output_taken_as_1.onnx | If | [256, 1] | 0",
                "onnx/wrong_shape_loop_trip_count_assumed_1_without_notice.onnx | Loop | [1, 64] | 4096",
                "onnx/macs_0_scan_rnn_20_known_steps.onnx | Scan | [1, 64] | 81920",
                "onnx/params_0_weights_as_Constant_nodes_in_scan_body.onnx | Scan | [1, 64] | 81920",
                "onnx/refused_if_body_not_inferred.onnx | If | [4, 32] | 8192",
                "onnx/refused_scan_body_not_inferred.onnx | Scan | [1, 64] | 81920",
                "onnx/macs_0_attention23_silent_in_plan.onnx | Attention | [1, 8, 16, 64] | 262144",
                "onnx/wrong_shape_flexattention_body_output.onnx | FlexAttention | [1, 2, 3, 4] | 144",
                "onnx/wrong_shape_dft_inverse_onesided.onnx | DFT | [1, 10, 10, 1] | 0",
                "reports/loop_shape_inferred.onnx | Loop | [7, 1, 5] | 280",
                "reports/loop_no_shape_info_ok.onnx | Loop | [7, 1, 5] | 280",
                "reports/if_branches_800_8.onnx | If | [2, 800] | 0",
                "reports/nms_declared_n.onnx | NonMaxSuppression | [300, 3] | 0"
            })
    void read_reportedFile_hasTheRightShapeAndWork(String file, String operator, String shape, long macs) {
        Layer layer = only(OnnxReader.withDefaults().read(TestData.path("faults/" + file)), operator);

        assertThat(shapes(layer).get(0)).isEqualTo(shape);
        assertThat(layer.macs()).isEqualTo(macs);
    }
}
