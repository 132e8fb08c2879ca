package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input ends in exit status 2 and one clear line on standard error, nothing on standard output. */
class BadInputTest {

    private static final String TASK = """
            [{"name": "t", "source": "a", "layers": [{"name": "l1", "seconds": {"k": 1}%s}],
              "tensors": [{"name": "x", "from": null, "to": ["l1"], "bytes": 8},
                          {"name": "y", "from": "l1", "to": [], "bytes": 8}]}]""";

    @TempDir
    private Path folder;

    private String write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static String problem(String devices, String links, String layerExtra) {
        return "{\"format\": \"codnn-problem/1\", \"name\": \"p\","
                + " \"transfers\": \"OVERLAPPED\", \"stagesPerDevice\": \"ONE\","
                + " \"devices\": " + devices + ", \"links\": " + links + ", \"tasks\": " + TASK.formatted(layerExtra)
                + "}";
    }

    private static String twoDevices() {
        return "[{\"name\": \"a\", \"kind\": \"k\"}, {\"name\": \"b\", \"kind\": \"k\"}]";
    }

    private static void assertRefused(CommandRunner.Outcome outcome, String... parts) {
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().strip().lines()).hasSize(1);
        assertThat(outcome.err()).startsWith("codnn: ").contains(parts);
    }

    @Test
    void inspect_missingFile_isRefused() {
        assertRefused(CommandRunner.codnn("inspect", "nowhere.onnx"), "nowhere.onnx");
        assertRefused(CommandRunner.codnn("inspect", "nowhere.cfg"), "nowhere.cfg");
    }

    @Test
    void inspect_unknownZooName_isRefusedWithTheNamesThereAre() {
        assertRefused(CommandRunner.codnn("inspect", "zoo:nothing"), "nothing", "googlenet");
    }

    @Test
    void inspect_unknownEnding_isRefused() {
        assertRefused(CommandRunner.codnn("inspect", "model.pb"), "model.pb", ".onnx");
    }

    @Test
    void inspect_truncatedOnnx_isRefused() throws IOException {
        byte[] whole = onnx("a", "b");
        Path file = folder.resolve("truncated.onnx");
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));

        assertRefused(CommandRunner.codnn("inspect", file.toString()), "truncated.onnx");
    }

    @Test
    void inspect_onnxWithCycle_isRefused() throws IOException {
        Path file = folder.resolve("cycle.onnx");
        Files.write(file, onnx("c", "b"));

        assertRefused(CommandRunner.codnn("inspect", file.toString()), "cycle.onnx", "cycle");
    }

    @Test
    void inspect_cfgWithUnknownSection_isRefused() throws IOException {
        String file = write("odd.cfg", "[net]\nwidth=8\nheight=8\nchannels=3\n\n[quantum]\nfilters=3\n");

        assertRefused(CommandRunner.codnn("inspect", file), "odd.cfg", "quantum");
    }

    @Test
    void plan_negativeBandwidth_isRefused() throws IOException {
        String links = "[{\"from\": \"*\", \"to\": \"*\", \"bytesPerSecond\": -5}]";

        assertRefused(plan(problem(twoDevices(), links, "")), "bytesPerSecond", "-5");
    }

    @Test
    void plan_nanBandwidth_isRefused() throws IOException {
        String links = "[{\"from\": \"*\", \"to\": \"*\", \"bytesPerSecond\": NaN}]";

        assertRefused(plan(problem(twoDevices(), links, "")), "NaN");
    }

    @Test
    void plan_linkToUnknownDevice_isRefused() throws IOException {
        String links = "[{\"from\": \"a\", \"to\": \"z\", \"bytesPerSecond\": 5}]";

        assertRefused(plan(problem(twoDevices(), links, "")), "'z'");
    }

    @Test
    void plan_noLinkWhereFramesMustGo_isInfeasible() throws IOException {
        CommandRunner.Outcome outcome = plan(problem(twoDevices(), "[]", ", \"pinned\": \"b\""));

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).contains("of which 1 are impossible, no plan comes closer");
        assertThat(outcome.err()).contains("must be on 'b'");
    }

    @Test
    void plan_layerWithoutTimeForADevice_doesNotRunThere() throws IOException {
        String devices = "[{\"name\": \"a\", \"kind\": \"k\"}, {\"name\": \"b\", \"kind\": \"other\"}]";
        String links = "[{\"from\": \"*\", \"to\": \"*\", \"bytesPerSecond\": 5}]";

        CommandRunner.Outcome outcome = plan(problem(devices, links, ""));

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("t 1         a");
    }

    @Test
    void plan_badUsage_isRefused() {
        assertRefused(CommandRunner.codnn("plan"), "--platform");
        assertRefused(CommandRunner.codnn("plan", "--no-such-option"), "--no-such-option");
        assertRefused(CommandRunner.codnn("plan", "zoo:vgg16", "--platform", "docs/none.json"), "none.json");
    }

    private CommandRunner.Outcome plan(String problem) throws IOException {
        return CommandRunner.codnn("plan", "--problem", write("problem.json", problem));
    }

    /** Two activations in a row: x -> first -> b, and second reads b and writes c; first reads the given tensor. */
    private static byte[] onnx(String firstReads, String secondReads) throws IOException {
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        field(graph, 1, node("first", firstReads, "b"));
        field(graph, 1, node("second", secondReads, "c"));
        field(graph, 2, "g".getBytes(StandardCharsets.UTF_8));
        field(graph, 11, valueInfo("a"));
        field(graph, 12, valueInfo("c"));
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        model.write(8); // ir_version, varint
        model.write(8);
        field(model, 7, graph.toByteArray());
        ByteArrayOutputStream opset = new ByteArrayOutputStream();
        opset.write(16); // version, varint
        opset.write(13);
        field(model, 8, opset.toByteArray());
        return model.toByteArray();
    }

    private static byte[] node(String name, String input, String output) throws IOException {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        field(node, 1, input.getBytes(StandardCharsets.UTF_8));
        field(node, 2, output.getBytes(StandardCharsets.UTF_8));
        field(node, 3, name.getBytes(StandardCharsets.UTF_8));
        field(node, 4, "Relu".getBytes(StandardCharsets.UTF_8));
        return node.toByteArray();
    }

    /** A float tensor of shape [2]. */
    private static byte[] valueInfo(String name) throws IOException {
        byte[] dimension = {8, 2};
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        field(shape, 1, dimension);
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        tensor.write(8);
        tensor.write(1);
        field(tensor, 2, shape.toByteArray());
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        field(type, 1, tensor.toByteArray());
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        field(info, 1, name.getBytes(StandardCharsets.UTF_8));
        field(info, 2, type.toByteArray());
        return info.toByteArray();
    }

    private static void field(ByteArrayOutputStream to, int number, byte[] content) throws IOException {
        to.write(number << 3 | 2);
        to.write(content.length); // below 128 in these models
        to.write(content);
    }

    @Test
    void plan_badObjective_isRefused() {
        String platform = TestData.root().resolve("docs/platform.json").toString();
        for (String objective : new String[] {"speed", "period,", "x*energy", "energy+", "0*energy", "period,speed"}) {
            assertRefused(
                    CommandRunner.codnn("plan", "zoo:alexnet", "--platform", platform, "--objective", objective),
                    "objective");
        }
    }
}
