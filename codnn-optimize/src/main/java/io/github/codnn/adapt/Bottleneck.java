package io.github.codnn.adapt;

import io.github.codnn.plan.Plan;
import io.github.codnn.plan.Stage;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How busy a plan keeps a device, a link or a medium once the pipeline is full. The busiest is the bottleneck.
 *
 * @param kind what it is
 * @param name the name of the device or medium, or {@code FROM -> TO} of a link
 * @param seconds the time that it needs for one frame of each task
 * @param share the part of the time in which it is busy: the sum over the tasks of the seconds over the period of the
 *     task; 1 for a resource that limits the throughput
 */
public record Bottleneck(Kind kind, String name, double seconds, double share) {

    /** Checks the components. */
    public Bottleneck {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** What can be busy. */
    public enum Kind {
        /** A device, with the transfers in which it takes part if transfers are blocking. */
        DEVICE,
        /** A link with a way of its own. */
        LINK,
        /** A medium that links share, or one direction of it. */
        MEDIUM
    }

    /**
     * Returns what a plan keeps busy. Links on a medium count with their medium.
     *
     * @param plan the plan
     * @return the devices, links and media that it uses, the busiest first, and of two that are equally busy the one
     *     that the plan uses first; O(layers + edges) time
     */
    public static List<Bottleneck> of(Plan plan) {
        Map<String, double[]> devices = new LinkedHashMap<>();
        Map<String, Double> periods = new LinkedHashMap<>();
        for (TaskMetrics task : plan.metrics().tasks()) {
            periods.put(task.task(), task.periodSeconds());
        }
        for (Stage stage : plan.stages()) {
            double period = periods.getOrDefault(stage.task(), 0.0);
            add(devices, stage.device(), stage.seconds(), shareOf(stage.seconds(), period));
        }
        Plan.TransferLoads transfers = plan.transferLoads();
        if (plan.scenario().rules().transfers() == TransferMode.BLOCKING) {
            transfers.links().forEach(link -> {
                add(devices, link.from(), link.seconds(), link.share());
                add(devices, link.to(), link.seconds(), link.share());
            });
        }
        List<Bottleneck> all = new ArrayList<>();
        devices.forEach((name, load) -> all.add(new Bottleneck(Kind.DEVICE, name, load[0], Math.min(1, load[1]))));
        transfers.links().stream()
                .filter(link -> link.medium().isEmpty())
                .forEach(link -> all.add(
                        new Bottleneck(Kind.LINK, link.from() + " -> " + link.to(), link.seconds(), link.share())));
        transfers
                .media()
                .forEach(medium ->
                        all.add(new Bottleneck(Kind.MEDIUM, medium.name(), medium.seconds(), medium.share())));
        all.sort(Comparator.comparingDouble(Bottleneck::share).reversed());
        return List.copyOf(all);
    }

    private static void add(Map<String, double[]> devices, String name, double seconds, double share) {
        double[] load = devices.computeIfAbsent(name, any -> new double[2]);
        load[0] += seconds;
        load[1] += share;
    }

    private static double shareOf(double seconds, double period) {
        return period > 0 && period < Double.POSITIVE_INFINITY ? seconds / period : 0;
    }
}
