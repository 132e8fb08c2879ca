package io.github.codnn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 64})
    void integrate_powersUpToTwiceThePoints_areExact(int points) {
        GaussLegendre quadrature = new GaussLegendre(points);

        for (int power = 0; power < 2 * points; power++) {
            int exponent = power;
            assertThat(quadrature.integrate(1, x -> Math.pow(x, exponent)))
                    .as("power %d", power)
                    .isCloseTo(1.0 / (power + 1), within(1e-14));
        }
    }

    @Test
    void integrate_onePowerMore_isNotExact() {
        assertThat(new GaussLegendre(2).integrate(1, x -> x * x * x * x)).isNotCloseTo(0.2, within(1e-3));
    }

    @Test
    void integrate_smoothFunction_meetsTheIntegral() {
        GaussLegendre quadrature = new GaussLegendre(64);

        assertThat(quadrature.integrate(8.5, x -> Math.exp(-x * x / 2)))
                .isCloseTo(Math.sqrt(Math.PI / 2), within(1e-14));
        assertThat(quadrature.integrate(Math.PI, Math::sin)).isCloseTo(2, within(1e-14));
    }

    @Test
    void new_noPoints_isRefused() {
        assertThatThrownBy(() -> new GaussLegendre(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
