package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WorkMeterTest {

    /** A look at the clock costs more than a step, but a caller who cancels does not want to wait. */
    @Test
    void step_manySteps_asksWhetherToStopNowAndThen() {
        AtomicInteger questions = new AtomicInteger();
        WorkMeter meter = new WorkMeter(Long.MAX_VALUE, questions::incrementAndGet);

        meter.step();
        assertThat(questions).hasValue(1);
        for (int step = 0; step < 100_000; step++) {
            meter.step();
        }
        assertThat(questions.get()).isBetween(10, 1_000);
    }
}
