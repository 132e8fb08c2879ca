package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.LocalImprovement;
import io.github.codnn.testproblems.SizedScenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every strategy keeps its budget of evaluations and of time, and ends soon after it is cancelled or interrupted: on
 * three kinds of problems in every build, on five with {@code -Dcodnn.nightly=true}.
 */
class BudgetTest {

    private static final double ALLOWANCE = 1.1;
    private static final int BOUND = 200; // evaluations after a search is cancelled

    private static final Map<String, Scenario> SMALL = small();
    private static final Map<Scenario, List<OffloadingProblem>> PROBLEMS = new HashMap<>();

    private static Map<String, Scenario> small() {
        Map<String, Scenario> small = new LinkedHashMap<>();
        small.put("dag", SizedScenarios.dags(2, 1, 40, 5));
        small.put("3 chains", SizedScenarios.chains(3, 3, 12, 4));
        small.put("40 chains", SizedScenarios.chains(5, 40, 6, 5));
        if (Boolean.getBoolean("codnn.nightly")) {
            small.put("chain", SizedScenarios.chains(1, 1, 40, 6));
            small.put("3 dags", SizedScenarios.dags(4, 3, 12, 5));
        }
        return small;
    }

    /** Counts how often it is asked. Every evaluation of a plan asks once. */
    private static final class Counting implements Fitness {

        private long count;
        private Runnable onEvaluation = () -> {};

        @Override
        public double of(PlanMetrics metrics) {
            count++;
            onEvaluation.run();
            return metrics.periodSeconds() + 0.01 * metrics.energyJoules();
        }

        @Override
        public String label() {
            return "counting";
        }
    }

    static Stream<String> strategies() {
        return all().keySet().stream();
    }

    private static Map<String, Strategy> all() {
        Map<String, Strategy> all = new LinkedHashMap<>();
        Strategies.all().forEach(entry -> all.put(entry.name(), entry.strategy()));
        all.put("neurosurgeon-energy", Neurosurgeon.withDefaults().withCriterion(Neurosurgeon.Criterion.ENERGY));
        all.put("local-improvement", BudgetTest::improve);
        all.put("one-after-another", OneAfterAnother.withDefaults());
        all.put("lexicographic", Lexicographic.of(Objective.PRICE, Objective.ENERGY));
        all.put("planner", BudgetTest::plan);
        return all;
    }

    private static SearchResult improve(OffloadingProblem problem, SearchOptions options) {
        String device = problem.devices().get(0);
        return LocalImprovement.of(problem.placement(layer -> device)).search(problem, options);
    }

    private static SearchResult plan(OffloadingProblem problem, SearchOptions options) {
        return Planner.withDefaults().withOptions(options).plan(problem.scenario(), problem.fitness());
    }

    /** Returns the result, or nothing if the strategy refuses problems of this kind. */
    private static Optional<SearchResult> search(String strategy, OffloadingProblem problem, SearchOptions options) {
        try {
            return Optional.of(all().get(strategy).search(problem, options));
        } catch (IllegalArgumentException refused) {
            assertThat(strategy).isEqualTo("exact");
            return Optional.empty();
        }
    }

    private static SearchOptions limited(long evaluations) {
        return SearchOptions.withDefaults().withStopRule(StopRule.evaluations(evaluations));
    }

    /** Returns the same problems each time, so that their bounds are computed once. */
    private static List<OffloadingProblem> problems(Scenario scenario) {
        return PROBLEMS.computeIfAbsent(
                scenario,
                any -> Stream.of(Objective.PERIOD, Objective.ENERGY)
                        .map(objective -> OffloadingProblem.of(scenario, objective))
                        .toList());
    }

    static void assertKeepsEvaluations(String strategy, Map<String, Scenario> scenarios, long budget) {
        scenarios.forEach((name, scenario) -> {
            for (OffloadingProblem problem : problems(scenario)) {
                // An exact search may go on for minutes without evaluations.
                StopRule rule = StopRule.evaluations(budget);
                StopRule ends = strategy.equals("exact") ? rule.or(StopRule.iterations(20)) : rule;
                SearchOptions options = SearchOptions.withDefaults().withStopRule(ends);
                search(strategy, problem, options)
                        .ifPresent(result -> assertThat(result.evaluations())
                                .as(
                                        "evaluations for the %s of %s",
                                        problem.fitness().label(), name)
                                .isBetween(1L, (long) (budget * ALLOWANCE)));
            }
            Counting fitness = new Counting();
            search(strategy, OffloadingProblem.of(scenario, fitness), limited(budget))
                    .ifPresent(result -> assertThat(fitness.count)
                            .as("evaluated plans of %s", name)
                            .isBetween(1L, (long) (budget * ALLOWANCE)));
        });
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void search_limitedEvaluations_keepsToThem(String strategy) {
        assertKeepsEvaluations(strategy, SMALL, 500);
        assertKeepsEvaluations(strategy, Map.of("3 chains", SMALL.get("3 chains")), 5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dbpso", "dblpso-md", "auto"})
    void search_iterationsThatGrow_keepsToItsEvaluations(String strategy) {
        assertKeepsEvaluations(strategy, Map.of("3 chains", SMALL.get("3 chains")), 50_000);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void search_clockAdvancesWithEveryCall_endsInTime(String strategy) {
        long budget = 3000;
        SMALL.forEach((name, scenario) -> {
            // The bound of the price of many tasks takes a second for each strategy.
            boolean isOnlyPeriod = name.equals("40 chains") && !Boolean.getBoolean("codnn.nightly");
            for (Objective objective :
                    isOnlyPeriod ? List.of(Objective.PERIOD) : List.of(Objective.PERIOD, Objective.PRICE)) {
                long[] nanos = {0};
                SearchOptions options = SearchOptions.withDefaults()
                        .withStopRule(StopRule.elapsed(Duration.ofNanos(budget)).or(StopRule.evaluations(100_000)))
                        .withNanoClock(() -> nanos[0]++);
                search(strategy, OffloadingProblem.of(scenario, objective), options);

                assertThat(nanos[0]).as("%s of %s", objective, name).isLessThanOrEqualTo((long) (budget * ALLOWANCE));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void search_clockAdvancesWithEveryEvaluation_endsInTime(String strategy) {
        long budget = 2000;
        SMALL.forEach((name, scenario) -> {
            long[] nanos = {0};
            Counting fitness = new Counting();
            fitness.onEvaluation = () -> nanos[0]++;
            SearchOptions options = SearchOptions.withDefaults()
                    .withStopRule(StopRule.elapsed(Duration.ofNanos(budget)))
                    .withNanoClock(() -> nanos[0]);
            search(strategy, OffloadingProblem.of(scenario, fitness), options);

            assertThat(nanos[0]).as(name).isLessThanOrEqualTo((long) (budget * ALLOWANCE));
        });
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void search_cancelledAfterSomeChecks_endsSoon(String strategy) {
        for (int checks : new int[] {1, 100}) {
            SMALL.forEach((name, scenario) -> {
                long[] asked = {0};
                long[] before = {0};
                Counting fitness = new Counting();
                StopRule rule = StopRule.cancelled(() -> {
                    before[0] = ++asked[0] <= checks ? fitness.count : before[0];
                    return asked[0] > checks;
                });
                SearchOptions options =
                        SearchOptions.withDefaults().withStopRule(rule.or(StopRule.evaluations(100_000)));
                search(strategy, OffloadingProblem.of(scenario, fitness), options);

                assertThat(fitness.count - before[0])
                        .as("evaluated plans of %s after %d checks", name, checks)
                        .isLessThanOrEqualTo(BOUND);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void search_interrupted_endsSoonWithAPlan(String strategy) {
        int when = 700;
        SMALL.forEach((name, scenario) -> {
            Counting fitness = new Counting();
            fitness.onEvaluation = () -> {
                if (fitness.count == when) {
                    Thread.currentThread().interrupt();
                }
            };
            Optional<SearchResult> result = search(strategy, OffloadingProblem.of(scenario, fitness), limited(100_000));
            boolean interrupted = Thread.interrupted(); // clears it

            assertThat(fitness.count).as(name).isLessThanOrEqualTo(when + BOUND);
            result.filter(any -> interrupted).ifPresent(any -> {
                assertThat(any.bestOrClosest()).isPresent();
                assertThat(any.stopReason()).isEqualTo(StopReason.CANCELLED);
            });
        });
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void search_lastIterationIsCut_givesTheSamePlanOnAnyNumberOfThreads(String strategy) {
        OffloadingProblem problem = OffloadingProblem.of(SMALL.get("3 chains"), Objective.ENERGY);
        List<SearchResult> results = new ArrayList<>();
        for (int threads : new int[] {0, 1, 3, 8}) {
            ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, threads));
            SearchOptions options = limited(3333);
            search(strategy, problem, threads == 0 ? options : options.withExecutor(executor))
                    .ifPresent(results::add);
            executor.shutdown();
        }
        assertThat(results).allSatisfy(result -> assertThat(result).isEqualTo(results.get(0)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void search_oneEvaluation_givesAPlan(String strategy) {
        SMALL.forEach((name, scenario) -> search(strategy, OffloadingProblem.of(scenario, Objective.MEAN), limited(1))
                .ifPresent(result -> assertThat(result.bestOrClosest()).as(name).isPresent()));
    }
}
