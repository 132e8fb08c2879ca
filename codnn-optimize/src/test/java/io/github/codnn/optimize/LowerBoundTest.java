package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.plan.Deadline;
import io.github.codnn.plan.Scenario;
import io.github.codnn.plan.Task;
import io.github.codnn.plan.Workload;
import io.github.codnn.strategy.ExactPipeline;
import io.github.codnn.strategy.Exhaustive;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LowerBoundTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(progress -> java.util.Optional.empty());

    @Property(tries = 300)
    void of_chain_isNeverAboveTheOptimum(@ForAll long seed, @ForAll Objective objective) {
        assertBelowOptimum(RandomScenarios.chain(seed, 6, 4), objective);
    }

    @Property(tries = 300)
    void of_dag_isNeverAboveTheOptimum(@ForAll long seed, @ForAll Objective objective) {
        assertBelowOptimum(RandomScenarios.dag(seed, 5, 3), objective);
    }

    @Property(tries = 300)
    void of_severalTasks_isNeverAboveTheOptimum(@ForAll long seed, @ForAll Objective objective) {
        assertBelowOptimum(RandomScenarios.several(seed, 2, 3), objective);
    }

    /** Blocks that do not wait for all their inputs are sooner done than their parts in a row after the last. */
    @Property(tries = 200)
    void of_blocks_isNeverAboveTheOptimum(@ForAll long seed, @ForAll Objective objective) {
        Scenario layers = RandomScenarios.dag(seed, 8, 3);
        Task task = layers.workload().tasks().get(0).withPinned(Map.of());
        Scenario free = layers.withWorkload(Workload.of(task));
        assertBelowOptimum(
                CollapsedScenario.of(free, ChainLinearizer.withDefaults()).scenario(), objective);
    }

    private static void assertBelowOptimum(Scenario scenario, Objective objective) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, objective);
        SearchResult optimum = Exhaustive.withDefaults().search(problem, TO_THE_END);
        double bound = LowerBound.of(problem);
        assertThat(bound).isNotNaN();
        if (optimum.best().isPresent()) {
            assertThat(bound).isLessThanOrEqualTo(optimum.value());
        }
    }

    /** A deadline costs energy: the bound must see that where it is all there is to it. */
    @Property(tries = 100)
    void of_energyUnderDeadline_risesWithoutPassingTheOptimum(@ForAll long seed) {
        Scenario scenario = RandomScenarios.chain(seed, 5, 4);
        Task free = scenario.workload().tasks().get(0).withoutDeadline();
        Scenario unlimited = scenario.withWorkload(Workload.of(free));
        SearchResult fastest =
                ExactPipeline.withDefaults().search(OffloadingProblem.of(unlimited, Objective.RESPONSE), TO_THE_END);
        if (fastest.best().isPresent() && fastest.value() > 0) {
            Task hurried = free.withDeadline(Deadline.onResponse(fastest.value() * 1.05));
            Scenario tight = scenario.withWorkload(Workload.of(hurried));
            assertBelowOptimum(tight, Objective.ENERGY);
            assertThat(LowerBound.of(OffloadingProblem.of(tight, Objective.ENERGY)))
                    .isGreaterThanOrEqualTo(LowerBound.of(OffloadingProblem.of(unlimited, Objective.ENERGY)));
        }
    }

    @Test
    void of_tasksThatShareDevices_addsTheirWork() {
        Scenario one = RandomScenarios.chain(12, 8, 1);
        Task task = one.workload().tasks().get(0).withoutDeadline();
        Task twin = new Task(
                "twin",
                task.graph(),
                task.source(),
                task.sink(),
                task.frames(),
                task.deadline(),
                task.pinned(),
                task.colocated());
        Scenario two = one.withWorkload(new Workload(List.of(task, twin)));
        double bound = LowerBound.of(OffloadingProblem.of(one.withWorkload(Workload.of(task)), Objective.PERIOD));
        assertThat(bound).isPositive();
        assertThat(LowerBound.of(OffloadingProblem.of(two, Objective.PERIOD)))
                .isCloseTo(2 * bound, org.assertj.core.api.Assertions.within(1e-6 * bound));
    }

    @Test
    void of_fitnessOfOnesOwn_isNotKnown() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(1, 4, 3), metrics -> 1);
        assertThat(LowerBound.of(problem)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
