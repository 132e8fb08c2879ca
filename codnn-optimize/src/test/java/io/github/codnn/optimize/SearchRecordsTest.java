package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.StopReason;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Stop rules, options and results keep their limits and figures. */
class SearchRecordsTest {

    private static final double NEVER = Double.NEGATIVE_INFINITY;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final SearchOptions OPTIONS = SearchOptions.withDefaults();
    private static final Plan FEASIBLE = plan("a");
    private static final Plan CLOSEST = plan("b");

    /** On b the frames take too long. */
    private static Plan plan(String device) {
        Scenario scenario = ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p",
                 "devices": [{"name": "a", "kind": "k"}, {"name": "b", "kind": "slow"}],
                 "tasks": [{"name": "t", "deadlineSeconds": 1,
                  "layers": [{"name": "l", "seconds": {"k": 1, "slow": 2}}]}]}
                """);
        return PlanEvaluator.of(scenario).plan(Placement.allOn(scenario.workload(), device));
    }

    private static RunRecord run(double value, double bound) {
        return new RunRecord("period", value, bound, "test", "", 1, 10, StopReason.PROVEN);
    }

    private static SearchResult found(double value, double bound) {
        Plan plan = FEASIBLE.withRun(run(value, bound));
        List<SearchResult.Improvement> history = List.of(new SearchResult.Improvement(3, value));
        return new SearchResult(
                Optional.of(plan),
                Optional.empty(),
                Optional.empty(),
                value,
                bound,
                10,
                2,
                SECOND,
                StopReason.PROVEN,
                history);
    }

    private static SearchResult notFound(double value) {
        return new SearchResult(
                Optional.empty(),
                Optional.of(CLOSEST.withRun(run(value, NEVER))),
                Optional.empty(),
                Double.POSITIVE_INFINITY,
                NEVER,
                10,
                2,
                SECOND,
                StopReason.PROVEN,
                List.of());
    }

    private static RunRecord record(SearchResult result) {
        return result.bestOrClosest().orElseThrow().run().orElseThrow();
    }

    private static Progress progress(long iteration, long evaluations, double value, double violation, double bound) {
        return new Progress(iteration, evaluations, SECOND, value, violation, bound, 7, false);
    }

    private static Progress counts(long iteration, long evaluations) {
        return progress(iteration, evaluations, 3, 0, 2);
    }

    @Test
    void stopRules_counts_endAtTheLimit() {
        assertThat(StopRule.evaluations(20).check(counts(5, 19))).isEmpty();
        assertThat(StopRule.evaluations(20).check(counts(5, 20))).contains(StopReason.EVALUATIONS);
        assertThat(StopRule.iterations(6).check(counts(5, 20))).isEmpty();
        assertThat(StopRule.iterations(5).check(counts(5, 20))).contains(StopReason.ITERATIONS);
        assertThat(StopRule.elapsed(SECOND.plusNanos(1)).check(counts(5, 20))).isEmpty();
        assertThat(StopRule.elapsed(SECOND).check(counts(5, 20))).contains(StopReason.TIME);
        assertThat(StopRule.stagnation(8).check(counts(5, 20))).isEmpty();
        assertThat(StopRule.stagnation(7).check(counts(5, 20))).contains(StopReason.STAGNATION);
        assertThat(StopRule.cancelled(() -> false).check(counts(5, 20))).isEmpty();
        assertThat(StopRule.cancelled(() -> true).check(counts(5, 20))).contains(StopReason.CANCELLED);
        assertThat(StopRule.evaluations(20).or(StopRule.iterations(5)).check(counts(5, 1)))
                .contains(StopReason.ITERATIONS);
        assertThat(StopRule.evaluations(20).or(StopRule.iterations(5)).check(counts(5, 20)))
                .contains(StopReason.EVALUATIONS);
    }

    @Test
    void stopRules_values_countForFeasiblePlansOnly() {
        Progress infeasible = progress(1, 1, 3, 0.1, 2);

        assertThat(StopRule.target(2.9).check(counts(1, 1))).isEmpty();
        assertThat(StopRule.target(3).check(counts(1, 1))).contains(StopReason.TARGET);
        assertThat(StopRule.target(3).check(infeasible)).isEmpty();
        assertThat(StopRule.gap(0.49).check(counts(1, 1))).isEmpty();
        assertThat(StopRule.gap(0.5).check(counts(1, 1))).contains(StopReason.TARGET);
        assertThat(StopRule.gap(0.5).check(infeasible)).isEmpty();
        assertThat(OPTIONS.withStopRule(StopRule.target(3))
                        .withoutValues()
                        .stopRule()
                        .check(counts(1, 1)))
                .isEmpty();
    }

    @Test
    void options_share_endsAPartEarlierWhereItHolds() {
        SearchOptions options = OPTIONS.withStopRule(StopRule.evaluations(100));
        Progress half = counts(1, 50);
        Progress infeasible = progress(1, 50, 3, 0.1, 2);
        Progress nothing = Progress.before(1, 50, SECOND);
        Progress late = new Progress(1, 50, SECOND, 3, 0, 2, 0, true);

        assertThat(options.withShare(0.5).stopRule().check(counts(1, 49))).isEmpty();
        assertThat(options.withShare(0.5).stopRule().check(half)).contains(StopReason.EVALUATIONS);
        assertThat(options.withShareIfInfeasible(0.5).stopRule().check(half)).isEmpty();
        assertThat(options.withShareIfInfeasible(0.5).stopRule().check(infeasible))
                .contains(StopReason.EVALUATIONS);
        assertThat(options.withShareIfInfeasible(0.5).stopRule().check(nothing)).isEmpty();
        assertThat(options.withShareIfLate(0.5).stopRule().check(half)).isEmpty();
        assertThat(options.withShareIfLate(0.5).stopRule().check(late)).contains(StopReason.EVALUATIONS);
        assertThat(options.after(counts(1, 49)).stopRule().check(half)).isEmpty();
        assertThat(options.after(counts(1, 50)).stopRule().check(half)).contains(StopReason.EVALUATIONS);
        assertThatThrownBy(() -> options.withShare(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withShare(1.1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void options_changes_keepTheOtherParts() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();
        StopRule rule = StopRule.iterations(1);
        SearchOptions options =
                OPTIONS.withSeed(5).withStopRule(rule).withExecutor(executor).withNanoClock(() -> 9);

        assertThat(options.seed()).isEqualTo(5);
        assertThat(options.stopRule()).isSameAs(rule);
        assertThat(options.executor()).contains(executor);
        assertThat(options.nanoClock().getAsLong()).isEqualTo(9);
    }

    @Test
    void result_otherBound_isThatOfItsPlan() {
        SearchResult result = found(4, 4).withLowerBound(3);

        assertThat(result.lowerBound()).isEqualTo(3);
        assertThat(record(result).lowerBound()).isEqualTo(3);
        assertThat(result.gap()).isEqualTo(RunRecord.gap(4, 3));
        assertThat(notFound(4).withLowerBound(3).gap()).isInfinite();
        assertThat(record(notFound(4).withLowerBound(3)).lowerBound()).isEqualTo(NEVER);
        assertThat(found(4, 4).withoutOpenProof().stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(found(4, 3).withoutOpenProof().stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(record(found(4, 3).withoutOpenProof()).stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(record(found(4, 3).amongBlocks(3.5)).blockBound()).hasValue(3.5);
        assertThat(found(4, 4).amongBlocks(3).stopReason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void result_effortAndNotices_areThoseOfItsPlan() {
        List<SearchResult.Improvement> history = List.of(new SearchResult.Improvement(1, 4));
        SearchResult result = found(4, 4).withEffort(30, 6, SECOND.plus(SECOND), history);
        SearchResult told = result.withNotices(List.of("One.", "Two.")).withNotices(List.of("Two.", "Three."));

        assertThat(result.evaluations()).isEqualTo(30);
        assertThat(result.iterations()).isEqualTo(6);
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(result.history()).isEqualTo(history);
        assertThat(record(result).evaluations()).isEqualTo(30);
        assertThat(record(told).notices()).containsExactly("One.", "Two.", "Three.");
    }

    @Test
    void result_planThatBecomesFeasibleOrNot_changesItsPlace() {
        SearchResult demoted = found(4, 3).withPlans(plan -> CLOSEST.withRun(run(4, 3)));
        SearchResult promoted = notFound(5).withPlans(plan -> FEASIBLE.withRun(run(5, 2)));

        assertThat(demoted.best()).isEmpty();
        assertThat(demoted.value()).isInfinite();
        assertThat(demoted.closest()).isEqualTo(demoted.late()).isPresent();
        assertThat(record(demoted).lowerBound()).isEqualTo(NEVER);
        assertThat(demoted.history()).isEmpty();
        assertThat(promoted.closest()).isEmpty();
        assertThat(promoted.value()).isEqualTo(5);
        assertThat(promoted.best().orElseThrow().placement()).isEqualTo(FEASIBLE.placement());
        assertThat(promoted.history()).containsExactly(new SearchResult.Improvement(10, 5));
    }

    @Test
    void result_latePlan_isKeptOnlyIfItsValueIsLess() {
        Optional<Plan> less = Optional.of(CLOSEST.withRun(run(3, NEVER)));

        assertThat(found(4, 3).withLate(less).late()).isEqualTo(less);
        assertThat(found(3, 3).withLate(less).late()).isEmpty();
        assertThat(found(3, 3).withLate(Optional.of(CLOSEST)).late()).isEmpty();
    }

    @Test
    void result_infeasibility_isOfResultsWithoutAPlanOnly() {
        Infeasibility known = new Infeasibility(true, true, List.of());

        assertThat(notFound(4).infeasibility()).isEmpty();
        assertThat(notFound(4).withInfeasibility(known).infeasibility()).contains(known);
        assertThat(found(4, 3).withInfeasibility(known)).isEqualTo(found(4, 3));
    }

    @Test
    void result_better_isFeasibleFirstThenOfLessValue() {
        assertThat(found(4, 3).isBetterThan(found(5, 3))).isTrue();
        assertThat(found(5, 3).isBetterThan(found(4, 3))).isFalse();
        assertThat(found(9, 3).isBetterThan(notFound(4))).isTrue();
        assertThat(notFound(4).isBetterThan(found(9, 3))).isFalse();
        assertThat(found(4, 3)).isNotEqualTo(found(4, 2)).hasSameHashCodeAs(found(4, 3));
        assertThat(found(4, 3).hashCode()).isNotEqualTo(found(4, 2).hashCode());
        assertThatThrownBy(() -> found(Double.NaN, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
