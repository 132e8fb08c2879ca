package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.codnn.testing.TestData;
import io.github.codnn.text.CommandExamples;
import io.github.codnn.units.Units;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The examples that the help of each command shows. */
class CommandExamplesTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    /** Those that need no file that is not made here, no other machine, and less than a second. */
    private static final List<String> QUICK = List.of("inspect", "collapse", "simulate", "list", "help", "what-if");

    @TempDir
    private static Path folder;

    private static String plan = "";

    static Stream<String> commands() {
        return Commands.names().stream();
    }

    static Stream<String> quickExamples() {
        return Stream.concat(
                        QUICK.stream().flatMap(command -> CommandExamples.of(command).stream()),
                        Stream.of(
                                CommandExamples.of("plan").get(2),
                                CommandExamples.of("plan").get(1)))
                .filter(example -> !example.contains("model.onnx"));
    }

    @BeforeAll
    static void writePlan() {
        plan = folder.resolve("plan.json").toString();
        assertThat(CommandRunner.codnn("plan", "zoo:alexnet", "--platform", PLATFORM, "--budget", "100", "--out", plan)
                        .status())
                .isZero();
    }

    private static String[] arguments(String example) {
        return Arrays.stream(example.split(" "))
                .skip(1)
                .map(argument -> switch (argument) {
                    case "platform.json" -> PLATFORM;
                    case "plan.json" -> plan;
                    case "googlenet.dot", "next.json" ->
                        folder.resolve(argument).toString();
                    default -> argument;
                })
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_ofEachCommand_showsThreeExamplesThatParse(String command) {
        List<String> examples = CommandExamples.of(command);

        assertThat(examples)
                .hasSize(3)
                .allMatch(example -> example.contains("codnn " + command))
                .allMatch(example -> example.length() <= 76);
        assertThat(CommandRunner.codnn("help", command).out()).contains(examples);
        if (!command.equals("completion")) {
            for (String example : examples) {
                String[] arguments = Arrays.stream(example.split(" ")).skip(1).toArray(String[]::new);
                CommandLine line = new CommandLine(new Codnn());
                Commands.add(line, arguments);
                Units.register(line);
                line.setCaseInsensitiveEnumValuesAllowed(true);

                assertThatCode(() -> line.parseArgs(arguments)).as(example).doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("quickExamples")
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void example_thatIsQuick_runs(String example) {
        CommandRunner.Outcome outcome = CommandRunner.codnn(arguments(example));

        assertThat(outcome.status()).as("%s: %s", example, outcome.err()).isZero();
        assertThat(outcome.out()).isNotBlank();
    }

    @Test
    void exampleOfSimulate_planJustMade_runs() {
        assertThat(CommandRunner.codnn(arguments(CommandExamples.of("simulate").get(0)))
                        .out())
                .contains("closed form");
    }

    @Test
    void commands_ofTheHelp_areAllThatThereAre() {
        assertThat(CommandRunner.codnn("help").out()).contains(Commands.names());
    }
}
