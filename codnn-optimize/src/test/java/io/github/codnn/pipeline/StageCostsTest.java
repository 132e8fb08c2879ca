package io.github.codnn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;

class StageCostsTest {

    /** Stages drawn at random: some distinct devices, some cuts. */
    private static final class Pipeline {

        private final int[] devices;
        private final int[] ends;

        private Pipeline(int[] devices, int[] ends) {
            this.devices = devices;
            this.ends = ends;
        }

        static Pipeline draw(StageCosts chain, Random random) {
            List<Integer> order = new ArrayList<>();
            for (int device = 0; device < chain.devices(); device++) {
                order.add(device);
            }
            Collections.shuffle(order, random);
            int stages = 1 + random.nextInt(Math.min(chain.layers(), chain.devices()));
            int[] ends = random.ints(1, Math.max(2, chain.layers()))
                    .distinct()
                    .limit(stages - 1)
                    .sorted()
                    .toArray();
            ends = Arrays.copyOf(ends, stages);
            ends[stages - 1] = chain.layers();
            return new Pipeline(
                    order.stream().limit(stages).mapToInt(device -> device).toArray(), ends);
        }

        int stages() {
            return devices.length;
        }

        int[] placement(StageCosts chain) {
            return chain.placement(devices.length, devices, ends);
        }
    }

    @Property(tries = 2000)
    void evaluate_anyPipeline_agreesWithPlanEvaluator(@ForAll long seed) {
        StageCosts chain = chain(seed);
        Pipeline pipeline = Pipeline.draw(chain, new Random(seed));
        Evaluation expected = chain.problem().evaluator().newEvaluation();
        expected.evaluate(pipeline.placement(chain));
        StageEvaluation actual = chain.newEvaluation();
        // A first, different pipeline must leave nothing behind.
        Pipeline other = Pipeline.draw(chain, new Random(~seed));
        actual.evaluate(other.stages(), other.devices, other.ends);
        actual.evaluate(pipeline.stages(), pipeline.devices, pipeline.ends);
        assertSame(actual, expected);
    }

    private static void assertSame(PlanMetrics actual, PlanMetrics expected) {
        Offset<Double> rounding = within(1e-9 * (1 + expected.energyJoules() + expected.makespanSeconds()));
        assertThat(actual.periodSeconds()).isCloseTo(expected.periodSeconds(), rounding);
        assertThat(actual.responseSeconds()).isCloseTo(expected.responseSeconds(), rounding);
        assertThat(actual.makespanSeconds()).isCloseTo(expected.makespanSeconds(), rounding);
        assertThat(actual.meanSeconds()).isCloseTo(expected.meanSeconds(), rounding);
        assertThat(actual.computeJoules()).isCloseTo(expected.computeJoules(), rounding);
        assertThat(actual.idleJoules()).isCloseTo(expected.idleJoules(), rounding);
        assertThat(actual.transferJoules()).isCloseTo(expected.transferJoules(), rounding);
        assertThat(actual.switchOnJoules()).isCloseTo(expected.switchOnJoules(), rounding);
        assertThat(actual.price()).isCloseTo(expected.price(), rounding);
        assertThat(actual.devicesUsed()).isEqualTo(expected.devicesUsed());
        assertThat(actual.violation()).isCloseTo(expected.violation(), within(1e-9));
    }

    @Property(tries = 1000)
    void classOf_equalDevicesSwapped_changeNoFigure(@ForAll long seed) {
        StageCosts chain = chain(seed);
        for (List<Integer> equal : chain.classes()) {
            if (equal.size() > 1) {
                Pipeline pipeline = Pipeline.draw(chain, new Random(seed));
                Evaluation original = chain.problem().evaluator().newEvaluation();
                original.evaluate(pipeline.placement(chain));
                int one = equal.get(0);
                int other = equal.get(equal.size() - 1);
                int[] swapped = Arrays.stream(pipeline.devices)
                        .map(device -> device == one ? other : device == other ? one : device)
                        .toArray();
                Evaluation changed = chain.problem().evaluator().newEvaluation();
                changed.evaluate(chain.placement(pipeline.stages(), swapped, pipeline.ends));
                assertSame(changed, original);
            }
        }
    }

    @Property(tries = 1000)
    void furthestEnd_andAllowedCuts_areNecessaryForFeasibility(@ForAll long seed) {
        StageCosts chain = chain(seed);
        Pipeline pipeline = Pipeline.draw(chain, new Random(seed));
        StageEvaluation evaluation = chain.newEvaluation();
        evaluation.evaluate(pipeline.stages(), pipeline.devices, pipeline.ends);
        boolean fits = pipeline.stages() <= chain.maxStages();
        int start = 0;
        for (int stage = 0; stage < pipeline.stages(); stage++) {
            int end = pipeline.ends[stage];
            fits &= chain.isCutAllowed(end) && end <= chain.furthestEnd(pipeline.devices[stage], start);
            start = end;
        }
        if (evaluation.feasible()) {
            assertThat(fits).isTrue();
        }
    }

    private static StageCosts chain(long seed) {
        return StageCosts.of(OffloadingProblem.of(RandomScenarios.chain(seed, 12, 5), Objective.PERIOD))
                .orElseThrow();
    }
}
