package io.github.codnn.reproduce;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.simulate.Simulation;
import io.github.codnn.zoo.ModelZoo;
import java.util.List;

/** Equations 1 and 2: the time of n frames and the throughput of a pipeline. */
final class PipelineEquations implements Experiment {

    private static final List<Long> FRAMES = List.of(1L, 2L, 10L, 100L, 1000L);

    @Override
    public Finding run(Effort effort) {
        Table table = Table.of(
                "equations",
                "network",
                "frames",
                "T by eq. 1, s",
                "T simulated, s",
                "difference",
                "T/n, s",
                "period, s");
        double worst = 0;
        for (ModelZoo model : StrategyComparison.NETWORKS) {
            LayerGraph network = model.build();
            Placement placement = Reproduction.PLANNER
                    .plan(scenario(network, 1), Objective.PERIOD)
                    .best()
                    .orElseThrow()
                    .placement();
            for (long frames : effort.of(FRAMES)) {
                Scenario scenario = scenario(network, frames);
                MetricsSnapshot metrics = PlanEvaluator.of(scenario).evaluate(placement);
                Simulation simulation = PipelineSimulator.of(scenario).simulate(placement);
                double difference = simulation.makespanSeconds() / metrics.makespanSeconds() - 1;
                worst = Math.max(worst, Math.abs(difference));
                table = table.with(
                        model.title(),
                        frames,
                        metrics.makespanSeconds(),
                        simulation.makespanSeconds(),
                        Math.abs(difference) < 1e-9 ? "below 1e-9" : Table.percent(difference),
                        metrics.meanSeconds(),
                        metrics.periodSeconds());
            }
        }
        boolean exact = worst < 1e-9;
        return new Finding(
                "Time and throughput of a pipeline (section 3.3, equations 1 and 2)",
                "n frames take T = sum of t_i + (n - 1) dt, the throughput is 1/dt, and the mean time T/n tends to dt.",
                "The plans of least period for four networks on the platform of the comparison below; every frame is "
                        + "simulated, event by event, and compared with equation 1.",
                exact ? Verdict.REPRODUCED : Verdict.IN_PART,
                exact
                        ? "The simulation agrees with equation 1 wherever the plan is a chain of stages, one a "
                                + "device. Where transfers of a frame may meet those of the next, equation 1 is a "
                                + "lower bound; PipelineSimulator proves both."
                        : "Frames meet on some of these plans, where equation 1 is only a lower bound.",
                List.of(table),
                List.of());
    }

    private static Scenario scenario(LayerGraph network, long frames) {
        Task task = Task.of("frames", network, EdgePlatform.CAMERA).withFrames(frames);
        return Scenario.of(
                network.name(), Workload.of(task), EdgePlatform.withDefaults(), RooflineCostModel.withPresets());
    }
}
