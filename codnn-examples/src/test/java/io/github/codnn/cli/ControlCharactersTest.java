package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.TestData;
import io.github.codnn.text.ControlCharacters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names from files cannot command the terminal or forge lines. */
class ControlCharactersTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("\u001b[31mred", "\\u001b[31mred"),
                Arguments.of("a\nb", "a\\u000ab"),
                Arguments.of("a\rb", "a\\u000db"),
                Arguments.of("a\u0007", "a\\u0007"),
                Arguments.of("a\u007fb", "a\\u007fb"),
                Arguments.of("a\u009b2Jb", "a\\u009b2Jb"),
                Arguments.of("a\u202eb", "a\\u202eb"),
                Arguments.of("a\u2066b", "a\\u2066b"),
                Arguments.of("a\u2028b", "a\\u2028b"),
                Arguments.of("a\ud800b", "a\\ud800b"),
                Arguments.of("a\udb40\udc41b", "a\\udb40\\udc41b"),
                Arguments.of("Schicht \u00e4\u00df", "Schicht \u00e4\u00df"),
                Arguments.of("\u5c42", "\u5c42"),
                Arguments.of("\ud83d\ude80", "\ud83d\ude80"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shown_anyName_showsWhatWouldBeHidden(String name, String shown) {
        assertThat(ControlCharacters.shown(name)).isEqualTo(shown);
    }

    private static final String[] ESCAPES = {"\\u001b]0;owned\\u0007", "\\n", "\\r", "\\u202e", "\\u009b2J", "\\u2028"};

    private static String problem(String escape) {
        return """
                {"format": "codnn-problem/1", "name": "p%1$s", "transfers": "OVERLAPPED", "stagesPerDevice": "ANY",
                 "devices": [{"name": "a%1$s", "kind": "k%1$s"}, {"name": "b%1$s", "kind": "k%1$s"}], "links": [],
                 "tasks": [{"name": "t%1$s", "source": null, "sink": null, "deadlineSeconds": %2$s,
                   "layers": [{"name": "l%1$s", "seconds": {"k%1$s": 1}}],
                   "tensors": [{"name": "y%1$s", "from": "l%1$s", "to": [], "bytes": 8}]}]}""".replace("%1$s", escape);
    }

    private static void assertHarmless(CommandRunner.Outcome outcome) {
        String printed = (outcome.out() + outcome.err()).replace(System.lineSeparator(), "");
        assertThat(printed.chars()
                        .noneMatch(each -> Character.isISOControl(each)
                                || Character.getType(each) == Character.FORMAT
                                || Character.getType(each) == Character.LINE_SEPARATOR))
                .as(outcome.out() + outcome.err())
                .isTrue();
    }

    @Test
    void commands_problemWithEscapesInAllNames_showThem() throws IOException {
        for (String escape : ESCAPES) {
            for (String deadline : new String[] {"null", "0.001"}) {
                Path problem = Files.writeString(
                        folder.resolve("p.json"), problem(escape).replace("%2$s", deadline));
                Path plan = folder.resolve("plan.json");
                String lines = CommandRunner.codnn("plan", "--problem", problem.toString())
                        .out()
                        .replaceAll("[^\n]", "");
                assertThat(lines).hasSizeLessThan(12);
                assertHarmless(CommandRunner.codnn("plan", "--problem", problem.toString(), "--out", plan.toString()));
                assertHarmless(CommandRunner.codnn("plan", "--problem", problem.toString(), "--json"));
                assertHarmless(
                        CommandRunner.codnn("plan", "--problem", problem.toString(), "--front", "period,energy"));
                assertHarmless(CommandRunner.codnn("simulate", plan.toString()));
                assertHarmless(CommandRunner.codnn("simulate", plan.toString(), "--json"));
            }
        }
    }

    @Test
    void commandsOfPlanFiles_escapesInAllNames_areShown() throws IOException {
        String plan = folder.resolve("plan.json").toString();
        for (String escape : ESCAPES) {
            Path problem =
                    Files.writeString(folder.resolve("p.json"), problem(escape).replace("%2$s", "null"));
            CommandRunner.codnn("plan", "--problem", problem.toString(), "--out", plan);
            for (String line : new String[] {
                "explain PLAN --budget 20",
                "explain PLAN --budget 20 --json",
                "what-if PLAN --budget 20 --frames 2",
                "what-if PLAN --budget 20 --frames 2 --json",
                "split none.onnx --plan PLAN --out none"
            }) {
                CommandRunner.Outcome outcome =
                        CommandRunner.codnn(line.replace("PLAN", plan).split(" "));
                assertThat(outcome.status()).as(outcome.err()).isEqualTo(line.startsWith("split") ? 2 : 0);
                assertHarmless(outcome);
            }
        }
    }

    /** A file of each format, wrong in a name with an escape. */
    static Stream<Arguments> wrongFiles() {
        String platform = "{\"format\": \"codnn-platform/1\", \"links\": [], \"devices\": [{\"name\": \"a\","
                + " \"kind\": \"k\", \"tier\": \"TERMINAL\", \"costModel\": \"FILE\"}]}";
        return Stream.of(
                Arguments.of("m.cfg", "[net]\nwidth=8\nheight=8\nchannels=3\n[con?v]\nfilters=4\n", "inspect FILE"),
                Arguments.of("m.cfg", "[net]\nwidth=8\nheight=8\nchannels=3\n[local]\nsize=3?\n", "inspect FILE"),
                Arguments.of("m.onnx", "?", "inspect FILE"),
                Arguments.of("g.lg", "v 0 a?\nw? 1 b\n", "mine FILE --support 1"),
                Arguments.of("r.csv", "op,op?,op?\n", "fit FILE"),
                Arguments.of("p.json", platform.replace("FILE", "?"), "plan zoo:alexnet --platform FILE"),
                Arguments.of("p.json", platform.replace("costModel", "cost?"), "plan zoo:alexnet --platform FILE"),
                Arguments.of("p.json", "{\"format\": \"?\", \"problem\": {}, \"tasks\": []}", "simulate FILE"),
                Arguments.of("p.json", "{\"devices?\": []}", "simulate FILE"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void file_wrongNameWithEscapes_isShown(String name, String text, String line) throws IOException {
        for (String escape : new String[] {"\u001b[2J", "\u202e", "\u009b2J", "\u2028", "\u0007", "\u0000"}) {
            String written = name.endsWith(".json")
                    ? new String(JsonStringEncoder.getInstance().quoteAsString(escape))
                    : escape;
            Path file = Files.writeString(folder.resolve(name), text.replace("?", written));

            CommandRunner.Outcome outcome =
                    CommandRunner.codnn(line.replace("FILE", file.toString()).split(" "));

            assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
            assertThat(outcome.err().lines()).hasSize(1);
            assertHarmless(outcome);
        }
    }

    @Test
    void plan_errorsThatNameEscapes_showThem() throws IOException {
        for (String escape : ESCAPES) {
            String text = problem(escape).replace("%2$s", "null");
            for (String broken : new String[] {
                text.replace("\"from\": \"l", "\"from\": \"other"),
                text.replace("\"source\": null", "\"source\": \"x" + escape + "\""),
                text.replace("\"tasks\"", "\"tasks" + escape + "\""),
                text.replace("OVERLAPPED", "OVER" + escape),
                text.replace("\"bytes\": 8", "\"bytes\": \"" + escape + "\"")
            }) {
                CommandRunner.Outcome outcome = CommandRunner.codnn(
                        "plan",
                        "--problem",
                        Files.writeString(folder.resolve("p.json"), broken).toString());
                assertThat(outcome.status()).as(broken).isEqualTo(2);
                assertThat(outcome.err().lines()).hasSize(1);
                assertHarmless(outcome);
            }
        }
    }

    @Test
    void plan_jsonOfNamesWithEscapes_readsBackToTheNames() throws IOException {
        Path problem = Files.writeString(
                folder.resolve("p.json"), problem("\\u009b\\u202e").replace("%2$s", "null"));

        String json = CommandRunner.codnn("plan", "--problem", problem.toString(), "--json")
                .out();

        assertThat(new ObjectMapper()
                        .readTree(json)
                        .path("tasks")
                        .get(0)
                        .path("name")
                        .textValue())
                .isEqualTo("t\u009b\u202e");
    }

    @Test
    void mine_labelsWithEscapes_showThem() throws IOException {
        Path graph = Files.writeString(
                folder.resolve("g.lg"), "v 0 a\u001b[2J\nv 1 b\u202e\nv 2 a\u001b[2J\nv 3 b\u202e\ne 0 1 x\ne 2 3 x\n");

        assertHarmless(CommandRunner.codnn("mine", graph.toString(), "--support", "2"));
        assertHarmless(CommandRunner.codnn("mine", graph.toString(), "--support", "2", "--json"));
    }

    @Test
    void arguments_withEscapes_areShownInErrors() {
        assertHarmless(CommandRunner.codnn("inspect", "a\u001b[2J.onnx"));
        assertHarmless(CommandRunner.codnn("inspect", "zoo:\u202e"));
        assertHarmless(CommandRunner.codnn("pl\u001ban"));
        assertHarmless(CommandRunner.codnn("plan", "--\u001b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json"})
    void faults_namesWithEscapes_areShown(String json) {
        String problem =
                TestData.path("faults/attack/names-terminal-escape.json").toString();
        String model =
                TestData.path("faults/onnx/escape_codes_printed_raw.onnx").toString();
        String[] plan = json.isEmpty()
                ? new String[] {"plan", "--problem", problem}
                : new String[] {"plan", "--problem", problem, json};
        String[] inspect = json.isEmpty() ? new String[] {"inspect", model} : new String[] {"inspect", model, json};

        assertHarmless(CommandRunner.codnn(plan));
        assertHarmless(CommandRunner.codnn(inspect));
    }
}
