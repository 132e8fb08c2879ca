package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that commands write are written whole or not at all, and never at the cost of the result. */
class OutputFilesTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    @TempDir
    private Path folder;

    private Path rows = Path.of("");
    private Path target = Path.of("");

    @BeforeEach
    void writeRows() throws IOException {
        List<String> lines =
                new ArrayList<>(List.of("op,cin,h,w,k,stride,pad,cout,group,s_in,s_out,n_inputs,out_h,out_w,"
                        + "time_us,min_us,wall_min_us,kernel_min_us,repetitions,spread_pct"));
        for (int row = 1; row <= 20; row++) {
            int elements = 1_000 * row;
            lines.add(String.format(
                    Locale.ROOT,
                    "Relu,0,0,0,0,0,0,0,1,%d,%d,1,0,0,%.3f,1,1,1,9,5",
                    elements,
                    elements,
                    4 + 0.003 * elements));
        }
        rows = Files.write(folder.resolve("rows.csv"), lines);
        target = Files.createDirectories(folder.resolve("target"));
    }

    @AfterEach
    void makeWritable() {
        assertThat(target.toFile().setWritable(true)).isTrue();
    }

    static Stream<String> writers() {
        String plan = "plan zoo:alexnet --budget 200 --platform PLATFORM";
        return Stream.of(
                plan + " --out FILE.json",
                plan + " --json --out FILE.json",
                plan + " --front period,energy --out FILE.json",
                plan + " --front period,energy --chart FILE.svg",
                "inspect zoo:alexnet --dot FILE.dot",
                "collapse zoo:alexnet --dot FILE.dot",
                "fit ROWS --out FILE.json",
                "fit ROWS --plot FILE.svg",
                "fit ROWS --json --out FILE.json");
    }

    private CommandRunner.Outcome run(String line, String file) {
        return CommandRunner.codnn(line.replaceAll("FILE\\.[a-z]+", file)
                .replace("PLATFORM", PLATFORM)
                .replace("ROWS", rows.toString())
                .split(" "));
    }

    private static void assertNotWritten(CommandRunner.Outcome outcome) {
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(3);
        assertThat(outcome.out()).isNotEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).doesNotContain("java.", "Exception");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void file_nameThatTheSystemRefuses_leavesNothing(String line) {
        assertNotWritten(run(line, target.resolve("x".repeat(300) + ".out").toString()));

        assertThat(target).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("writers")
    void file_fullDevice_isStatus3AfterTheResult(String line) {
        assumeTrue(Files.exists(Path.of("/dev/full")));

        assertNotWritten(run(line, "/dev/full"));
    }

    @ParameterizedTest
    @MethodSource("writers")
    void file_inReadOnlyFolder_keepsWhatWasThere(String line) throws IOException {
        Path old = Files.writeString(target.resolve("old.out"), "old");
        assertThat(target.toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(target), "the user of this test may write everywhere");

        assertNotWritten(run(line, old.toString()));

        assertThat(old).hasContent("old");
        assertThat(target.toFile().list()).containsExactly("old.out");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void file_symbolicLink_isFollowed(String line) throws IOException {
        Path real = Files.writeString(target.resolve("real.out"), "old");
        Path link = Files.createSymbolicLink(target.resolve("link.out"), Path.of("real.out"));

        assertThat(run(line, link.toString()).status()).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real)).isNotEqualTo("old").isNotEmpty();
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("real.out", "link.out");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void file_new_hasTheModeOfAnyNewFile(String line) throws IOException {
        Path plain = Files.createFile(folder.resolve("plain"));
        assumeTrue(Files.getFileStore(plain).supportsFileAttributeView("posix"));

        Path file = target.resolve("new.out");
        assertThat(run(line, file.toString()).status()).isZero();

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void front_folderInPlaceOfItsFile_isStatus3() throws IOException {
        Files.createDirectories(target.resolve("front.json"));

        assertNotWritten(run(
                "plan zoo:alexnet --budget 200 --platform PLATFORM --front period,energy --out FILE.x",
                target.toString()));

        assertThat(target.toFile().list()).containsExactly("front.json");
    }
}
