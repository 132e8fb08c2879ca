package io.github.codnn.report;

import io.github.codnn.adapt.Bottleneck;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.Stage;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.simulate.ClosedFormCheck;
import io.github.codnn.text.Figures;
import io.github.codnn.text.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sections about one plan. */
final class PlanSections {

    private final Plan plan;
    private final String root;
    private final List<String> devices;

    /**
     * Begins with a plan.
     *
     * @param plan the plan
     * @param root where the JSON document of the command has the plan; empty if the document is the plan
     */
    PlanSections(Plan plan, String root) {
        this.plan = plan;
        this.root = root;
        devices = plan.scenario().deviceNames();
    }

    private String metric(String name) {
        return root + "/metrics/" + name;
    }

    Section figures() {
        MetricsSnapshot metrics = plan.metrics();
        List<Bottleneck> busy = Bottleneck.of(plan);
        List<Section.Named> figures = new ArrayList<>();
        String limit = busy.isEmpty() ? "" : "limited by " + busy.get(0).name();
        if (metrics.tasks().size() == 1) {
            figures.add(new Section.Named(
                    "Frames per second",
                    Cell.number(metrics.throughputPerSecond(), metric("throughputPerSecond")),
                    limit));
        }
        figures.add(new Section.Named(
                "Period",
                Cell.seconds(metrics.periodSeconds(), metric("periodSeconds")),
                metrics.tasks().size() == 1 ? "between two results" : limit));
        figures.add(new Section.Named(
                "Response time",
                Cell.seconds(metrics.responseSeconds(), metric("responseSeconds")),
                "one frame from source to sink"));
        figures.add(new Section.Named(
                "Energy", Cell.joules(metrics.energyJoules(), metric("energyJoules")), "for all frames"));
        if (metrics.price() > 0) {
            figures.add(new Section.Named("Price", Cell.number(metrics.price(), metric("price")), "for all frames"));
        }
        figures.add(new Section.Named(
                "Devices",
                Cell.count(metrics.devicesUsed(), metric("devicesUsed")),
                "of " + devices.size() + " run layers"));
        plan.run().ifPresent(run -> {
            Cell gap = Cell.optional(plan.gap(), share -> Cell.percent(share, root + "/gap"));
            String bound = "no plan is below " + PlanText.figure(run.objective(), run.lowerBound());
            figures.add(new Section.Named(
                    "Gap to the bound", gap, run.lowerBound() > 0 && metrics.feasible() ? bound : ""));
        });
        plan.blockGap()
                .ifPresent(share -> figures.add(new Section.Named(
                        "Gap in blocks",
                        Cell.percent(share, root + "/blockGap"),
                        "to the bound of plans that keep blocks whole")));
        return new Section.Figures("At a glance", "", figures);
    }

    Section networks() {
        return new Section.Networks(
                "Network",
                "Each layer has the colour and the number of its device. Unfold a block by a click or by Enter; move"
                        + " between layers with the arrow keys. A thick line goes to another device and states the"
                        + " size of what is sent.",
                devices,
                NetworkSource.of(plan));
    }

    Optional<Section> timeline() {
        return TimelineSource.of(plan).map(timeline -> {
            String busiest = timeline.rows().stream()
                    .filter(Timeline.Row::bottleneck)
                    .map(Timeline.Row::name)
                    .findFirst()
                    .orElse("");
            return new Section.Gantt(
                    "Timeline",
                    "The first frames in the discrete-event simulation"
                            + (busiest.isEmpty() ? "." : ". The bottleneck is " + busiest + ": it is busy longest.")
                            + " The busy shares count these frames only, and the first of them fill the pipeline;"
                            + " Utilisation has the shares of a full one."
                            + letters(timeline),
                    timeline);
        });
    }

    private static String letters(Timeline timeline) {
        if (timeline.tasks().size() == 1) {
            return " Numbers are those of the frames.";
        }
        List<String> names = new ArrayList<>();
        timeline.tasks().forEach(task -> names.add(TimelineSvg.letter(names.size()) + " " + task));
        return " Each bar has the letter of its task and the number of its frame: " + String.join(", ", names) + ".";
    }

    Section tasks(Optional<ClosedFormCheck> simulated) {
        List<List<Cell>> rows = new ArrayList<>();
        for (TaskMetrics task : plan.metrics().tasks()) {
            int index = rows.size();
            String at = root + "/tasks/" + index + "/metrics/";
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.text(task.task()),
                    Cell.number(task.throughputPerSecond(), at + "throughputPerSecond"),
                    Cell.seconds(task.periodSeconds(), at + "periodSeconds"),
                    Cell.seconds(task.responseSeconds(), at + "responseSeconds"),
                    Cell.seconds(task.meanSeconds(), at + "meanSeconds")));
            simulated.ifPresent(check -> {
                ClosedFormCheck.TaskTimes times = check.tasks().get(index);
                String place = root + "/simulated/tasks/" + index + "/";
                row.add(Cell.seconds(times.simulatedPeriodSeconds(), place + "periodSeconds"));
                row.add(Cell.seconds(times.worstResponseSeconds(), place + "worstResponseSeconds"));
            });
            rows.add(row);
        }
        List<String> columns = new ArrayList<>(List.of("Task", "Frames/s", "Period", "Response", "Mean a frame"));
        simulated.ifPresent(check -> columns.addAll(List.of("Simulated period", "Simulated responses up to")));
        return new Section.Table("Tasks", "", columns, rows);
    }

    Section stages() {
        List<List<Cell>> rows = new ArrayList<>();
        String task = "";
        int taskIndex = -1;
        int stageIndex = 0;
        for (Stage stage : plan.stages()) {
            boolean isNew = !stage.task().equals(task);
            taskIndex += isNew ? 1 : 0;
            stageIndex = isNew ? 0 : stageIndex + 1;
            task = stage.task();
            List<String> layers = stage.layers();
            rows.add(List.of(
                    Cell.text(stage.task() + " " + (stageIndex + 1)),
                    device(stage.device()),
                    Cell.text(Figures.count(layers.size())),
                    Cell.text(layers.get(0)),
                    Cell.text(layers.get(layers.size() - 1)),
                    Cell.seconds(
                            stage.seconds(), root + "/tasks/" + taskIndex + "/stages/" + stageIndex + "/seconds")));
        }
        return new Section.Table(
                "Stages", "", List.of("Stage", "Device", "Layers", "First layer", "Last layer", "Time"), rows);
    }

    private Cell device(String name) {
        return Cell.text(name).withColour(devices.indexOf(name));
    }

    Section utilisation() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Bottleneck each : Bottleneck.of(plan)) {
            int device = each.kind() == Bottleneck.Kind.DEVICE ? devices.indexOf(each.name()) : -1;
            String pointer = pointer(each);
            rows.add(List.of(
                    device < 0 ? Cell.text(each.name()) : device(each.name()),
                    Cell.text(each.kind().name().toLowerCase(Locale.ROOT)),
                    Cell.percent(each.share(), pointer.isEmpty() ? "" : pointer + "/share")
                            .withBar(each.share(), device),
                    Cell.seconds(each.seconds(), pointer.isEmpty() ? "" : pointer + "/secondsPerFrame")));
        }
        return new Section.Table(
                "Utilisation",
                "How busy each resource is once the pipeline is full. The first row limits the throughput.",
                List.of("Resource", "Kind", "Busy", "For one frame"),
                rows);
    }

    /** Returns where the plan has a link or medium; empty for a device, whose stages it has. */
    private String pointer(Bottleneck each) {
        Plan.TransferLoads loads = plan.transferLoads();
        for (int index = 0; index < loads.media().size() && each.kind() == Bottleneck.Kind.MEDIUM; index++) {
            if (loads.media().get(index).name().equals(each.name())) {
                return root + "/media/" + index;
            }
        }
        for (int index = 0; index < loads.links().size() && each.kind() == Bottleneck.Kind.LINK; index++) {
            Plan.TransferLoads.OfLink link = loads.links().get(index);
            if (each.name().equals(link.from() + " -> " + link.to())) {
                return root + "/links/" + index;
            }
        }
        return "";
    }

    Section energy() {
        MetricsSnapshot metrics = plan.metrics();
        double all = metrics.energyJoules();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(energy("Computing", metrics.computeJoules(), "computeJoules", all));
        rows.add(energy("Waiting", metrics.idleJoules(), "idleJoules", all));
        rows.add(energy("Transfers", metrics.transferJoules(), "transferJoules", all));
        rows.add(energy("Switching on", metrics.switchOnJoules(), "switchOnJoules", all));
        rows.add(List.of(Cell.text("All"), Cell.joules(all, metric("energyJoules")), Cell.text("")));
        return new Section.Table("Energy", "Of all frames of all tasks.", List.of("Part", "Energy", "Share"), rows);
    }

    private List<Cell> energy(String name, double joules, String pointer, double all) {
        double share = all > 0 ? joules / all : 0;
        return List.of(
                Cell.text(name),
                Cell.joules(joules, metric(pointer)),
                Cell.percent(share, "").withBar(share, -1));
    }
}
