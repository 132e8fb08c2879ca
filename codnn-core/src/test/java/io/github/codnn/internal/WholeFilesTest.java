package io.github.codnn.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFilesTest {

    @TempDir
    private Path folder;

    @Test
    void write_existingFile_isReplacedAndLeavesNothingBeside() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), "a longer text from before");

        WholeFiles.write(file, "new".getBytes(UTF_8));

        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void write_failureHalfWay_leavesTheFileAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), "before");

        assertThatThrownBy(() -> WholeFiles.write(file, out -> {
                    out.write("half".getBytes(UTF_8));
                    throw new IOException("no space left");
                }))
                .hasMessage("no space left");

        assertThat(file).hasContent("before");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }
}
