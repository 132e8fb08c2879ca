package io.github.codnn.plan;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Quantities;
import io.github.codnn.platform.Link;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How busy transfers keep the links of a plan and the media that the links share. {@link PlanMetrics} defines the load:
 * each tensor goes once to each device that needs it.
 *
 * @param links the links that carry something, in the order of the first transfer
 * @param media what these links share, in the same order
 */
public record TransferLoads(List<OfLink> links, List<OfMedium> media) {

    /**
     * The load of one link.
     *
     * @param from the name of the sender
     * @param to the name of the receiver
     * @param medium what the link shares with others, as of {@link io.github.codnn.platform.Platform#sharedResource}
     * @param seconds the time of its transfers for one frame of each task
     * @param share the part of the time in which it is busy once the pipeline is full: the sum over the tasks of their
     *     seconds over their period; from 0 to 1
     */
    public record OfLink(String from, String to, Optional<String> medium, double seconds, double share) {}

    /**
     * The load of one medium, or of one direction of a full duplex one.
     *
     * @param name its name, as of {@link io.github.codnn.platform.Platform#sharedResource}
     * @param seconds the time of the transfers of all its links for one frame of each task
     * @param share the part of the time in which it is busy, as for a link
     */
    public record OfMedium(String name, double seconds, double share) {}

    /** Copies the components. */
    public TransferLoads {
        links = List.copyOf(links);
        media = List.copyOf(media);
    }

    static TransferLoads of(Scenario scenario, Placement placement, MetricsSnapshot metrics) {
        Sums sums = new Sums(scenario);
        int index = 0;
        for (Task task : scenario.workload().tasks()) {
            sums.add(task, placement.of(task.name()), metrics.periodSeconds(index++));
        }
        return sums.loads();
    }

    /** Sums under way. */
    private static final class Sums {

        private final Scenario scenario;
        private final Map<List<String>, double[]> byLink = new LinkedHashMap<>();
        private final Map<List<String>, Optional<Link>> links = new LinkedHashMap<>();

        Sums(Scenario scenario) {
            this.scenario = scenario;
        }

        void add(Task task, Map<String, String> devices, double period) {
            for (Tensor input : task.graph().inputs()) {
                task.source().ifPresent(source -> send(task, input, source, devices, period));
            }
            task.graph()
                    .layers()
                    .forEach(layer -> layer.outputs()
                            .forEach(tensor ->
                                    send(task, tensor, devices.getOrDefault(layer.name(), ""), devices, period)));
        }

        private void send(Task task, Tensor tensor, String from, Map<String, String> devices, double period) {
            Set<String> receivers = new LinkedHashSet<>();
            for (int consumer : task.graph().consumersOf(tensor.name())) {
                receivers.add(
                        devices.getOrDefault(task.graph().layers().get(consumer).name(), ""));
            }
            if (task.graph().outputs().contains(tensor)) {
                task.sink().ifPresent(receivers::add);
            }
            receivers.remove(from);
            for (String to : receivers) {
                List<String> pair = List.of(from, to);
                links.computeIfAbsent(pair, any -> scenario.platform().link(from, to))
                        .ifPresent(link -> add(pair, scenario.costModel().transfer(tensor, link), period));
            }
        }

        private void add(List<String> pair, Cost cost, double period) {
            if (cost.seconds() <= Quantities.MAX_SECONDS) {
                double[] sum = byLink.computeIfAbsent(pair, any -> new double[2]);
                sum[0] += cost.seconds();
                sum[1] += period > 0 && period < Double.POSITIVE_INFINITY ? cost.seconds() / period : 0;
            }
        }

        TransferLoads loads() {
            List<OfLink> loads = new ArrayList<>();
            Map<String, double[]> shared = new LinkedHashMap<>();
            byLink.forEach((pair, sum) -> {
                Optional<String> medium = scenario.platform().sharedResource(pair.get(0), pair.get(1));
                loads.add(new OfLink(pair.get(0), pair.get(1), medium, sum[0], Math.min(1, sum[1])));
                medium.ifPresent(name -> {
                    double[] all = shared.computeIfAbsent(name, any -> new double[2]);
                    all[0] += sum[0];
                    all[1] += sum[1];
                });
            });
            List<OfMedium> media = new ArrayList<>();
            shared.forEach((name, sum) -> media.add(new OfMedium(name, sum[0], Math.min(1, sum[1]))));
            return new TransferLoads(loads, media);
        }
    }
}
