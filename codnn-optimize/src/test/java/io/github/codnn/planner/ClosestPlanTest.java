package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.codnn.CodnnException;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.exact.Exact;
import io.github.codnn.exact.ExactDag;
import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.RunRecord.LeastValue;
import io.github.codnn.plan.RunRecord.LeastValue.Others;
import io.github.codnn.plan.Violation;
import io.github.codnn.plan.Violation.Constraint;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.InfeasibleProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Problems without a feasible plan against all placements: how close the plans of all strategies come, and the least
 * value of each broken constraint. 60 problems in every build, 2,000 with {@code -Dcodnn.nightly=true}.
 */
class ClosestPlanTest {

    private static final int CASES =
            Integer.getInteger("codnn.closest.cases", Boolean.getBoolean("codnn.nightly") ? 2000 : 60);
    private static final SearchOptions OPTIONS =
            SearchOptions.withDefaults().withStopRule(StopRule.evaluations(20_000));

    @Test
    void search_infeasibleProblems_exactAndAutoFindTheClosestPlan() {
        Map<String, Integer> misses = new TreeMap<>();
        for (int seed = 0; seed < CASES; seed++) {
            OffloadingProblem problem = InfeasibleProblems.of(seed);
            Score least = BruteForce.best(problem);
            for (Strategy strategy : strategies(problem)) {
                SearchResult result = strategy.search(problem, OPTIONS);
                count(misses, strategy.getClass().getSimpleName(), seed, result, least);
                assertThat(result.infeasibility().map(Infeasibility::closest))
                        .as("%d %s", seed, strategy)
                        .hasValue(true);
                assertThat(result.lowerBound()).isInfinite();
            }
        }
        assertThat(misses).isEmpty();
    }

    private static List<Strategy> strategies(OffloadingProblem problem) {
        List<Strategy> strategies = new ArrayList<>(List.of(Auto.withDefaults()));
        if (ExactPipeline.canSolve(problem)) {
            strategies.add(ExactPipeline.withDefaults());
            strategies.add(Exact.withDefaults());
        }
        if (ExactDag.canSolve(problem)) {
            strategies.add(ExactDag.withDefaults());
        }
        return strategies;
    }

    @Test
    void plan_infeasibleProblems_everyStrategyShowsTheClosestPlan() {
        Map<String, Integer> misses = new TreeMap<>();
        List<Strategies.Entry> all = Strategies.all();
        for (int seed = 0; seed < CASES; seed++) {
            OffloadingProblem problem = InfeasibleProblems.of(seed);
            Score least = BruteForce.best(problem);
            for (int turn = 0; turn < 3; turn++) {
                Strategies.Entry entry = all.get((seed * 3 + turn) % all.size());
                if (entry.name().equals("exact") && strategies(problem).size() == 1) {
                    continue;
                }
                SearchResult result = plan(problem, entry.strategy());
                count(misses, entry.name(), seed, result, least);
                assertLimits(seed, problem, result);
            }
        }
        assertThat(misses).isEmpty();
    }

    private static SearchResult plan(OffloadingProblem problem, Strategy strategy) {
        Planner planner = Planner.withDefaults().withStrategy(strategy).withOptions(OPTIONS);
        try {
            return planner.plan(problem.scenario(), problem.fitness());
        } catch (CodnnException e) { // layers of a block are pinned to several devices
            return planner.withCollapser(GraphCollapser.none()).plan(problem.scenario(), problem.fitness());
        }
    }

    private static void count(Map<String, Integer> misses, String name, int seed, SearchResult result, Score least) {
        MetricsSnapshot metrics = result.closest().orElseThrow().metrics();
        boolean isLeast = metrics.impossible() == least.impossible()
                && metrics.violation() <= least.violation() * (1 + Tolerances.BOUND);
        if (!isLeast) {
            misses.merge(name + " " + seed, 1, Integer::sum);
        }
    }

    private static void assertLimits(int seed, OffloadingProblem problem, SearchResult result) {
        Plan plan = result.closest().orElseThrow();
        Infeasibility known = result.infeasibility().orElseThrow();
        assertThat(plan.gap()).isEmpty();
        assertThat(known.closest()).as("%d %s", seed, plan.run()).isTrue();
        assertThat(known.limits()).as("%d", seed).isNotEmpty();
        for (LeastValue value : known.limits()) {
            assertThat(value.proven()).as("%d %s", seed, value).isTrue();
            assertThat(value.leastAchievable())
                    .as("%d %s of %s", seed, value, plan.metrics().violations())
                    .isCloseTo(least(problem, value), withinPercentage(1e-7));
        }
    }

    /** Tries all placements. */
    private static double least(OffloadingProblem problem, LeastValue value) {
        Evaluation evaluation = problem.evaluator().newEvaluation();
        Map<Others, Double> least = new EnumMap<>(Others.class);
        BruteForce.forEach(problem, placement -> {
            evaluation.evaluate(placement);
            MetricsSnapshot metrics = evaluation.snapshot();
            double reached = quantity(metrics, value);
            List<Violation> others = metrics.violations().stream()
                    .filter(each -> each.constraint() != value.constraint()
                            || !(value.subject().isEmpty() || each.subject().equals(value.subject())))
                    .toList();
            boolean physical = others.stream().anyMatch(Violation::isImpossible);
            if (others.isEmpty()) {
                least.merge(Others.KEPT, reached, Math::min);
            }
            if (!physical) {
                least.merge(Others.PHYSICAL, reached, Math::min);
            }
            least.merge(Others.NONE, reached, Math::min);
        });
        Others first = Arrays.stream(Others.values())
                .filter(others -> least.getOrDefault(others, Double.POSITIVE_INFINITY) < Double.POSITIVE_INFINITY)
                .findFirst()
                .orElse(Others.NONE);
        assertThat(value.others()).isEqualTo(first);
        return least.getOrDefault(first, Double.POSITIVE_INFINITY);
    }

    private static double quantity(MetricsSnapshot metrics, LeastValue value) {
        if (value.constraint() == Constraint.DEADLINE) {
            return metrics.tasks().stream()
                    .filter(task -> task.task().equals(value.subject()))
                    .mapToDouble(task ->
                            value.quantity().startsWith("response") ? task.responseSeconds() : task.meanSeconds())
                    .findFirst()
                    .orElseThrow();
        }
        if (value.constraint() == Constraint.DEVICES) {
            return metrics.devicesUsed();
        }
        double amount = metrics.violations().stream()
                .filter(each -> each.constraint() == value.constraint()
                        && (value.subject().isEmpty() || each.subject().equals(value.subject())))
                .mapToDouble(Violation::amount)
                .sum();
        return value.constraint() == Constraint.MEMORY ? value.limit() * (1 + amount) : amount;
    }
}
