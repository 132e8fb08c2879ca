package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of reported faults gives the right result, or the stated one as long as it is not right yet. */
class FaultFilesTest {

    @TempDir
    private Path folder;

    static List<FaultFiles.Fault> all() {
        return FaultFiles.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void fault_ofAnyFile_givesTheStatedResult(FaultFiles.Fault fault) throws IOException {
        CommandRunner.Outcome outcome = fault.run(folder);

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(fault.status());
        String printed = outcome.out() + outcome.err();
        String end = printed.substring(Math.max(0, printed.length() - 1000));
        assertThat(fault.shown()).as(end).allMatch(printed::contains);
        assertThat(List.of("Exception", "\tat ", "Internal error", "\u001b"))
                .as(end)
                .noneMatch(printed::contains);
        if (fault.status() != 0) {
            assertThat(outcome.err().lines()).hasSize(1);
        }
    }

    @Test
    void table_ofFaults_namesEveryFile() {
        Path faults = TestData.path("faults");
        TreeSet<String> stored = new TreeSet<>();
        for (String part : List.of("onnx", "reports", "attack", "audit")) {
            files(faults.resolve(part)).forEach(file -> stored.add(part + "/" + file));
        }
        TreeSet<String> named = new TreeSet<>();
        FaultFiles.all().forEach(fault -> named.add(fault.file()));

        assertThat(named).isEqualTo(stored);
    }

    private static List<String> files(Path part) {
        try (Stream<Path> files = Files.list(part)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.tsv"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
