package io.github.codnn.reproduce;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.reproduce.Judgement.Verdict;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.PipelineSimulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Equations 1 and 2: the time of n frames and the throughput of a pipeline. */
final class PipelineEquations implements Reproduction.Experiment {

    private static final List<Long> FRAMES = List.of(1L, 2L, 10L, 100L, 1000L);
    private static final double ROUNDING = 1e-9;
    private static final String RULE = "Confirmed if every simulated plan takes the time of equation 1, but for "
            + "rounding; refuted if more than 5 % of the plans take over 1 % longer; otherwise not decided.";

    @Override
    public String title() {
        return "Time and throughput of a pipeline (section 3.3, equations 1 and 2)";
    }

    @Override
    public Finding run(Effort effort, Cells cells) {
        Table table = Table.of(
                "equations", "transfers", "frames", "plans", "as by equation 1", "greatest excess, as a share");
        List<Judgement> judgements = new ArrayList<>();
        for (TransferMode transfers : TransferMode.values()) {
            List<Double> all = new ArrayList<>();
            for (long frames : effort.of(FRAMES)) {
                List<Double> excess = excesses(cells, effort.platforms(), transfers, frames);
                all.addAll(excess);
                table = table.with(
                        transfers.name().toLowerCase(Locale.ROOT),
                        frames,
                        excess.size(),
                        exact(excess).value(),
                        greatest(excess));
            }
            judgements.add(new Judgement(
                    "With " + transfers.name().toLowerCase(Locale.ROOT)
                            + " transfers the time of n frames is that of equation 1.",
                    RULE,
                    verdict(all),
                    exact(all).successes() + " of " + all.size() + " simulations agree; the greatest excess is "
                            + Table.number(greatest(all)) + ", as a share."));
        }
        return new Finding(
                title(),
                "n frames take T = sum of t_i + (n - 1) dt, the throughput is 1/dt, and the mean time T/n tends to dt.",
                "Random pipelines, one for each network and drawn platform, that visit each of 2 to 4 devices once. "
                        + "Every frame is simulated, event by event, and compared with equation 1, where a transfer "
                        + "between two segments is a segment of its own if transfers overlap with computing, and a "
                        + "part of the segments at both ends if they block.",
                judgements,
                List.of(table),
                List.of());
    }

    static Verdict verdict(List<Double> excess) {
        if (exact(excess).successes() == excess.size()) {
            return Verdict.CONFIRMED;
        }
        long late = excess.stream().filter(each -> each > Rules.MARGIN).count();
        return late > 0.05 * excess.size() ? Verdict.REFUTED : Verdict.NOT_DECIDED;
    }

    private static Share exact(List<Double> excess) {
        return new Share(
                excess.stream().filter(each -> Math.abs(each) <= ROUNDING).count(), excess.size());
    }

    private static double greatest(List<Double> excess) {
        return excess.stream().mapToDouble(Math::abs).max().orElse(0);
    }

    /** Simulates a plan for each network and platform; leaves out those that are not feasible. */
    private static List<Double> excesses(Cells cells, int platforms, TransferMode transfers, long frames) {
        return cells
                .map(
                        Drawn.BLOCKS.size() * platforms,
                        cell -> excess(Drawn.BLOCKS.get(cell / platforms), cell % platforms, transfers, frames))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Double> excess(LayerGraph network, int seed, TransferMode transfers, long frames) {
        Scenario drawn = Drawn.single(network, 1, seed).withTransfers(transfers);
        Task task = drawn.workload().tasks().get(0).withFrames(frames);
        Scenario scenario = drawn.withWorkload(Workload.of(task));
        Placement placement = pipeline(scenario, seed);
        MetricsSnapshot metrics = PlanEvaluator.of(scenario).evaluate(placement);
        if (!metrics.feasible()) {
            return Optional.empty();
        }
        double simulated = PipelineSimulator.of(scenario).simulate(placement).makespanSeconds();
        return Optional.of(simulated / metrics.makespanSeconds() - 1);
    }

    /** Draws ends of stages; devices are used in their order, the terminal first. */
    private static Placement pipeline(Scenario scenario, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Task task = scenario.workload().tasks().get(0);
        List<String> devices = scenario.deviceNames();
        int stages = random.nextInt(2, Math.min(devices.size(), 4) + 1);
        int layers = task.graph().layers().size();
        int[] ends = random.ints(stages - 1L, 1, layers).sorted().toArray();
        Map<String, String> placement = new LinkedHashMap<>();
        int stage = 0;
        for (int layer = 0; layer < layers; layer++) {
            while (stage < ends.length && ends[stage] <= layer) {
                stage++;
            }
            placement.put(task.graph().layers().get(layer).name(), devices.get(stage));
        }
        return new Placement(Map.of(task.name(), placement));
    }
}
