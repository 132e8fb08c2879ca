package io.github.codnn.planner;

import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.SizedScenarios;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link BudgetTest} for large problems and budgets. */
@EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
class LargeBudgetTest {

    private static final Map<String, Scenario> LARGE = Map.of(
            "chain", SizedScenarios.chains(6, 1, 300, 16),
            "dag", SizedScenarios.dags(7, 1, 300, 16),
            "3 chains", SizedScenarios.chains(8, 3, 100, 16),
            "3 dags", SizedScenarios.dags(9, 3, 100, 4),
            "40 chains", SizedScenarios.chains(10, 40, 30, 16),
            "40 dags", SizedScenarios.dags(11, 40, 30, 8));

    @ParameterizedTest
    @MethodSource("io.github.codnn.planner.BudgetTest#strategies")
    void search_largeProblems_keepsToItsEvaluations(String strategy) {
        for (long budget : new long[] {500, 5000, 50_000}) {
            BudgetTest.assertKeepsEvaluations(strategy, LARGE, budget);
        }
    }
}
