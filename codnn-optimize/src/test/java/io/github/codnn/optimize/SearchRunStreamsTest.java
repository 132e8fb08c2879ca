package io.github.codnn.optimize;

import static io.github.codnn.optimize.StreamPlacements.FEASIBLE;
import static io.github.codnn.optimize.StreamPlacements.KEPT;
import static io.github.codnn.optimize.StreamPlacements.LATE;
import static io.github.codnn.optimize.StreamPlacements.PROBLEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.StreamPlacements.Known;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.RandomScenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of placements that are feasible in closed form, but late as a stream, and of bounds. */
class SearchRunStreamsTest {

    private static final SearchOptions OPTIONS = SearchOptions.withDefaults();

    private static SearchRun start(SearchOptions options) {
        return SearchRun.start(PROBLEM.withoutLowerBound(), options, "test");
    }

    private static int[] placement(Optional<Plan> plan) {
        return PROBLEM.evaluator().encode(plan.orElseThrow().placement());
    }

    private static double value(Known known) {
        return known.score().value();
    }

    @Test
    void finish_bestIsLate_hasTheBestThatIsKept() {
        SearchRun run = start(OPTIONS);
        run.offer(KEPT.get(KEPT.size() - 1).placement());
        run.offer(LATE.get(0).placement());
        run.offer(KEPT.get(0).placement());

        SearchResult result = run.finish();

        assertThat(placement(result.best())).isEqualTo(KEPT.get(0).placement());
        assertThat(result.value()).isEqualTo(value(KEPT.get(0)));
        assertThat(placement(result.late())).isEqualTo(LATE.get(0).placement());
        assertThat(result.late().orElseThrow().run().orElseThrow().value()).isEqualTo(value(LATE.get(0)));
        assertThat(result.history())
                .as("what led to the plan, not to the late one")
                .containsExactly(new SearchResult.Improvement(1, value(KEPT.get(KEPT.size() - 1))));
        assertThat(run.bestPlacement()).isEqualTo(KEPT.get(0).placement());
    }

    @Test
    void finish_bestIsLateFromTheBeginning_hasOneImprovement() {
        SearchRun run = start(OPTIONS);
        run.offer(LATE.get(0).placement());
        run.offer(KEPT.get(0).placement());

        assertThat(run.finish().history()).containsExactly(new SearchResult.Improvement(2, value(KEPT.get(0))));
    }

    @Test
    void addCandidate_worseThanTheBest_isTakenIfTheBestIsLate() {
        SearchRun run = start(OPTIONS);
        run.offer(LATE.get(0).placement());
        run.addCandidate(KEPT.get(0).placement(), KEPT.get(0).score());
        assertThat(run.bestPlacement()).isEqualTo(LATE.get(0).placement());

        SearchResult result = run.finish();

        assertThat(placement(result.best())).isEqualTo(KEPT.get(0).placement());
        assertThat(result.evaluations()).isEqualTo(1);
    }

    @Test
    void offerEqual_keptOne_isTheResult() {
        Known first = KEPT.get(0);
        Known second = KEPT.stream()
                .filter(each -> each != first && value(each) == value(first))
                .findFirst()
                .orElse(KEPT.get(0));
        SearchRun run = start(OPTIONS);
        run.offer(first.placement());
        run.offerEqual(second.placement());

        assertThat(placement(run.finish().best())).isEqualTo(second.placement());
    }

    @Test
    void finish_noTime_tellsThatTheBestIsLate() {
        boolean[] cancelled = {false};
        SearchRun run = start(OPTIONS.withStopRule(StopRule.cancelled(() -> cancelled[0])));
        run.offer(LATE.get(0).placement());
        run.offer(KEPT.get(0).placement());
        cancelled[0] = true;

        SearchResult result = run.finish(StopReason.CANCELLED);

        assertThat(result.best()).isEmpty();
        assertThat(placement(result.closest())).isEqualTo(LATE.get(0).placement());
        assertThat(result.history()).isEmpty();
    }

    @Test
    void endIteration_bestIsLate_tellsTheListener() {
        List<Progress> seen = new ArrayList<>();
        SearchRun run = start(OPTIONS.withListener(seen::add));
        run.offer(LATE.get(0).placement());
        run.endIteration();
        run.addEvaluations(40);
        run.endIteration();

        assertThat(seen.get(0).bestViolation()).isZero();
        assertThat(seen.get(0).late()).isFalse();
        assertThat(seen.get(1).bestViolation()).isEqualTo(LATE.get(0).violation());
        assertThat(seen.get(1).late()).isTrue();
    }

    @Test
    void endIteration_boundReachedByALatePlan_isNoProof() {
        SearchRun run = start(OPTIONS);
        run.offer(LATE.get(0).placement());
        run.raiseLowerBound(value(LATE.get(0)));
        assertThat(run.endIteration()).isEmpty();
        run.offer(KEPT.get(0).placement());

        SearchResult result = run.finish(StopReason.PROVEN);

        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.lowerBound()).isEqualTo(value(LATE.get(0)));
    }

    @Test
    void finish_proven_staysProven() {
        SearchRun run = start(OPTIONS);
        run.offer(KEPT.get(0).placement());
        run.raiseLowerBound(value(KEPT.get(0)));
        assertThat(run.endIteration()).contains(StopReason.PROVEN);
        assertThat(run.finish(StopReason.ITERATIONS).stopReason()).isEqualTo(StopReason.PROVEN);
    }

    @Test
    void finish_violations_addUp() {
        List<Progress> seen = new ArrayList<>();
        SearchRun run = start(OPTIONS.withListener(seen::add));
        run.offer(FEASIBLE.get(0).placement(), new Score(1, 0, 0.5));
        run.addEvaluations(100);
        run.endIteration();

        assertThat(seen.get(0).bestViolation()).isEqualTo(0.5);
    }

    /** The energy is 0, but rounding of the time that a device waits is 5e-10 J. */
    @Test
    void finish_boundWithinRounding_provesNothing() {
        OffloadingProblem problem =
                OffloadingProblem.of(ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "k", "idleWatts": 500}],
                 "tasks": [{"name": "t", "frames": 5, "layers": [{"name": "l", "seconds": {"k": 2}}]}]}
                """), Objective.ENERGY).withoutLowerBound();
        SearchRun run = SearchRun.start(problem, OPTIONS, "test");
        run.offer(new int[] {0});
        run.raiseLowerBound(0);

        SearchResult result = run.finish(StopReason.PROVEN);

        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.lowerBound()).isNegative();
        assertThat(result.best().map(Plan::metrics).map(PlanMetrics::feasible)).contains(true);
    }

    private static OffloadingProblem problemWhoseBoundTakesTime() {
        for (long seed = 0; ; seed++) {
            OffloadingProblem problem = fresh(seed);
            if (problem.lowerBound(() -> true) < problem.lowerBound()) {
                return fresh(seed);
            }
        }
    }

    private static OffloadingProblem fresh(long seed) {
        return OffloadingProblem.of(RandomScenarios.several(seed, 6, 4), Objective.ENERGY);
    }

    @Test
    void start_boundMayTakeAQuarterOfTheTime() {
        OffloadingProblem problem = problemWhoseBoundTakesTime();
        long[] nanos = {0};
        SearchOptions options = OPTIONS.withStopRule(StopRule.elapsed(Duration.ofSeconds(10)))
                .withNanoClock(() -> nanos[0] += 1_250_000_000L);
        SearchOptions longer = options.withStopRule(StopRule.elapsed(Duration.ofDays(1)));

        double within = SearchRun.start(problem, options, "test").lowerBound();
        double weak = problem.lowerBound(() -> true);
        double whole = SearchRun.start(problem, longer, "test").lowerBound();

        assertThat(within).isBetween(weak, whole).isLessThan(whole);
        assertThat(whole).isEqualTo(problem.lowerBound());
    }
}
