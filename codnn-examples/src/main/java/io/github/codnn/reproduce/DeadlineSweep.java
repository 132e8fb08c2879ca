package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tighter deadlines take more resources (section 4.2). */
final class DeadlineSweep implements Experiment {

    private static final List<Double> FACTORS = List.of(1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0);

    @Override
    public Finding run(Effort effort) {
        Table table = Table.of(
                "deadlines",
                "network",
                "deadline / best mean",
                "devices used",
                "price of the batch",
                "mean / deadline");
        Map<ModelZoo, List<Double>> prices = new LinkedHashMap<>();
        List<LineChart.Series> series = new ArrayList<>();
        for (ModelZoo model : StrategyComparison.NETWORKS) {
            Scenario free = StrategyComparison.scenario(model, 1);
            double best = Reproduction.PLANNER
                    .plan(free, Objective.MEAN)
                    .best()
                    .orElseThrow()
                    .metrics()
                    .meanSeconds();
            List<LineChart.Point> points = new ArrayList<>();
            for (double factor : effort.of(FACTORS)) {
                List<MetricsSnapshot> plans = cheapest(free, best * factor, effort);
                Sample devices = new Sample(
                        plans.stream().mapToDouble(MetricsSnapshot::devicesUsed).toArray());
                Sample price = new Sample(
                        plans.stream().mapToDouble(plan -> plan.price() * 1e6).toArray());
                Sample used = new Sample(plans.stream()
                        .mapToDouble(plan -> plan.meanSeconds() / (best * factor))
                        .toArray());
                table = table.with(
                        model.title(), factor, devices.interval(), price.interval(), Table.percent(used.mean()));
                prices.computeIfAbsent(model, any -> new ArrayList<>()).add(price.mean());
                points.add(new LineChart.Point(factor, devices.mean(), devices.error()));
            }
            series.add(new LineChart.Series(model.title(), points));
        }
        boolean falls = prices.values().stream().allMatch(DeadlineSweep::falls);
        return new Finding(
                "Tighter deadlines take more resources (section 4.2)",
                "Under strict deadlines algorithms use more resources.",
                "The platform and networks of the comparison. Least price under a deadline on the mean time, given as "
                        + "a multiple of the best mean; DBPSO with our defaults, mean of " + effort.seeds()
                        + " seeds with 95 % confidence. The camera costs nothing.",
                falls ? Verdict.REPRODUCED : Verdict.IN_PART,
                falls
                        ? "The price of the batch never rises as the deadline is loosened, down to nothing where the "
                                + "camera does it alone. The number of devices falls with it in general, but not "
                                + "always step by step: a cheap slow device may take the place of a dear fast one."
                        : "The price of the batch rises at least once as the deadline is loosened: the search did not "
                                + "find the cheapest plan there.",
                List.of(table),
                List.of(new LineChart("Devices under a deadline", "deadline / best mean", "devices", series)));
    }

    private static boolean falls(List<Double> prices) {
        return IntStream.range(1, prices.size()).allMatch(i -> prices.get(i) <= prices.get(i - 1) * (1 + 1e-9));
    }

    private static List<MetricsSnapshot> cheapest(Scenario free, double deadline, Effort effort) {
        Scenario scenario = free.withWorkload(
                Workload.of(free.workload().tasks().get(0).withDeadline(Deadline.onMean(deadline * (1 + 1e-9)))));
        return IntStream.range(0, effort.seeds())
                .mapToObj(seed -> Reproduction.PLANNER
                        .withStrategy(Dbpso.withDefaults())
                        .withOptions(effort.options(seed))
                        .plan(scenario, Objective.PRICE))
                .map(DeadlineSweep::metrics)
                .toList();
    }

    private static MetricsSnapshot metrics(SearchResult result) {
        return result.best().or(result::closest).orElseThrow().metrics();
    }
}
