package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.problem.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

    @Test
    void dominated_knownPoints_byHand() {
        assertThat(ParetoFront.dominated(List.of())).isZero();
        assertThat(ParetoFront.dominated(List.of(new double[] {0.25, 0, 0}))).isEqualTo(0.75);
        assertThat(ParetoFront.dominated(List.of(new double[] {0, 0.5, 0}, new double[] {0.5, 0, 0})))
                .isEqualTo(0.75);
        assertThat(ParetoFront.dominated(
                        List.of(new double[] {0, 0.5, 0.5}, new double[] {0.5, 0, 0.5}, new double[] {0.5, 0.5, 0})))
                .isEqualTo(0.5);
        assertThat(ParetoFront.dominated(List.of(new double[] {2, 0, 0}, new double[] {0.5, 0.5, 0.5})))
                .isEqualTo(0.125);
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

        double volume = ParetoFront.dominated(points);
        assertThat((double) above / draws).isCloseTo(volume, within(6 * Math.sqrt(volume * (1 - volume) / draws)));
    }

    /** Figures from a few values, so that many are equal, some of them but for rounding. */
    @Test
    void nonDominated_randomFigures_isWhatPairwiseComparisonKeeps() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            List<double[]> all = new ArrayList<>();
            int axes = 1 + random.nextInt(3);
            for (int point = 0; point < 1 + random.nextInt(30); point++) {
                all.add(random.doubles(axes)
                        .map(x -> Math.floor(5 * x) * (1 + 1e-15 * random.nextInt(3)))
                        .toArray());
            }
            List<double[]> kept = ParetoFront.nonDominated(all, figures -> figures);

            assertThat(all).allMatch(any -> kept.stream().anyMatch(figures -> isAtMost(figures, any)));
            for (double[] one : kept) {
                assertThat(kept).allMatch(other -> other == one || !isAtMost(other, one));
            }
        }
    }

    private static boolean isAtMost(double[] better, double[] worse) {
        boolean atMost = true;
        for (int axis = 0; axis < better.length; axis++) {
            atMost &= better[axis] <= worse[axis] * (1 + 1e-12);
        }
        return atMost;
    }

    @Test
    void of_fourObjectives_isRefused() {
        List<Objective> four = List.of(Objective.PERIOD, Objective.MEAN, Objective.ENERGY, Objective.PRICE);
        assertThatThrownBy(() -> ParetoFront.of(four, List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ParetoFront.of(List.of(Objective.MEAN), List.of(), 0).hypervolume())
                .isZero();
    }
}
