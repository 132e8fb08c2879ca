package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.baseline.ConvexRelaxation;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.planner.Auto;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.Decoders;
import io.github.codnn.swarm.LocalImprovement;
import io.github.codnn.testing.SharedMedia;
import io.github.codnn.testproblems.ClosedForm;
import io.github.codnn.testproblems.RandomScenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/** Proofs and bounds where links share media, against brute force. */
@Tag("slow")
class SharedMediaTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1)));
    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(300));

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
        ClosedForm.assertProven(ExactPipeline.withDefaults().search(problem, TO_THE_END), expected);
    }

    @Property(tries = 300, seed = "20261128")
    void exactDag_anyMedia_agreesWithExhaustiveSearch(@ForAll long seed) {
        OffloadingProblem problem =
                OffloadingProblem.of(SharedMedia.spread(RandomScenarios.dag(seed, 6, 4), seed), Objective.PERIOD);

        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);

        ClosedForm.assertProven(ExactDag.withDefaults().search(problem, TO_THE_END), expected);
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

    /** Labels do not know the loads of media: the front states by how much its plans may miss the best ones. */
    @Property(tries = 150, seed = "20261128")
    void exactPareto_energyWithMedia_missesNoMoreThanItStates(@ForAll long seed) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.chain(seed, 6, 4), seed);
        List<Objective> objectives = List.of(Objective.PERIOD, Objective.ENERGY);
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);

        ParetoFront front = ExactPareto.withDefaults().search(problem, objectives, TO_THE_END);

        Statistics.label("epsilon")
                .collect(front.epsilon() == 0 ? "0" : Double.isInfinite(front.epsilon()) ? "inf" : "+");
        assertThat(front.plans())
                .allSatisfy(plan -> assertThat(plan.metrics().feasible()).isTrue());
        double factor = (1 + front.epsilon()) * (1 + 1e-9);
        for (List<Double> best : trueFront(problem, objectives)) {
            assertThat(front.epsilon() == Double.POSITIVE_INFINITY
                            || front.figures().stream()
                                    .anyMatch(figures -> figures.get(0) <= best.get(0) * factor
                                            && figures.get(1) <= best.get(1) * factor))
                    .as("%s is covered by %s within %s", best, front.figures(), front.epsilon())
                    .isTrue();
        }
    }

    private static List<List<Double>> trueFront(OffloadingProblem problem, List<Objective> objectives) {
        List<Plan> plans = new ArrayList<>();
        OffloadingProblem recorded = problem.withFitness(metrics -> 0);
        Evaluation evaluation = recorded.evaluator().newEvaluation();
        int[] placement = new int[recorded.compiled().layerCount()];
        int devices = recorded.compiled().deviceCount();
        do {
            evaluation.evaluate(placement);
            if (evaluation.feasible()) {
                plans.add(recorded.evaluator().plan(recorded.evaluator().decode(placement)));
            }
        } while (advance(placement, devices));
        return ParetoFront.of(objectives, plans, 0).figures();
    }

    private static boolean advance(int[] placement, int devices) {
        for (int layer = 0; layer < placement.length; layer++) {
            if (++placement[layer] < devices) {
                return true;
            }
            placement[layer] = 0;
        }
        return false;
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
        assertThat(problem.lowerBound())
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

    @Property(tries = 140, seed = "20261128")
    void auto_chainWithMedia_findsTheOptimum(@ForAll long seed, @ForAll Aim aim) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.chain(seed, 7, 4), seed);
        assertOptimal(OffloadingProblem.of(scenario, aim.objective));
    }

    @Property(tries = 60, seed = "20261128")
    void auto_dagWithMedia_findsTheOptimum(@ForAll long seed) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.dag(seed, 6, 3), seed);
        assertOptimal(OffloadingProblem.of(scenario, Objective.PERIOD));
    }

    private static void assertOptimal(OffloadingProblem problem) {
        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);

        SearchResult actual = Auto.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(20_000)));

        assertThat(actual.best().isPresent()).isEqualTo(expected.best().isPresent());
        if (expected.best().isPresent()) {
            assertThat(actual.value()).isCloseTo(expected.value(), within(1e-9 * expected.value()));
        }
    }

    /** Decoders and local moves cut chains as if links had ways of their own, but must score what media make of it. */
    @Property(tries = 100, seed = "20261128")
    void swarms_searchesThatCutWithoutMedia_stateEvaluatedValues(@ForAll long seed, @ForAll Aim aim) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.chain(seed, 8, 5), seed);
        OffloadingProblem problem = OffloadingProblem.of(scenario, aim.objective);
        for (Strategy strategy : List.of(
                Dbpso.withDefaults(),
                Dbpso.withDefaults().withDecoder(Decoders.OPTIMAL_CUTS),
                LocalImprovement.of(
                        problem.evaluator().decode(new int[problem.compiled().layerCount()])))) {
            SearchResult result = strategy.search(problem, SHORT);
            Plan plan = result.best().or(result::closest).orElseThrow();
            double fresh = aim.objective.of(PlanEvaluator.of(scenario).evaluate(plan.placement()));
            assertThat(plan.run().orElseThrow().value()).isCloseTo(fresh, within(1e-12 * fresh));
        }
    }

    @Property(tries = 40, seed = "20261128")
    void strategies_severalStagesPerDeviceWithMedia_neverClaimTooMuch(@ForAll long seed, @ForAll Objective objective) {
        Scenario scenario = SharedMedia.spread(RandomScenarios.dag(seed, 5, 3), seed);
        assertAllHonest(scenario.withStagesPerDevice(StagesPerDevice.ANY), objective);
    }
}
