package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

    /** Plans of period and price 1 and 4, 2 and 2, 4 and 1, and one that two of them dominate. */
    private static List<Plan> plans() {
        OffloadingProblem problem = OffloadingProblem.of(ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p",
                 "devices": [{"name": "a", "kind": "one", "pricePerSecond": 4},
                             {"name": "b", "kind": "two", "pricePerSecond": 1},
                             {"name": "c", "kind": "four", "pricePerSecond": 0.25},
                             {"name": "d", "kind": "four", "pricePerSecond": 0.75}],
                 "tasks": [{"name": "t", "layers": [{"name": "l", "seconds": {"one": 1, "two": 2, "four": 4}}]}]}
                """), Objective.PERIOD);
        return IntStream.range(0, 4)
                .mapToObj(device -> problem.plan(problem.evaluator().decode(new int[] {device})))
                .toList();
    }

    private static final List<Objective> PERIOD_AND_PRICE = List.of(Objective.PERIOD, Objective.PRICE);

    @Test
    void of_plans_keepsThoseThatNoOtherDominatesByRisingPeriod() {
        List<Plan> plans = plans();

        ParetoFront front =
                ParetoFront.of(PERIOD_AND_PRICE, List.of(plans.get(3), plans.get(2), plans.get(0), plans.get(1)), 0.5);

        assertThat(front.plans()).containsExactlyElementsOf(plans.subList(0, 3));
        assertThat(front.figures()).containsExactly(List.of(1.0, 4.0), List.of(2.0, 2.0), List.of(4.0, 1.0));
        assertThat(front.epsilon()).isEqualTo(0.5);
        assertThat(front.ideal()).containsExactly(1.0, 1.0);
        assertThat(front.reference()).containsExactly(4.4, 4.4);
    }

    /** Between the ideal point and the reference: 1 by 0.4, 2 by 2.4 and 0.4 by 3.4 of 3.4 by 3.4. */
    @Test
    void of_plans_dominateTheShareComputedByHand() {
        ParetoFront front = ParetoFront.of(PERIOD_AND_PRICE, plans(), 0);

        assertThat(front.hypervolume()).isCloseTo((1 * 0.4 + 2 * 2.4 + 0.4 * 3.4) / (3.4 * 3.4), within(1e-12));
    }

    @Test
    void hypervolume_otherBox_countsWhatIsInside() {
        ParetoFront front = ParetoFront.of(PERIOD_AND_PRICE, plans(), 0);

        assertThat(front.hypervolume(List.of(0.0, 0.0), List.of(4.0, 4.0))).isEqualTo(0.25);
        assertThat(front.hypervolume(List.of(2.0, 1.0), List.of(6.0, 5.0))).isEqualTo(0.875);
        assertThat(front.hypervolume(List.of(0.0, 0.0), List.of(1.0, 1.0))).isZero();
        assertThat(front.hypervolume(List.of(3.0, 2.0), List.of(3.0, 4.0)))
                .as("a box without width counts the other figure only")
                .isEqualTo(1);
    }

    @Test
    void of_threeObjectives_isTaken() {
        List<Objective> three = List.of(Objective.PERIOD, Objective.PRICE, Objective.RESPONSE);

        assertThat(ParetoFront.of(three, plans(), 0).plans()).hasSize(3);
        assertThatThrownBy(() -> ParetoFront.of(List.of(), plans(), 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
