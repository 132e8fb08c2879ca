package io.github.codnn.testproblems;

import io.github.codnn.cost.Cost;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * A fitness that records which placements a search evaluates: on device d, layer l takes d * D^l joules, so that the
 * energy of a single frame tells the device of every layer.
 */
public final class PlacementRecorder implements Fitness {

    private final Fitness measure;
    private final int layers;
    private final int devices;
    private final List<List<Integer>> placements = new ArrayList<>();

    private PlacementRecorder(Fitness measure, int layers, int devices) {
        this.measure = measure;
        this.layers = layers;
        this.devices = devices;
    }

    /** Makes a problem with a recorder as its fitness, for tasks of one frame that pass no radio or idle power. */
    public static OffloadingProblem record(Scenario scenario, Fitness measure) {
        int layers = scenario.workload().tasks().stream()
                .mapToInt(task -> task.graph().layers().size())
                .sum();
        int devices = scenario.platform().devices().size();
        Scenario marked = scenario.withCostModel((layer, device) -> {
            double seconds = scenario.costModel().compute(layer, device).seconds();
            int index = Integer.parseInt(layer.name().substring(1));
            int column = Integer.parseInt(device.kind().substring(1));
            return new Cost(seconds, column * Math.pow(devices, index));
        });
        PlacementRecorder recorder = new PlacementRecorder(measure, layers, devices);
        OffloadingProblem problem = OffloadingProblem.of(marked, recorder);
        recorder.placements.clear();
        return problem;
    }

    /** Returns what the recorder of a problem has seen, in order, and forgets it. */
    public static List<List<Integer>> take(OffloadingProblem problem) {
        PlacementRecorder recorder = (PlacementRecorder) problem.fitness();
        List<List<Integer>> taken = List.copyOf(recorder.placements);
        recorder.placements.clear();
        return taken;
    }

    @Override
    public double of(PlanMetrics metrics) {
        long code = Math.round(metrics.computeJoules());
        List<Integer> placement = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            placement.add((int) (code % devices));
            code /= devices;
        }
        placements.add(placement);
        return measure.of(metrics);
    }
}
