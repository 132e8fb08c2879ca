package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.StopReason;
import io.github.codnn.planner.AutoPareto;
import io.github.codnn.planner.ParetoSwarm;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.testing.TestData;
import io.github.codnn.testproblems.HardChains;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactParetoTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(progress -> Optional.empty());

    private static List<Objective> objectives(SplittableRandom random) {
        List<Objective> all = new ArrayList<>(List.of(Objective.values()));
        int count = 2 + random.nextInt(2);
        List<Objective> drawn = new ArrayList<>();
        while (drawn.size() < count) {
            drawn.add(all.remove(random.nextInt(all.size())));
        }
        return drawn;
    }

    /** The figures of all feasible placements that no other dominates. */
    private static List<double[]> bruteForce(OffloadingProblem problem, List<Objective> objectives) {
        List<double[]> all = new ArrayList<>();
        Exhaustive.withDefaults()
                .search(
                        problem.withFitness(metrics -> {
                            if (metrics.feasible()) {
                                all.add(objectives.stream()
                                        .mapToDouble(objective -> objective.of(metrics))
                                        .toArray());
                            }
                            return 0;
                        }),
                        TO_THE_END);
        return ParetoFront.nonDominated(all, figures -> figures);
    }

    private static List<double[]> figures(ParetoFront front) {
        return front.figures().stream()
                .map(each -> each.stream().mapToDouble(Double::doubleValue).toArray())
                .toList();
    }

    @Property(tries = 300)
    void search_smallProblem_isTheFrontOfAllPlacements(@ForAll long seed) {
        List<Objective> objectives = objectives(new SplittableRandom(seed));
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 7, 4), Objective.PERIOD);
        List<double[]> expected = bruteForce(problem, objectives);

        ParetoFront front = ExactPareto.withDefaults().search(problem, objectives, TO_THE_END);

        assertThat(front.plans()).allMatch(plan -> plan.metrics().feasible());
        List<double[]> actual = figures(front);
        assertThat(actual).allMatch(figures -> expected.stream().anyMatch(wanted -> areEqual(figures, wanted)));
        if (lacksLatePlans(front, problem)) {
            return;
        }
        assertThat(front.epsilon()).isZero();
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(expected).allMatch(figures -> actual.stream().anyMatch(found -> areEqual(found, figures)));
    }

    /** A front without plans that are late in a simulation proves nothing; it may occur with such deadlines only. */
    private static boolean lacksLatePlans(ParetoFront front, OffloadingProblem problem) {
        return front.epsilon() == Double.POSITIVE_INFINITY && problem.hasStreamDeadlines();
    }

    private static boolean areEqual(double[] one, double[] other) {
        boolean equal = true;
        for (int axis = 0; axis < one.length; axis++) {
            equal &= Math.abs(one[axis] - other[axis]) <= 1e-9 * Math.abs(other[axis]);
        }
        return equal;
    }

    @Property(tries = 40)
    void search_withEpsilon_comesThatCloseToEveryPlan(@ForAll long seed) {
        List<Objective> objectives = objectives(new SplittableRandom(seed));
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 8, 5), Objective.PERIOD);
        ParetoFront front = ExactPareto.withDefaults().search(problem, objectives, TO_THE_END);
        List<double[]> whole = figures(front);

        ParetoFront rough = ExactPareto.withDefaults().withEpsilon(0.2).search(problem, objectives, TO_THE_END);

        if (lacksLatePlans(front, problem) || lacksLatePlans(rough, problem)) {
            return;
        }
        assertThat(rough.epsilon()).isLessThanOrEqualTo(0.2);
        for (double[] figures : whole) {
            double[] most = Arrays.stream(figures).map(figure -> 1.2 * figure).toArray();
            assertThat(figures(rough)).anyMatch(found -> isAtMost(found, most));
        }
        for (double[] found : figures(rough)) {
            assertThat(whole).anyMatch(figures -> isAtMost(figures, found));
        }
    }

    private static boolean isAtMost(double[] one, double[] other) {
        boolean atMost = true;
        for (int axis = 0; axis < one.length; axis++) {
            atMost &= one[axis] <= other[axis] + 1e-9 * Math.abs(other[axis]);
        }
        return atMost;
    }

    @ParameterizedTest
    @CsvSource({"pipeedge-vit-base-4+4, 1.548760009", "pipeedge-vit-base-n8, 1.846875"})
    void search_publishedProblem_beginsWithTheLeastPeriod(String name, double optimum) {
        OffloadingProblem problem = OffloadingProblem.of(
                ProblemJson.read(TestData.path("data/problems/" + name + ".json")), Objective.PERIOD);
        List<Objective> objectives = List.of(Objective.PERIOD, Objective.RESPONSE);

        ParetoFront front = ExactPareto.withDefaults().search(problem, objectives, TO_THE_END);

        assertThat(front.epsilon()).isZero();
        assertThat(front.ideal().get(0)).isCloseTo(optimum, within(1e-6 * optimum));
        assertThat(front.plans()).hasSizeGreaterThan(10);
    }

    /** A chain too long for brute force: the swarm must find nothing better, and weighs less. */
    @Test
    void search_longChain_isNoWorseThanTheSwarm() {
        OffloadingProblem problem = OffloadingProblem.of(HardChains.withCosts(24, 5, 3), Objective.PERIOD);
        List<Objective> objectives = List.of(Objective.PERIOD, Objective.ENERGY, Objective.PRICE);

        ParetoFront exact = AutoPareto.withDefaults().search(problem, objectives, TO_THE_END);
        ParetoFront swarm = ParetoSwarm.withDefaults()
                .search(problem, objectives, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(50_000)));

        assertThat(exact.epsilon()).isZero();
        assertThat(swarm.epsilon()).isInfinite();
        for (double[] found : figures(swarm)) {
            assertThat(figures(exact)).anyMatch(figures -> isAtMost(figures, found));
        }
        double share = swarm.hypervolume(exact.ideal(), exact.reference());
        assertThat(share).isBetween(0.5 * exact.hypervolume(), exact.hypervolume() * (1 + 1e-9));
    }

    @Test
    void search_stoppedAtOnce_provesNothing() {
        OffloadingProblem problem = OffloadingProblem.of(HardChains.withCosts(24, 5, 3), Objective.PERIOD);
        SearchOptions now = SearchOptions.withDefaults().withStopRule(progress -> Optional.of(StopReason.CANCELLED));
        for (List<Objective> objectives :
                List.of(List.of(Objective.PERIOD, Objective.RESPONSE), List.of(Objective.MEAN, Objective.ENERGY))) {
            assertThat(ExactPareto.withDefaults()
                            .search(problem, objectives, now)
                            .epsilon())
                    .isInfinite();
        }
    }

    @Test
    void search_otherProblem_isRefusedAndLeftToTheSwarm() {
        List<Objective> objectives = List.of(Objective.PERIOD, Objective.ENERGY);
        OffloadingProblem several = OffloadingProblem.of(RandomScenarios.several(1, 3, 3), Objective.PERIOD);
        OffloadingProblem free = OffloadingProblem.of(
                RandomScenarios.chain(1, 3, 3).withStagesPerDevice(StagesPerDevice.ANY), Objective.PERIOD);
        for (OffloadingProblem problem : List.of(several, free)) {
            assertThat(ExactPareto.canSolve(problem, objectives)).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ExactPareto.withDefaults().search(problem, objectives, TO_THE_END))
                    .withMessageContaining("ParetoSwarm");
            SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(3_000));
            assertThat(AutoPareto.withDefaults().search(problem, objectives, options))
                    .isEqualTo(ParetoSwarm.withDefaults().search(problem, objectives, options));
        }
    }

    @Test
    void search_wrongObjectives_areRefused() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(1, 3, 3), Objective.PERIOD);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        AutoPareto.withDefaults().search(problem, List.of(Objective.MEAN, Objective.MEAN), TO_THE_END))
                .withMessageContaining("two or three");
    }
}
