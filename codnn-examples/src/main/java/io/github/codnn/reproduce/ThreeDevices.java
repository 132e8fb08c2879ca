package io.github.codnn.reproduce;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.Plan;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables 2 and 3: five layers on devices A, B and C. */
final class ThreeDevices implements Experiment {

    private static final long MEGABYTE = 1_000_000;
    private static final long FRAMES = 100;
    private static final double LEAST_CLAIMED_SECONDS = 2.215;
    private static final double MAX_CLAIMED_SECONDS = 2.642;

    /** Seconds of each layer on A, B and C, as printed. */
    private static final List<List<Double>> SECONDS = List.of(
            List.of(1.0, 0.75, 0.35),
            List.of(2.5, 1.875, 0.875),
            List.of(1.5, 1.125, 0.525),
            List.of(2.0, 1.5, 0.7),
            List.of(1.0, 0.75, 0.35));

    /** Input of each layer: 5 and 12 MB are from the paper, the others are assumptions. */
    private static final List<Long> INPUT_MEGABYTES = List.of(5L, 12L, 8L, 6L, 3L);

    private static final List<Double> BANDWIDTHS = List.of(2.0, 4.0, 6.0, 8.0, 12.0, 20.0, 50.0, 1000.0);

    @Override
    public Finding run(Effort effort) {
        Table table = Table.of(
                "three-devices",
                "bandwidth, MB/s",
                "transfers",
                "best mean of " + FRAMES + " frames, s",
                "period, s",
                "layers of each device");
        boolean within = false;
        for (double bandwidth : BANDWIDTHS) {
            for (TransferMode transfers : TransferMode.values()) {
                Plan plan = best(bandwidth, transfers);
                double mean = plan.metrics().meanSeconds();
                within |= mean >= LEAST_CLAIMED_SECONDS && mean <= MAX_CLAIMED_SECONDS;
                table = table.with(
                        bandwidth,
                        transfers.name().toLowerCase(Locale.ROOT),
                        mean,
                        plan.metrics().periodSeconds(),
                        plan.stages().stream()
                                .map(stage ->
                                        stage.device() + " " + stage.layers().size())
                                .collect(Collectors.joining(", ")));
            }
        }
        return new Finding(
                "Five layers on three devices (section 4.2, Tables 2 and 3)",
                "8 s on A, 6 s on B, 2.8 s on C; six schemes on several devices need 2.215 to 2.642 s a frame on "
                        + "average.",
                "Layer times as printed; of the inputs only 5 MB (layer 1) and 12 MB (layer 2) are printed, we take "
                        + "8, 6 and 3 MB for the others; bandwidths and schemes are not printed: we plan for several "
                        + "bandwidths, frames arise on A and results are free. Proven optima.",
                within ? Verdict.IN_PART : Verdict.NOT_REPRODUCIBLE,
                String.format(
                        Locale.ROOT,
                        "The sums are right (%.1f, %.1f and %.1f s). Times are in the ratio 1 : 4/3 : 20/7, not in "
                                + "that of the printed clock rates 1 : 1.5 : 2.9. %s If work were divisible at will "
                                + "and transfers free, %.3f s would be possible.",
                        sum(0),
                        sum(1),
                        sum(2),
                        within
                                ? "The schemes' means lie among the optima for the bandwidths below, but their sizes "
                                        + "and bandwidths are not published, so that no scheme can be checked."
                                : "No optimum below lies among the schemes' means.",
                        1 / (1 / sum(0) + 1 / sum(1) + 1 / sum(2))),
                List.of(table),
                List.of());
    }

    private static double sum(int device) {
        return SECONDS.stream().mapToDouble(layer -> layer.get(device)).sum();
    }

    private static Plan best(double megabytesPerSecond, TransferMode transfers) {
        List<Device> devices = List.of(Device.of("A", "A"), Device.of("B", "B"), Device.of("C", "C"));
        Platform platform =
                new Platform(devices, List.of(Link.of(Link.ANY, Link.ANY, megabytesPerSecond * MEGABYTE, 0)));
        Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
        LayerGraph.Builder builder = LayerGraph.builder("five layers");
        Tensor tensor = Tensor.ofBytes("input", INPUT_MEGABYTES.get(0) * MEGABYTE);
        builder.input(tensor);
        for (int layer = 0; layer < SECONDS.size(); layer++) {
            String name = "layer " + (layer + 1);
            long bytes = layer + 1 < SECONDS.size() ? INPUT_MEGABYTES.get(layer + 1) * MEGABYTE : 1;
            Tensor output = Tensor.ofBytes("x" + (layer + 1), bytes);
            builder.add(Layer.of(name, new Operator.Other("Layer"), List.of(tensor), List.of(output)));
            List<Double> times = SECONDS.get(layer);
            seconds.put(name, Map.of("A", times.get(0), "B", times.get(1), "C", times.get(2)));
            tensor = output;
        }
        Task task = new Task(
                "frames",
                builder.output(tensor.name()).build(),
                Optional.of("A"),
                Optional.empty(),
                FRAMES,
                Optional.empty(),
                Map.of(),
                Map.of());
        Scenario scenario = Scenario.of("tables 2 and 3", Workload.of(task), platform, TableCostModel.of(seconds))
                .withTransfers(transfers);
        return Reproduction.PLANNER.plan(scenario, Objective.MEAN).best().orElseThrow();
    }
}
