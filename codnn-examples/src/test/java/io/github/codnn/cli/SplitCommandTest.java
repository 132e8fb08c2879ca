package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.TestData;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.ZooInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitCommandTest {

    @TempDir
    private Path folder;

    private String model = "";

    @BeforeEach
    void writeModel() {
        model = write("squeezenet.onnx", 1);
    }

    private String write(String name, long seed) {
        Path file = folder.resolve(name);
        OnnxWriter.withDefaults()
                .withRandomWeights(seed)
                .write(ModelZoo.named("squeezenet1.1").build(ZooInput.ofSize(64)), file);
        return file.toString();
    }

    private CommandRunner.Outcome codnn(String... arguments) {
        return CommandRunner.codnn(arguments);
    }

    private String plan() {
        String plan = folder.resolve("plan.json").toString();
        CommandRunner.Outcome outcome = codnn(
                "plan",
                model,
                "--platform",
                TestData.root().resolve("docs/platform.json").toString(),
                "--out",
                plan);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return plan;
    }

    @Test
    void split_byPlanWithVerify_givesEqualStages() throws IOException {
        String out = folder.resolve("out").toString();

        CommandRunner.Outcome outcome = codnn("split", model, "--plan", plan(), "--out", out, "--verify", "--json");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        JsonNode verification = new ObjectMapper().readTree(outcome.out()).path("verification");
        assertThat(verification.path("equal").asBoolean()).isTrue();
        assertThat(verification.path("constant")).isEmpty();
        PipelineManifest manifest = PipelineJson.read(Path.of(out).resolve("pipeline.json"));
        assertThat(manifest.model()).isEqualTo("squeezenet.onnx");
        assertThat(manifest.predictedPeriodSeconds()).isPresent();
    }

    @Test
    void split_atTensors_tellsTheStages() {
        String out = folder.resolve("out").toString();
        String tensor = ModelZoo.named("squeezenet1.1")
                .build(ZooInput.ofSize(64))
                .layers()
                .get(5)
                .outputs()
                .get(0)
                .name();

        CommandRunner.Outcome outcome = codnn("split", model, "--at", tensor, "--out", out, "--verify");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("stage-1.onnx", "stage-2.onnx", "2 stages of 'squeezenet.onnx'")
                .contains("equal bit for bit without optimisation");
    }

    /** The seed of a node that draws random numbers is its place in the file, which differs in a stage. */
    @Test
    void split_stagesThatDiffer_makesNoFolder() throws IOException {
        Path random = Files.write(
                folder.resolve("random.onnx"),
                OnnxFile.opset(17)
                        .input("x", OnnxFile.FLOAT, 1, 4)
                        .node("Tanh", List.of("x"), "t")
                        .node("RandomNormalLike", List.of("t"), "n")
                        .node("Add", List.of("t", "n"), "y")
                        .output("y", OnnxFile.FLOAT, 1, 4)
                        .bytes());
        Path out = folder.resolve("out");

        CommandRunner.Outcome outcome =
                codnn("split", random.toString(), "--at", "t", "--out", out.toString(), "--verify");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("is not made. Outputs that differ without optimisation: y");
        assertThat(out).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void split_anotherModelThanThatOfThePlan_isRefused() {
        String plan = plan();
        String other = write("other.onnx", 2);
        Path out = folder.resolve("out");

        CommandRunner.Outcome outcome = codnn("split", other, "--plan", plan, "--out", out.toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("is not the model of the plan", "'squeezenet.onnx'");
        assertThat(out).doesNotExist();
    }

    @Test
    void split_planOfAFront_remembersTheModel() {
        String plans = folder.resolve("plans").toString();
        CommandRunner.Outcome front = codnn(
                "plan",
                model,
                "--platform",
                TestData.root().resolve("docs/platform.json").toString(),
                "--front",
                "period,response",
                "--out",
                plans);
        assertThat(front.status()).as(front.err()).isZero();
        String plan = Path.of(plans, "plan-1.json").toString();
        String other = write("other.onnx", 2);

        CommandRunner.Outcome refused = codnn(
                "split", other, "--plan", plan, "--out", folder.resolve("no").toString());
        CommandRunner.Outcome outcome = codnn(
                "split", model, "--plan", plan, "--out", folder.resolve("out").toString());

        assertThat(refused.err()).contains("is not the model of the plan", "'squeezenet.onnx'");
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }

    @Test
    void split_intoAFolderThatExists_isRefused() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));

        CommandRunner.Outcome outcome = codnn("split", model, "--plan", plan(), "--out", out.toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("exists already");
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void split_neitherPlanNorTensor_asksForOne() {
        CommandRunner.Outcome outcome =
                codnn("split", model, "--out", folder.resolve("out").toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("either --plan PLAN.json or --at");
    }
}
