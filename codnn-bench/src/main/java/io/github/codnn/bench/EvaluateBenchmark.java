package io.github.codnn.bench;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many placements of a network on eight devices can be evaluated each second by one thread? Run with
 * {@code -prof gc} to see that an evaluation allocates nothing.
 *
 * <p>A placement divides the layers, in their order, into runs on distinct devices. Memory is not limited, as in most
 * searches with measured times.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EvaluateBenchmark {

    private static final int DEVICES = 8;
    private static final int PLACEMENTS = 64;

    /** The number of layers. */
    @Param({"10", "100", "1000", "10000"})
    public int layers;

    /** The number of previous layers that each layer reads: 1 is a chain. */
    @Param({"1", "2"})
    public int reach;

    /** Whether transfers overlap with computing. */
    @Param({"OVERLAPPED", "BLOCKING"})
    public TransferMode transfers = TransferMode.OVERLAPPED;

    private final int[][] placements = new int[PLACEMENTS][];
    private PlanEvaluator evaluator = PlanEvaluator.of(scenario(1, 1));
    private Evaluation evaluation = evaluator.newEvaluation();
    private int next;

    /** Makes the network and the placements. */
    @Setup(Level.Trial)
    public void setUp() {
        evaluator = PlanEvaluator.of(scenario(layers, reach).withTransfers(transfers));
        evaluation = evaluator.newEvaluation();
        SplittableRandom random = new SplittableRandom(1);
        for (int index = 0; index < PLACEMENTS; index++) {
            placements[index] = stages(random);
        }
    }

    /**
     * Evaluates one placement.
     *
     * @return its period
     */
    @Benchmark
    public double evaluate() {
        evaluation.evaluate(placements[next++ & (PLACEMENTS - 1)]);
        return evaluation.periodSeconds();
    }

    private int[] stages(SplittableRandom random) {
        int[] order = new int[DEVICES];
        for (int device = 0; device < DEVICES; device++) {
            int other = random.nextInt(device + 1);
            order[device] = order[other];
            order[other] = device;
        }
        int[] placement = new int[layers];
        for (int cut = 1; cut < DEVICES; cut++) {
            placement[random.nextInt(layers)]++;
        }
        int stage = 0;
        for (int layer = 0; layer < layers; layer++) {
            stage += placement[layer];
            placement[layer] = order[stage];
        }
        return placement;
    }

    static Scenario scenario(int layers, int reach) {
        SplittableRandom random = new SplittableRandom(2);
        LayerGraph.Builder builder = LayerGraph.builder("net");
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(Tensor.ofBytes("input", 600_000));
        builder.input(tensors.get(0));
        for (int layer = 0; layer < layers; layer++) {
            Tensor output = Tensor.ofBytes("x" + layer, 1000 + random.nextInt(1_000_000));
            List<Tensor> inputs = tensors.subList(Math.max(0, tensors.size() - reach), tensors.size());
            builder.add(Layer.of("l" + layer, new Operator.Other("Measured"), inputs, List.of(output))
                    .withMacs(1 + random.nextInt(1_000_000)));
            tensors.add(output);
        }
        List<Device> devices = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            devices.add(Device.of("d" + device, "k" + device).withWatts(5, 2));
        }
        return Scenario.of(
                "evaluate",
                Workload.of(Task.of("t", builder.build(), "d0").withFrames(100)),
                new Platform(devices, List.of(Link.of("*", "*", 1e8, 0.001))),
                (layer, device) -> {
                    double seconds = layer.macs() * 1e-9 * (1 + device.kind().charAt(1) % 4);
                    return new Cost(seconds, seconds * device.activeWatts());
                });
    }
}
