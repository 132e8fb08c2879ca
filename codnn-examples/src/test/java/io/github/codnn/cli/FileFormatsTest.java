package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every format of text alike: byte order marks, line ends, decimal commas, and no infinity in JSON. */
class FileFormatsTest {

    private static final String PROBLEM = """
            {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "k", "activeWatts": 1.5}],
             "links": [], "tasks": [{"name": "t", "source": "a", "deadlineSeconds": 0.5,
               "layers": [{"name": "l", "seconds": {"k": 0.25}}],
               "tensors": [{"name": "y", "from": "l", "to": [], "bytes": 8}]}]}""";
    private static final String PLATFORM = """
            {"devices": [{"name": "a", "kind": "k", "tier": "TERMINAL",
               "roofline": {"macsPerSecond": 1.5e9, "weightBytesPerSecond": 1e9, "secondsPerKernel": 0.001},
               "activeWatts": 1.5}], "links": []}""";
    private static final String CFG = "[net]\nwidth=8\nheight=8\nchannels=3\n[convolutional]\nfilters=2\n";
    private static final String GRAPH = "v 0 a\nv 1 b\ne 0 1 x\n";
    private static final String ROWS = "op,cin,h,w,k,stride,pad,cout,group,s_in,s_out,n_inputs,out_h,out_w,"
            + "time_us,min_us,wall_min_us,kernel_min_us,repetitions,spread_pct\n"
            + "Relu,0,0,0,0,0,0,0,1,1000,1000,1,0,0,4.5,1,1,1,9,5\n".repeat(10);

    @TempDir
    private Path folder;

    private static String content(String format) {
        return switch (format) {
            case "problem.json" -> PROBLEM;
            case "platform.json" -> PLATFORM;
            case "model.cfg" -> CFG;
            case "graph.lg" -> GRAPH;
            default -> ROWS;
        };
    }

    private CommandRunner.Outcome run(String format, String content) throws IOException {
        String file = Files.writeString(folder.resolve(format), content).toString();
        return switch (format) {
            case "problem.json" -> CommandRunner.codnn("plan", "--problem", file);
            case "platform.json" -> CommandRunner.codnn("plan", "zoo:alexnet", "--platform", file, "--budget", "50");
            case "model.cfg" -> CommandRunner.codnn("inspect", file);
            case "graph.lg" -> CommandRunner.codnn("mine", file, "--support", "1");
            default -> CommandRunner.codnn("fit", file, "--folds", "2");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"problem.json", "platform.json", "model.cfg", "graph.lg", "rows.csv"})
    void file_withMarkOrOtherLineEnds_isReadAlike(String format) throws IOException {
        String content = content(format);
        for (String variant : new String[] {
            content, "\uFEFF" + content, content.replace("\n", "\r\n"), "\uFEFF" + content.replace("\n", "\r\n")
        }) {
            CommandRunner.Outcome outcome = run(format, variant);

            assertThat(outcome.status()).as(outcome.err()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "problem.json | 0.25 | 0,25 | decimal comma",
                "problem.json | 0.25 | \"0,25\" | seconds.k must be a number, but is \"0,25\". Write a point",
                "problem.json | 0.5, | \"0,5\", | deadlineSeconds must be a number, but is \"0,5\". Write a point",
                "problem.json | 1.5 | 1,5 | decimal comma",
                "platform.json | 0.001 | 0,001 | decimal comma",
                "platform.json | 1.5e9 | \"1,5e9\" | macsPerSecond must be a number, but is \"1,5e9\". Write a point",
                "model.cfg | filters=2 | filters=2,5 | 'filters' must be a 32-bit integer, but is '2,5'",
                "model.cfg | width=8 | width=8,0 | 'width' must be a 32-bit integer, but is '8,0'",
                "graph.lg | e 0 1 x | e 0 1,5 x | '1,5' is not a vertex number",
                "rows.csv | 4.5 | 4,5 | the row has 21 fields, but the header has 20. Maybe it has decimal commas",
                "rows.csv | 4.5 | \"4,5\" | time_us must be a number, but is '4,5'. Write a point",
            })
    void file_decimalComma_isRefusedByName(String format, String before, String after, String reason)
            throws IOException {
        assertThat(content(format)).contains(before);

        CommandRunner.Outcome outcome = run(format, content(format).replace(before, after));

        assertThat(outcome.status()).as(outcome.out()).isEqualTo(2);
        assertThat(outcome.err()).contains(reason).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan --problem LATE --json",
                "plan --problem ZERO --json",
                "plan --problem NEVER --json",
                "compare --problem LATE --budget 50 --json",
                "compare --problem NEVER --budget 50 --json",
                "compare --problem ZERO --budget 50 --json",
                "plan --problem LATE --front period,energy --json",
                "plan --problem ZERO --front period,response --json",
                "simulate PLAN --json",
                "inspect zoo:alexnet --json",
                "fit ROWS --folds 2 --json",
            })
    void json_figuresThatAreNotFinite_areNull(String line) throws IOException {
        String zero = PROBLEM.replace("0.25", "0");
        String plan = folder.resolve("plan.json").toString();
        String zeroFile = Files.writeString(folder.resolve("zero.json"), zero).toString();
        CommandRunner.codnn("plan", "--problem", zeroFile, "--out", plan);
        String[] words = line.replace("LATE", file("late.json", PROBLEM.replace("0.5", "0.1")))
                .replace("NEVER", file("never.json", PROBLEM.replace("0.25", "null")))
                .replace("ZERO", zeroFile)
                .replace("PLAN", plan)
                .replace("ROWS", file("rows.csv", ROWS))
                .split(" ");

        CommandRunner.Outcome outcome = CommandRunner.codnn(words);

        assertThat(outcome.status()).as(outcome.err()).isBetween(0, 1);
        assertThat(new ObjectMapper().readTree(outcome.out()).isObject()).isTrue();
        assertThat(outcome.out()).doesNotContainIgnoringCase("infinity").doesNotContain("NaN");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    /** A plan file whose counts no simulation can have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2147483648",
                "9223372036854775807",
                "1000000000000",
                "20000001",
                "99999999999999999999",
                "0",
                "-1"
            })
    void simulate_hugeCounts_areRefusedAtOnce(String frames) throws IOException {
        String plan = folder.resolve("plan.json").toString();
        CommandRunner.codnn("plan", "--problem", file("p.json", PROBLEM), "--out", plan);

        CommandRunner.Outcome option = CommandRunner.codnn("simulate", plan, "--frames", frames);
        String edited = Files.readString(Path.of(plan)).replace("\"frames\" : 1", "\"frames\" : " + frames);
        CommandRunner.Outcome inFile = CommandRunner.codnn("simulate", file("edited.json", edited));

        assertThat(option.status()).as(option.err()).isEqualTo(2);
        assertThat(option.err()).hasLineCount(1);
        assertThat(inFile.status()).as(inFile.err()).isEqualTo(2);
        assertThat(inFile.err()).hasLineCount(1);
    }

    @Test
    void platform_ofTheGuide_hasNoInfinityInItsPlan() {
        String platform = TestData.root().resolve("docs/platform.json").toString();

        CommandRunner.Outcome outcome =
                CommandRunner.codnn("plan", "zoo:alexnet", "--platform", platform, "--budget", "50", "--json");

        assertThat(outcome.out()).doesNotContainIgnoringCase("infinity").doesNotContain("NaN");
    }
}
