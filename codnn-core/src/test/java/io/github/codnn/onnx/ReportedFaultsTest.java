package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.darknet.DarknetReader;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportedFaultsTest {

    private static final OnnxReader READER = OnnxReader.withDefaults();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "Softmax, 4, 17",
        "LogSoftmax, -5, 17",
        "Hardmax, 9, 13",
        "Softmax, 5, 12",
        "Softmax, 9223372036854775807, 18"
    })
    void read_softmaxAxisOutOfRange_isRefused(String operator, long axis, long opset) {
        Path file = OnnxFile.opset(opset)
                .input("x", OnnxFile.FLOAT, 1, 3, 8, 8)
                .node(operator, List.of("x"), "y", OnnxFile.integer("axis", axis))
                .output("y")
                .write(folder);

        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("axis " + axis + " is outside a tensor of 4 axes");
    }

    private Path externalShape(String location, String offset) {
        Message shape = OnnxFile.tensor("s", OnnxFile.INT64, 2)
                .message(13, new Message().text(1, "location").text(2, location))
                .message(13, new Message().text(1, "offset").text(2, offset))
                .number(14, 1);
        return OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 1, 3, 8, 8)
                .initializer(shape)
                .node("Reshape", List.of("x", "s"), "y")
                .output("y")
                .write(folder);
    }

    @ParameterizedTest
    @CsvSource({"-1", "-5", "-9223372036854775808"})
    void read_negativeOffset_isRefused(String offset) {
        assertThatThrownBy(() -> READER.read(externalShape("data.bin", offset)))
                .hasMessageContaining("tensor 's' has external data at the negative offset " + offset);
    }

    @Test
    void read_missingExternalFile_isNamed() {
        assertThatThrownBy(() -> READER.read(externalShape("lost.bin", "0")))
                .hasMessageContaining(
                        "values of 's' are in the file 'lost.bin' beside the model, which cannot be read");
    }

    @Test
    void read_linkOutOfTheFolder_isRefused(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.write(elsewhere.resolve("secret.bin"), new byte[16]);
        Files.createSymbolicLink(folder.resolve("link.bin"), secret);

        assertThatThrownBy(() -> READER.read(externalShape("link.bin", "0")))
                .hasMessageContaining("a link to a place outside the folder of the model");
    }

    @Test
    void read_unknownOperatorWithoutShape_namesItsDomain() {
        Path file = OnnxFile.opset(17)
                .domain("com.example.layout", 1)
                .input("x", OnnxFile.FLOAT, 1, 4)
                .node(OnnxFile.inDomain("com.example.layout", OnnxFile.node("", "Reorder", List.of("x"), List.of("y"))))
                .output("y")
                .write(folder);

        assertThatThrownBy(() -> READER.read(file))
                .hasMessageContaining("operator Reorder of domain 'com.example.layout' is not known");
    }

    @Test
    void read_sequenceWhereATensorIsNeeded_isRefusedWithoutMisleadingAdvice() {
        Path file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 4, 4)
                .node("SequenceConstruct", List.of("x", "x"), "s")
                .node("Relu", List.of("s"), "y")
                .output("y")
                .write(folder);

        assertThatThrownBy(() -> READER.read(file))
                .hasMessageContaining("node 'y' (Relu): input 's' is a sequence of tensors")
                .hasMessageNotContaining("shape inference");
    }

    /** Reading a pipe that nobody writes to, or a device, may never end. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void read_device_isRefused() {
        assertThatThrownBy(() -> READER.read(Path.of("/dev/null")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("/dev/null: is a pipe or a device");
        assertThatThrownBy(() -> DarknetReader.withDefaults().read(Path.of("/dev/null")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("/dev/null: is a pipe or a device");
    }

    @Test
    void read_weightOfUnknownType_namesTheType() {
        Path file = OnnxFile.opset(23)
                .input("x", OnnxFile.FLOAT, 4, 4)
                .initializer(OnnxFile.tensor("w", 99, 4, 4))
                .node("MatMul", List.of("x", "w"), "y")
                .output("y")
                .write(folder);

        assertThatThrownBy(() -> READER.read(file)).hasMessageContaining("tensor 'w', whose element type 99");
    }

    @ParameterizedTest
    @CsvSource({"MatMul, 2048", "Add, 0"})
    void read_wholeNumbersOf64Bits_countWhereTheyAreMultiplied(String operator, long parameters) {
        Path file = OnnxFile.opset(17)
                .input("x", OnnxFile.INT64, 64, operator.equals("Add") ? 32 : 64)
                .weight("w", OnnxFile.INT64, 64, 32)
                .node(operator, List.of("x", "w"), "y")
                .output("y")
                .write(folder);

        assertThat(READER.read(file).graph().parameters()).isEqualTo(parameters);
    }

    @Test
    void read_sumBeyondALong_isRefusedInOneLine() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 1 << 20, 1 << 21)
                .bareWeight("w", OnnxFile.FLOAT, 1 << 21, 1 << 21)
                .node("MatMul", List.of("x", "w"), "a0");
        file.node("MatMul", List.of("a0", "w"), "a1").node("MatMul", List.of("a1", "w"), "a2");
        Path written = file.output("a2").write(folder);

        assertThatThrownBy(() -> READER.read(written))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("more than 2^63 - 1");
    }

    @Test
    void read_manyNodesOfOneName_givesEachItsOwn() {
        OnnxFile file = OnnxFile.opset(17).input("t0", OnnxFile.FLOAT, 1);
        for (int index = 0; index < 3000; index++) {
            file.named("n", "Relu", List.of("t" + index), List.of("t" + (index + 1)));
        }

        ImportedModel model = READER.read(file.output("t3000").write(folder));

        assertThat(model.graph().layers())
                .extracting("name")
                .startsWith("n", "n#2", "n#3")
                .endsWith("n#3000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accepts_softmax_axis_out_of_range | is outside a tensor of 4 axes",
                "external_negative_offset_accepted | negative offset -5",
                "message_hides_missing_external_file | beside the model, which cannot be read",
                "stacktrace_macs_sum_overflow | more than 2^63 - 1"
            })
    void read_reportedFile_isRefusedWithItsReason(String file, String reason) {
        Path path = TestData.path("faults/onnx/" + file + ".onnx");

        assertThatThrownBy(() -> READER.read(path))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "params_0_int64_matrix, 2048", "message_says_nothing_writes_fp4_weight, 2048",
        "oom_inspect_nested_if_names_double, 0", "slow_44s_20000_nodes_of_one_name, 0"
    })
    void read_reportedFile_hasItsParameters(String file, long parameters) {
        Path path = TestData.path("faults/onnx/" + file + ".onnx");

        assertThat(READER.read(path).graph().parameters()).isEqualTo(parameters);
    }

    @Test
    void read_reportedOverloads_areToldApart() {
        ImportedModel model = READER.read(TestData.path("faults/onnx/wrong_shape_function_overload_ignored.onnx"));

        assertThat(model.graph().outputs())
                .extracting(tensor -> tensor.shape().toString())
                .containsExactly("[2, 12]", "[6, 4]");
    }
}
