package io.github.codnn.report;

import io.github.codnn.chart.LineChart;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reports several strategies on the same problem, side by side, and the plan of the best one. */
public final class CompareReport {

    private static final int MOST_LINES = 8; // of one chart

    private CompareReport() {}

    /**
     * What came of one strategy.
     *
     * @param name its name
     * @param result its result; empty if there is none
     * @param refusal why there is no plan, if there is none
     */
    public record Entry(String name, Optional<SearchResult> result, String refusal) {

        private Optional<Plan> plan() {
            return result.flatMap(SearchResult::bestOrClosest);
        }

        private boolean isFeasible() {
            return plan().filter(plan -> plan.metrics().feasible()).isPresent();
        }

        private double value() {
            return result.map(SearchResult::value).orElse(Double.POSITIVE_INFINITY);
        }
    }

    /** An entry and its place in the JSON document. */
    private record Row(Entry entry, int index) {}

    /**
     * Reports a comparison.
     *
     * @param scenario the problem
     * @param entries the strategies, in the order of the JSON document
     * @return the report; its figures are those of the JSON document
     */
    public static Report of(Scenario scenario, List<Entry> entries) {
        List<Row> rows = new ArrayList<>();
        for (Entry entry : entries) {
            rows.add(new Row(entry, rows.size()));
        }
        rows.sort(Comparator.<Row>comparingInt(row -> row.entry().isFeasible() ? 0 : 1)
                .thenComparingDouble(row -> row.entry().value()));
        List<Section> sections = new ArrayList<>();
        sections.add(strategies(rows));
        convergence(rows).ifPresent(sections::add);
        Optional<Row> best =
                rows.stream().filter(row -> row.entry().plan().isPresent()).findFirst();
        best.ifPresent(row -> {
            PlanSections plan = new PlanSections(row.entry().plan().orElseThrow(), "/rows/" + row.index());
            sections.addAll(List.of(plan.networks(), plan.utilisation(), plan.energy()));
            plan.timeline().ifPresent(sections::add);
        });
        refusals(rows).ifPresent(sections::add);
        notices(scenario, rows).ifPresent(sections::add);
        String summary = best.map(row ->
                        "The best plan is that of " + row.entry().name() + "; its network, use and energy are below.")
                .orElse("No strategy found a plan.");
        return new Report(entries.size() + " strategies on " + scenario.name(), summary, sections);
    }

    private static Section strategies(List<Row> rows) {
        double least =
                rows.stream().mapToDouble(row -> row.entry().value()).min().orElse(0);
        List<List<Cell>> cells = new ArrayList<>();
        for (Row row : rows) {
            row.entry().plan().ifPresent(plan -> cells.add(cells(row, plan, least)));
        }
        return new Section.Table(
                "Strategies",
                "The best first. A bar shows how much of the value the best one has: longer is better. A gap is to a"
                        + " bound of all plans; a gap in blocks, of strategies that keep blocks whole, to a bound of"
                        + " the plans that do so.",
                List.of(
                        "Strategy",
                        "Value",
                        "Gap",
                        "Gap in blocks",
                        "Period",
                        "Response",
                        "Energy",
                        "Devices",
                        "Evaluations",
                        "Time"),
                cells);
    }

    private static List<Cell> cells(Row row, Plan plan, double least) {
        String root = "/rows/" + row.index();
        SearchResult result = row.entry().result().orElseThrow();
        double value = plan.run().map(RunRecord::value).orElse(row.entry().value());
        String label = plan.run().map(RunRecord::objective).orElse("");
        boolean feasible = plan.metrics().feasible();
        return List.of(
                Cell.text(row.entry().name()),
                Cell.value(label, value, root + "/value").withBar(feasible && value > 0 ? least / value : 0, -1),
                feasible ? Cell.optional(plan.gap(), gap -> Cell.percent(gap, root + "/gap")) : Cell.text("infeasible"),
                Cell.optional(plan.blockGap(), gap -> Cell.percent(gap, root + "/blockGap")),
                Cell.seconds(plan.metrics().periodSeconds(), root + "/metrics/periodSeconds"),
                Cell.seconds(plan.metrics().responseSeconds(), root + "/metrics/responseSeconds"),
                Cell.joules(plan.metrics().energyJoules(), root + "/metrics/energyJoules"),
                Cell.count(plan.metrics().devicesUsed(), root + "/metrics/devicesUsed"),
                Cell.count(result.evaluations(), root + "/evaluations"),
                Cell.seconds(result.elapsed().toNanos() * 1e-9, root + "/elapsedSeconds"));
    }

    private static Optional<Section> convergence(List<Row> rows) {
        List<LineChart.Series> series = new ArrayList<>();
        for (Row row : rows) {
            row.entry().result().filter(result -> result.best().isPresent()).ifPresent(result -> {
                List<LineChart.Point> points = points(result);
                if (points.size() > 1 && series.size() < MOST_LINES - 1) {
                    series.add(new LineChart.Series(row.entry().name(), LineChart.Style.STEPS, points));
                }
            });
        }
        OptionalDouble bound = rows.stream()
                .flatMap(row -> row.entry().result().flatMap(SearchResult::best).stream())
                .flatMap(plan -> plan.run().stream())
                .mapToDouble(RunRecord::lowerBound)
                .filter(value -> value > 0 && Double.isFinite(value))
                .max();
        if (series.isEmpty()) {
            return Optional.empty();
        }
        double end = series.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(LineChart.Point::x)
                .max()
                .orElse(1);
        bound.ifPresent(value -> series.add(new LineChart.Series(
                "lower bound of all plans",
                LineChart.Style.RULE,
                List.of(new LineChart.Point(1, value, 0), new LineChart.Point(end, value, 0)))));
        String objective = rows.stream()
                .flatMap(row -> row.entry().plan().stream())
                .flatMap(plan -> plan.run().stream())
                .map(RunRecord::objective)
                .findFirst()
                .orElse("value");
        LineChart chart = new LineChart(
                "Convergence of the strategies",
                new LineChart.Axis("evaluated placements", "", LineChart.Scale.LOGARITHMIC),
                new LineChart.Axis(objective, PlanReport.unit(objective), LineChart.Scale.LINEAR),
                series);
        return Optional.of(new Section.Chart(
                "Convergence",
                "How the best value fell. Strategies that make one plan have no line; at most " + (MOST_LINES - 1)
                        + " are drawn.",
                chart,
                true));
    }

    private static List<LineChart.Point> points(SearchResult result) {
        List<LineChart.Point> points = new ArrayList<>();
        double value = Double.POSITIVE_INFINITY;
        for (SearchResult.Improvement each : result.history()) {
            value = each.value();
            points.add(new LineChart.Point((double) Math.max(1, each.evaluations()), value, 0));
        }
        if (!points.isEmpty()) {
            String objective = result.bestOrClosest()
                    .flatMap(Plan::run)
                    .map(RunRecord::objective)
                    .orElse("");
            String shown = Cell.value(objective, value, "").text();
            points.add(new LineChart.Point((double) Math.max(1, result.evaluations()), value, 0, shown));
        }
        return points;
    }

    private static Optional<Section> refusals(List<Row> rows) {
        List<String> lines = rows.stream()
                .filter(row -> row.entry().plan().isEmpty())
                .map(row -> row.entry().name() + ": " + row.entry().refusal())
                .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Sentences("Strategies without a plan", "", lines));
    }

    private static Optional<Section> notices(Scenario scenario, List<Row> rows) {
        Set<String> lines = new LinkedHashSet<>(scenario.notices());
        rows.forEach(row -> row.entry()
                .plan()
                .flatMap(Plan::run)
                .ifPresent(run ->
                        run.notices().forEach(notice -> lines.add(row.entry().name() + ": " + notice))));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Sentences("Notices", "What the figures rest on.", List.copyOf(lines)));
    }
}
