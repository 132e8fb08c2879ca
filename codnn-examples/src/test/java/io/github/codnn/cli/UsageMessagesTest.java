package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads after a slip. */
class UsageMessagesTest {

    @TempDir
    private Path folder;

    private static String refused(String... arguments) {
        CommandRunner.Outcome outcome = CommandRunner.codnn(arguments);
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(Codnn.BAD_INPUT);
        assertThat(outcome.err()).hasLineCount(1);
        return outcome.err();
    }

    @Test
    void list_withoutOrWithAWrongSubject_namesTheChoices() {
        assertThat(refused("list")).contains("WHAT is missing", "presets, strategies, models, problems");
        assertThat(refused("list", "preset")).contains("but not 'preset'", "Did you mean 'presets'?");
    }

    @Test
    void dim_withoutSize_saysOptionOnce() {
        assertThat(refused("inspect", "zoo:alexnet", "--dim", "foo"))
                .contains("--dim")
                .doesNotContain("option option");
    }

    @Test
    void outAndReport_oneFile_areRefusedBeforeTheSearch() {
        String file = folder.resolve("same.html").toString();

        assertThat(refused("plan", "zoo:alexnet", "--platform", "none.json", "--out", file, "--report", file))
                .contains("Two results would be written to '" + file + "'");
        assertThat(refused("plan", "zoo:alexnet", "--platform", "none.json", "--out", ""))
                .contains("The name of a file to write is empty");
    }

    @Test
    void threads_outOfRange_areRefused() throws IOException {
        String platform =
                Files.writeString(folder.resolve("platform.json"), """
                        {"devices": [{"name": "pi", "preset": "raspberry-pi-4b", "tier": "TERMINAL"}], "links": []}
                        """).toString();
        for (String threads : new String[] {"0", "-1", "1000000000"}) {
            assertThat(refused("plan", "zoo:alexnet", "--platform", platform, "--threads", threads))
                    .contains("--threads must be from 1 to 1024, but is " + threads);
        }
    }

    @Test
    void run_folderWithoutPipeline_namesSplit() {
        assertThat(refused("run", folder.toString())).contains("has no pipeline.json", "'codnn split MODEL.onnx");
    }

    @Test
    void json_brokenOrTooDeep_isToldWithoutNamesOfClasses() throws IOException {
        for (String text :
                new String[] {"{\"a\": ", "{\"a\": NaN}", "{'a': 1}", "[".repeat(5000), "{\"a\": 1e}", "{a:1}"}) {
            Path file = Files.writeString(folder.resolve("broken.json"), text);
            assertThat(refused("plan", "zoo:alexnet", "--platform", file.toString()))
                    .contains("broken.json")
                    .doesNotContain("Feature", "Constraints", "Source", "getMax");
        }
    }
}
