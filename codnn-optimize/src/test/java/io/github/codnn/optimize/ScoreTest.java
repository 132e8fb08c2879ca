package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScoreTest {

    @Test
    void isBetterThan_missingLinkAgainstMissedDeadline_prefersTheMissedDeadline() {
        Score missingLink = new Score(1, 1, 1);
        Score late = new Score(100, 0, 50);

        assertThat(late.isBetterThan(missingLink)).isTrue();
        assertThat(missingLink.isBetterThan(late)).isFalse();
    }

    @Test
    void isBetterThan_equallyImpossible_prefersTheSmallerViolation() {
        assertThat(new Score(9, 2, 2.5).isBetterThan(new Score(1, 2, 3))).isTrue();
    }

    @Test
    void isBetterThan_infiniteViolation_isBetterThanNone() {
        assertThat(new Score(Double.POSITIVE_INFINITY, 3, Double.POSITIVE_INFINITY).isBetterThan(Score.NONE))
                .isTrue();
    }

    @Test
    void isBetterThan_feasible_isOfLessValue() {
        Score one = new Score(1, 0, 0);
        Score two = new Score(2, 0, 0);

        assertThat(one.isBetterThan(two)).isTrue();
        assertThat(two.isBetterThan(one)).isFalse();
        assertThat(one.isBetterThan(one)).isFalse();
        assertThat(one.isWorseThan(0, 1, 0)).isFalse();
    }

    @Test
    void bestFirst_sorts_theBestToTheFront() {
        Score one = new Score(1, 0, 0);
        Score two = new Score(2, 0, 0);

        assertThat(Score.bestFirst(one, two)).isNegative();
        assertThat(Score.bestFirst(two, one)).isPositive();
        assertThat(Score.bestFirst(one, new Score(1, 0, 0))).isZero();
    }

    @Test
    void feasibleValue_infeasible_isInfinite() {
        assertThat(new Score(3, 0, 0).feasibleValue()).isEqualTo(3);
        assertThat(new Score(3, 0, 0.1).feasibleValue()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Property(seed = "13")
    void isBetterThan_anyScores_isAStrictOrderInThreeLevels(
            @ForAll @IntRange(max = 2) int impossible,
            @ForAll @IntRange(max = 2) int otherImpossible,
            @ForAll @DoubleRange(max = 2) double violation,
            @ForAll @DoubleRange(max = 2) double otherViolation) {
        Score score = new Score(1, impossible, violation);
        Score other = new Score(1, otherImpossible, otherViolation);
        boolean better = impossible < otherImpossible || (impossible == otherImpossible && violation < otherViolation);

        assertThat(score.isBetterThan(other)).isEqualTo(better);
        assertThat(other.isWorseThan(1, impossible, violation)).isEqualTo(better);
    }
}
