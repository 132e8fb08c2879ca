package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testing.TestData;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.RandomScenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DbpsoTest {

    // Where memory is tight the first feasible placement of a graph can take more than 8,000 evaluations.
    private static final SearchOptions ENOUGH = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(20_000));
    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(8_000));

    /** Optima from the planners named in the files. */
    @ParameterizedTest
    @CsvSource({
        "pipedream-alexnet-n2-b1e08, 0.08388608",
        "pipedream-alexnet-n2-b1e09, 0.0664534576",
        "pipedream-alexnet-n2-b1e10, 0.04307504",
        "pipedream-alexnet-n3-b1e10, 0.032171",
        "pipedream-alexnet-n4-b1e09, 0.0664534576",
        "pipeedge-vit-base-4+4, 1.54876",
        "pipeedge-vit-base-n4, 1.81349",
        "pipeedge-vit-base-n8, 1.84688",
        "pipeedge-vit-large-n4, 6.25315",
        "pipeedge-vit-large-n8, 4.92500"
    })
    void search_publishedPipeline_isWithinOnePercentOfItsOptimum(String file, double optimum) {
        Scenario scenario = ProblemJson.read(TestData.path("data/problems/" + file + ".json"));
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);

        SearchResult result = Dbpso.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.value()).isBetween(optimum * (1 - 1e-5), optimum * 1.01);
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void search_smallChains_findsTheOptimum(Objective objective) {
        for (long seed = 0; seed < 25; seed++) {
            assertOptimal(OffloadingProblem.of(RandomScenarios.chain(seed, 7, 4), objective), seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void search_smallGraphs_findsTheOptimum(Objective objective) {
        for (long seed = 0; seed < 20; seed++) {
            assertOptimal(OffloadingProblem.of(RandomScenarios.dag(seed, 7, 4), objective), seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void search_severalSmallTasks_findsTheOptimum(Objective objective) {
        for (long seed = 0; seed < 20; seed++) {
            assertOptimal(OffloadingProblem.of(RandomScenarios.several(seed, 3, 3), objective), seed);
        }
    }

    private static void assertOptimal(OffloadingProblem problem, long seed) {
        SwarmAssertions.assertOptimal(Dbpso.withDefaults(), problem, ENOUGH, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void search_anyNumberOfThreads_givesTheSamePlan(long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(seed, 20, 6), Objective.MEAN);
        SearchOptions options = SHORT.withSeed(seed);
        for (Dbpso dbpso :
                new Dbpso[] {Dbpso.withDefaults(), Dbpso.asPublished().withIslands(4, 2)}) {
            SwarmAssertions.assertSamePlanOnThreads(dbpso, problem, options);
        }
    }

    @Test
    void search_fitnessOfTheUsers_isMinimised() {
        Fitness fitness = metrics -> metrics.devicesUsed() + 0.01 * metrics.responseSeconds();
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(11, 6, 4), fitness);

        SearchResult result = Dbpso.withDefaults().search(problem, SHORT);

        assertThat(result.value()).isCloseTo(BruteForce.optimum(problem), within(1e-12));
    }

    @Test
    void asPublished_fewLayers_findsTheOptimum() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(5, 6, 3), Objective.MEAN);

        SearchResult result =
                Dbpso.asPublished().withFitness(new PenalisedTime(10, 0)).search(problem, SHORT);

        assertThat(result.value()).isCloseTo(BruteForce.optimum(problem), within(1e-12));
    }

    @Test
    void search_listenerThrows_endsWithItsException() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(11, 60, 4), Objective.PERIOD);
        SearchOptions options = SHORT.withListener(progress -> {
            throw new IllegalStateException("enough");
        });

        assertThatThrownBy(() -> Dbpso.withDefaults().search(problem, options)).hasMessage("enough");
    }

    @Test
    void withSwarmSize_belowIslands_isRefusedWithBothNumbers() {
        assertThatThrownBy(() -> Dbpso.withDefaults().withSwarmSize(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3")
                .hasMessageContaining("4");
    }
}
