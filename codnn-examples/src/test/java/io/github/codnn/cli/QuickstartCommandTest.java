package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.examples.Quickstart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartCommandTest {

    @Test
    void quickstart_startsWithWhatTheCodeInTheReadmePrints() {
        String printed = printedByTheReadme();

        CommandRunner.Outcome outcome = CommandRunner.codnn("quickstart");

        assertThat(printed)
                .contains("drone  runs")
                .containsPattern("\\d+\\.\\d frames/s, at most \\d+\\.\\d % from the optimum");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith(printed);
    }

    private static String printedByTheReadme() {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            Quickstart.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
