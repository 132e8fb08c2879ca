package io.github.codnn.testproblems;

import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.WeightedSum;
import io.github.codnn.scenario.Scenario;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The exact figures of all placements of a small scenario. */
public final class AllPlacements {

    private final ExactOracle oracle;
    private final PlanEvaluator evaluator;
    private final List<ExactOracle.Outcome> feasible = new ArrayList<>();

    public AllPlacements(Scenario scenario) {
        oracle = new ExactOracle(scenario);
        evaluator = PlanEvaluator.of(scenario);
        for (long number = 0; number < oracle.placements(); number++) {
            ExactOracle.Outcome outcome = oracle.evaluate(oracle.placement(number));
            if (outcome.isFeasible()) {
                feasible.add(outcome);
            }
        }
    }

    public ExactOracle.Outcome evaluate(io.github.codnn.scenario.Placement placement) {
        return oracle.evaluate(evaluator.encode(placement));
    }

    /** Returns the least value among the feasible placements. */
    public Optional<BigDecimal> optimum(Fitness fitness) {
        return feasible.stream().map(outcome -> value(outcome, fitness)).min(BigDecimal::compareTo);
    }

    /** Returns the value of a placement by an objective or a weighted sum of them. */
    public static BigDecimal value(ExactOracle.Outcome outcome, Fitness fitness) {
        if (fitness instanceof Objective objective) {
            return outcome.figures().get(objective);
        }
        return ((WeightedSum) fitness)
                .weights().entrySet().stream()
                        .map(each -> new BigDecimal(each.getValue())
                                .multiply(outcome.figures().get(each.getKey())))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns the figures of a feasible placement that no point of a front covers, each but for a factor. */
    public Optional<List<BigDecimal>> uncovered(
            List<Objective> objectives, List<List<BigDecimal>> points, double factor) {
        BigDecimal allowance = new BigDecimal(factor);
        return feasible.stream()
                .map(outcome -> objectives.stream().map(outcome.figures()::get).toList())
                .filter(point -> points.stream().noneMatch(covering -> covers(covering, point, allowance)))
                .findFirst();
    }

    private static boolean covers(List<BigDecimal> covering, List<BigDecimal> point, BigDecimal allowance) {
        for (int axis = 0; axis < point.size(); axis++) {
            if (covering.get(axis).compareTo(point.get(axis).multiply(allowance)) > 0) {
                return false;
            }
        }
        return true;
    }
}
