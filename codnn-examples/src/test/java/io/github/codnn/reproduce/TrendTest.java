package io.github.codnn.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrendTest {

    private static final double ROUNDING = 1e-12;
    private static final List<Double> SIZES = List.of(1.0, 2.0, 4.0);
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    @Test
    void slopes_rowsOnALine_areTheirSlopes() {
        Trend trend = new Trend(SIZES, List.of(List.of(3.0, 5.0, 9.0), List.of(1.0, 0.0, -2.0)));

        assertThat(trend.slopes().value(0)).isCloseTo(2, within(ROUNDING));
        assertThat(trend.slopes().value(1)).isCloseTo(-1, within(ROUNDING));
    }

    @Test
    void probability_everyRowRises_isTwoOfAllOrders() {
        Trend trend = new Trend(SIZES, Collections.nCopies(3, List.of(1.0, 2.0, 3.0)));

        assertThat(trend.probability()).isCloseTo(2.0 / 216, within(ROUNDING));
    }

    @Test
    void probability_equalFigures_isOne() {
        assertThat(new Trend(SIZES, Collections.nCopies(5, List.of(7.0, 7.0, 7.0))).probability())
                .isEqualTo(1);
    }

    @Test
    void probability_randomRowsWithTies_isThatOfAllOrders() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 50; round++) {
            List<List<Double>> rows = new ArrayList<>();
            for (int row = 0; row < 3; row++) {
                rows.add(List.of((double) random.nextInt(3), (double) random.nextInt(3), (double) random.nextInt(3)));
            }

            assertThat(new Trend(SIZES, rows).probability())
                    .as(rows.toString())
                    .isCloseTo(enumerated(rows), within(ROUNDING));
        }
    }

    @Test
    void constructor_rowOfAnotherLength_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trend(SIZES, List.of(List.of(1.0))))
                .withMessageContaining("1 figures for 3 sizes");
    }

    private static double enumerated(List<List<Double>> rows) {
        double observed = rows.stream()
                .mapToDouble(row -> statistic(row, new int[] {0, 1, 2}))
                .sum();
        int atLeast = 0;
        int atMost = 0;
        for (int[] first : ORDERS) {
            for (int[] second : ORDERS) {
                for (int[] third : ORDERS) {
                    double sum = statistic(rows.get(0), first)
                            + statistic(rows.get(1), second)
                            + statistic(rows.get(2), third);
                    atLeast += sum >= observed - ROUNDING ? 1 : 0;
                    atMost += sum <= observed + ROUNDING ? 1 : 0;
                }
            }
        }
        return Math.min(1, 2.0 * Math.min(atLeast, atMost) / 216);
    }

    private static double statistic(List<Double> row, int[] order) {
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            double value = row.get(order[i]);
            double less = row.stream().filter(other -> other < value).count();
            double same = row.stream().filter(other -> other == value).count();
            sum += (i + 1) * (less + (same + 1) / 2);
        }
        return sum;
    }
}
