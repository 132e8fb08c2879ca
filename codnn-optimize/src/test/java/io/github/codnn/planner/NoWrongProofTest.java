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
import io.github.codnn.exact.ExactCost;
import io.github.codnn.exact.ExactDag;
import io.github.codnn.exact.ExactPareto;
import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.problem.WeightedSum;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.testproblems.AllPlacements;
import io.github.codnn.testproblems.ExactOracle;
import io.github.codnn.testproblems.ExtremeScenarios;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What searches claim against all placements, in exact arithmetic: the value of a plan, its bound, that it is optimal,
 * that there is no feasible plan, and what a front covers. 250 problems in every build, 20,000 with
 * {@code -Dcodnn.nightly=true}; another number with {@code -Dcodnn.proof.cases} and a first one with
 * {@code -Dcodnn.proof.first}.
 */
class NoWrongProofTest {

    private static final int CASES =
            Integer.getInteger("codnn.proof.cases", Boolean.getBoolean("codnn.nightly") ? 20_000 : 120);
    private static final int FIRST = Integer.getInteger("codnn.proof.first", 0);
    private static final int MAX_FAULTS = 20;
    private static final double PRECISION = 1e-9;
    private static final double ROUNDING = 2e-13; // of a makespan
    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(1000));
    private static final List<Objective> OBJECTIVES = List.of(Objective.values());
    private static final double[] WEIGHTS = {1, 1, 0.3, 2.5, 0, 1e-6, 1e6};
    private static final List<Strategy> EXACT = List.of(
            Exact.withDefaults(), ExactPipeline.withDefaults(), ExactDag.withDefaults(), ExactCost.withDefaults());
    private static final List<Strategy> OTHERS = List.of(
            Auto.withDefaults(),
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
    private static final List<ParetoSearch> FRONTS =
            List.of(ExactPareto.withDefaults().withEpsilon(0.1), AutoPareto.withDefaults(), ParetoSwarm.withDefaults());

    private final List<String> faults = new ArrayList<>();
    private int refused;

    @Test
    void search_extremeProblems_claimsNothingWrong() {
        for (int seed = FIRST; seed < FIRST + CASES && faults.size() < MAX_FAULTS; seed++) {
            check(seed);
        }
        assertThat(faults).isEmpty();
        assertThat(refused).isLessThan(CASES / 4);
    }

    /** A proof for tighter deadlines, which streams were to keep, was taken for one of those that are stated. */
    @Test
    void search_deadlineThatNoStreamKeeps_isNotProvenInfeasible() {
        check(3801);
        SearchResult result =
                Planner.withDefaults().withOptions(SHORT).plan(ExtremeScenarios.of(3801), Objective.RESPONSE);

        assertThat(faults).isEmpty();
        assertThat(result.best()).isEmpty();
        assertThat(result.stopReason()).isNotEqualTo(StopReason.PROVEN);
        RunRecord.Infeasibility known = result.infeasibility().orElseThrow();
        assertThat(known.proven()).isFalse();
        assertThat(known.closest()).isFalse();
        assertThat(known.limits()).allMatch(limit -> limit.leastAchievable() > limit.limit());
    }

    private void check(int seed) {
        Scenario scenario;
        try {
            scenario = ExtremeScenarios.of(seed);
            OffloadingProblem.of(scenario, Objective.PERIOD);
        } catch (CodnnException | IllegalArgumentException e) {
            refused++;
            expectOneLine("seed " + seed + ", refusal", e);
            return;
        }
        SplittableRandom random = new SplittableRandom(seed);
        AllPlacements truth = new AllPlacements(scenario);
        Fitness fitness = fitness(random);
        OffloadingProblem problem = OffloadingProblem.of(scenario, fitness);
        List<Strategy> strategies = new ArrayList<>(EXACT);
        strategies.add(any(OTHERS, random));
        new Claim(seed, "Planner", truth, fitness)
                .check(() -> Planner.withDefaults().withOptions(SHORT).plan(scenario, fitness));
        for (Strategy strategy : strategies) {
            new Claim(seed, strategy.getClass().getSimpleName(), truth, fitness)
                    .check(() -> strategy.search(problem, SHORT));
        }
        List<Objective> objectives = objectives(random);
        boolean isExact = ExactPareto.canSolve(problem, objectives);
        ParetoSearch other = any(FRONTS, random);
        for (ParetoSearch search : List.of(ExactPareto.withDefaults(), other)) {
            if (isExact || !(search instanceof ExactPareto)) {
                new FrontClaim(seed, search, truth, objectives).check(problem);
            }
        }
    }

    private static <T> T any(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    private static Fitness fitness(SplittableRandom random) {
        if (random.nextInt(4) > 0) {
            return any(OBJECTIVES, random);
        }
        WeightedSum sum = WeightedSum.of(any(OBJECTIVES, random), 1);
        for (int count = random.nextInt(3); count >= 0; count--) {
            Objective objective = any(OBJECTIVES, random);
            if (!sum.weights().containsKey(objective)) {
                sum = sum.plus(objective, WEIGHTS[random.nextInt(WEIGHTS.length)]);
            }
        }
        return sum;
    }

    private static List<Objective> objectives(SplittableRandom random) {
        List<Objective> objectives = new ArrayList<>(OBJECTIVES);
        for (int count = random.nextInt(2, 4); objectives.size() > count; ) {
            objectives.remove(random.nextInt(objectives.size()));
        }
        return objectives;
    }

    /** Rejects a placement that breaks a limit by more than rounding. */
    private static boolean isFeasible(ExactOracle.Outcome outcome) {
        return outcome.impossible() == 0 && outcome.violation().doubleValue() <= PRECISION;
    }

    private static boolean above(double claimed, BigDecimal right) {
        return claimed > right.doubleValue() * (1 + PRECISION) + Double.MIN_NORMAL;
    }

    /** What is exactly 0 must be so; other energies are as exact as the makespan. */
    private void expectClose(String who, double claimed, ExactOracle.Outcome outcome, Fitness fitness) {
        double exact = AllPlacements.value(outcome, fitness).doubleValue();
        double rounding = fitness == Objective.ENERGY
                ? 1
                : fitness instanceof WeightedSum sum ? sum.weights().getOrDefault(Objective.ENERGY, 0.0) : 0;
        double allowance =
                exact == 0 ? 0 : ROUNDING * rounding * outcome.longestWaits().doubleValue();
        if (!(Math.abs(claimed - exact) <= PRECISION * Math.abs(exact) + allowance + 1e-100)) {
            faults.add(who + ": claims " + claimed + ", but it is " + exact);
        }
    }

    private void expectOneLine(String who, RuntimeException e) {
        boolean isRefusal = e instanceof CodnnException || e instanceof IllegalArgumentException;
        if (!isRefusal || e.getMessage() == null || e.getMessage().contains("\n")) {
            List<StackTraceElement> trace = List.of(e.getStackTrace());
            faults.add(who + ": " + e + " at " + trace.subList(0, Math.min(5, trace.size())));
        }
    }

    @FunctionalInterface
    private interface Search {
        SearchResult run();
    }

    /** What one search says about one problem. */
    private final class Claim {

        private final String who;
        private final AllPlacements truth;
        private final Fitness fitness;

        Claim(int seed, String search, AllPlacements truth, Fitness fitness) {
            who = "seed " + seed + ", " + search + " " + fitness.label();
            this.truth = truth;
            this.fitness = fitness;
        }

        void check(Search search) {
            try {
                compare(search.run());
            } catch (RuntimeException e) {
                expectOneLine(who, e);
            }
        }

        private void compare(SearchResult result) {
            Optional<BigDecimal> optimum = truth.optimum(fitness);
            result.best().ifPresent(plan -> {
                ExactOracle.Outcome outcome = truth.evaluate(plan.placement());
                if (!isFeasible(outcome)) {
                    faults.add(who + ": infeasible plan " + plan.placement() + " " + outcome);
                }
                expectClose(who, result.value(), outcome, fitness);
                plan.run().orElseThrow().notices().stream()
                        .filter(notice -> notice.contains("Exception"))
                        .forEach(notice -> faults.add(who + ": " + notice));
                double stated = plan.run().orElseThrow().lowerBound();
                if (stated > result.value() || plan.gap().orElse(Double.POSITIVE_INFINITY) != result.gap()) {
                    faults.add(who + ": records the bound " + stated + " of " + result.value());
                }
            });
            if (optimum.isEmpty()) {
                return;
            }
            String least = ", optimum " + optimum.get().doubleValue();
            if (result.gap() == 0 && above(result.value(), optimum.get())) {
                faults.add(who + ": proven " + result.value() + least);
            }
            boolean isProven = result.stopReason() == StopReason.PROVEN;
            if (isProven && result.best().isEmpty()) {
                faults.add(who + ": proven infeasible" + least);
            }
            if (above(result.lowerBound(), optimum.get())) {
                faults.add(who + ": bound " + result.lowerBound() + least);
            }
        }
    }

    /** What one search says about the front of one problem. */
    private final class FrontClaim {

        private final String who;
        private final ParetoSearch search;
        private final AllPlacements truth;
        private final List<Objective> objectives;

        FrontClaim(int seed, ParetoSearch search, AllPlacements truth, List<Objective> objectives) {
            who = "seed " + seed + ", " + search.getClass().getSimpleName() + " " + objectives;
            this.search = search;
            this.truth = truth;
            this.objectives = objectives;
        }

        void check(OffloadingProblem problem) {
            try {
                compare(search.search(problem, objectives, SHORT));
            } catch (RuntimeException e) {
                expectOneLine(who, e);
            }
        }

        private void compare(ParetoFront front) {
            List<List<BigDecimal>> points = new ArrayList<>();
            for (Plan plan : front.plans()) {
                ExactOracle.Outcome outcome = truth.evaluate(plan.placement());
                if (!isFeasible(outcome)) {
                    faults.add(who + ": infeasible plan " + plan.placement());
                }
                List<BigDecimal> point =
                        objectives.stream().map(outcome.figures()::get).toList();
                for (int axis = 0; axis < point.size(); axis++) {
                    expectClose(who, objectives.get(axis).of(plan.metrics()), outcome, objectives.get(axis));
                }
                points.add(point);
            }
            if (front.epsilon() < Double.POSITIVE_INFINITY) {
                truth.uncovered(objectives, points, (1 + front.epsilon()) * (1 + PRECISION))
                        .ifPresent(missing -> faults.add(who + ": misses " + missing + " of epsilon " + front.epsilon()
                                + " by " + front.figures()));
            }
        }
    }
}
