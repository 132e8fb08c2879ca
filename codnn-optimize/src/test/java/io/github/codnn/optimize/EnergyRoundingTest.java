package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.problem.WeightedSum;
import io.github.codnn.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Devices that take nothing to compute and 3,000 W or 500 W to wait, though they never wait: the energy of every plan
 * on one device is 0, but the rounding of a second is not.
 */
class EnergyRoundingTest {

    private static final int[] ON_A = {0};
    private static final int[] ON_B = {1};
    private static final double ROUNDING = 1e-13; // of a load, relative

    private static Scenario scenario(String rules) {
        return ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p", %s
                 "devices": [{"name": "a", "kind": "fast", "idleWatts": 3000},
                             {"name": "b", "kind": "slow", "idleWatts": 500}],
                 "tasks": [{"name": "t", "frames": 5,
                  "layers": [{"name": "l", "seconds": {"fast": 1, "slow": 2}}]}]}
                """.formatted(rules));
    }

    private static double rounding(Scenario scenario, Fitness fitness, int[] placement) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, fitness);
        Evaluation evaluation = problem.evaluator().newEvaluation();
        evaluation.evaluate(placement);
        return EnergyRounding.of(problem, placement, evaluation);
    }

    @Test
    void of_energy_isThatOfTheMakespanTimesWattsOfUsedDevices() {
        Scenario scenario = scenario("");

        assertThat(rounding(scenario, Objective.ENERGY, ON_A)).isCloseTo(5 * 3000 * ROUNDING, within(1e-20));
        assertThat(rounding(scenario, Objective.ENERGY, ON_B)).isCloseTo(10 * 500 * ROUNDING, within(1e-20));
    }

    @Test
    void of_allDevicesWait_countsAll() {
        assertThat(rounding(scenario("\"idle\": \"ALL\","), Objective.ENERGY, ON_B))
                .isCloseTo(10 * 3500 * ROUNDING, within(1e-20));
    }

    @Test
    void of_weightedSum_isWeighted() {
        Scenario scenario = scenario("");

        assertThat(rounding(scenario, WeightedSum.of(Objective.ENERGY, 4), ON_B))
                .isCloseTo(4 * 10 * 500 * ROUNDING, within(1e-20));
        assertThat(rounding(scenario, WeightedSum.of(Objective.PERIOD, 4), ON_B))
                .isZero();
        assertThat(rounding(scenario, Objective.PERIOD, ON_B)).isZero();
    }

    private static ResultCheck check(OffloadingProblem problem) {
        return new ResultCheck(problem, "test");
    }

    private static Score score(OffloadingProblem problem, int[] placement) {
        Evaluation evaluation = problem.evaluator().newEvaluation();
        evaluation.evaluate(placement);
        return Score.of(evaluation, problem.fitness());
    }

    @Test
    void certain_boundWithinRounding_isLowered() {
        OffloadingProblem problem = OffloadingProblem.of(scenario(""), Objective.ENERGY);
        Score score = score(problem, ON_B);
        double rounding = 10 * 500 * ROUNDING;

        assertThat(score.value()).isZero();
        assertThat(check(problem).certain(ON_B, score, 0)).isCloseTo(-rounding, within(1e-20));
        assertThat(check(problem).certain(ON_B, score, -2 * rounding)).isEqualTo(-2 * rounding);
        assertThat(check(problem).certain(ON_B, score, Double.NEGATIVE_INFINITY))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void certain_noPlanOrRoundingBelowTheTolerance_keepsTheBound() {
        OffloadingProblem energy = OffloadingProblem.of(scenario(""), Objective.ENERGY);
        assertThat(check(energy).certain(new int[0], Score.NONE, 7)).isEqualTo(7);

        OffloadingProblem period = OffloadingProblem.of(scenario(""), Objective.PERIOD);
        assertThat(check(period).certain(ON_B, score(period, ON_B), 2)).isEqualTo(2);

        WeightedSum sum = WeightedSum.of(Objective.PERIOD, 1).plus(Objective.ENERGY, 1);
        OffloadingProblem mixed = OffloadingProblem.of(scenario(""), sum);
        assertThat(check(mixed).certain(ON_B, score(mixed, ON_B), 2))
                .as("5e-10 of 2 is below the tolerance")
                .isEqualTo(2);
    }

    @Test
    void certain_infeasiblePlan_keepsTheBound() {
        Scenario late = ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "fast", "idleWatts": 3000}],
                 "tasks": [{"name": "t", "frames": 5, "deadlineSeconds": 0.5,
                  "layers": [{"name": "l", "seconds": {"fast": 1}}]}]}
                """);
        OffloadingProblem problem = OffloadingProblem.of(late, Objective.ENERGY);

        assertThat(check(problem).certain(ON_A, score(problem, ON_A), 0)).isZero();
    }

    @Test
    void verified_frontWithBlurredEnergy_provesNothing() {
        OffloadingProblem problem = OffloadingProblem.of(scenario(""), Objective.ENERGY);
        List<Objective> objectives = List.of(Objective.PERIOD, Objective.ENERGY);
        ParetoFront front = ParetoFront.of(
                objectives, List.of(problem.plan(problem.evaluator().decode(ON_A))), 0);
        ParetoFront times = ParetoFront.of(List.of(Objective.PERIOD, Objective.RESPONSE), front.plans(), 0);

        ParetoFront verified = front.verified(problem);

        assertThat(verified.epsilon()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(verified.plans()).isEqualTo(front.plans());
        assertThat(times.verified(problem)).isSameAs(times);
    }
}
