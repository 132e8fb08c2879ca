package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.testing.TestData;
import io.github.codnn.zoo.ModelZoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The commands in the guides have options that exist, and work in the order in which a guide shows them. */
class ShellBlocksTest {

    private static final Path ROOT = TestData.root();
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND =
            Pattern.compile("^(?:java -jar codnn-examples/target/codnn\\.jar|codnn) (.*)$");
    private static final Pattern BENCH =
            Pattern.compile("^java (?:-Xmx1g )?-cp codnn-bench/target/benchmarks\\.jar ([\\w.]+).*$");
    private static final Pattern EXAMPLE = Pattern.compile("^java -cp codnn-examples/target/codnn\\.jar ([\\w.]+).*$");
    private static final Pattern MAVEN = Pattern.compile("^(?:mvn|\\./mvnw) .*$");
    private static final Pattern PROFILE = Pattern.compile("-P([\\w-]+)");

    /** Commands that wait for other machines or for clients, or need a model whose names do not contain each other. */
    private static final Pattern WAITS =
            Pattern.compile("\\bserve\\b|\\bworker\\b|--join|[A-Z]{4,}|rates\\.csv|--to onnxruntime");

    @TempDir
    private Path folder;

    static Stream<Path> guides() throws IOException {
        List<Path> guides = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).sorted().forEach(guides::add);
        }
        return guides.stream();
    }

    /** Returns the commands of a guide in order. Loops over networks are checked for the first one. */
    private static List<String> commands(Path guide) throws IOException {
        List<String> commands = new ArrayList<>();
        for (MatchResult block :
                BLOCK.matcher(Files.readString(guide)).results().toList()) {
            String text = block.group(1)
                    .replace("\\\n", " ")
                    .replaceAll("for net in (\\w+) .*", "")
                    .replace("done", "");
            String net = block.group(1).replaceAll("(?s).*for net in (\\w+) .*", "$1");
            text.replace("$net", net)
                    .lines()
                    .flatMap(line -> Stream.of(line.split(" && ", -1)))
                    .map(line -> line.replaceAll(" +#.*", "").strip())
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(commands::add);
        }
        return commands;
    }

    private static String[] arguments(String command) {
        List<String> arguments = new ArrayList<>();
        Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)")
                .matcher(command)
                .results()
                .map(part -> part.group().replaceAll("^['\"]|['\"]$", ""))
                .forEach(arguments::add);
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("guides")
    void command_inGuide_hasOptionsThatExist(Path guide) throws IOException {
        for (String command : commands(guide)) {
            if (COMMAND.matcher(command).matches()) {
                String[] arguments = arguments(COMMAND.matcher(command).replaceFirst("$1"));
                CommandLine.ParseResult parsed = Codnn.commandLine(arguments).parseArgs(arguments);
                assertThat(parsed.hasSubcommand()).as(command).isTrue();
            } else if (BENCH.matcher(command).matches()) {
                assertSource("codnn-bench", BENCH.matcher(command).replaceFirst("$1"));
            } else if (EXAMPLE.matcher(command).matches()) {
                assertSource("codnn-examples", EXAMPLE.matcher(command).replaceFirst("$1"));
            } else if (MAVEN.matcher(command).matches()) {
                assertProfiles(command);
            } else if (!command.startsWith("java -jar codnn-bench/target/benchmarks.jar")
                    && !command.startsWith("consumers/run")) {
                fail(guide + " has a command that this test does not know: " + command);
            }
        }
    }

    private static void assertSource(String module, String type) {
        assertThat(ROOT.resolve(module + "/src/main/java/" + type.replace('.', '/') + ".java"))
                .exists();
    }

    private static void assertProfiles(String command) throws IOException {
        String poms = Files.readString(ROOT.resolve("pom.xml"))
                + Files.readString(ROOT.resolve("codnn-bench/pom.xml"))
                + Files.readString(ROOT.resolve("codnn-examples/pom.xml"));
        PROFILE.matcher(command)
                .results()
                .forEach(profile -> assertThat(poms).contains("<id>" + profile.group(1) + "</id>"));
    }

    @ParameterizedTest
    @MethodSource("guides")
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void command_inGuide_works(Path guide) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("docs"));
        Files.copy(ROOT.resolve("docs/platform.json"), folder.resolve("docs/platform.json"));
        Files.copy(ROOT.resolve("docs/platform.json"), folder.resolve("platform.json"));
        for (String model : List.of("model.onnx", "googlenet.onnx")) {
            OnnxWriter.withDefaults().withRandomWeights(1).write(ModelZoo.GOOGLENET.build(), folder.resolve(model));
        }
        List<String> all = new ArrayList<>();
        if (guide.endsWith("docs/serving.md")) {
            // It begins with the folder that the guide of splitting makes.
            all.addAll(commands(guide.resolveSibling("splitting.md")));
        }
        all.addAll(commands(guide));
        for (String command : all) {
            if (COMMAND.matcher(command).matches() && !WAITS.matcher(command).find()) {
                run(arguments(COMMAND.matcher(command).replaceFirst("$1")));
            }
        }
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", Codnn.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        Path printed = folder.resolve("printed.txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES))
                .as(String.join(" ", arguments))
                .isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", arguments) + "\n" + Files.readString(printed))
                .isZero();
    }
}
