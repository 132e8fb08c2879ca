package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** More bandwidth gives more partitions and fewer violations (section 4.2). */
final class BandwidthSweep implements Experiment {

    private static final List<Double> FACTORS = List.of(0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0);
    private static final double LOOSEST = 2;

    @Override
    public Finding run(Effort effort) {
        Table table = Table.of(
                "bandwidth",
                "network",
                "bandwidth factor",
                "best mean, ms",
                "stages of the best mean",
                "deadlines missed",
                "devices under deadlines",
                "their price, micro-USD");
        List<LineChart.Series> series = new ArrayList<>();
        boolean stagesRise = true;
        boolean missesFall = true;
        for (ModelZoo model : StrategyComparison.NETWORKS) {
            List<Point> points = sweep(model, effort);
            for (int i = 0; i < points.size(); i++) {
                Point point = points.get(i);
                table = table.with(
                        model.title(),
                        point.factor(),
                        point.fastest().metrics().meanSeconds() * 1e3,
                        point.stages(),
                        Table.percent(point.misses()),
                        mean(point.results(), plan -> plan.metrics().devicesUsed()),
                        mean(point.results(), plan -> plan.metrics().price() * 1e6));
                missesFall &= i == 0 || point.misses() <= points.get(i - 1).misses();
            }
            stagesRise &=
                    points.get(points.size() - 1).stages() >= points.get(0).stages();
            series.add(new LineChart.Series(
                    model.title(),
                    points.stream()
                            .map(p -> new LineChart.Point(Math.log(p.factor()) / Math.log(2), p.misses(), 0))
                            .toList()));
        }
        return finding(effort, table, series, stagesRise, missesFall);
    }

    /** The results for one bandwidth: the plan of least mean time, and the cheapest plan for each deadline. */
    private record Point(double factor, Plan fastest, List<SearchResult> results) {
        double misses() {
            return (double) results.stream().filter(r -> r.best().isEmpty()).count() / results.size();
        }

        int stages() {
            return fastest.stages().size();
        }
    }

    private static List<Point> sweep(ModelZoo model, Effort effort) {
        double nominal = best(StrategyComparison.scenario(model, 1)).metrics().meanSeconds();
        List<Point> points = new ArrayList<>();
        for (double factor : effort.of(FACTORS)) {
            Scenario scenario = StrategyComparison.scenario(model, factor);
            points.add(new Point(factor, best(scenario), underDeadlines(scenario, nominal, effort)));
        }
        return points;
    }

    private static Finding finding(
            Effort effort, Table table, List<LineChart.Series> series, boolean stagesRise, boolean missesFall) {
        return new Finding(
                "More bandwidth gives more partitions and fewer violations (section 4.2)",
                "With more bandwidth algorithms divide tasks more often, and in the end use fewer resources and keep "
                        + "more deadlines.",
                "The platform and networks of the comparison with all bandwidths multiplied. Stages: of the plan of "
                        + "least mean time. Deadlines: drawn between 1 and " + LOOSEST
                        + " times the best mean at factor 1, the same for every factor; least price under them by "
                        + "DBPSO, "
                        + effort.seeds() + " seeds.",
                stagesRise && missesFall ? Verdict.REPRODUCED : missesFall ? Verdict.IN_PART : Verdict.REFUTED,
                (missesFall
                                ? "No bandwidth misses more deadlines than a smaller one."
                                : "Some bandwidth misses more deadlines than a smaller one.")
                        + (stagesRise
                                ? " The best plans have at least as many stages at the greatest bandwidth as at the "
                                        + "smallest."
                                : " The best plans do not always have more stages: on a fast link the fastest device "
                                        + "may take all.")
                        + " The number of stages is no measure of quality by itself: it falls again where one device "
                        + "is fast enough for the deadline.",
                List.of(table),
                List.of(new LineChart("Deadlines missed", "log2 of the bandwidth factor", "share", series)));
    }

    private static Plan best(Scenario scenario) {
        return Reproduction.PLANNER.plan(scenario, Objective.MEAN).best().orElseThrow();
    }

    private static List<SearchResult> underDeadlines(Scenario free, double nominal, Effort effort) {
        List<SearchResult> results = new ArrayList<>();
        for (int seed = 0; seed < effort.seeds(); seed++) {
            double factor = new SplittableRandom(seed).nextDouble(1, LOOSEST);
            Deadline deadline = Deadline.onMean(nominal * factor);
            results.add(Reproduction.PLANNER
                    .withStrategy(Dbpso.withDefaults())
                    .withOptions(effort.options(seed))
                    .plan(
                            free.withWorkload(
                                    Workload.of(free.workload().tasks().get(0).withDeadline(deadline))),
                            Objective.PRICE));
        }
        return results;
    }

    private static String mean(List<SearchResult> results, ToDoubleFunction<Plan> figure) {
        double[] values = results.stream()
                .flatMap(result -> result.best().stream())
                .mapToDouble(figure)
                .toArray();
        return values.length < 2 ? "-" : new Sample(values).interval();
    }
}
