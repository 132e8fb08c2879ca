package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.baseline.ConvexRelaxation;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.StopReason;
import io.github.codnn.planner.Auto;
import io.github.codnn.problem.LowerBound;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.testing.SharedMedia;
import io.github.codnn.testproblems.RandomScenarios;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Proofs and bounds where links share media, against brute force. */
class SharedMediaTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1)));
    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(300));

    private static void assertProven(SearchResult actual, SearchResult expected) {
        assertThat(actual.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(actual.best().isPresent()).isEqualTo(expected.best().isPresent());
        if (expected.best().isPresent()) {
            assertThat(actual.value()).isCloseTo(expected.value(), within(1e-9 * expected.value()));
            assertThat(actual.lowerBound()).isLessThanOrEqualTo(expected.value() * (1 + 1e-9));
        } else {
            assertThat(actual.lowerBound()).isInfinite().isPositive();
        }
    }

    /** The times that the exact search of chains minimises. */
    enum Aim {
        PERIOD(Objective.PERIOD),
        RESPONSE(Objective.RESPONSE),
        MEAN(Objective.MEAN);

        private final Objective objective;

        Aim(Objective objective) {
            this.objective = objective;
        }
    }

    @Property(tries = 400, seed = "20261128")
    void exactPipeline_anyMedia_agreesWithExhaustiveSearch(@ForAll long seed, @ForAll Aim aim) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.chain(seed, 8, 5), seed);
        OffloadingProblem problem = OffloadingProblem.of(scenario, aim.objective);

        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);

        OffloadingProblem withoutMedia = OffloadingProblem.of(SharedMedia.remove(scenario), aim.objective);
        SearchResult apart = Exhaustive.withDefaults().search(withoutMedia, TO_THE_END);
        Statistics.label("media matter").collect(apart.value() < expected.value());
        assertProven(ExactPipeline.withDefaults().search(problem, TO_THE_END), expected);
    }

    @Property(tries = 300, seed = "20261128")
    void exactDag_anyMedia_agreesWithExhaustiveSearch(@ForAll long seed) {
        OffloadingProblem problem =
                OffloadingProblem.of(SharedMedia.spread(RandomScenarios.dag(seed, 6, 4), seed), Objective.PERIOD);

        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);

        assertProven(ExactDag.withDefaults().search(problem, TO_THE_END), expected);
    }

    @Property(tries = 150, seed = "20261128")
    void exactPareto_timesWithAnyMedia_holdsThePlanOfEachObjective(@ForAll long seed) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.chain(seed, 7, 4), seed);
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        List<Objective> times = List.of(Objective.PERIOD, Objective.RESPONSE, Objective.MEAN);

        ParetoFront front = ExactPareto.withDefaults().search(problem, times, TO_THE_END);

        for (int axis = 0; axis < times.size(); axis++) {
            int each = axis;
            SearchResult best =
                    Exhaustive.withDefaults().search(OffloadingProblem.of(scenario, times.get(axis)), TO_THE_END);
            assertThat(front.plans().isEmpty()).isEqualTo(best.best().isEmpty());
            if (best.best().isPresent()) {
                double least = front.figures().stream()
                        .mapToDouble(figures -> figures.get(each))
                        .min()
                        .orElseThrow();
                assertThat(least).isCloseTo(best.value(), within(1e-9 * best.value()));
            }
        }
    }

    /** Its labels do not know the loads of media, so that it must not call a front of energy or price proven. */
    @Property(tries = 50, seed = "20261128")
    void exactPareto_energyWithMedia_isRefused(@ForAll long seed) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.chain(seed, 7, 4), seed);
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        List<Objective> objectives = List.of(Objective.PERIOD, Objective.ENERGY);
        boolean shared = problem.compiled().mediumCount() > 0;

        assertThat(ExactPareto.canSolve(problem, objectives)).isEqualTo(!shared);
        if (shared) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ExactPareto.withDefaults().search(problem, objectives, TO_THE_END))
                    .withMessageContaining("media");
        }
    }

    private static void assertHonest(OffloadingProblem problem, Strategy strategy, SearchResult expected) {
        SearchResult actual = strategy.search(problem, SHORT);

        double optimum = expected.best().isPresent() ? expected.value() : Double.POSITIVE_INFINITY;
        assertThat(actual.lowerBound()).isLessThanOrEqualTo(optimum * (1 + 1e-9));
        assertThat(actual.value()).isGreaterThanOrEqualTo(optimum * (1 - 1e-9));
        actual.best().ifPresent(plan -> {
            double evaluated =
                    problem.fitness().of(PlanEvaluator.of(problem.scenario()).evaluate(plan.placement()));
            assertThat(actual.value()).isCloseTo(evaluated, within(1e-9 * evaluated));
        });
    }

    private static void assertAllHonest(Scenario scenario, Objective objective) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, objective);
        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);
        assertThat(LowerBound.of(problem))
                .isLessThanOrEqualTo(
                        expected.best().isPresent() ? expected.value() * (1 + 1e-9) : Double.POSITIVE_INFINITY);
        for (Strategy strategy : List.of(
                Auto.withDefaults(),
                Dbpso.withDefaults(),
                DblpsoMd.withDefaults(),
                Greedy.withDefaults(),
                ConvexRelaxation.withDefaults())) {
            assertHonest(problem, strategy, expected);
        }
    }

    @Property(tries = 60, seed = "20261128")
    void strategies_oneChainWithMedia_neverClaimTooMuch(@ForAll long seed, @ForAll Objective objective) {
        assertAllHonest(SharedMedia.spread(RandomScenarios.chain(seed, 6, 4), seed), objective);
    }

    @Property(tries = 60, seed = "20261128")
    void strategies_severalTasksWithMedia_neverClaimTooMuch(@ForAll long seed, @ForAll Objective objective) {
        assertAllHonest(SharedMedia.spread(RandomScenarios.severalChains(seed, 3, 3), seed), objective);
    }

    @Property(tries = 60, seed = "20261128")
    void strategies_dagWithMedia_neverClaimTooMuch(@ForAll long seed, @ForAll Objective objective) {
        assertAllHonest(SharedMedia.spread(RandomScenarios.dag(seed, 5, 3), seed), objective);
    }

    @Property(tries = 40, seed = "20261128")
    void strategies_severalStagesPerDeviceWithMedia_neverClaimTooMuch(@ForAll long seed, @ForAll Objective objective) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.dag(seed, 5, 3), seed);
        assertAllHonest(scenario.withStagesPerDevice(StagesPerDevice.ANY), objective);
    }
}
