package io.github.codnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.testing.PlanningArbitraries.Case;
import io.github.codnn.testing.SharedMedia;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class StageOperationsTest {

    private static final long ALL = 1_000_000;

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Scenario> scenarios = PlanningArbitraries.scenarios();
        Arbitrary<Case> cases = Arbitraries.oneOf(
                List.of(PlanningArbitraries.cases(scenarios), PlanningArbitraries.stageCases(scenarios)));
        return Combinators.combine(cases, Arbitraries.integers())
                .as((sample, seed) -> seed % 2 == 0
                        ? new Case(SharedMedia.spread(sample.scenario(), seed), sample.placement())
                        : sample);
    }

    /** The simulation of single layers is the oracle. */
    @Property(tries = 500, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void simulateFirst_anyCase_takesTheTimesOfSingleLayers(@ForAll("cases") Case sample) {
        Scenario scenario = sample.scenario();
        Simulation layers = PipelineSimulator.of(scenario).simulate(sample.placement());

        Simulation stages = PipelineSimulator.simulateFirst(scenario, sample.placement(), ALL, ALL);

        Statistics.label("joins layers").collect(joins(sample));
        for (int task = 0; task < layers.tasks().size(); task++) {
            Simulation.TaskRun expected = layers.tasks().get(task);
            Simulation.TaskRun actual = stages.tasks().get(task);
            assertClose(actual.worstResponseSeconds(), expected.worstResponseSeconds());
            assertClose(actual.lastCompletionSeconds(), expected.lastCompletionSeconds());
            assertClose(
                    actual.periodSeconds().orElse(0), expected.periodSeconds().orElse(0));
            assertThat(actual.frames()).isEqualTo(expected.frames());
        }
        assertClose(stages.energyJoules(), layers.energyJoules());
    }

    private static boolean joins(Case sample) {
        List<List<FrameOperations.Operation>> frames = sample.scenario().workload().tasks().stream()
                .map(task -> FrameOperations.of(sample.scenario(), task, sample.placement()))
                .toList();
        return sample.scenario().rules().transfers() == TransferMode.OVERLAPPED
                && count(StageOperations.of(frames)) < count(frames);
    }

    private static int count(List<List<FrameOperations.Operation>> frames) {
        return frames.stream().mapToInt(List::size).sum();
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-9 * Math.max(1e-6, Math.abs(expected))));
    }
}
