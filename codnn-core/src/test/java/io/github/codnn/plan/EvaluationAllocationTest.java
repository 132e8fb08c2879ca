package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches evaluate millions of placements: not one byte may be allocated for one. */
class EvaluationAllocationTest {

    private static final int DEVICES = 8;

    @ParameterizedTest
    @EnumSource(TransferMode.class)
    void evaluate_warm_allocatesNothing(TransferMode transfers) {
        assertAllocatesNothing(scenario(branched(), chain()).withTransfers(transfers));
    }

    @ParameterizedTest
    @EnumSource(TransferMode.class)
    void evaluate_warmOnAChain_allocatesNothing(TransferMode transfers) {
        assertAllocatesNothing(scenario(chain()).withTransfers(transfers));
    }

    private static void assertAllocatesNothing(Scenario scenario) {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM cannot tell what it allocates");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PlanEvaluator evaluator = PlanEvaluator.of(scenario);
        Evaluation evaluation = evaluator.newEvaluation();
        int[][] placements = placements(evaluator.compiled().layerCount());
        double sum = evaluateAll(evaluation, placements, 20);

        long before = threads.getCurrentThreadAllocatedBytes();
        long nothing = threads.getCurrentThreadAllocatedBytes() - before;
        before = threads.getCurrentThreadAllocatedBytes();
        sum += evaluateAll(evaluation, placements, 5);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(sum).isPositive();
        assertThat(allocated).isEqualTo(nothing).isZero();
    }

    private static double evaluateAll(Evaluation evaluation, int[][] placements, int times) {
        double sum = 0;
        for (int time = 0; time < times; time++) {
            for (int[] placement : placements) {
                evaluation.evaluate(placement);
                sum += evaluation.periodSeconds()
                        + evaluation.energyJoules()
                        + evaluation.meanSeconds()
                        + evaluation.throughputPerSecond()
                        + evaluation.violation();
            }
        }
        return sum;
    }

    private static int[][] placements(int layers) {
        SplittableRandom random = new SplittableRandom(7);
        int[][] placements = new int[200][layers];
        for (int[] placement : placements) {
            for (int layer = 0; layer < layers; layer++) {
                placement[layer] = random.nextInt(DEVICES);
            }
        }
        return placements;
    }

    private static Task branched() {
        return Task.of("branched", network(2), "d0").withFrames(10).withDeadline(Deadline.onMean(0.1));
    }

    private static Task chain() {
        return Task.of("chain", network(1), "d1").withDeadline(Deadline.onResponse(0.1));
    }

    /** Every constraint that there is. */
    private static Scenario scenario(Task... tasks) {
        List<Device> devices = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            devices.add(Device.of("d" + device, "k")
                    .withMemoryBytes(5000)
                    .withWatts(3, 1)
                    .withPricePerSecond(0.1));
        }
        return Scenario.of(
                        "allocation",
                        Workload.of(tasks),
                        new Platform(devices, List.of(Link.of("*", "*", 1e6, 0.001))),
                        (layer, device) -> new Cost(0.01, 0.03))
                .withMaxDevices(3);
    }

    private static LayerGraph network(int reach) {
        LayerGraph.Builder builder = LayerGraph.builder("net");
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(Tensor.ofBytes("x", 1000));
        builder.input(tensors.get(0));
        for (int layer = 0; layer < 50; layer++) {
            Tensor output = Tensor.ofBytes("x" + layer, 100 + layer);
            List<Tensor> inputs = tensors.subList(Math.max(0, tensors.size() - reach), tensors.size());
            builder.add(Layer.of("l" + layer, new Operator.Other("Measured"), inputs, List.of(output))
                    .withParameters(10, 100));
            tensors.add(output);
        }
        return builder.build();
    }
}
