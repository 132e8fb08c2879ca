package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.baseline.ConvexRelaxation;
import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.DnnOff;
import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.MonteCarloTreeSearch;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.Constraints;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What published strategies claim about optima, checked against brute force. */
class PublishedOptimaTest {

    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(20_000));

    @Property(tries = 60)
    void dads_heavyLoad_isNoWorseThanLightAndWithinThreeTimesTheBestOfTwoSides(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.dag(seed, 8, 2), Objective.PERIOD);
        if (Constraints.any(problem.compiled()) || problem.compiled().deviceCount() < 2) {
            return;
        }
        double best = BruteForce.optimum(problem);

        SearchResult heavy = Dads.withDefaults().search(problem, SearchOptions.withDefaults());
        SearchResult light =
                Dads.withDefaults().withLoad(Dads.Load.LIGHT).search(problem, SearchOptions.withDefaults());

        assertThat(heavy.value()).isLessThanOrEqualTo(light.value());
        assertThat(heavy.value()).isBetween(best * (1 - 1e-12), 3 * best);
    }

    @Property(tries = 100)
    void dnnOff_chainOfFreeStages_hasTheLeastResponse(@ForAll long seed) {
        Scenario scenario = RandomScenarios.chain(seed, 6, 4);
        Scenario free = new Scenario(
                "free",
                scenario.workload(),
                scenario.platform(),
                scenario.costModel(),
                scenario.rules().withStagesPerDevice(StagesPerDevice.ANY));
        OffloadingProblem problem = OffloadingProblem.of(free, Objective.RESPONSE);
        if (Constraints.any(problem.compiled())) {
            return;
        }

        SearchResult result = DnnOff.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.value()).isCloseTo(BruteForce.optimum(problem), within(1e-9));
    }

    @Property(tries = 150)
    void convexRelaxation_periodBound_isBelowTheOptimum(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(seed, 3, 3), Objective.PERIOD);
        double optimum = BruteForce.optimum(problem);

        SearchResult result = ConvexRelaxation.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.lowerBound()).isLessThanOrEqualTo(optimum * (1 + 1e-12));
        assertThat(result.value()).isGreaterThanOrEqualTo(optimum * (1 - 1e-9));
    }

    /** Heuristics may be trapped; nine in ten must not be. */
    @Tag("slow")
    @Test
    void searches_smallChains_mostlyFindTheOptimum() {
        List<Strategy> strategies = List.of(
                GeneticAlgorithm.withDefaults(),
                PsoGa.withDefaults(),
                MonteCarloTreeSearch.withDefaults(),
                RandomSearch.withDefaults());
        for (Strategy strategy : strategies) {
            int found = 0;
            for (long seed = 0; seed < 20; seed++) {
                OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 6, 3), Objective.MEAN);
                double optimum = BruteForce.optimum(problem);
                double value = strategy.search(problem, SHORT).value();
                found += value == optimum || value <= optimum * (1 + 1e-9) ? 1 : 0;
            }
            assertThat(found).as(strategy.toString()).isGreaterThanOrEqualTo(18);
        }
    }

    @Test
    void psoGa_inertia_growsWithTheDistanceFromTheBest() {
        PsoGa settings = PsoGa.withDefaults();

        assertThat(settings.inertia(0)).isEqualTo(0.4);
        assertThat(settings.inertia(0.5)).isBetween(0.4, 0.9).isGreaterThan(settings.inertia(0.2));
        assertThat(settings.inertia(1)).isCloseTo(0.9, within(1e-12));
    }
}
