package io.github.codnn.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.zoo.ModelZoo;
import org.junit.jupiter.api.Test;

/** What has to be sent before a plan can run. */
class HeldWeightsTest {

    private static final Scenario SCENARIO = AdaptCases.scenario(ModelZoo.SQUEEZENET_1_1);
    private static final long BYTES = SCENARIO.workload().tasks().get(0).graph().layers().stream()
            .mapToLong(layer -> layer.parameterBytes())
            .sum();

    private static Placement allOn(String device) {
        return Placement.allOn(SCENARIO.workload(), device);
    }

    private static double seconds(String from, String to) {
        return SCENARIO.platform().link(from, to).orElseThrow().seconds(BYTES);
    }

    @Test
    void secondsToDeploy_newDevice_isOneTransferOverTheFastestLink() {
        HeldWeights atStart = HeldWeights.of(SCENARIO, allOn("edge"));

        assertThat(atStart.secondsToDeploy(SCENARIO, allOn("cloud")))
                .isCloseTo(seconds("edge", "cloud"), within(1e-12));
        assertThat(HeldWeights.of(SCENARIO, allOn("drone")).secondsToDeploy(SCENARIO, allOn("cloud")))
                .isCloseTo(seconds("drone", "cloud"), within(1e-12));
    }

    @Test
    void secondsToDeploy_deviceThatHadThemBefore_isZero() {
        HeldWeights both = HeldWeights.of(SCENARIO, allOn("edge")).after(SCENARIO, allOn("cloud"));

        assertThat(both.secondsToDeploy(SCENARIO, allOn("edge"))).isZero();
        assertThat(both.secondsToDeploy(SCENARIO, allOn("drone")))
                .as("the source has all")
                .isZero();
        assertThat(both.includes(HeldWeights.of(SCENARIO, allOn("edge")))).isTrue();
        assertThat(HeldWeights.of(SCENARIO, allOn("edge")).includes(both)).isFalse();
    }

    @Test
    void after_weightsThatExceedTheMemory_areForgottenUnlessTheyRun() {
        Platform small = SCENARIO.platform()
                .withDevice(SCENARIO.platform().devices().get(1).withMemoryBytes(BYTES - 1));
        Scenario scenario = SCENARIO.withPlatform(small);
        HeldWeights before = HeldWeights.of(scenario, allOn("edge"));

        assertThat(before.secondsToDeploy(scenario, allOn("edge"))).isZero();
        assertThat(before.after(scenario, allOn("cloud")).secondsToDeploy(scenario, allOn("edge")))
                .isCloseTo(seconds("cloud", "edge"), within(1e-12));
    }
}
