package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.TestData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The least rate of frames and pinned layers of {@code codnn plan}. */
class FrameRateTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    private static CommandRunner.Outcome plan(String options) {
        return CommandRunner.codnn(
                ("plan zoo:alexnet --platform " + PLATFORM + " --budget 2000 " + options).split(" "));
    }

    @Test
    void fps_withinReach_isKeptAtMoreEnergy(@TempDir Path folder) {
        String file = folder.resolve("plan.json").toString();

        String free = plan("--objective energy").out();
        CommandRunner.Outcome limited = plan("--objective energy --fps 12 --out " + file);

        assertThat(free).contains("(6.292 frames/s)").contains("energy 0.8424 J by");
        assertThat(limited.status()).isZero();
        assertThat(limited.out()).contains("energy@12fps").contains("no bound is known");
        assertThat(limited.out()).doesNotContain("(6.292 frames/s)");
        assertThat(CommandRunner.codnn("simulate", file).status()).isZero();
    }

    @Test
    void fps_outOfReach_isProvenToBeSo() {
        CommandRunner.Outcome outcome = plan("--objective energy --fps 500");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("No plan reaches 500 frames/s. The fastest has 16.78 frames/s")
                .doesNotContain("No plan found");
        assertThat(plan("--fps 500 --json").out()).contains("\"kept\" : false");
    }

    @Test
    void fps_ofLeastPeriod_keepsItsBound() {
        CommandRunner.Outcome outcome = plan("--fps 10");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("period 59.58 ms by ").contains("no plan is below 59.58 ms");
    }

    @Test
    void fps_thatMeansNothing_isRefused() {
        assertThat(plan("--fps 0").err()).contains("--fps must be positive and finite, but is 0.0");
        assertThat(plan("--fps 5 --front period,energy").err()).contains("--fps is for one plan");
    }

    @Test
    void pin_layers_stayOnTheirDevice() {
        CommandRunner.Outcome outcome = plan("--pin fc8=drone --pin conv1=edge --json");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("\"fc8\" : \"drone\"").contains("\"conv1\" : \"edge\"");
    }
}
