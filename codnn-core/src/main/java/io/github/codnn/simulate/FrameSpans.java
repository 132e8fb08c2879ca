package io.github.codnn.simulate;

import io.github.codnn.plan.OpenedBlocks;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.Arrays;
import java.util.List;

/** From when to when a single frame keeps each resource, waits between two operations included. */
final class FrameSpans {

    /** Relative, of a span that is a period but for rounding. */
    private static final double ROUNDING = 1e-12;

    private FrameSpans() {}

    /**
     * Tells whether frames never wait for each other, by the second statement of {@link PipelineSimulator}: there is
     * one task, and a frame is done with each resource within a period after it came to it. The closed form is exact
     * then.
     *
     * @param scenario the scenario
     * @param placement a placement whose transfers all have links
     * @return whether the closed form is proven to be exact
     */
    static boolean neverMeet(Scenario scenario, Placement placement) {
        OpenedBlocks blocks = OpenedBlocks.of(scenario);
        List<Task> tasks = blocks.scenario().workload().tasks();
        if (tasks.size() > 1) {
            return false;
        }
        List<FrameOperations.Operation> operations =
                FrameOperations.of(scenario, tasks.get(0), blocks.placement(placement));
        int resources = FrameOperations.resourceCount(scenario.platform());
        double[] load = new double[resources];
        double[] begin = new double[resources];
        double[] end = new double[resources];
        double[] completion = new double[operations.size()];
        Arrays.fill(begin, Double.POSITIVE_INFINITY);
        for (int index = 0; index < completion.length; index++) {
            FrameOperations.Operation operation = operations.get(index);
            double start = operation.before().stream()
                    .mapToDouble(before -> completion[before])
                    .max()
                    .orElse(0);
            completion[index] = start + operation.seconds();
            for (int resource : operation.resources()) {
                load[resource] += operation.seconds();
                begin[resource] = Math.min(begin[resource], start);
                end[resource] = Math.max(end[resource], completion[index]);
            }
        }
        double period = Arrays.stream(load).max().orElse(0) * (1 + ROUNDING);
        for (int resource = 0; resource < resources; resource++) {
            if (end[resource] - begin[resource] > period) {
                return false;
            }
        }
        return true;
    }
}
