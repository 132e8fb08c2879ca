package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash offers for a command line that is not complete. */
class CompletionTest {

    @TempDir
    private Path folder;

    /** Runs bash once for all lines; each gives one line of offers. */
    private List<String> offers(String... lines) throws IOException, InterruptedException {
        StringBuilder script =
                new StringBuilder(CommandRunner.codnn("completion", "bash").out());
        for (String line : lines) {
            script.append("COMP_LINE='%s'; COMP_POINT=%d; COMP_WORDS=( $COMP_LINE ); ".formatted(line, line.length()));
            script.append("COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ")
                    .append(line.endsWith(" ") ? "+ 1" : "")
                    .append(" )); _complete_codnn; echo \"${COMPREPLY[*]}\"\n");
        }
        Process bash;
        try {
            bash = new ProcessBuilder("bash").directory(folder.toFile()).start();
        } catch (IOException e) {
            Assumptions.abort("There is no bash");
            return List.of();
        }
        try (var input = bash.outputWriter()) {
            input.write(script.toString());
        }
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("syntax error");
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out.lines().toList();
    }

    @Test
    void bash_linesThatAreNotComplete_offersFilesNamesAndValues() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("ppocr.onnx"), "");
        Files.createDirectories(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/platform.json"), "");

        List<String> offers = offers(
                "codnn plan pp",
                "codnn plan pp --platform docs/pl",
                "codnn plan zoo:googlenet-",
                "codnn run do",
                "codnn list ",
                "codnn completion ",
                "codnn plan m --objective en",
                "codnn plan m --front period,en",
                "codnn plan m --strategy dblpso-md-",
                "codnn plan m --stages ",
                "codnn plan m --plat",
                "codnn comp",
                "codnn help wh",
                "codnn plan m --seed ",
                "codnn plan m --platform=docs/pl");

        assertThat(offers)
                .containsExactly(
                        "ppocr.onnx",
                        "docs/platform.json",
                        "googlenet-torchvision",
                        "docs",
                        "presets strategies models problems",
                        "bash zsh",
                        "energy",
                        "period,energy",
                        "dblpso-md-published",
                        "one any",
                        "--platform",
                        "compare completion",
                        "what-if",
                        "",
                        "docs/platform.json");
    }
}
