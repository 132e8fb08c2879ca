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

/** Adds up the transfers of a placement for {@link Plan.TransferLoads}. */
final class TransferSums {

    private final Scenario scenario;
    private final Map<List<String>, double[]> byLink = new LinkedHashMap<>();
    private final Map<List<String>, Optional<Link>> links = new LinkedHashMap<>();

    private TransferSums(Scenario scenario) {
        this.scenario = scenario;
    }

    static Plan.TransferLoads of(Scenario scenario, Placement placement, MetricsSnapshot metrics) {
        TransferSums sums = new TransferSums(scenario);
        int index = 0;
        for (Task task : scenario.workload().tasks()) {
            sums.add(task, placement.of(task.name()), metrics.periodSeconds(index++));
        }
        return sums.loads();
    }

    private void add(Task task, Map<String, String> devices, double period) {
        for (Tensor input : task.graph().inputs()) {
            task.source().ifPresent(source -> send(task, input, source, devices, period));
        }
        task.graph()
                .layers()
                .forEach(layer -> layer.outputs()
                        .forEach(
                                tensor -> send(task, tensor, devices.getOrDefault(layer.name(), ""), devices, period)));
    }

    private void send(Task task, Tensor tensor, String from, Map<String, String> devices, double period) {
        Set<String> receivers = new LinkedHashSet<>();
        for (int consumer : task.graph().consumersOf(tensor.name())) {
            receivers.add(
                    devices.getOrDefault(task.graph().layers().get(consumer).name(), ""));
        }
        if (task.graph().delivers(tensor)) {
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

    private Plan.TransferLoads loads() {
        List<Plan.TransferLoads.OfLink> loads = new ArrayList<>();
        Map<String, double[]> shared = new LinkedHashMap<>();
        byLink.forEach((pair, sum) -> {
            Optional<String> medium = scenario.platform().sharedResource(pair.get(0), pair.get(1));
            loads.add(new Plan.TransferLoads.OfLink(pair.get(0), pair.get(1), medium, sum[0], Math.min(1, sum[1])));
            medium.ifPresent(name -> {
                double[] all = shared.computeIfAbsent(name, any -> new double[2]);
                all[0] += sum[0];
                all[1] += sum[1];
            });
        });
        List<Plan.TransferLoads.OfMedium> media = new ArrayList<>();
        shared.forEach((name, sum) -> media.add(new Plan.TransferLoads.OfMedium(name, sum[0], Math.min(1, sum[1]))));
        return new Plan.TransferLoads(loads, media);
    }
}
