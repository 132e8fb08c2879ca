package io.github.codnn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known values, to 15 digits and more, and identities. */
class SpecialFunctionsTest {

    /** Values of erf as in Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, table 7.1. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1e-10, 1.1283791670955126e-10",
        "0.5, 0.5204998778130465",
        "1, 0.8427007929497149",
        "2, 0.9953222650189527",
        "2.5, 0.9995930479825550",
        "-2, -0.9953222650189527",
        "6, 1",
        "-30, -1"
    })
    void erf_knownArgument_hasTheKnownValue(double x, double value) {
        assertThat(SpecialFunctions.erf(x)).isCloseTo(value, within(4e-15 * Math.abs(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "3, 2.209049699858544e-5",
        "5, 1.5374597944280349e-12",
        "10, 2.0884875837625446e-45",
        "-3, 1.9999779095030015",
        "40, 0"
    })
    void erfc_knownArgument_hasTheKnownValue(double x, double value) {
        assertThat(SpecialFunctions.erfc(x)).isCloseTo(value, within(2e-14 * value));
    }

    /** The two ways to compute it meet where one takes over from the other. */
    @Test
    void erf_aroundTheEndOfItsSeries_isSmooth() {
        double step = Math.ulp(2.5);
        assertThat(SpecialFunctions.erf(2.5) - SpecialFunctions.erf(2.5 - step)).isCloseTo(0, within(1e-15));
        assertThat(SpecialFunctions.erfc(2.5) / SpecialFunctions.erfc(2.5 - step))
                .isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 1",
        "5, 24",
        "15, 87178291200",
        "21, 2432902008176640000",
        "0.5, 1.7724538509055161",
        "2.5, 1.3293403881791370",
        "1e-3, 999.4237724845955"
    })
    void gamma_knownArgument_hasTheKnownValue(double x, double value) {
        assertThat(SpecialFunctions.gamma(x)).isCloseTo(value, withPercentage(1e-11));
    }

    /** Legendre's duplication formula. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 1, 4.9, 7.5, 14.99, 15, 60, 1e3, 1e6})
    void logGamma_twiceTheArgument_meetsTheDuplicationFormula(double x) {
        double expected = SpecialFunctions.logGamma(x)
                + SpecialFunctions.logGamma(x + 0.5)
                + (2 * x - 1) * Math.log(2)
                - Math.log(Math.PI) / 2;

        assertThat(SpecialFunctions.logGamma(2 * x))
                .isCloseTo(expected, within(1e-14 * Math.max(1, Math.abs(expected))));
    }
}
