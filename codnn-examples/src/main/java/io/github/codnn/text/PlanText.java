package io.github.codnn.text;

import io.github.codnn.CodnnException;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.Stage;
import io.github.codnn.plan.StopReason;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.simulate.ClosedFormCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A plan for people. */
public final class PlanText {

    /** What a table says whose simulated times differ from those in closed form. */
    public static final String LOWER_BOUND = String.format(
            "frames wait for each other: values, gaps, periods and responses are of the closed form, a lower bound of"
                    + " the simulated ones%n");

    private PlanText() {}

    /**
     * Renders the stages and the metrics of a plan.
     *
     * @param plan the plan
     * @return several lines
     */
    public static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        TextTable stages = new TextTable("stage", "device", "layers", "first", "last", "time");
        int number = 1;
        for (Stage stage : plan.stages()) {
            List<String> layers = stage.layers();
            stages.row(
                    stage.task() + " " + number++,
                    stage.device(),
                    Figures.count(layers.size()),
                    layers.get(0),
                    layers.get(layers.size() - 1),
                    Figures.seconds(stage.seconds()));
        }
        text.append(stages).append(transfers(plan.transferLoads()));
        MetricsSnapshot metrics = plan.metrics();
        for (TaskMetrics task : metrics.tasks()) {
            text.append(String.format(
                    "%n%s: period %s (%s frames/s), response %s, mean %s a frame",
                    ControlCharacters.shown(task.task()),
                    Figures.seconds(task.periodSeconds()),
                    Figures.number(task.throughputPerSecond()),
                    Figures.seconds(task.responseSeconds()),
                    Figures.seconds(task.meanSeconds())));
        }
        text.append(String.format(
                "%ntotal: %s, %s J (computing %s J, waiting %s J, transfers %s J, switching on %s J), price %s,"
                        + " %s",
                Figures.seconds(metrics.makespanSeconds()),
                Figures.number(metrics.energyJoules()),
                Figures.number(metrics.computeJoules()),
                Figures.number(metrics.idleJoules()),
                Figures.number(metrics.transferJoules()),
                Figures.number(metrics.switchOnJoules()),
                Figures.number(metrics.price()),
                Figures.counted(metrics.devicesUsed(), "device")));
        metrics.violations()
                .forEach(violation ->
                        text.append(String.format("%nbroken: %s", ControlCharacters.shown(violation.message()))));
        text.append(System.lineSeparator());
        text.append(limits(plan));
        text.append(TrustText.notices(plan.notices()));
        return text.append(TrustText.unknownWork(plan.unknownWork())).toString();
    }

    /**
     * Simulates a plan.
     *
     * @param plan the plan
     * @return the simulated times, nothing if the plan is too large or sends frames where no link leads
     */
    public static Optional<ClosedFormCheck> simulate(Plan plan) {
        try {
            return Optional.of(ClosedFormCheck.of(plan));
        } catch (CodnnException impossible) {
            return Optional.empty();
        }
    }

    /**
     * Renders the greatest period and response time of all tasks in the simulation of a plan.
     *
     * @param check the simulation, if there is one
     * @return two cells of a table
     */
    public static List<String> simulated(Optional<ClosedFormCheck> check) {
        return check.map(times -> List.of(
                        greatest(times, ClosedFormCheck.TaskTimes::simulatedPeriodSeconds),
                        greatest(times, ClosedFormCheck.TaskTimes::worstResponseSeconds)))
                .orElse(List.of("-", "-"));
    }

    private static String greatest(ClosedFormCheck check, ToDoubleFunction<ClosedFormCheck.TaskTimes> time) {
        return Figures.seconds(check.tasks().stream().mapToDouble(time).max().orElseThrow());
    }

    /** Renders what links and media carry for one frame; nothing if no frame leaves its device. */
    private static String transfers(Plan.TransferLoads loads) {
        if (loads.links().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("transfers", "medium", "time", "busy");
        loads.links()
                .forEach(link -> table.row(
                        link.from() + " -> " + link.to(),
                        link.medium().orElse("-"),
                        Figures.seconds(link.seconds()),
                        Figures.percent(link.share())));
        loads.media()
                .forEach(medium -> table.row(
                        "all on " + medium.name(),
                        medium.name(),
                        Figures.seconds(medium.seconds()),
                        Figures.percent(medium.share())));
        return String.format("%n%s", table);
    }

    /**
     * Renders the least achievable value of each constraint that a plan breaks.
     *
     * @param plan the plan
     * @return one line with its end for each constraint
     */
    public static String limits(Plan plan) {
        return plan.run().flatMap(RunRecord::infeasibility).map(Infeasibility::limits).orElse(List.of()).stream()
                .map(value -> String.format("limit: %s%n", ControlCharacters.shown(value.message())))
                .collect(Collectors.joining());
    }

    /** Renders how far the closest plan is from keeping all constraints, and what is proven about that. */
    private static String violation(SearchResult result, Plan closest) {
        boolean isClosest = result.infeasibility().map(Infeasibility::closest).orElse(false);
        return String.format(
                "violation %s%s%s",
                Figures.number(closest.metrics().violation()),
                closest.metrics().impossible() > 0
                        ? ", of which " + closest.metrics().impossible() + " are impossible"
                        : "",
                isClosest ? ", no plan comes closer" : ", not proven to be the least");
    }

    /**
     * Renders how good a plan is proven to be.
     *
     * @param result the result that holds it
     * @param agrees whether a simulation shows the figures in closed form, which are proven
     * @return one line, and another one if the proof leaves plans out
     */
    public static String proof(SearchResult result, boolean agrees) {
        Plan plan = result.best().or(result::closest).orElseThrow();
        RunRecord run = plan.run().orElseThrow();
        String bound = plan.metrics().feasible() ? bound(result, plan, agrees) : violation(result, plan);
        return String.format(
                        "%s %s by %s; %s (seed %d, %s evaluations, %s, stopped by %s)%n",
                        run.objective(),
                        figure(run.objective(), run.value()),
                        run.strategy(),
                        bound,
                        run.seed(),
                        Figures.count(result.evaluations()),
                        Figures.seconds(result.elapsed().toNanos() * 1e-9),
                        run.stopReason().label()
                                + (agrees || run.stopReason() != StopReason.PROVEN ? "" : " in closed form"))
                + blockBound(plan, run);
    }

    /** Says how good a plan is among those that keep blocks whole, if only these were searched. */
    private static String blockBound(Plan plan, RunRecord run) {
        return plan.blockGap().isPresent()
                ? String.format(
                        "among plans that keep blocks whole, no plan is below %s: gap %s; --collapse none"
                                + " places layers%n",
                        figure(run.objective(), run.blockBound().orElseThrow()),
                        Figures.percent(plan.blockGap().orElseThrow()))
                : "";
    }

    /**
     * Renders a figure with the unit of what is minimised.
     *
     * @param label the label of an objective, of a sum of objectives, or of a fitness of one's own
     * @param figure the figure
     * @return the figure, with its unit if it has one: prices and sums have none
     */
    public static String figure(String label, double figure) {
        return objective(label)
                .map(objective -> FrontText.figure(objective, figure))
                .orElseGet(() -> Figures.number(figure));
    }

    /**
     * Finds the objective that a label names, maybe with a rate of frames behind it.
     *
     * @param label such as {@code energy} or {@code energy@10fps}
     * @return the objective; empty for a sum, or a fitness of one's own
     */
    public static Optional<Objective> objective(String label) {
        String name = label.substring(0, label.indexOf('@') < 0 ? label.length() : label.indexOf('@'));
        return Arrays.stream(Objective.values())
                .filter(objective -> objective.label().equals(name))
                .findFirst();
    }

    /**
     * Renders the gap of a plan among those that keep blocks whole.
     *
     * @param result the result that holds the plan
     * @return a cell of a table; a dash if the search was not among blocks, or its plan breaks constraints
     */
    public static String blockGap(SearchResult result) {
        OptionalDouble gap = result.best().map(Plan::blockGap).orElse(OptionalDouble.empty());
        return gap.isPresent() ? Figures.percent(gap.getAsDouble()) : "-";
    }

    private static String bound(SearchResult result, Plan plan, boolean agrees) {
        return result.lowerBound() > Double.NEGATIVE_INFINITY
                ? String.format(
                        "%s%sno plan is below %s: gap %s",
                        agrees ? "" : "in closed form, a lower bound of the simulated times, ",
                        TrustText.limit(plan.unknownWork()),
                        figure(plan.run().orElseThrow().objective(), result.lowerBound()),
                        Figures.percent(result.gap()))
                : "no bound is known";
    }
}
