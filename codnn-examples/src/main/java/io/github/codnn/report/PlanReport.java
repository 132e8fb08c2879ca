package io.github.codnn.report;

import io.github.codnn.adapt.Bottleneck;
import io.github.codnn.adapt.Remedy;
import io.github.codnn.adapt.WhatIf;
import io.github.codnn.chart.LineChart;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.UnknownWork;
import io.github.codnn.plan.Violation;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Fitness;
import io.github.codnn.simulate.ClosedFormCheck;
import io.github.codnn.text.Figures;
import io.github.codnn.text.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports one plan: where layers run, what every resource does when, and how good the plan is proven to be. */
public final class PlanReport {

    private static final int MOST_UNKNOWN = 10; // layers that are named
    private static final long MOST_WORK = 1500; // layers times devices
    private static final long EVALUATIONS = 1000; // for each change

    private PlanReport() {}

    /**
     * Reports a plan.
     *
     * @param plan the plan
     * @param result the search that found it
     * @param simulated its simulated times, if it can be simulated
     * @param notices what the simulation says beyond the violations
     * @param fitness what is minimised
     * @return the report; its figures are those of the plan file
     */
    public static Report of(
            Plan plan,
            SearchResult result,
            Optional<ClosedFormCheck> simulated,
            List<String> notices,
            Fitness fitness) {
        PlanSections sections = new PlanSections(plan, "");
        List<Section> all = new ArrayList<>();
        all.add(sections.figures());
        broken(plan).ifPresent(all::add);
        all.add(sections.networks());
        sections.timeline().ifPresent(all::add);
        all.add(sections.utilisation());
        all.add(sections.energy());
        all.add(sections.stages());
        all.add(sections.tasks(simulated));
        remedies(plan, fitness).ifPresent(all::add);
        convergence(result).ifPresent(all::add);
        notices(plan, notices).ifPresent(all::add);
        return new Report(title(plan), summary(plan), all);
    }

    private static String title(Plan plan) {
        int tasks = plan.scenario().workload().tasks().size();
        return "Plan for " + (tasks == 1 ? plan.scenario().name() : tasks + " tasks");
    }

    private static String summary(Plan plan) {
        int layers = plan.scenario().workload().layerCount();
        int tasks = plan.scenario().workload().tasks().size();
        String what = Figures.count(layers) + " layers" + (tasks == 1 ? "" : " of " + tasks + " tasks") + " on "
                + plan.metrics().devicesUsed() + " of "
                + plan.scenario().platform().devices().size() + " devices.";
        String limit = Bottleneck.of(plan).stream()
                .findFirst()
                .map(first -> " The bottleneck is " + first.name() + ".")
                .orElse("");
        return what + limit + (plan.metrics().feasible() ? "" : " The plan breaks constraints.");
    }

    private static Optional<Section> broken(Plan plan) {
        List<String> lines = new ArrayList<>(
                plan.metrics().violations().stream().map(Violation::message).toList());
        plan.run()
                .flatMap(RunRecord::infeasibility)
                .ifPresent(known -> known.limits().forEach(limit -> lines.add(limit.message())));
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Section.Sentences("Broken constraints", "", lines));
    }

    /** Draws how the best value fell, and the bound. */
    static Optional<Section> convergence(SearchResult result) {
        Optional<RunRecord> run = result.best().flatMap(Plan::run);
        if (run.isEmpty() || result.history().isEmpty()) {
            return Optional.empty();
        }
        List<LineChart.Point> points = new ArrayList<>();
        for (SearchResult.Improvement each : result.history()) {
            points.add(new LineChart.Point((double) each.evaluations(), each.value(), 0));
        }
        SearchResult.Improvement last = result.history().get(result.history().size() - 1);
        double end = (double) Math.max(result.evaluations(), last.evaluations());
        String objective = run.get().objective();
        String shown = Cell.value(objective, last.value(), "").text();
        points.add(new LineChart.Point(end, last.value(), 0, shown));
        List<LineChart.Series> series = new ArrayList<>();
        series.add(new LineChart.Series("best plan", LineChart.Style.STEPS, points));
        double bound = result.lowerBound();
        if (bound > 0 && Double.isFinite(bound)) {
            double begin = points.get(0).x();
            series.add(new LineChart.Series(
                    "lower bound",
                    LineChart.Style.RULE,
                    List.of(new LineChart.Point(begin, bound, 0), new LineChart.Point(end, bound, 0))));
        }
        LineChart chart = new LineChart(
                "Convergence",
                new LineChart.Axis("evaluated placements", "", LineChart.Scale.LINEAR),
                new LineChart.Axis(objective, unit(objective), LineChart.Scale.LINEAR),
                series);
        String gap = Double.isFinite(result.gap()) ? " The gap is " + Figures.percent(result.gap()) + "." : "";
        String note = "The " + objective + " of the best plan against the placements that were evaluated." + gap;
        return Optional.of(new Section.Chart("Convergence", note, chart, false));
    }

    /** Returns the unit of an objective; a sum has none. */
    static String unit(String objective) {
        return PlanText.objective(objective)
                .map(each -> switch (each) {
                    case PERIOD, RESPONSE, MEAN -> "s";
                    case ENERGY -> "J";
                    case PRICE -> "";
                })
                .orElse("");
    }

    /** Plans anew for each change, if all of them together take little time. */
    private static Optional<Section> remedies(Plan plan, Fitness fitness) {
        long layers = plan.scenario().workload().layerCount();
        long devices = plan.scenario().platform().devices().size();
        if (layers * devices > MOST_WORK || !plan.metrics().feasible()) {
            return Optional.empty();
        }
        SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(EVALUATIONS));
        Planner planner = WhatIf.quickPlanner(plan, plan.scenario(), options).withProof(false);
        List<Remedy> remedies = Remedy.of(plan, planner, fitness);
        String label = plan.run().map(RunRecord::objective).orElse("");
        List<List<Cell>> rows = new ArrayList<>();
        for (Remedy remedy : remedies) {
            rows.add(List.of(
                    Cell.percent(remedy.gain(), "").withBar(remedy.gain(), -1),
                    Cell.text(remedy.change()),
                    Cell.value(label, remedy.result().replanned().value(), "")));
        }
        return Optional.of(new Section.Table(
                "What would help most",
                "Each change of the platform by itself, planned anew with a small budget. codnn explain searches"
                        + " longer.",
                List.of("Gain", "Change", "New value"),
                rows));
    }

    /** Lists everything that limits what the figures are worth. */
    static Optional<Section> notices(Plan plan, List<String> more) {
        List<String> lines = new ArrayList<>(plan.notices());
        more.stream().filter(line -> !lines.contains(line)).forEach(lines::add);
        UnknownWork work = plan.unknownWork();
        if (!work.isEmpty()) {
            lines.add(Figures.percent(work.share()) + " of the computing time rests on "
                    + work.layers().size() + " layers whose work the cost model does not know:");
            work.layers().stream()
                    .limit(MOST_UNKNOWN)
                    .forEach(part -> lines.add("'" + part.layer() + "': " + part.reason()));
            if (work.layers().size() > MOST_UNKNOWN) {
                lines.add("and " + (work.layers().size() - MOST_UNKNOWN) + " more");
            }
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Sentences("Notices", "What the figures rest on.", lines));
    }
}
