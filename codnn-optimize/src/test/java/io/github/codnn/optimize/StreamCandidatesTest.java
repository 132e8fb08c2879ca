package io.github.codnn.optimize;

import static io.github.codnn.optimize.StreamPlacements.FEASIBLE;
import static io.github.codnn.optimize.StreamPlacements.KEPT;
import static io.github.codnn.optimize.StreamPlacements.LATE;
import static io.github.codnn.optimize.StreamPlacements.PROBLEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.StreamPlacements.Known;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamCandidatesTest {

    private static final int MOST = 64;

    private static StreamCandidates.Candidate chosen(StreamCandidates candidates) {
        return candidates.choose(() -> false).orElseThrow();
    }

    @Test
    void problem_isAsStated() {
        assertThat(FEASIBLE).hasSize(88);
        assertThat(LATE).hasSize(77);
        assertThat(LATE.get(0).score().isBetterThan(KEPT.get(0).score())).isTrue();
    }

    @Test
    void choose_lateAndKept_isTheBestThatIsKept() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        LATE.subList(0, 10).forEach(each -> each.addTo(candidates));
        KEPT.get(3).addTo(candidates);
        KEPT.get(0).addTo(candidates);
        KEPT.get(5).addTo(candidates);

        StreamCandidates.Candidate chosen = chosen(candidates);

        assertThat(chosen.score()).isEqualTo(KEPT.get(0).score());
        assertThat(chosen.plan().metrics().feasible()).isTrue();
        assertThat(chosen.plan().metrics().periodSeconds())
                .isEqualTo(KEPT.get(0).score().value());
        assertThat(PROBLEM.evaluator().encode(chosen.plan().placement())).isEqualTo(chosen.placement());
        assertThat(candidates.late().map(StreamCandidates.Candidate::placement))
                .contains(LATE.get(0).placement());
    }

    @Test
    void choose_onlyLate_isTheOneThatMissesLeast() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        List<Known> some = LATE.subList(0, 20);
        some.forEach(each -> each.addTo(candidates));
        Known least =
                some.stream().min(Comparator.comparingDouble(Known::violation)).orElseThrow();

        assertThat(chosen(candidates).plan().metrics().violation()).isEqualTo(least.violation());
        assertThat(least.violation()).isLessThan(some.get(0).violation());
    }

    @Test
    void choose_noTime_simulatesTheBestOnly() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        add(candidates, LATE.get(1), 2);
        add(candidates, LATE.get(0), 1);
        add(candidates, KEPT.get(0), 3);

        assertThat(candidates.choose(() -> true).orElseThrow().placement())
                .isEqualTo(LATE.get(0).placement());
        assertThat(chosen(candidates).placement()).isEqualTo(KEPT.get(0).placement());
        assertThat(candidates.choose(() -> true).orElseThrow().placement())
                .as("the candidates that are simulated take no time")
                .isEqualTo(KEPT.get(0).placement());
    }

    private static void add(StreamCandidates candidates, Known known, double value) {
        candidates.add(known.placement(), new Score(value, 0, 0));
    }

    @Test
    void add_moreThanAreKept_forgetsTheWorst() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        add(candidates, KEPT.get(0), 100);
        for (int index = 1; index < MOST; index++) {
            add(candidates, LATE.get(index), 100 - index);
        }
        assertThat(chosen(candidates).placement()).isEqualTo(KEPT.get(0).placement());

        StreamCandidates full = new StreamCandidates(PROBLEM);
        add(full, KEPT.get(0), 100);
        for (int index = 0; index < MOST; index++) {
            add(full, LATE.get(index), 99 - index);
        }
        add(full, KEPT.get(1), 100);
        add(full, KEPT.get(1), 99);
        assertThat(chosen(full).isLate()).as("no better than all that are kept").isTrue();
        add(full, KEPT.get(1), 98.5);
        assertThat(chosen(full).placement()).isEqualTo(KEPT.get(1).placement());
    }

    @Test
    void add_samePlacementAgain_isOneCandidate() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        add(candidates, KEPT.get(0), 3);
        for (int round = 0; round < MOST; round++) {
            add(candidates, LATE.get(0), 2);
            add(candidates, LATE.get(1), 2); // another one that is as good
        }

        assertThat(chosen(candidates).placement()).isEqualTo(KEPT.get(0).placement());
    }

    @Test
    void add_infeasibleOrNoStreamDeadlines_isIgnored() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        candidates.add(LATE.get(0).placement(), new Score(1, 0, 0.5));
        candidates.addBest(LATE.get(0).placement(), new Score(1, 0, 0.5));
        assertThat(candidates.choose(() -> false)).isEmpty();
        assertThat(candidates.late()).isEmpty();
        assertThat(candidates.isBestLate()).isFalse();
        candidates.check(1_000);
        assertThat(candidates.violation()).isZero();

        OffloadingProblem closed = withoutStreams();
        StreamCandidates none = new StreamCandidates(closed);
        int[] placement = new int[closed.compiled().layerCount()];
        none.add(placement, new Score(1, 0, 0));
        none.addBest(placement, new Score(1, 0, 0));
        assertThat(none.choose(() -> false)).isEmpty();
    }

    private static OffloadingProblem withoutStreams() {
        for (long seed = 0; ; seed++) {
            OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 3, 3), Objective.PERIOD);
            if (!problem.hasStreamDeadlines()) {
                return problem;
            }
        }
    }

    @Test
    void add_callerChangesThePlacement_keepsIts() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        int[] placement = KEPT.get(0).placement().clone();
        candidates.add(placement, KEPT.get(0).score());
        placement[0]++;

        assertThat(chosen(candidates).placement()).isEqualTo(KEPT.get(0).placement());
    }

    @Test
    void addBest_worseThanOthers_comesFirst() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        KEPT.get(0).addTo(candidates);
        candidates.addBest(KEPT.get(4).placement(), KEPT.get(4).score());

        assertThat(chosen(candidates).placement()).isEqualTo(KEPT.get(4).placement());
    }

    @Test
    void check_evaluations_simulatesTheBestNowAndThen() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        Known first = LATE.get(5);
        Known second = LATE.get(0);
        assertThat(first.violation()).isNotEqualTo(second.violation());

        add(candidates, first, 2);
        candidates.check(31);
        assertThat(candidates.violation()).isZero();
        assertThat(candidates.late()).as("not simulated yet").isEmpty();
        candidates.check(32);
        assertThat(candidates.violation()).isEqualTo(first.violation());
        assertThat(candidates.late()).isPresent();
        add(candidates, second, 1);
        candidates.check(40);
        assertThat(candidates.violation()).isEqualTo(first.violation());
        candidates.check(41);
        assertThat(candidates.violation()).isEqualTo(second.violation());
        assertThat(candidates.isBestLate()).isTrue();
    }

    @Test
    void check_bestIsKept_isNoViolation() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        KEPT.get(0).addTo(candidates);
        candidates.check(32);

        assertThat(candidates.violation()).isZero();
        assertThat(candidates.isBestLate()).isFalse();
        assertThat(candidates.late()).isEmpty();
    }

    @Test
    void choose_keptOneWasForgotten_isStillChosen() {
        StreamCandidates candidates = new StreamCandidates(PROBLEM);
        Known kept = KEPT.get(KEPT.size() - 1);
        kept.addTo(candidates);
        candidates.check(32);
        LATE.stream().filter(each -> each.score().isBetterThan(kept.score())).forEach(each -> each.addTo(candidates));

        Optional<Plan> chosen = candidates.choose(() -> false).map(StreamCandidates.Candidate::plan);

        assertThat(chosen.map(Plan::metrics).map(PlanMetrics::feasible)).contains(true);
        assertThat(chosen.map(plan -> PROBLEM.evaluator().encode(plan.placement())))
                .contains(kept.placement());
    }
}
