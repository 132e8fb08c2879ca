package io.github.codnn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
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

    @Test
    void write_symbolicLink_isFollowedAndKept() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("plan.json"));
        Path chain = Files.createSymbolicLink(folder.resolve("chain.json"), link);

        WholeFiles.write(chain, "new".getBytes(UTF_8));

        assertThat(file).hasContent("new");
        assertThat(link).isSymbolicLink();
        assertThat(chain).isSymbolicLink();
    }

    @Test
    void write_symbolicLinkToNothing_makesItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("plan.json"));

        WholeFiles.write(link, "new".getBytes(UTF_8));

        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("plan.json")).hasContent("new");
    }

    @Test
    void write_symbolicLinkToItself_isRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("link.json"));

        assertThatThrownBy(() -> WholeFiles.write(link, new byte[1])).isInstanceOf(IOException.class);
    }

    @Test
    void write_existingFile_keepsItsPermissions() throws IOException {
        Set<PosixFilePermission> secret = PosixFilePermissions.fromString("rw-------");
        Path file = Files.writeString(folder.resolve("plan.json"), "before");
        Files.setPosixFilePermissions(file, secret);

        WholeFiles.write(file, "new".getBytes(UTF_8));

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(secret);
    }

    @Test
    void write_newFile_hasThePermissionsOfAnyNewFile() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "made by the user");
        Path file = folder.resolve("plan.json");

        WholeFiles.write(file, "new".getBytes(UTF_8));

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void write_fileOfTheUserNamedPart_isLeftAlone() throws IOException {
        Path other = Files.writeString(folder.resolve("plan.json.part"), "of the user");

        WholeFiles.write(folder.resolve("plan.json"), "new".getBytes(UTF_8));

        assertThat(other).hasContent("of the user");
    }

    @Test
    void write_nameAsLongAsNamesMayBe_isWritten() throws IOException {
        Path file = folder.resolve("n".repeat(255));

        WholeFiles.write(file, "new".getBytes(UTF_8));

        assertThat(file).hasContent("new");
    }
}
