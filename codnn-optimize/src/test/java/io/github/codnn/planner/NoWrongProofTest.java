package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.CodnnException;
import io.github.codnn.baseline.ConvexRelaxation;
import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.DnnOff;
import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.baseline.MonteCarloTreeSearch;
import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.exact.Exact;
import io.github.codnn.exact.ExactDag;
import io.github.codnn.exact.ExactPareto;
import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.testproblems.ExactOracle;
import io.github.codnn.testproblems.ExtremeScenarios;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What searches claim against all placements, in exact arithmetic: the value of a plan, its bound, that it is optimal
 * or that there is no feasible plan. 500 problems in every build, 20,000 with {@code -Dcodnn.nightly=true}; another
 * number with {@code -Dcodnn.proof.cases} and a first one with {@code -Dcodnn.proof.first}.
 */
class NoWrongProofTest {

    private static final int CASES =
            Integer.getInteger("codnn.proof.cases", Boolean.getBoolean("codnn.nightly") ? 20_000 : 500);
    private static final int FIRST = Integer.getInteger("codnn.proof.first", 0);
    private static final double PRECISION = 1e-9;
    private static final List<Objective> OBJECTIVES = List.of(Objective.values());
    private static final List<Strategy> OTHERS = List.of(
            LocalOnly.withDefaults(),
            SingleDevice.withDefaults(),
            Greedy.withDefaults(),
            RandomSearch.withDefaults(),
            Neurosurgeon.withDefaults(),
            Dads.withDefaults(),
            DnnOff.withDefaults(),
            ConvexRelaxation.withDefaults(),
            GeneticAlgorithm.withDefaults(),
            PsoGa.withDefaults(),
            MonteCarloTreeSearch.withDefaults(),
            Dbpso.withDefaults(),
            DblpsoMd.withDefaults(),
            OneAfterAnother.withDefaults(),
            Lexicographic.of(Objective.PRICE, Objective.ENERGY));

    private final List<String> faults = new ArrayList<>();
    private int refused;

    @Test
    void search_extremeProblems_claimsNothingWrong() {
        for (int seed = FIRST; seed < FIRST + CASES && faults.size() < 20; seed++) {
            check(seed);
        }
        assertThat(faults).isEmpty();
        assertThat(refused).isLessThan(CASES / 4);
    }

    private void check(int seed) {
        Scenario scenario;
        try {
            scenario = ExtremeScenarios.of(seed);
            OffloadingProblem.of(scenario, Objective.PERIOD);
        } catch (CodnnException | IllegalArgumentException e) {
            refused++;
            if (e.getMessage() == null || e.getMessage().contains("\n")) {
                fault(seed, "refusal", "not one line: " + e);
            }
            return;
        }
        Truth truth = new Truth(scenario);
        Objective objective = OBJECTIVES.get(seed % OBJECTIVES.size());
        run(seed, truth, Planner.withDefaults(), "planner", objective);
        OffloadingProblem problem = OffloadingProblem.of(scenario, objective);
        for (Strategy strategy : List.of(Exact.withDefaults(), ExactPipeline.withDefaults(), ExactDag.withDefaults())) {
            search(seed, truth, problem, strategy);
        }
        search(seed, truth, problem, OTHERS.get(seed % OTHERS.size()));
        front(seed, truth, problem);
    }

    private void run(int seed, Truth truth, Planner planner, String name, Objective objective) {
        try {
            SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(1000));
            SearchResult result = planner.withOptions(options).plan(truth.scenario, objective);
            compare(seed, truth, objective, name, result);
        } catch (RuntimeException e) {
            fault(seed, name, trace(e));
        }
    }

    private void search(int seed, Truth truth, OffloadingProblem problem, Strategy strategy) {
        Objective objective = problem.objective().orElseThrow();
        String name = strategy.getClass().getSimpleName();
        try {
            SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(1000));
            compare(seed, truth, objective, name, strategy.search(problem, options));
        } catch (IllegalArgumentException | CodnnException e) {
            if (e.getMessage() == null || e.getMessage().contains("\n")) {
                fault(seed, name, trace(e));
            }
        } catch (RuntimeException e) {
            fault(seed, name, trace(e));
        }
    }

    private void front(int seed, Truth truth, OffloadingProblem problem) {
        List<List<Objective>> choices = List.of(
                List.of(Objective.PERIOD, Objective.RESPONSE),
                List.of(Objective.PERIOD, Objective.ENERGY),
                List.of(Objective.PERIOD, Objective.PRICE));
        List<Objective> objectives = choices.get(seed % choices.size());
        if (!ExactPareto.canSolve(problem, objectives)) {
            return;
        }
        try {
            ParetoFront front = ExactPareto.withDefaults()
                    .search(
                            problem,
                            objectives,
                            SearchOptions.withDefaults().withStopRule(StopRule.iterations(10_000)));
            List<List<BigDecimal>> points = new ArrayList<>();
            for (Plan plan : front.plans()) {
                ExactOracle.Outcome outcome = truth.evaluate(problem.evaluator().encode(plan.placement()));
                if (!truth.isFeasible(outcome)) {
                    fault(seed, "front " + objectives, "infeasible plan " + plan.placement());
                }
                List<BigDecimal> point = new ArrayList<>();
                for (Objective objective : objectives) {
                    point.add(outcome.figures().get(objective));
                    expectClose(
                            seed,
                            "front " + objective,
                            objective.of(plan.metrics()),
                            outcome.figures().get(objective));
                }
                points.add(point);
            }
            if (front.epsilon() == 0) {
                truth.uncovered(objectives, points)
                        .ifPresent(missing -> fault(seed, "front " + objectives, "misses " + missing));
            }
        } catch (RuntimeException e) {
            fault(seed, "front " + objectives, trace(e));
        }
    }

    private void compare(int seed, Truth truth, Objective objective, String name, SearchResult result) {
        Optional<BigDecimal> optimum = truth.optimum(objective);
        if (result.best().isPresent()) {
            int[] placement = truth.evaluator().encode(result.best().get().placement());
            ExactOracle.Outcome outcome = truth.evaluate(placement);
            if (!truth.isFeasible(outcome)) {
                fault(
                        seed,
                        name,
                        "infeasible plan called feasible: "
                                + result.best().get().placement() + " " + outcome);
            }
            expectClose(
                    seed,
                    name + " " + objective,
                    result.value(),
                    outcome.figures().get(objective));
            if (optimum.isPresent() && result.gap() == 0 && above(result.value(), optimum.get())) {
                fault(
                        seed,
                        name,
                        objective + " proven " + result.value() + ", optimum "
                                + optimum.get().doubleValue());
            }
        } else if (optimum.isPresent()
                && (result.stopReason() == StopReason.PROVEN || result.lowerBound() == Double.POSITIVE_INFINITY)) {
            fault(
                    seed,
                    name,
                    objective + " proven infeasible, optimum " + optimum.get().doubleValue());
        }
        if (optimum.isPresent() && above(result.lowerBound(), optimum.get())) {
            fault(
                    seed,
                    name,
                    objective + " bound " + result.lowerBound() + ", optimum "
                            + optimum.get().doubleValue());
        }
    }

    private static boolean above(double claimed, BigDecimal right) {
        return claimed > right.doubleValue() * (1 + PRECISION) + Double.MIN_NORMAL;
    }

    private void expectClose(int seed, String name, double claimed, BigDecimal right) {
        double exact = right.doubleValue();
        if (!(Math.abs(claimed - exact) <= PRECISION * Math.abs(exact) + 1e-100)) {
            fault(seed, name, "claims " + claimed + ", but it is " + exact);
        }
    }

    private static String trace(RuntimeException e) {
        return e + " at " + List.of(e.getStackTrace()).subList(0, Math.min(4, e.getStackTrace().length));
    }

    private void fault(int seed, String search, String what) {
        faults.add("seed " + seed + ", " + search + ": " + what);
    }

    /** What all placements of a scenario cost. */
    private static final class Truth {

        private final Scenario scenario;
        private final ExactOracle oracle;
        private final List<ExactOracle.Outcome> feasible = new ArrayList<>();
        private final Map<Objective, BigDecimal> optima = new EnumMap<>(Objective.class);

        Truth(Scenario scenario) {
            this.scenario = scenario;
            oracle = new ExactOracle(scenario);
            for (long number = 0; number < oracle.placements(); number++) {
                ExactOracle.Outcome outcome = oracle.evaluate(oracle.placement(number));
                if (isClearlyFeasible(outcome)) {
                    feasible.add(outcome);
                    outcome.figures().forEach((objective, value) -> optima.merge(objective, value, BigDecimal::min));
                }
            }
        }

        io.github.codnn.plan.PlanEvaluator evaluator() {
            return OffloadingProblem.of(scenario, Objective.PERIOD).evaluator();
        }

        ExactOracle.Outcome evaluate(int[] placement) {
            return oracle.evaluate(placement);
        }

        Optional<BigDecimal> optimum(Objective objective) {
            return Optional.ofNullable(optima.get(objective));
        }

        private static boolean isClearlyFeasible(ExactOracle.Outcome outcome) {
            return outcome.isFeasible();
        }

        /** A deadline may be missed by rounding. */
        boolean isFeasible(ExactOracle.Outcome outcome) {
            return outcome.impossible() == 0 && outcome.violation().doubleValue() <= PRECISION;
        }

        /** Returns a feasible point that no point of a front is as good as. */
        Optional<List<BigDecimal>> uncovered(List<Objective> objectives, List<List<BigDecimal>> points) {
            BigDecimal allowance = BigDecimal.ONE.add(BigDecimal.valueOf(PRECISION));
            return feasible.stream()
                    .map(outcome ->
                            objectives.stream().map(outcome.figures()::get).toList())
                    .filter(point -> points.stream().noneMatch(covering -> {
                        boolean covers = true;
                        for (int axis = 0; axis < objectives.size(); axis++) {
                            covers &=
                                    covering.get(axis).compareTo(point.get(axis).multiply(allowance)) <= 0;
                        }
                        return covers;
                    }))
                    .findFirst();
        }
    }
}
