package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.exact.ExactPareto;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontCheckTest {

    private static final List<Objective> OBJECTIVES = List.of(Objective.PERIOD, Objective.PRICE);
    private static final ParetoFront FRONT = front();
    private static final OffloadingProblem PROBLEM =
            problem(FRONT.plans().get(0).scenario());

    private static OffloadingProblem problem(Scenario scenario) {
        return OffloadingProblem.of(scenario, Objective.PERIOD);
    }

    /** Returns a front of several plans, one of them on a single device. */
    private static ParetoFront front() {
        for (long seed = 0; ; seed++) {
            OffloadingProblem problem = problem(RandomScenarios.chain(seed, 5, 3));
            ParetoFront front = ExactPareto.withDefaults().search(problem, OBJECTIVES, SearchOptions.withDefaults());
            if (front.plans().size() > 2 && front.plans().stream().anyMatch(FrontCheckTest::isOnOneDevice)) {
                return front;
            }
        }
    }

    private static boolean isOnOneDevice(Plan plan) {
        return plan.metrics().devicesUsed() == 1;
    }

    private static ParetoFront withPlans(List<Plan> plans) {
        return new ParetoFront(
                OBJECTIVES,
                plans,
                0,
                BoundScope.ALL_PLANS,
                FRONT.ideal(),
                FRONT.reference(),
                FRONT.hypervolume(),
                List.of());
    }

    private static void assertRejected(List<Plan> plans, String why) {
        ParetoFront wrong = withPlans(plans);
        assertThatThrownBy(() -> wrong.verified(PROBLEM))
                .isInstanceOf(InvalidProofException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    @Test
    void verified_frontOfAnExactSearch_returnsIt() {
        assertThat(FRONT.verified(PROBLEM)).isSameAs(FRONT);
    }

    @Test
    void verified_planOnOneDeviceLeftOut_throws() {
        assertRejected(
                FRONT.plans().stream().filter(plan -> !isOnOneDevice(plan)).toList(), "misses the plan on device");
    }

    @Test
    void verified_planTwice_throws() {
        List<Plan> twice = new ArrayList<>(FRONT.plans());
        twice.add(FRONT.plans().get(0));
        assertRejected(twice, "others dominate");
    }

    @Test
    void verified_figuresOfAnotherPlan_throws() {
        Plan first = FRONT.plans().get(0);
        Plan second = FRONT.plans().get(1);
        Plan wrong = new Plan(first.scenario(), second.placement(), second.stages(), first.metrics(), first.run());
        assertRejected(List.of(wrong), "claims the period");
    }

    @Test
    void verified_otherDeadline_rejectsTheLatePlan() {
        double least = FRONT.plans().stream()
                .map(Plan::metrics)
                .mapToDouble(PlanMetrics::responseSeconds)
                .min()
                .orElseThrow();
        Task task = PROBLEM.scenario().workload().tasks().get(0).withDeadline(Deadline.onResponse(least / 2));
        Scenario strict = PROBLEM.scenario().withWorkload(Workload.of(task));
        assertThatThrownBy(() -> FRONT.verified(problem(strict)))
                .isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("violation");
    }

    @Test
    void verified_planThatStatesAShare_mayMissSingleDevicesByIt() {
        OffloadingProblem problem = OffloadingProblem.of(ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p",
                 "devices": [{"name": "a", "kind": "ten", "pricePerSecond": 1},
                             {"name": "b", "kind": "twelve", "pricePerSecond": 1}],
                 "tasks": [{"name": "t", "layers": [{"name": "l", "seconds": {"ten": 10, "twelve": 12}}]}]}
                """), Objective.PERIOD);
        List<Plan> slower = List.of(problem.plan(problem.evaluator().decode(new int[] {1})));
        ParetoFront near = ParetoFront.of(OBJECTIVES, slower, 0.2);
        ParetoFront far = ParetoFront.of(OBJECTIVES, slower, 0.19);
        ParetoFront open = ParetoFront.of(OBJECTIVES, slower, Double.POSITIVE_INFINITY);

        assertThat(near.verified(problem)).isSameAs(near);
        assertThat(open.verified(problem)).isSameAs(open);
        assertThatThrownBy(() -> far.verified(problem))
                .isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("device 'a' alone by more than the share 0.19");
    }

    @Test
    void verified_twoPlansThatOthersDominate_throwsWithTheirNumber() {
        List<Plan> twice = new ArrayList<>(FRONT.plans());
        twice.add(FRONT.plans().get(0));
        twice.add(FRONT.plans().get(1));
        assertRejected(twice, "has 2 plans that others dominate");
    }

    /** Plans that are feasible in closed form, of which a simulation shows that some are late. */
    @Test
    void verified_latePlans_areLeftOutAndNothingIsProven() {
        OffloadingProblem problem = StreamPlacements.PROBLEM;
        List<Plan> feasible = StreamPlacements.FEASIBLE.stream()
                .map(known -> problem.evaluator().plan(problem.evaluator().decode(known.placement())))
                .toList();
        ParetoFront closed =
                ParetoFront.of(OBJECTIVES, feasible, Double.POSITIVE_INFINITY).withScope(BoundScope.WHOLE_BLOCKS);
        List<Plan> kept = closed.plans().stream()
                .filter(plan -> problem.plan(plan.placement()).metrics().feasible())
                .toList();

        ParetoFront verified = closed.verified(problem);

        assertThat(kept).hasSizeLessThan(closed.plans().size());
        assertThat(verified.plans()).isEqualTo(kept);
        assertThat(verified.epsilon()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(verified.scope()).isEqualTo(BoundScope.WHOLE_BLOCKS);
        assertThat(verified.verified(problem)).isSameAs(verified);
    }
}
