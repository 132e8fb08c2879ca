package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.testproblems.HardGraphs;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which exact strategy solves which problem. */
class ExactTest {

    private static final SearchOptions UNLIMITED =
            SearchOptions.withDefaults().withStopRule(progress -> Optional.empty());
    private static final Scenario CHAIN = SmallChains.equal(4, 2, 1);
    private static final Scenario GRAPH = HardGraphs.of(6, 2, 1);

    @ParameterizedTest
    @CsvSource({
        "PERIOD, ExactPipeline",
        "RESPONSE, ExactPipeline",
        "MEAN, ExactPipeline",
        "ENERGY, ExactCost",
        "PRICE, ExactCost"
    })
    void search_chainWithOneStagePerDevice_isSolvedByTheStrategyOfItsObjective(Objective objective, String strategy) {
        assertThat(solver(CHAIN, objective)).isEqualTo(strategy);
    }

    @ParameterizedTest
    @CsvSource({"PERIOD, ExactDag", "RESPONSE, ExactCost", "MEAN, ExactCost"})
    void search_graphWithOneStagePerDevice_isSolvedByTheStrategyOfItsObjective(Objective objective, String strategy) {
        assertThat(solver(GRAPH, objective)).isEqualTo(strategy);
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void search_anyNumberOfStages_isSolvedLayerByLayer(Objective objective) {
        assertThat(solver(CHAIN.withStagesPerDevice(StagesPerDevice.ANY), objective))
                .isEqualTo("ExactCost");
        assertThat(solver(GRAPH.withStagesPerDevice(StagesPerDevice.ANY), objective))
                .isEqualTo("ExactCost");
    }

    private static String solver(Scenario scenario, Objective objective) {
        SearchResult result = Exact.withDefaults().search(OffloadingProblem.of(scenario, objective), UNLIMITED);
        return result.best().orElseThrow().run().orElseThrow().strategy();
    }

    @Test
    void canSolve_severalTasks_isFalseForAll() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.severalChains(1, 3, 3), Objective.PERIOD);

        assertThat(ExactPipeline.canSolve(problem)).isFalse();
        assertThat(ExactDag.canSolve(problem)).isFalse();
        assertThat(ExactCost.canSolve(problem)).isFalse();
    }

    @Test
    void canSolve_ownFitness_isFalseForAll() {
        OffloadingProblem problem =
                OffloadingProblem.of(CHAIN, Objective.PERIOD).withFitness(metrics -> 1);

        assertThat(ExactPipeline.canSolve(problem)).isFalse();
        assertThat(ExactDag.canSolve(problem)).isFalse();
        assertThat(ExactCost.canSolve(problem)).isFalse();
    }
}
