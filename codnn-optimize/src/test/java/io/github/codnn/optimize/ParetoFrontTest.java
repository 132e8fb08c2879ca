package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

    @Test
    void dominated_knownPoints_byHand() {
        assertThat(ParetoFront.dominated(List.of(), 0)).isZero();
        assertThat(ParetoFront.dominated(List.of(new double[] {0.25}), 0)).isEqualTo(0.75);
        assertThat(ParetoFront.dominated(List.of(new double[] {0, 0.5}, new double[] {0.5, 0}), 0))
                .isEqualTo(0.75);
        assertThat(ParetoFront.dominated(
                        List.of(new double[] {0, 0.5, 0.5}, new double[] {0.5, 0, 0.5}, new double[] {0.5, 0.5, 0}), 0))
                .isEqualTo(0.5);
    }

    /** The share of random points that some point dominates; six standard errors, 1 in 500 million. */
    @Test
    void dominated_randomPoints_isTheShareOfSpaceAboveThem() {
        SplittableRandom random = new SplittableRandom(3);
        List<double[]> points = new ArrayList<>();
        for (int point = 0; point < 12; point++) {
            points.add(new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()});
        }
        int above = 0;
        int draws = 40_000;
        for (int draw = 0; draw < draws; draw++) {
            double[] at = new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
            above += points.stream().anyMatch(p -> p[0] <= at[0] && p[1] <= at[1] && p[2] <= at[2]) ? 1 : 0;
        }

        double volume = ParetoFront.dominated(points, 0);
        assertThat((double) above / draws).isCloseTo(volume, within(6 * Math.sqrt(volume * (1 - volume) / draws)));
    }

    @Test
    void of_fourObjectives_isRefused() {
        List<Objective> four = List.of(Objective.PERIOD, Objective.MEAN, Objective.ENERGY, Objective.PRICE);
        assertThatThrownBy(() -> ParetoFront.of(four, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(ParetoFront.of(List.of(Objective.MEAN), List.of()).hypervolume())
                .isZero();
    }
}
