package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.codnn.CodnnException;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What each exit status means, and that every failure is one line. */
class ExitStatusTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    @TempDir
    private Path folder;

    /** Fails as a closed pipe or a full device does. */
    private static final class BrokenPipe extends Writer {
        @Override
        public void write(char[] text, int start, int length) throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new CodnnException("no such device"), 2, "codnn: no such device"),
                Arguments.of(new IllegalArgumentException("seed"), 2, "codnn: seed"),
                Arguments.of(new UncheckedIOException("cannot read", new IOException("gone")), 2, "codnn: cannot read"),
                Arguments.of(new Failures.NotWritten(new CodnnException("disk full")), 3, "codnn: disk full"),
                Arguments.of(new ArithmeticException("long overflow"), 3, "ArithmeticException: long overflow"),
                Arguments.of(new IllegalArgumentException(), 2, "Internal error"),
                Arguments.of(new IllegalStateException("two\nlines"), 3, "two\\u000alines"),
                Arguments.of(new ArrayIndexOutOfBoundsException(2), 3, "ArrayIndexOutOfBounds"),
                Arguments.of(new NullPointerException(), 3, "Please report it at https://github.com/"),
                Arguments.of(new StackOverflowError(), 3, "StackOverflowError"),
                Arguments.of(new OutOfMemoryError("Java heap space"), 3, "-Xmx"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void report_anyFailure_isOneLineWithItsStatus(Throwable failure, int status, String part) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Codnn()).setErr(new PrintWriter(err));

        assertThat(Failures.report(failure, command, false)).isEqualTo(status);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("codnn: ").contains(part);
    }

    @Test
    void report_stacktraceAsked_printsWhereItHappened() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Codnn()).setErr(new PrintWriter(err));

        Failures.report(new ArithmeticException("long overflow"), command, true);

        assertThat(err.toString()).contains("\tat io.github.codnn.cli.ExitStatusTest");
    }

    @Test
    void stacktrace_badInputOfACommand_printsWhereItHappened() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", "nowhere.onnx", "--stacktrace");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("codnn: ").contains("\tat io.github.codnn.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"inspect zoo:alexnet", "inspect zoo:alexnet --json", "help", "--help", "--version", "plan --help"
            })
    void standardOutput_cannotBeWritten_isStatus3(String line) {
        StringWriter err = new StringWriter();

        int status = Codnn.run(new PrintWriter(new BrokenPipe()), new PrintWriter(err), line.split(" "));

        assertThat(status).isEqualTo(3);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("standard output");
    }

    @Test
    void badUsage_isStatus2() {
        assertThat(CommandRunner.codnn("plan", "--nonsense").status()).isEqualTo(2);
        assertThat(CommandRunner.codnn("nonsense").status()).isEqualTo(2);
        assertThat(CommandRunner.codnn("plan", "zoo:alexnet", "--frames", "many")
                        .status())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("writers")
    void outputFile_cannotBeWritten_isStatus3AfterTheResult(String line) {
        assumeTrue(Files.exists(FULL_DEVICE));

        CommandRunner.Outcome outcome = CommandRunner.codnn(line.split(" "));

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(3);
        assertThat(outcome.out()).isNotEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("/dev/full");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void outputFile_inFolderThatDoesNotExist_isRefusedBeforeTheWork(String line) {
        String file = folder.resolve("missing").resolve("file.out").toString();

        CommandRunner.Outcome outcome =
                CommandRunner.codnn(line.replace("/dev/full", file).split(" "));

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("missing", "does not exist");
    }

    @ParameterizedTest
    @MethodSource("writersOfOneFile")
    void outputFile_isAFolder_isRefusedBeforeTheWork(String line) throws IOException {
        String target = Files.createDirectories(folder.resolve("a.dir")).toString();

        CommandRunner.Outcome outcome =
                CommandRunner.codnn(line.replace("/dev/full", target).split(" "));

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("is a folder");
    }

    /** A front may be written to a folder. */
    static Stream<String> writersOfOneFile() {
        return writers().filter(line -> !line.contains("--front") || line.contains("--chart"));
    }

    static Stream<String> writers() {
        String plan = "plan zoo:alexnet --budget 200 --platform " + PLATFORM;
        return Stream.of(
                plan + " --out /dev/full",
                plan + " --json --out /dev/full",
                plan + " --front period,energy --out /dev/full",
                plan + " --front period,energy --chart /dev/full",
                "inspect zoo:alexnet --dot /dev/full",
                "collapse zoo:alexnet --dot /dev/full");
    }
}
