package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchCostsTest {

    private static final Scenario SCENARIO = scenario();
    private static final int SINK = 0;
    private static final int OTHER = 1;

    private static Scenario scenario() {
        Scenario table2 = Table2.scenario(4);
        Device device = Device.of("A", "A")
                .withWatts(9, 2)
                .withSwitchOnJoules(5)
                .withPricePerSecond(0.5)
                .withMemoryBytes(1000);
        List<Device> devices =
                List.of(device, Device.of("B", "B").withWatts(9, 3).withSwitchOnJoules(7));
        Task task = table2.workload().tasks().get(0).withSink(Optional.of("A"));
        return table2.withPlatform(new Platform(devices, table2.platform().links()))
                .withWorkload(Workload.of(task))
                .withMaxDevices(4);
    }

    @Test
    void times_ofABatch_followFromPeriodAndResponse() {
        assertThat(BatchCosts.entrySpanSeconds(4, 2)).isEqualTo(6);
        assertThat(BatchCosts.makespanSeconds(4, 2, 10)).isEqualTo(16);
        assertThat(BatchCosts.meanSeconds(4, 2, 10)).isEqualTo(4);
        assertThat(BatchCosts.of(SCENARIO).meanSeconds(new double[] {16})).isEqualTo(4);
    }

    @Test
    void idleJoules_deviceThatTakesNoPart_countsOnlyIfAllWait() {
        BatchCosts costs = BatchCosts.of(SCENARIO);

        assertThat(costs.idleJoules(SINK, false, 10, 0)).isEqualTo(20);
        assertThat(costs.idleJoules(OTHER, false, 10, 0)).isZero();
        assertThat(costs.idleJoules(OTHER, true, 10, 4)).isEqualTo(18);
        assertThat(costs.idleJoules(OTHER, true, 10, 11)).isZero();
        assertThat(BatchCosts.of(SCENARIO.withIdle(IdlePolicy.ALL)).idleJoules(OTHER, false, 10, 0))
                .isEqualTo(30);
    }

    /** 0.1 + 0.2 is above 0.3, but a device that computes all the time does not wait. */
    @Test
    void idleJoules_waitBelowRoundingOfTheMakespan_isZero() {
        BatchCosts costs = BatchCosts.of(SCENARIO);

        assertThat(costs.idleJoules(SINK, true, 0.1 + 0.2, 0.3)).isZero();
        assertThat(costs.idleJoules(SINK, true, 1e9, 1e9 - 1e-3)).isPositive();
    }

    @Test
    void switchOnJoules_deviceThatTakesNoPart_areZeroEvenIfAllWait() {
        BatchCosts costs = BatchCosts.of(SCENARIO.withIdle(IdlePolicy.ALL));

        assertThat(costs.switchOnJoules(SINK, false)).isEqualTo(5);
        assertThat(costs.switchOnJoules(OTHER, false)).isZero();
        assertThat(costs.switchOnJoules(OTHER, true)).isEqualTo(7);
    }

    @Test
    void baseAndAddedCosts_ofAnyDevice_sumUpToItsCosts() {
        for (IdlePolicy policy : IdlePolicy.values()) {
            BatchCosts costs = BatchCosts.of(SCENARIO.withIdle(policy));
            for (int device : new int[] {SINK, OTHER}) {
                assertThat(costs.baseIdleWatts(device)).isEqualTo(costs.idleJoules(device, false, 1, 0));
                assertThat(costs.baseIdleWatts(device) + costs.addedIdleWatts(device))
                        .isEqualTo(costs.idleJoules(device, true, 1, 0));
                assertThat(costs.baseSwitchOnJoules(device)).isEqualTo(costs.switchOnJoules(device, false));
                assertThat(costs.baseSwitchOnJoules(device) + costs.addedSwitchOnJoules(device))
                        .isEqualTo(costs.switchOnJoules(device, true));
            }
        }
    }

    @Test
    void violations_excessOverALimit_areRelativeToIt() {
        Task task = SCENARIO.workload().tasks().get(0);
        BatchCosts onMean = BatchCosts.of(SCENARIO.withWorkload(Workload.of(task.withDeadline(Deadline.onMean(4)))));
        BatchCosts onResponse =
                BatchCosts.of(SCENARIO.withWorkload(Workload.of(task.withDeadline(Deadline.onResponse(4)))));

        assertThat(onMean.lateness(0, 100, 5)).isEqualTo(0.25);
        assertThat(onMean.lateness(0, 100, 4)).isZero();
        assertThat(onResponse.lateness(0, 5, 100)).isEqualTo(0.25);
        assertThat(onMean.memoryViolation(SINK, 1500)).isEqualTo(0.5);
        assertThat(onMean.memoryViolation(SINK, 1000)).isZero();
        assertThat(onMean.memoryViolation(OTHER, Double.MAX_VALUE)).isZero();
        assertThat(onMean.deviceCountViolation(5)).isEqualTo(0.25);
        assertThat(onMean.deviceCountViolation(4)).isZero();
    }

    @Test
    void figuresOfAScenario_withoutAnyCosts_areAbsent() {
        BatchCosts free = BatchCosts.of(Table2.scenario(1));
        BatchCosts costs = BatchCosts.of(SCENARIO);

        assertThat(free.hasPrices() || free.hasSwitchOnJoules() || free.hasMemoryLimits() || free.hasDeadlines())
                .isFalse();
        assertThat(costs.hasPrices() && costs.hasSwitchOnJoules() && costs.hasMemoryLimits())
                .isTrue();
        assertThat(costs.price(SINK, 6)).isEqualTo(3);
        assertThat(costs.price(OTHER, 6)).isZero();
    }
}
