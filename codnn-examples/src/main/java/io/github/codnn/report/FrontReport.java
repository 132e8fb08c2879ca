package io.github.codnn.report;

import io.github.codnn.chart.LineChart;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.text.Figures;
import io.github.codnn.text.FrontText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reports the plans of a front: what each costs, and what one gives up for another. */
public final class FrontReport {

    private static final int LEVELS = 4; // lines of a front of three objectives

    private FrontReport() {}

    /**
     * Reports a front.
     *
     * @param scenario the problem
     * @param front the front, with at least one plan
     * @return the report; its figures are those of the JSON document
     */
    public static Report of(Scenario scenario, ParetoFront front) {
        List<Section> sections = new ArrayList<>();
        if (front.objectives().size() > 1) {
            sections.add(new Section.Chart(
                    "Front",
                    "No plan is better in one figure without being worse in another. Numbers are those of the table.",
                    chart(front),
                    true));
        }
        sections.add(plans(front));
        PlanSections first = new PlanSections(front.plans().get(0), "/front/0");
        sections.add(first.networks());
        first.timeline().ifPresent(sections::add);
        Set<String> lines = new LinkedHashSet<>(front.notices());
        front.plans().forEach(plan -> lines.addAll(plan.notices()));
        if (!lines.isEmpty()) {
            sections.add(new Section.Sentences("Notices", "What the figures rest on.", List.copyOf(lines)));
        }
        String summary = front.plans().size() + " plans. Network and timeline are those of plan 1, which has the least "
                + front.objectives().get(0).label() + "."
                + (front.epsilon() == 0
                        ? " The front is complete."
                        : front.epsilon() < Double.POSITIVE_INFINITY
                                ? " At most " + Figures.percent(front.epsilon()) + " is missing."
                                : "");
        return new Report("Front of " + scenario.name(), summary, sections);
    }

    /**
     * Draws a front: the first objective on the horizontal axis, the second on the vertical axis, as steps, because
     * only the plans themselves are possible. With a third objective, each line shows the front of the plans up to one
     * quartile of it.
     *
     * @param front the front, with at least one plan
     * @return the chart
     */
    public static LineChart chart(ParetoFront front) {
        List<Objective> objectives = front.objectives();
        List<LineChart.Series> lines = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int plan = 0; plan < front.plans().size(); plan++) {
            all.add(plan);
        }
        if (objectives.size() < 3) {
            lines.add(line(front, all.size() + " plans", all));
        } else {
            double[] levels = front.figures().stream()
                    .mapToDouble(figures -> figures.get(2))
                    .sorted()
                    .toArray();
            for (int quarter = 1; quarter <= LEVELS; quarter++) {
                double level = levels[(levels.length - 1) * quarter / LEVELS];
                List<Integer> below = all.stream()
                        .filter(plan -> front.figures().get(plan).get(2) <= level)
                        .toList();
                Objective third = objectives.get(2);
                lines.add(line(front, third.label() + " up to " + FrontText.figure(third, level), below));
            }
        }
        Objective up = objectives.size() > 1 ? objectives.get(1) : objectives.get(0);
        String title =
                String.join(", ", objectives.stream().map(Objective::label).toList());
        return new LineChart("Pareto front: " + title, axis(objectives.get(0)), axis(up), lines);
    }

    private static LineChart.Series line(ParetoFront front, String name, List<Integer> plans) {
        int up = Math.min(1, front.objectives().size() - 1);
        List<Integer> stairs = ParetoFront.nonDominated(plans, plan -> new double[] {
            front.figures().get(plan).get(0), front.figures().get(plan).get(up)
        });
        return new LineChart.Series(
                name,
                LineChart.Style.STEPS,
                stairs.stream()
                        .map(plan -> new LineChart.Point(
                                front.figures().get(plan).get(0),
                                front.figures().get(plan).get(up),
                                0,
                                String.valueOf(plan + 1)))
                        .toList());
    }

    private static LineChart.Axis axis(Objective objective) {
        return new LineChart.Axis(objective.label(), PlanReport.unit(objective.label()), LineChart.Scale.LINEAR);
    }

    private static Section plans(ParetoFront front) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Plan plan : front.plans()) {
            String root = "/front/" + rows.size() + "/metrics/";
            MetricsSnapshot metrics = plan.metrics();
            Set<String> devices = new LinkedHashSet<>();
            plan.stages().forEach(stage -> devices.add(stage.device()));
            rows.add(List.of(
                    Cell.text("Plan " + (rows.size() + 1)),
                    Cell.seconds(metrics.periodSeconds(), root + "periodSeconds"),
                    Cell.seconds(metrics.responseSeconds(), root + "responseSeconds"),
                    Cell.seconds(metrics.meanSeconds(), root + "meanSeconds"),
                    Cell.joules(metrics.energyJoules(), root + "energyJoules"),
                    Cell.number(metrics.price(), root + "price"),
                    Cell.text(String.join(", ", devices))));
        }
        return new Section.Table(
                "Plans", "", List.of("Plan", "Period", "Response", "Mean", "Energy", "Price", "Devices"), rows);
    }
}
