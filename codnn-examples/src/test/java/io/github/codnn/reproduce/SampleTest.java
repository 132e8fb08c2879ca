package io.github.codnn.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void error_fiveValues_isStudentsQuantileTimesTheStandardError() {
        // The 97.5 % quantile of Student's distribution with 4 degrees of freedom is 2.776445 in any table.
        double expected = 2.776445 * Math.sqrt(2.5 / 5);

        assertThat(new Sample(1, 2, 3, 4, 5).error()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void median_evenCount_isBetweenTheMiddleOnes() {
        assertThat(new Sample(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    @Test
    void pairedProbability_allPairsOneWay_isTwoOfAllSigns() {
        Sample more = new Sample(2, 4, 6, 8, 10, 12);
        Sample less = new Sample(1, 2, 3, 4, 5, 6);

        assertThat(more.pairedProbability(less)).isCloseTo(2.0 / 64, within(1e-12));
    }

    @Test
    void pairedProbability_pairsWithoutDifference_areLeftOut() {
        Sample more = new Sample(2, 4, 6, 8, 10, 12, 7, 7);
        Sample less = new Sample(1, 2, 3, 4, 5, 6, 7, 7);

        assertThat(more.pairedProbability(less)).isCloseTo(2.0 / 64, within(1e-12));
        assertThat(less.pairedProbability(less)).isEqualTo(1);
    }
}
