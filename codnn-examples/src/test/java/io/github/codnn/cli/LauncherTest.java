package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/codnn} gives to Java, which is a script here that prints its arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {

    private static final Path SCRIPT = TestData.root().resolve("codnn-examples/src/main/distribution/bin/codnn");

    @TempDir
    private Path folder;

    private Path cache = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(SCRIPT, folder.resolve("bin/codnn"));
        Files.writeString(folder.resolve("codnn.jar"), "jar");
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for argument in "$@"; do
                    case $argument in
                        -XX:ArchiveClassesAtExit=*) echo archive >"${argument#*=}" ;;
                    esac
                    printf '%s\\n' "$argument"
                done
                exit 7
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17\"\nJAVA_RUNTIME_VERSION=\"17.0.1+2\"\n");
        cache = folder.resolve("cache");
    }

    private List<String> start(String cacheFolder, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", folder.resolve("bin/codnn").toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().put("CODNN_CACHE", cacheFolder);
        builder.environment().put("CODNN_OPTS", "-Xmx1g -Da=b");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isEqualTo(7);
        return printed.lines().toList();
    }

    @Test
    void launcher_anyArguments_passesThemAsTheyAre() throws IOException, InterruptedException {
        List<String> printed = start("off", "plan", "a b", "*", "$HOME", "");

        assertThat(printed).endsWith("plan", "a b", "*", "$HOME", "");
        assertThat(printed).contains("-Xmx1g", "-Da=b", "-jar", "-XX:TieredStopAtLevel=1");
        assertThat(printed).noneMatch(argument -> argument.contains("Archive"));
    }

    @Test
    void launcher_longCommand_getsAllCompilers() throws IOException, InterruptedException {
        assertThat(start("off", "reproduce")).doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void launcher_firstCommand_makesTheArchiveOnce() throws IOException, InterruptedException {
        List<String> version = start(cache.toString(), "--version");
        assertThat(version).noneMatch(argument -> argument.contains("Archive"));
        assertThat(cache).doesNotExist();

        List<String> first = start(cache.toString(), "plan");

        Path archive = cache.resolve("17.0.1+2-3.jsa");
        assertThat(archive).hasContent("archive");
        assertThat(cache.toFile().list()).hasSize(1);
        assertThat(first).contains("-XX:SharedArchiveFile=" + archive);
        Files.writeString(archive, "kept");
        assertThat(start(cache.toString(), "inspect")).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(archive).hasContent("kept");
    }

    @Test
    void launcher_cacheThatCannotBeMade_startsWithoutArchive() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(start(file + "/cache", "plan")).noneMatch(argument -> argument.contains("SharedArchiveFile"));
    }

    @Test
    void launcher_symbolicLink_findsTheJar() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("bin/codnn"));
        Files.move(folder.resolve("bin/codnn"), folder.resolve("bin/real"));
        Files.createSymbolicLink(folder.resolve("bin/codnn"), Path.of("../bin/real"));

        assertThat(link).exists();
        assertThat(start("off", "plan")).anyMatch(argument -> argument.endsWith("/bin/../codnn.jar"));
    }

    @Test
    void catalogue_ofJBang_namesThisVersionAndMainClass() throws IOException {
        JsonNode alias = new ObjectMapper()
                .readTree(TestData.root().resolve("jbang-catalog.json").toFile())
                .path("aliases")
                .path("codnn");
        String pom = Files.readString(TestData.root().resolve("pom.xml"));

        assertThat(alias.path("main").asText()).isEqualTo(Codnn.class.getName());
        assertThat(alias.path("script-ref").asText()).startsWith("io.github.codnn:codnn-examples:");
        assertThat(pom).contains("<version>" + alias.path("script-ref").asText().replaceAll(".*:", "") + "</version>");
    }
}
