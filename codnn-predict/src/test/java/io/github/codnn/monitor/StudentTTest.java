package io.github.codnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed forms, and values that any table of the distribution has. */
class StudentTTest {

    @ParameterizedTest
    @CsvSource({
        "0.05, 1, 12.70620",
        "0.05, 10, 2.228139",
        "0.01, 30, 2.749996",
        "0.1, 5, 2.015048",
        "0.05, 1e6, 1.959966"
    })
    void quantile_tabulated_hasTheKnownValue(double tails, double freedom, double value) {
        assertThat(StudentT.quantile(tails, freedom)).isCloseTo(value, withPercentage(1e-4));
    }

    /** With one degree of freedom the distribution is Cauchy's, with two the quantile is a root. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-3, 0.05, 0.5, 0.9, 0.999999})
    void quantile_oneOrTwoDegreesOfFreedom_meetsTheClosedForm(double tails) {
        assertThat(StudentT.quantile(tails, 1)).isCloseTo(1 / Math.tan(tails * Math.PI / 2), withPercentage(1e-8));
        double root = (1 - tails) * Math.sqrt(2 / (tails * (2 - tails)));
        assertThat(StudentT.quantile(tails, 2)).isCloseTo(root, withPercentage(1e-8));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.99, 2.5, 7, 33.3, 400, 1e5})
    void tails_atAQuantile_haveItsProbability(double freedom) {
        for (double tails = 0.9; tails > 1e-12; tails /= 3) {
            assertThat(StudentT.tails(StudentT.quantile(tails, freedom), freedom))
                    .as("%s of %s", tails, freedom)
                    .isCloseTo(tails, within(1e-9 * tails));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-3})
    void quantile_beyondAllMeasure_isInfinite(double freedom) {
        assertThat(StudentT.quantile(0.05, freedom)).isInfinite();
    }
}
