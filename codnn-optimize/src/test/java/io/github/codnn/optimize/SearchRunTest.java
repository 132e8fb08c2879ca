package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the author of a strategy may rely on. */
class SearchRunTest {

    private static final int[] ONE_SECOND = {0};
    private static final int[] TWO_SECONDS = {1};
    private static final int[] TOO_LATE = {2};
    private static final SearchOptions OPTIONS = SearchOptions.withDefaults();

    /** One layer, which takes one, two or four seconds; it may take three. */
    private static OffloadingProblem problem() {
        Scenario scenario = ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p",
                 "devices": [{"name": "a", "kind": "fast"}, {"name": "b", "kind": "slow"}, {"name": "c", "kind": "late"}],
                 "tasks": [{"name": "t", "deadlineSeconds": 3,
                  "layers": [{"name": "l", "seconds": {"fast": 1, "slow": 2, "late": 4}}]}]}
                """);
        return OffloadingProblem.of(scenario, Objective.PERIOD).withoutLowerBound();
    }

    private static SearchRun start(SearchOptions options) {
        return SearchRun.start(problem(), options, "test", "settings");
    }

    private static SearchOptions with(StopRule rule) {
        return OPTIONS.withStopRule(rule);
    }

    @Test
    void offer_betterAndWorsePlans_keepsTheBest() {
        SearchRun run = start(OPTIONS);

        assertThat(run.offer(TOO_LATE)).isTrue();
        assertThat(run.bestScore().isFeasible()).isFalse();
        assertThat(run.offer(TWO_SECONDS)).isTrue();
        assertThat(run.offer(new Placement(Map.of("t", Map.of("l", "a"))))).isTrue();
        assertThat(run.offer(TWO_SECONDS)).isFalse();
        assertThat(run.offer(new Placement(Map.of("t", Map.of("l", "b"))))).isFalse();
        run.addEvaluations(5);
        assertThat(run.bestScore().value()).isEqualTo(1);
        assertThat(run.bestPlacement()).isEqualTo(ONE_SECOND);

        SearchResult result = run.finish();
        assertThat(result.evaluations()).isEqualTo(10);
        assertThat(result.value()).isEqualTo(1);
        assertThat(result.best().orElseThrow().placement().of("t")).containsEntry("l", "a");
        assertThat(result.closest()).isEmpty();
        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.history())
                .containsExactly(new SearchResult.Improvement(2, 2), new SearchResult.Improvement(3, 1));
        assertThat(result.best().orElseThrow().run().orElseThrow().strategy()).isEqualTo("test");
    }

    @Test
    void offerEqual_sameValueOnly_takesThePlacement() {
        SearchRun run = start(OPTIONS);
        run.offer(TWO_SECONDS);

        assertThat(run.offerEqual(TOO_LATE)).isFalse();
        assertThat(run.offerEqual(TWO_SECONDS)).isTrue();
        assertThat(run.offerEqual(ONE_SECOND)).isTrue();
        assertThat(run.offerEqual(TWO_SECONDS)).isFalse();
        assertThat(run.bestPlacement()).isEqualTo(ONE_SECOND);
        assertThat(run.bestScore().value()).isEqualTo(1);
    }

    @Test
    void finish_nothingOrNoFeasiblePlan_hasNoValue() {
        SearchResult nothing = start(OPTIONS).finish();
        assertThat(nothing.bestOrClosest()).isEmpty();
        assertThat(nothing.value()).isInfinite();
        assertThat(nothing.history()).isEmpty();

        SearchRun run = start(OPTIONS);
        run.offer(TOO_LATE);
        run.raiseLowerBound(5);
        SearchResult late = run.finish(StopReason.TIME);
        assertThat(late.best()).isEmpty();
        assertThat(late.closest()).isPresent();
        assertThat(late.value()).isInfinite();
        assertThat(late.stopReason()).isEqualTo(StopReason.TIME);
        assertThat(late.closest().orElseThrow().run().orElseThrow().lowerBound())
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void raiseLowerBound_upToTheValue_provesThePlan() {
        SearchRun run = start(OPTIONS);
        run.offer(ONE_SECOND);
        run.raiseLowerBound(0.5);
        run.raiseLowerBound(0.25);
        assertThat(run.lowerBound()).isEqualTo(0.5);
        assertThat(run.endIteration()).isEmpty();
        run.raiseLowerBound(1);

        assertThat(run.endIteration()).contains(StopReason.PROVEN);
        assertThat(run.finish(StopReason.TIME).stopReason()).isEqualTo(StopReason.PROVEN);
    }

    @Test
    void finish_boundAboveAFeasiblePlan_isAnErrorOfTheSearch() {
        SearchRun run = start(OPTIONS);
        run.offer(ONE_SECOND);
        run.raiseLowerBound(1.5);

        assertThatThrownBy(run::finish)
                .isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("test on 'p' claims")
                .hasMessageContaining("the bound 1.5");
    }

    @Test
    void finish_scoreThatThePlanDoesNotHave_isAnErrorOfTheSearch() {
        SearchRun value = start(OPTIONS);
        value.offer(TWO_SECONDS, new Score(1.9, 0, 0));
        SearchRun violation = start(OPTIONS);
        violation.offer(TOO_LATE, new Score(4, 0, 0));

        assertThatThrownBy(value::finish).isInstanceOf(InvalidProofException.class);
        assertThatThrownBy(violation::finish).isInstanceOf(InvalidProofException.class);
    }

    @Test
    void evaluationsLeft_ruleOfAHundred_countsDown() {
        SearchRun run = start(with(StopRule.evaluations(100)));
        run.offer(ONE_SECOND);
        run.addEvaluations(39);

        assertThat(run.evaluationsLeft(1000)).isEqualTo(60);
        assertThat(run.evaluationsLeft(60)).isEqualTo(60);
        assertThat(run.evaluationsLeft(10)).isEqualTo(10);
        run.addEvaluations(60);
        assertThat(run.evaluationsLeft(1000)).isZero();
        assertThat(start(with(StopRule.iterations(1))).evaluationsLeft(1000)).isEqualTo(1000);
    }

    @Test
    void evaluationsLeft_nothingFoundYet_leavesOneForAPlan() {
        SearchRun run = start(with(StopRule.evaluations(10)));
        run.addEvaluations(20);

        assertThat(run.evaluationsLeft(5)).isEqualTo(1);
    }

    @Test
    void mayContinue_severalIterations_tellsTheListenerOfEach() {
        List<Progress> told = new ArrayList<>();
        SearchRun run = start(with(StopRule.iterations(4)).withListener(told::add));
        int rounds = 0;
        while (run.mayContinue()) {
            rounds++;
            run.offer(rounds == 1 ? TWO_SECONDS : TOO_LATE);
        }

        assertThat(rounds).isEqualTo(4);
        assertThat(told).extracting(Progress::iteration).containsExactly(1L, 2L, 3L, 4L);
        assertThat(told).extracting(Progress::evaluations).containsExactly(1L, 2L, 3L, 4L);
        assertThat(told).extracting(Progress::iterationsSinceImprovement).containsExactly(1L, 2L, 3L, 4L);
        assertThat(told).allMatch(each -> each.bestValue() == 2 && each.bestViolation() == 0 && !each.late());
        assertThat(run.mayContinue()).isFalse();
        assertThat(run.finish().stopReason()).isEqualTo(StopReason.ITERATIONS);
        assertThat(run.finish().iterations()).isEqualTo(4);
    }

    @Test
    void interruption_timeOrCancelled_butNoOtherRule() {
        long[] nanos = {1_000};
        SearchOptions options = with(StopRule.elapsed(Duration.ofNanos(50))).withNanoClock(() -> nanos[0]);
        SearchRun run = start(options);
        assertThat(run.interruption()).isEmpty();
        nanos[0] = 1_050;

        assertThat(run.interruption()).contains(StopReason.TIME);
        assertThat(run.finish().elapsed()).isEqualTo(Duration.ofNanos(50));
        assertThat(start(with(StopRule.cancelled(() -> true))).interruption()).contains(StopReason.CANCELLED);
        SearchRun counted = start(with(StopRule.evaluations(1)));
        counted.offer(ONE_SECOND);
        assertThat(counted.interruption()).isEmpty();
        assertThat(counted.checkStop()).contains(StopReason.EVALUATIONS);
    }

    @Test
    void checkStop_interruptedThread_isCancelled() {
        SearchRun run = start(OPTIONS);
        assertThat(run.checkStop()).isEmpty();
        Thread.currentThread().interrupt();

        Optional<StopReason> reason = run.checkStop();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reason).contains(StopReason.CANCELLED);
    }

    @Test
    void stopSignal_work_asksTheRuleNowAndThen() {
        int[] questions = {0};
        SearchRun run = start(with(StopRule.cancelled(() -> questions[0]++ >= 2)));
        questions[0] = 0;
        StopSignal signal = new StopSignal(run);
        int calls = 0;
        while (!signal.isRaised(1_000)) {
            calls++;
        }

        assertThat(questions[0]).isEqualTo(3);
        assertThat(calls).isBetween(10, 1_000);
        assertThat(signal.isRaised()).isTrue();
        assertThat(signal.isRaised(0)).isTrue();
        signal.raise(StopReason.TIME);
        assertThat(signal.reason()).contains(StopReason.CANCELLED);
    }

    @Test
    void stopSignal_limitedWork_isCompletedAfterIt() {
        StopSignal signal = new StopSignal(start(OPTIONS), 1_000_000);
        long units = 0;
        while (!signal.isRaised(1_000)) {
            units += 1_000;
        }

        assertThat(units).isBetween(999_000L, 1_200_000L);
        assertThat(signal.reason()).contains(StopReason.COMPLETED);
    }

    @Test
    void stopSignal_raisedOrEndOfIteration_statesTheFirstReason() {
        StopSignal raised = new StopSignal(start(with(StopRule.iterations(1))));
        assertThat(raised.isRaised()).isFalse();
        raised.raise(StopReason.TIME);
        raised.endIteration();
        StopSignal ended = new StopSignal(start(with(StopRule.iterations(1))));
        ended.endIteration();

        assertThat(raised.reason()).contains(StopReason.TIME);
        assertThat(ended.reason()).contains(StopReason.ITERATIONS);
    }

    @Test
    void start_nameOnly_isInTheRecord() {
        SearchRun run = SearchRun.start(problem(), OPTIONS, "mine");
        run.offer(ONE_SECOND);

        assertThat(run.finish().best().orElseThrow().run().orElseThrow().strategy())
                .isEqualTo("mine");
    }

    @Test
    void offerEqual_equalBeforeRounding_isTaken() {
        SearchRun run = start(OPTIONS);
        run.offer(TWO_SECONDS, new Score(2 * (1 - 1e-13), 0, 0));
        assertThat(run.offerEqual(TWO_SECONDS)).isTrue();

        SearchRun other = start(OPTIONS);
        other.offer(TWO_SECONDS, new Score(2 * (1 - 1e-11), 0, 0));
        assertThat(other.offerEqual(TWO_SECONDS)).isFalse();
    }
}
