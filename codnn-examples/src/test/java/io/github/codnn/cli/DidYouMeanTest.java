package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that are mistyped. */
class DidYouMeanTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plna                                              | There is no command 'plna'. Did you mean 'plan'? Try 'codnn help'.
            help insepct                                      | There is no command 'insepct'. Did you mean 'inspect'?
            plan --strtegy auto                               | codnn plan has no option '--strtegy'. Did you mean '--strategy'? Try 'codnn help plan'.
            inspect zoo:googlent                              | no network 'googlent'. Did you mean 'googlenet'? It has alexnet
            inspect zoo:resnet-5O                             | Did you mean 'resnet50'
            plan zoo:alexnet --platform P --strategy dpso     | There is no strategy 'dpso'. Did you mean 'dbpso'? There are local
            plan zoo:alexnet --platform P --objective enrgy   | There is no objective 'enrgy'. Did you mean 'energy'? There are period
            plan zoo:alexnet --platform P --pin fc9=drone     | no task has a layer of that name. Did you mean 'fc
            plan zoo:alexnet --platform P --pin fc8=clod      | The platform has no device 'clod'. Did you mean 'cloud'? It has
            plan zoo:alexnet --platform P --pin fc8           | --pin fc8: write LAYER=DEVICE
            plan zoo:alexnet further --platform P             | codnn plan does not take a further argument 'further'. Try
            frobnicate                                        | There is no command 'frobnicate'. Try 'codnn help'.
            """)
    void name_mistyped_isGuessed(String line, String message) {
        CommandRunner.Outcome outcome =
                CommandRunner.codnn(line.replace(" P ", " " + PLATFORM + " ").split(" "));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    void preset_mistypedInAFile_isGuessed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("p.json"),
                Files.readString(Path.of(PLATFORM)).replace("raspberry-pi-3b-plus", "raspbery-pi-3b-plus"));

        assertThat(CommandRunner.codnn("plan", "zoo:alexnet", "--platform", file.toString())
                        .err())
                .contains("'raspbery-pi-3b-plus' is no preset of devices. Did you mean 'raspberry-pi-3b-plus'");
    }
}
