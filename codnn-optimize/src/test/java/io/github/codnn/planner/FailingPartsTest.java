package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.json.PlanJson;
import io.github.codnn.optimize.InvalidProofException;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.SizedScenarios;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A part of a search that fails leaves a notice in the plan that the other parts find. */
class FailingPartsTest {

    private static final OffloadingProblem PROBLEM =
            OffloadingProblem.of(SizedScenarios.chains(1, 3, 5, 3), Objective.PERIOD);
    private static final SearchOptions OPTIONS = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(300));

    static Stream<Throwable> failures() {
        return Stream.of(
                new CodnnException("why"),
                new ArithmeticException("why"),
                new ArrayIndexOutOfBoundsException("why"),
                new InvalidProofException("why"),
                new OutOfMemoryError("why"),
                new StackOverflowError("why"));
    }

    private static SearchResult fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private static SearchResult greedy(SearchOptions options) {
        return Greedy.withDefaults().search(PROBLEM, options);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void phasedRun_aPhaseFails_statesItInThePlanOfTheNext(Throwable failure) {
        PhasedRun phases = new PhasedRun(PROBLEM, OPTIONS);
        phases.run("Broken", options -> fail(failure));
        phases.run("Greedy", FailingPartsTest::greedy);

        Plan plan = phases.result().bestOrClosest().orElseThrow();
        assertThat(plan.notices()).singleElement().asString().contains("Broken").contains("why");
        assertThat(PlanJson.parse(PlanJson.render(plan, OptionalDouble.empty())).notices())
                .isEqualTo(plan.notices());
    }

    @Test
    void phasedRun_aPhaseFailsAfterAPlan_keepsThePlan() {
        PhasedRun phases = new PhasedRun(PROBLEM, OPTIONS);
        phases.run("Greedy", options -> greedy(options.withShare(0.5)));
        double value = phases.result().value();
        phases.run("Broken", options -> fail(new CodnnException("why")));

        assertThat(phases.result().value()).isEqualTo(value);
        assertThat(phases.result().bestOrClosest().orElseThrow().notices()).hasSize(1);
    }

    @Test
    void phasedRun_allPhasesFail_throwsTheFirstFailure() {
        CodnnException first = new CodnnException("first");
        PhasedRun phases = new PhasedRun(PROBLEM, OPTIONS);
        phases.run("One", options -> fail(first));
        phases.run("Two", options -> fail(new CodnnException("second")));

        assertThatThrownBy(phases::result).isSameAs(first);
    }

    @Test
    void phasedRun_failedPhase_countsItsEvaluations() {
        PhasedRun phases = new PhasedRun(PROBLEM, OPTIONS);
        phases.run("Broken", options -> {
            greedy(options.withShare(0.5));
            return fail(new CodnnException("why"));
        });
        phases.run("Greedy", FailingPartsTest::greedy);

        long alone = greedy(OPTIONS.withShare(0.5)).evaluations();
        assertThat(phases.result().evaluations()).isBetween(alone + 1, 330L);
    }

    @Test
    void auto_listenerThrows_endsWithItsException() {
        IllegalStateException failure = new IllegalStateException("enough");
        SearchOptions options = OPTIONS.withListener(progress -> {
            throw failure;
        });

        assertThatThrownBy(() -> Auto.withDefaults().search(PROBLEM, options)).isSameAs(failure);
    }

    @Test
    void auto_stopRuleThrows_endsWithItsException() {
        CodnnException failure = new CodnnException("enough");
        SearchOptions options = OPTIONS.withStopRule(progress -> {
            throw failure;
        });

        assertThatThrownBy(() -> Auto.withDefaults().search(PROBLEM, options)).isSameAs(failure);
    }

    @Test
    void auto_fitnessThrows_endsWithItsException() {
        CodnnException failure = new CodnnException("mine");
        Fitness fitness = metrics -> {
            throw failure;
        };

        assertThatThrownBy(() -> Auto.withDefaults().search(PROBLEM.withFitness(fitness), OPTIONS))
                .isSameAs(failure);
    }

    static Stream<Arguments> errorsOfStrategies() {
        return Strategies.all().stream()
                .flatMap(entry -> Stream.of(new StackOverflowError("mine"), new OutOfMemoryError("mine"))
                        .map(error -> Arguments.of(entry.name(), error)));
    }

    /** An error of a user's own code is not a failing part, however late it comes. */
    @ParameterizedTest
    @MethodSource("errorsOfStrategies")
    void search_fitnessThrowsAnError_endsWithIt(String strategy, Error error) {
        for (int last : new int[] {1, 40}) {
            int[] asked = {0};
            Fitness fitness = metrics -> {
                if (++asked[0] >= last) {
                    throw error;
                }
                return metrics.periodSeconds();
            };
            endsWithItIfAsked(Strategies.named(strategy), fitness, error, asked, last);
        }
    }

    private static void endsWithItIfAsked(Strategy strategy, Fitness fitness, Error error, int[] asked, int last) {
        try {
            strategy.search(PROBLEM.withFitness(fitness), OPTIONS);
            assertThat(asked[0]).isLessThan(last);
        } catch (StackOverflowError | OutOfMemoryError thrown) {
            assertThat(thrown).isSameAs(error);
        } catch (IllegalArgumentException refused) {
            assertThat(asked[0]).isZero();
        }
    }

    @Test
    void oneAfterAnother_aTaskFails_staysWhereItsFramesArise() {
        Strategy failsForTwo =
                (problem, options) -> problem.scenario().workload().tasks().size() == 2
                        ? fail(new ArithmeticException("why"))
                        : Greedy.withDefaults().search(problem, options);
        SearchResult result =
                OneAfterAnother.withDefaults().withStrategy(failsForTwo).search(PROBLEM, OPTIONS);

        Plan plan = result.bestOrClosest().orElseThrow();
        assertThat(plan.notices()).singleElement().asString().contains("'t1'").contains("why");
        assertThat(plan.placement().of("t1").values()).containsOnly("d0");
    }

    @Test
    void lexicographic_aLaterObjectiveFails_keepsThePlanOfTheFirst() {
        Strategy failsForOthers = (problem, options) -> problem.objective().isEmpty()
                ? fail(new InvalidProofException("why"))
                : Greedy.withDefaults().search(problem, options);
        SearchResult result =
                Lexicographic.of(Objective.PRICE).withStrategy(failsForOthers).search(PROBLEM, OPTIONS);

        assertThat(result.value()).isEqualTo(greedy(OPTIONS.withShare(0.5)).value());
        assertThat(result.bestOrClosest().orElseThrow().notices())
                .singleElement()
                .asString()
                .contains("price")
                .contains("why");
    }

    @Test
    void planner_strategyRefuses_throwsItsRefusal() {
        Strategy refusing = (problem, options) -> fail(new IllegalArgumentException("not this kind"));

        for (Strategy strategy : List.of(
                refusing,
                OneAfterAnother.withDefaults().withStrategy(refusing),
                Lexicographic.of(Objective.PRICE).withStrategy(refusing))) {
            assertThatThrownBy(() -> Planner.withDefaults()
                            .withStrategy(strategy)
                            .withOptions(OPTIONS)
                            .plan(PROBLEM.scenario(), PROBLEM.fitness()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not this kind");
        }
    }
}
