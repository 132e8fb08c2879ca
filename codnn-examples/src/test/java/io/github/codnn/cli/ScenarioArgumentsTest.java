package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.scenario.Task;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.zoo.ModelZoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that change a problem file, and options that concern one of several models. */
class ScenarioArgumentsTest {

    private static final String PROBLEM = """
            {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "k"}], "links": [],
             "tasks": [{"name": "t", "source": "a", "frames": 5, "deadlineSeconds": 0.5,
               "layers": [{"name": "l", "seconds": {"k": 1}}],
               "tensors": [{"name": "x", "from": null, "to": ["l"], "bytes": 8},
                           {"name": "y", "from": "l", "to": [], "bytes": 8}]}]}""";

    @TempDir
    private Path folder;

    private String problem = "";
    private String platform = "";

    @BeforeEach
    void writeFiles() throws IOException {
        problem = Files.writeString(folder.resolve("p.json"), PROBLEM).toString();
        platform = Files.writeString(folder.resolve("platform.json"), """
                        {"devices": [{"name": "pi", "preset": "raspberry-pi-4b", "tier": "TERMINAL"}], "links": []}
                        """).toString();
    }

    /** One layer takes 1 s, so that 5 frames take 5 s. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1 | total: 5.000 s",
                "--deadline 1.5 | 0 | total: 5.000 s",
                "--deadline 0.9 | 1 | total: 5.000 s",
                "--deadline 1.5 --deadline-on response | 0 | total: 5.000 s",
                "--deadline 2 --frames 7 | 0 | total: 7.000 s",
                "--deadline 2 --frames 1 | 0 | total: 1.000 s",
            })
    void problem_deadlineAndFrames_replaceThoseOfTheFile(String options, int status, String total) {
        CommandRunner.Outcome outcome = plan("--problem " + problem + " " + options);

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
        assertThat(outcome.out()).contains(total);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--problem PROBLEM --deadline-on response",
                "zoo:alexnet --platform PLATFORM --deadline-on response",
                "zoo:alexnet,frames=2,frames=3 --platform PLATFORM",
                "zoo:alexnet,deadline=2,deadline=2 --platform PLATFORM",
                "--problem PROBLEM --deadline 0",
                "--problem PROBLEM --deadline NaN",
                "--problem PROBLEM --deadline 2 --dim n=3",
                "--problem PROBLEM --deadline 2 --dims-default 1",
                "--problem PROBLEM --deadline 2 --input x=1x3",
                "--problem PROBLEM --deadline 2 --value x=1",
                "--problem PROBLEM --deadline 2 --collapse CHAIN",
                "--problem PROBLEM --deadline 2 --collapse BLOCKS",
                "--problem PROBLEM --deadline -1",
                "--problem PROBLEM --frames 0",
                "zoo:alexnet --problem PROBLEM",
                "--problem PROBLEM --input-bytes 60KiB",
                "zoo:alexnet --platform PLATFORM --input-bytes soon",
                "zoo:alexnet --platform PLATFORM --input-bytes camera=60KiB",
                "zoo:alexnet,input-bytes=-1 --platform PLATFORM",
                "problem:drawn-chain-7x3-energy --problem PROBLEM",
                "problem:drawn-chain-7x3-energy --platform PLATFORM",
                "problem:drawn-chain-7x3-energie",
            })
    void option_withoutEffectOrTwice_isRefused(String line) {
        CommandRunner.Outcome outcome = plan(line.replace("PROBLEM", problem).replace("PLATFORM", platform));

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--problem "})
    void problem_ofTheLibrary_isPlanned(String option) {
        CommandRunner.Outcome outcome = plan(option + "problem:drawn-chain-12x5-period");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("93.20 ms").contains("proven");
    }

    @Test
    void inputBytes_ofAllAndOfOneTask_areSent() throws IOException {
        Path saved = folder.resolve("saved.json");

        CommandRunner.Outcome outcome =
                plan("--task zoo:alexnet,input-bytes=7KiB --task zoo:alexnet --input-bytes 50000" + " --platform "
                        + platform + " --save-problem " + saved);

        assertThat(outcome.status()).as(outcome.err()).isZero();
        List<Long> sent = new ArrayList<>();
        for (Task task : ProblemJson.read(saved).workload().tasks()) {
            sent.add(task.graph().inputs().get(0).transferBytes());
        }
        assertThat(sent).containsExactly(7L * 1024, 50_000L);
    }

    @Test
    void task_ownDeadline_goesBeforeThatOfAll() {
        String tasks = "--task zoo:alexnet,deadline=100,frames=2 --task zoo:alexnet --deadline 0.000001 --frames 3";

        CommandRunner.Outcome outcome = plan(tasks + " --platform " + platform);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("'alexnet-2'").doesNotContain("'alexnet' ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--task A --task B --dim n=2 --dim m=3 | 0 | ''",
                "--task A --task zoo:alexnet --dim n=2 | 0 | ''",
                "A --task B --dim n=2 --input x_m=4x5 | 0 | ''",
                "--task A --task B --dim n=2 | 2 | 'm'",
                "--task A --task B --dim n=2 --dim m=3 --dim k=4 | 2 | name k",
                "--task zoo:alexnet --task zoo:vgg16 --dim n=2 | 2 | name n",
                "zoo:alexnet --dim n=2 | 2 | Leave out n",
                "A --dim n=2 --dim m=3 | 2 | 'm'",
            })
    void dimensions_ofSeveralModels_goToThoseThatHaveThem(String line, int status, String reason) {
        CommandRunner.Outcome outcome =
                plan(line.replace("A ", model("n") + " ").replace("B ", model("m") + " ") + " --platform " + platform);

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
        assertThat(outcome.err()).contains(reason);
    }

    private String model(String dimension) {
        Path file = OnnxFile.opset(17)
                .input("x_" + dimension, OnnxFile.FLOAT, dimension, 5)
                .node("Relu", List.of("x_" + dimension), "y")
                .output("y")
                .write(folder);
        try {
            Path target = folder.resolve(dimension + ".onnx");
            Files.deleteIfExists(target);
            return Files.move(file, target).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandRunner.Outcome plan(String line) {
        List<String> words = new ArrayList<>(List.of("plan", "--budget", "300"));
        words.addAll(List.of(line.strip().split(" +")));
        return CommandRunner.codnn(words.toArray(String[]::new));
    }

    @Test
    void times_ofEveryLayer_replaceTheSpeedsOfThePlatform() throws IOException {
        StringBuilder rows = new StringBuilder("layer,device,seconds\n");
        ModelZoo.ALEXNET
                .build()
                .layers()
                .forEach(layer -> rows.append(layer.name()).append(",pi,0.5\n"));
        Path file = Files.writeString(folder.resolve("times.csv"), rows);
        Path saved = folder.resolve("problem.json");
        String options = "zoo:alexnet --platform " + platform + " --times " + file;

        CommandRunner.Outcome outcome = plan(options + " --save-problem " + saved);
        String period = "period " + ModelZoo.ALEXNET.build().layers().size() / 2.0;
        assertThat(outcome.out()).as(outcome.err()).contains(period);
        assertThat(plan("--problem " + saved).out()).contains(period);

        Files.writeString(file, "layer,device,seconds\nconv1,pi,0.5\n");
        assertThat(plan(options).err()).contains("times.csv").contains("more").doesNotContain("Exception");
        assertThat(plan("--problem " + saved + " --times " + file).status()).isEqualTo(2);
    }
}
