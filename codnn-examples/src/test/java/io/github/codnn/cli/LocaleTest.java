package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Where and in which language a machine is set up makes no difference to any file, to the last byte. */
class LocaleTest {

    private static final List<String> FILES = List.of("plan.json", "problem.json", "report.html");

    @TempDir
    private Path folder;

    private List<String> arguments(String name) throws IOException {
        Path out = Files.createDirectory(folder.resolve(name));
        return List.of(
                "plan",
                "zoo:alexnet",
                "--platform",
                TestData.root().resolve("docs/platform.json").toString(),
                "--out",
                out.resolve("plan.json").toString(),
                "--save-problem",
                out.resolve("problem.json").toString(),
                "--report",
                out.resolve("report.html").toString());
    }

    private static String withoutTime(String text) {
        return text.replaceAll("\"elapsedSeconds\" : [0-9.E-]+", "").replaceAll("evaluations, [0-9.]+ m?s", "");
    }

    private String file(String name, String file) throws IOException {
        return withoutTime(Files.readString(folder.resolve(name).resolve(file), StandardCharsets.ISO_8859_1));
    }

    private void assertSameFiles(String name) throws IOException {
        for (String file : FILES) {
            assertThat(file(name, file)).as(file).isEqualTo(file("en", file));
        }
    }

    private String planned(String name) throws IOException {
        CommandRunner.Outcome outcome = CommandRunner.codnn(arguments(name).toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return withoutTime(outcome.out()).replace(folder.resolve(name).toString(), "");
    }

    /** Turkish has an i without a dot, Arabic digits of its own. */
    @Test
    void plan_turkishOrArabicMachine_writesTheSameBytes() throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.US);
            String english = planned("en");
            for (String other : List.of("tr-TR", "ar-EG-u-nu-arab")) {
                Locale.setDefault(Locale.forLanguageTag(other));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));

                assertThat(planned(other)).isEqualTo(english);
                assertSameFiles(other);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    /** Line ends and the encoding are fixed when a process starts. */
    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void plan_otherEncodingAndLineEnds_writesTheSameBytes() throws Exception {
        run("en", "-Dline.separator=\n", "-Dfile.encoding=UTF-8");
        run("other", "-Dline.separator=\r\n", "-Dfile.encoding=ISO-8859-9", "-Duser.language=tr");

        assertSameFiles("other");
    }

    private void run(String name, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Codnn.class.getName()));
        command.addAll(arguments(name));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor()).isZero();
    }
}
