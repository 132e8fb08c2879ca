package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the arguments are, a command ends with a result or with one line, and status 1 means one thing only. */
class HostileArgumentsTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1",
            "2",
            "1e308",
            "NaN",
            "Infinity",
            "-0.0",
            "4.9e-324",
            "9223372036854775807",
            "2147483648",
            "",
            " ",
            "0.5",
            "none",
            "energy",
            "period,energy",
            "x=1",
            "x=",
            "=",
            ",",
            "drone",
            "cloud",
            "ANY",
            "BLOCKING",
            "\u0000",
            "\u001b[2J",
            "../..",
            "/dev/null",
            "1x",
            "1s",
            "-5s",
            "1,5",
            "period",
            "auto",
            "exact",
            "greedy");

    private static final Map<String, List<String>> OPTIONS = Map.of(
            "inspect", List.of("--dim", "--dims-default", "--input", "--value", "--json", "--stacktrace", "--dot"),
            "collapse", List.of("--dim", "--json", "--dims-default", "--form", "--support"),
            "plan",
                    List.of(
                            "--task",
                            "--source",
                            "--sink",
                            "--frames",
                            "--deadline",
                            "--deadline-on",
                            "--transfers",
                            "--stages",
                            "--max-devices",
                            "--idle",
                            "--strategy",
                            "--objective",
                            "--seed",
                            "--collapse",
                            "--front",
                            "--epsilon",
                            "--json",
                            "--dim"),
            "compare", List.of("--frames", "--deadline", "--seed", "--objective", "--json", "--max-devices"),
            "simulate", List.of("--frames", "--json"),
            "fit", List.of("--features", "--method", "--boosted", "--folds", "--seed", "--device", "--json"),
            "mine", List.of("--support", "--json", "--budget"));

    @TempDir
    private Path folder;

    private Map<String, List<String>> valid = Map.of();

    @BeforeEach
    void writeFiles() throws IOException {
        String problem = Files.writeString(folder.resolve("p.json"), """
                        {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "k"}], "links": [],
                         "tasks": [{"name": "t", "source": "a", "layers": [{"name": "l", "seconds": {"k": 1}}],
                           "tensors": [{"name": "y", "from": "l", "to": [], "bytes": 8}]}]}""").toString();
        String plan = folder.resolve("plan.json").toString();
        assertThat(CommandRunner.codnn("plan", "--problem", problem, "--out", plan)
                        .status())
                .isZero();
        String graph = Files.writeString(folder.resolve("g.lg"), "v 0 a\nv 1 b\ne 0 1 x\n")
                .toString();
        String rows = Files.writeString(folder.resolve("rows.csv"), "op,cin\n").toString();
        valid = Map.of(
                "inspect", List.of("zoo:squeezenet1.1"),
                "collapse", List.of("zoo:squeezenet1.1"),
                "plan", List.of("zoo:alexnet", "--platform", PLATFORM, "--budget", "50"),
                "compare", List.of("--problem", problem, "--budget", "50"),
                "simulate", List.of(plan),
                "fit", List.of(rows),
                "mine", List.of(graph, "--support", "1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void arguments_random_endInAResultOrOneLine(long seed) {
        Random random = new Random(seed);
        List<String> commands = OPTIONS.keySet().stream().sorted().toList();
        for (int number = 0; number < 50; number++) {
            String command = commands.get(random.nextInt(commands.size()));
            List<String> line = new ArrayList<>(List.of(command));
            if (random.nextInt(8) > 0) {
                line.addAll(valid.getOrDefault(command, List.of()));
            }
            List<String> options = OPTIONS.getOrDefault(command, List.of());
            for (int more = random.nextInt(3); more >= 0; more--) {
                String option = options.get(random.nextInt(options.size()));
                line.add(option);
                if (random.nextInt(6) > 0) {
                    String value = VALUES.get(random.nextInt(VALUES.size()));
                    boolean isFile = option.equals("--dot") && !value.startsWith("/");
                    line.add(isFile ? folder + "/" + value : value);
                }
            }
            assertEndsWell(line);
        }
    }

    @Test
    void files_thatAreNotWhatACommandReads_endInOneLine() throws IOException {
        List<String> contents = List.of(
                "",
                "{}",
                "[]",
                "null",
                "{",
                "\u0000",
                "\uFEFF",
                "1e999",
                "\"",
                "{\"format\": 3}",
                "[net]",
                "a,b\n1,2\n",
                "{\"format\": \"codnn-problem/1\"}",
                "{\"format\": \"codnn-plan/1\"}",
                "[".repeat(5000),
                "v 0 a\ne 0 9 x",
                "{\"devices\": {}}",
                "{\"devices\": [], \"links\": []}",
                "{\"devices\": [1], \"links\": [2]}");
        for (String ending : List.of("json", "onnx", "cfg", "csv", "lg")) {
            for (String content : contents) {
                String file = Files.writeString(folder.resolve("bad." + ending), content)
                        .toString();
                assertEndsWell(List.of("inspect", file));
                assertEndsWell(List.of("plan", "--problem", file));
                assertEndsWell(List.of("plan", "zoo:alexnet", "--platform", file, "--budget", "50"));
                assertEndsWell(List.of("simulate", file));
                assertEndsWell(List.of("fit", file));
                assertEndsWell(List.of("mine", file, "--support", "1"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "collapse", "plan --problem", "simulate", "fit", "mine", "compare --problem"})
    void folder_inPlaceOfAFile_endsInOneLine(String command) {
        List<String> line = new ArrayList<>(List.of(command.split(" ")));
        line.add(folder.toString());

        assertEndsWell(line);
        assertThat(CommandRunner.codnn(line.toArray(String[]::new)).status()).isEqualTo(2);
    }

    private static void assertEndsWell(List<String> line) {
        CommandRunner.Outcome outcome = CommandRunner.codnn(line.toArray(String[]::new));

        assertThat(outcome.status()).as("%s: %s", line, outcome.err()).isBetween(0, 2);
        boolean infeasible = outcome.status() == 1;
        boolean refused = outcome.status() == 2;
        if ((infeasible || refused) && !line.contains("--stacktrace")) {
            assertThat(outcome.err().lines()).as("%s: %s", line, outcome.err()).hasSize(1);
            assertThat(outcome.err()).as("%s", line).startsWith("codnn: ");
        }
        if (infeasible) {
            assertThat(outcome.err()).as("%s", line).containsIgnoringCase("no plan");
        }
        if (line.contains("--json")) {
            assertThat(outcome.out()).as("%s", line).doesNotContain("Infinity", ": NaN", "\"NaN\"");
        }
    }
}
