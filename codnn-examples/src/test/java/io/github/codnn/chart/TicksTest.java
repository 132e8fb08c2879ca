package io.github.codnn.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

    @ParameterizedTest
    @CsvSource({
        "0.1364, 0.1641, s, 6, '135 ms|140 ms|145 ms|150 ms|155 ms|160 ms|165 ms'",
        "0, 0.95, %, 5, '0 %|20 %|40 %|60 %|80 %|100 %'",
        "0, 5000, '', 5, '0|1,000|2,000|3,000|4,000|5,000'",
        "80, 130, J, 5, '80 J|90 J|100 J|110 J|120 J|130 J'",
        "0, 3.9, s, 4, '0|1 s|2 s|3 s|4 s'",
        "-3, 4, '', 7, '-3|-2|-1|0|1|2|3|4'",
        "7, 7, J, 2, '5 J|10 J|15 J'"
    })
    void label_ofEachTick_isRoundWithUnit(double least, double most, String unit, int count, String expected) {
        Ticks ticks = Ticks.over(least, most, count);

        List<String> labels =
                ticks.values().stream().map(tick -> ticks.label(tick, unit)).toList();

        assertThat(labels).containsExactly(expected.split("\\|", -1));
    }

    @Test
    void over_anyRange_enclosesItInFewSteps() {
        for (double most = 1e-9; most < 1e12; most *= 1.7) {
            for (double least : new double[] {0, most / 3, -most, 0.999 * most}) {
                Ticks ticks = Ticks.over(least, most, 6);

                assertThat(ticks.first()).isLessThanOrEqualTo(least + 1e-6 * ticks.step());
                assertThat(ticks.last()).isGreaterThanOrEqualTo(most - 1e-6 * ticks.step());
                assertThat(ticks.values()).hasSizeBetween(3, 9);
            }
        }
    }
}
