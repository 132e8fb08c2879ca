package io.github.codnn.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.reproduce.Judgement.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule gives every verdict on samples that are made up for it. */
class RulesTest {

    private static final Evidence AHEAD = evidence(0.2, 0.5, 0.001);
    private static final Evidence BEHIND = evidence(-0.5, -0.2, 0.001);
    private static final Evidence SAME = evidence(-0.001, 0.001, 1);
    private static final Evidence TIED = differences(0.0009, 10, 0.2, 10);
    private static final Evidence OFTEN_TIED = differences(-0.0009, 9, 0.2, 11);
    private static final Evidence WIDE = evidence(-0.5, 0.6, 0.7);
    private static final Evidence BY_CHANCE = evidence(0.2, 0.5, 0.06);

    /** Twenty figures that are spread evenly over a range. */
    private static Evidence evidence(double least, double greatest, double probability) {
        return new Evidence("rival", spread(least, greatest), 0, probability);
    }

    /** Some figures of one size and some of another one. */
    private static Evidence differences(double one, int ones, double other, int others) {
        return Evidence.ofDifferences(
                "rival",
                new Sample(DoubleStream.concat(
                                DoubleStream.generate(() -> one).limit(ones),
                                DoubleStream.generate(() -> other).limit(others))
                        .toArray()));
    }

    private static Sample spread(double least, double greatest) {
        return new Sample(IntStream.range(0, 20)
                .mapToDouble(i -> least + (greatest - least) * i / 19)
                .toArray());
    }

    @Test
    void leads_allRivalsBeaten_confirms() {
        assertThat(Rules.leads(List.of(AHEAD, AHEAD))).isEqualTo(Verdict.CONFIRMED);
    }

    @Test
    void leads_oneRivalBetter_refutes() {
        assertThat(Rules.leads(List.of(AHEAD, BEHIND))).isEqualTo(Verdict.REFUTED);
        assertThat(Rules.leads(List.of(TIED, BEHIND))).isEqualTo(Verdict.REFUTED);
        assertThat(Rules.leads(List.of(differences(0, 9, -0.2, 11)))).isEqualTo(Verdict.REFUTED);
    }

    /** Half ties or more are neither for nor against, whichever way the others go. */
    @Test
    void leads_oneRivalEqualOnHalf_isATie() {
        assertThat(Rules.leads(List.of(AHEAD, TIED))).isEqualTo(Verdict.TIE);
        assertThat(Rules.leads(List.of(AHEAD, WIDE, TIED))).isEqualTo(Verdict.TIE);
        assertThat(Rules.leads(List.of(differences(0, 10, -0.2, 10)))).isEqualTo(Verdict.TIE);
        assertThat(Rules.leads(List.of(differences(0, 20, 0.2, 0)))).isEqualTo(Verdict.TIE);
        assertThat(Rules.leads(List.of(AHEAD, OFTEN_TIED))).isEqualTo(Verdict.CONFIRMED);
    }

    @Test
    void differences_equalResults_leaveTheTest() {
        assertThat(OFTEN_TIED.ties()).isEqualTo(9);
        assertThat(OFTEN_TIED.sample().size()).isEqualTo(11);
        assertThat(OFTEN_TIED.probability()).isCloseTo(2.0 / 2048, within(1e-12));
    }

    @Test
    void growth_rowsWithoutAnyDifference_areTies() {
        List<Double> sizes = List.of(1.0, 2.0);
        List<List<Double>> rows = new ArrayList<>(Collections.nCopies(11, List.of(0.1, 0.3)));
        rows.addAll(Collections.nCopies(9, List.of(0.0005, -0.0005)));
        Evidence rising = Evidence.ofGrowth("rival", sizes, rows);
        rows.addAll(Collections.nCopies(2, List.of(0.0, 0.0)));
        Evidence tied = Evidence.ofGrowth("rival", sizes, rows);

        assertThat(Rules.rises(List.of(rising), 0.001)).isEqualTo(Verdict.CONFIRMED);
        assertThat(Rules.rises(List.of(rising, tied), 0.001)).isEqualTo(Verdict.TIE);
        assertThat(Rules.rises(List.of(BEHIND, tied), 0.001)).isEqualTo(Verdict.REFUTED);
        assertThat(Evidence.ofGrowth("rival", sizes, List.of(List.of(0.0, 0.0))).isTie())
                .isTrue();
    }

    @Test
    void leads_oneRivalUnclear_isNotDecided() {
        assertThat(Rules.leads(List.of(AHEAD, WIDE))).isEqualTo(Verdict.NOT_DECIDED);
        assertThat(Rules.leads(List.of(AHEAD, BY_CHANCE))).isEqualTo(Verdict.NOT_DECIDED);
        assertThat(Rules.leads(List.of(AHEAD, SAME))).isEqualTo(Verdict.NOT_DECIDED);
        assertThat(Rules.leads(List.of())).isEqualTo(Verdict.NOT_DECIDED);
    }

    @Test
    void rises_slopes_giveEveryVerdict() {
        assertThat(Rules.rises(List.of(AHEAD), 0.01)).isEqualTo(Verdict.CONFIRMED);
        assertThat(Rules.rises(List.of(AHEAD, SAME), 0.01)).isEqualTo(Verdict.REFUTED);
        assertThat(Rules.rises(List.of(BEHIND), 0.01)).isEqualTo(Verdict.REFUTED);
        assertThat(Rules.rises(List.of(AHEAD, WIDE), 0.01)).isEqualTo(Verdict.NOT_DECIDED);
        assertThat(Rules.rises(List.of(BY_CHANCE), 0.01)).isEqualTo(Verdict.NOT_DECIDED);
    }

    @Test
    void reaches_quantiles_giveEveryVerdict() {
        assertThat(Rules.reaches(spread(0.87, 0.95), 0.86)).isEqualTo(Verdict.CONFIRMED);
        assertThat(Rules.reaches(spread(0.07, 0.67), 0.86)).isEqualTo(Verdict.REFUTED);
        assertThat(Rules.reaches(spread(0.5, 0.95), 0.86)).isEqualTo(Verdict.NOT_DECIDED);
    }

    @Test
    void everywhere_shares_giveEveryVerdict() {
        assertThat(Rules.everywhere(new Share(9, 9))).isEqualTo(Verdict.CONFIRMED);
        assertThat(Rules.everywhere(new Share(0, 9))).isEqualTo(Verdict.REFUTED);
        assertThat(Rules.everywhere(new Share(2, 9))).isEqualTo(Verdict.NOT_DECIDED);
    }

    @Test
    void equation_excesses_giveEveryVerdict() {
        List<Double> exact = Collections.nCopies(95, 0.0);

        assertThat(PipelineEquations.verdict(exact)).isEqualTo(Verdict.CONFIRMED);
        assertThat(PipelineEquations.verdict(plus(exact, 10, 0.3))).isEqualTo(Verdict.REFUTED);
        assertThat(PipelineEquations.verdict(plus(exact, 2, 0.3))).isEqualTo(Verdict.NOT_DECIDED);
    }

    private static List<Double> plus(List<Double> values, int count, double value) {
        return Stream.concat(values.stream(), Collections.nCopies(count, value).stream())
                .toList();
    }

    @Test
    void judge_testsOfTwoHypotheses_areOneFamily() {
        List<Judgement> judgements = Question.judge(List.of(
                Question.leads("alone", List.of(evidence(0.2, 0.5, 0.03))),
                Question.leads("other", List.of(evidence(0.2, 0.5, 0.001)))));

        assertThat(judgements).extracting(Judgement::verdict).containsExactly(Verdict.CONFIRMED, Verdict.CONFIRMED);
        assertThat(Question.judge(List.of(
                        Question.leads("alone", List.of(evidence(0.2, 0.5, 0.03))),
                        Question.leads("other", List.of(evidence(0.2, 0.5, 0.04))))))
                .extracting(Judgement::verdict)
                .containsExactly(Verdict.NOT_DECIDED, Verdict.NOT_DECIDED);
    }

    @Test
    void holm_family_isMultipliedAndNeverFalls() {
        assertThat(Evidence.holm(0.04, 0.01, 0.03)).containsExactly(new double[] {0.06, 0.03, 0.06}, within(1e-12));
        assertThat(Evidence.holm(0.9, 0.8)).containsExactly(1, 1);
    }

    @Test
    void share_interval_isWilsons() {
        Share share = new Share(15, 20);

        assertThat(share.lower()).isCloseTo(0.5313, within(1e-4));
        assertThat(share.upper()).isCloseTo(0.8881, within(1e-4));
        assertThat(new Share(0, 20).lower()).isZero();
        assertThat(new Share(20, 20).upper()).isEqualTo(1);
    }
}
