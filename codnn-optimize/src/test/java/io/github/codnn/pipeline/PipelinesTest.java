package io.github.codnn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.swarm.SplitMix;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PipelinesTest {

    /** Chains only, drawn from seeds: two or three of them, or a single one. */
    private static Scenario draw(long seed) {
        return seed % 4 == 0 ? RandomScenarios.chain(seed, 12, 5) : RandomScenarios.severalChains(seed, 12, 5);
    }

    private static Offset<Double> rounding(double value) {
        return within(1e-9 * Math.max(1e-3, Math.abs(value)));
    }

    @Test
    void evaluate_anyStages_agreesWithThePlanEvaluator() {
        for (long seed = 0; seed < 150; seed++) {
            OffloadingProblem problem = OffloadingProblem.of(draw(seed), Objective.ENERGY);
            Pipelines pipelines = Pipelines.of(problem).orElseThrow();
            PipelinesEvaluation evaluation = new PipelinesEvaluation(pipelines);
            Evaluation full = problem.evaluator().newEvaluation();
            RandomPlacement sampler = new RandomPlacement(Arrangement.of(problem));
            SplitMix random = new SplitMix(seed);
            int[] placement = new int[problem.compiled().layerCount()];
            int[] written = new int[placement.length];
            for (int draw = 0; draw < 10; draw++) {
                sampler.drawStages(random, placement);
                Pipeline[] tasks = read(pipelines, placement);
                evaluation.evaluate(tasks);
                full.evaluate(placement);
                evaluation.write(tasks, written);

                assertThat(written).isEqualTo(placement);
                assertSame(evaluation, full, seed);
            }
        }
    }

    private static Pipeline[] read(Pipelines pipelines, int[] placement) {
        Pipeline[] tasks = new Pipeline[pipelines.tasks];
        for (int task = 0; task < tasks.length; task++) {
            tasks[task] = pipelines.newPipeline(task);
            pipelines.read(task, placement, tasks[task]);
        }
        return tasks;
    }

    private static void assertSame(PlanMetrics actual, PlanMetrics expected, long seed) {
        for (int task = 0; task < expected.taskCount(); task++) {
            assertThat(actual.periodSeconds(task))
                    .as("seed %d", seed)
                    .isCloseTo(expected.periodSeconds(task), rounding(1));
            assertThat(actual.responseSeconds(task)).isCloseTo(expected.responseSeconds(task), rounding(1));
            assertThat(actual.meanSeconds(task)).isCloseTo(expected.meanSeconds(task), rounding(1));
        }
        assertThat(actual.periodSeconds()).isCloseTo(expected.periodSeconds(), rounding(1));
        assertThat(actual.responseSeconds()).isCloseTo(expected.responseSeconds(), rounding(1));
        assertThat(actual.makespanSeconds()).isCloseTo(expected.makespanSeconds(), rounding(100));
        assertThat(actual.meanSeconds()).isCloseTo(expected.meanSeconds(), rounding(1));
        assertThat(actual.computeJoules()).isCloseTo(expected.computeJoules(), rounding(expected.energyJoules()));
        assertThat(actual.idleJoules()).isCloseTo(expected.idleJoules(), rounding(expected.energyJoules()));
        assertThat(actual.transferJoules()).isCloseTo(expected.transferJoules(), rounding(expected.energyJoules()));
        assertThat(actual.switchOnJoules()).isCloseTo(expected.switchOnJoules(), rounding(expected.energyJoules()));
        assertThat(actual.price()).isCloseTo(expected.price(), rounding(expected.price()));
        assertThat(actual.devicesUsed()).isEqualTo(expected.devicesUsed());
        assertThat(actual.violation()).as("seed %d", seed).isCloseTo(expected.violation(), rounding(1));
        assertThat(actual.violation() == 0).as("seed %d", seed).isEqualTo(expected.violation() == 0);
    }

    @Test
    void of_graphsOrSeveralStages_isEmpty() {
        Scenario chain = RandomScenarios.severalChains(1, 5, 3).withStagesPerDevice(StagesPerDevice.ANY);
        assertThat(Pipelines.of(OffloadingProblem.of(chain, Objective.ENERGY))).isEqualTo(Optional.empty());
        Scenario graph = RandomScenarios.dag(12, 15, 3);
        assertThat(graph.workload().tasks().get(0).graph().isChain()).isFalse();
        assertThat(Pipelines.of(OffloadingProblem.of(graph, Objective.ENERGY))).isEqualTo(Optional.empty());
    }
}
