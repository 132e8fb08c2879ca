package io.github.codnn.report;

import io.github.codnn.observe.AdaptationReport;
import io.github.codnn.run.RunReport;
import io.github.codnn.run.RunReport.StepReport;
import io.github.codnn.run.Times;
import io.github.codnn.text.Figures;
import io.github.codnn.text.RunText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Reports what a run measured, beside what the plan predicts. */
public final class MeasuredReport {

    private MeasuredReport() {}

    /**
     * Reports a run.
     *
     * @param run what it measured
     * @return the report; its figures are those of the JSON document
     */
    public static Report of(RunReport run) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section.Figures(
                "At a glance",
                "",
                List.of(
                        new Section.Named(
                                "Frames per second",
                                Cell.number(run.framesPerSecond(), "/framesPerSecond"),
                                "measured"),
                        new Section.Named("Frames", Cell.count(run.frames(), "/frames"), "delivered"),
                        new Section.Named("Time", Cell.seconds(run.seconds(), "/seconds"), "faults included"),
                        new Section.Named("In flight", Cell.count(run.inFlight(), "/inFlight"), "frames at most"))));
        sections.add(times(run));
        run.adaptation().ifPresent(adaptation -> sections.add(spans(adaptation)));
        List<String> events = new ArrayList<>(run.faults());
        run.replans().forEach(replan -> events.add(replan.toString()));
        if (!events.isEmpty()) {
            sections.add(new Section.Sentences("Faults and changes of plan", "", events));
        }
        return new Report("A run of " + Figures.count(run.frames()) + " frames", RunText.emulated(run) + ".", sections);
    }

    private static Section spans(AdaptationReport adaptation) {
        List<List<Cell>> rows = new ArrayList<>();
        for (AdaptationReport.Span span : adaptation.spans()) {
            String root = "/adaptation/spans/" + rows.size() + "/";
            Cell predicted = Cell.optional(
                    span.predictedPeriodSeconds(),
                    period -> Cell.number(1 / period, root + "predictedFramesPerSecond"));
            rows.add(List.of(
                    Cell.text(String.join(", ", span.devices())),
                    Cell.count(span.firstFrame(), root + "firstFrame"),
                    Cell.count(span.frames(), root + "frames"),
                    Cell.seconds(span.seconds(), root + "seconds"),
                    Cell.number(span.framesPerSecond(), root + "framesPerSecond"),
                    predicted,
                    Cell.text(span.reason())));
        }
        return new Section.Table(
                "Plans of the run",
                "The run observed its platform and went on with another plan.",
                List.of("Plan on", "From frame", "Frames", "Time", "Frames/s", "Predicted", "Reason"),
                rows);
    }

    private static Section times(RunReport run) {
        double most = Math.max(
                1e-12,
                Math.max(
                        run.response().meanSeconds(),
                        run.predictedResponseSeconds().orElse(0)));
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("Period", "/period", run.period(), run.predictedPeriodSeconds(), most));
        rows.add(row("Response", "/response", run.response(), run.predictedResponseSeconds(), most));
        for (int stage = 0; stage < run.stages().size(); stage++) {
            rows.add(row("Stage ", "/stages/" + stage, run.stages().get(stage), most));
        }
        for (int link = 0; link < run.links().size(); link++) {
            rows.add(row("Link ", "/links/" + link, run.links().get(link), most));
        }
        return new Section.Table(
                "Measured beside predicted",
                "Bars compare predicted and mean times with the longest response.",
                List.of("", "Predicted", "Measured mean", "Difference", "Median", "95 %", "99 %"),
                rows);
    }

    private static List<Cell> row(String kind, String root, StepReport step, double most) {
        return row(kind + step.name() + " on " + step.device(), root, step.times(), step.predictedSeconds(), most);
    }

    private static List<Cell> row(String name, String root, Times times, OptionalDouble predicted, double most) {
        Cell expected = Cell.optional(
                predicted,
                seconds -> Cell.seconds(seconds, root + "/predictedSeconds").withBar(seconds / most, 1));
        Cell difference = Cell.optional(
                predicted,
                seconds -> seconds > 0 ? Cell.percent(times.meanSeconds() / seconds - 1, "") : Cell.text("–"));
        return List.of(
                Cell.text(name),
                expected,
                Cell.seconds(times.meanSeconds(), root + "/meanSeconds").withBar(times.meanSeconds() / most, 0),
                difference,
                Cell.seconds(times.medianSeconds(), root + "/medianSeconds"),
                Cell.seconds(times.p95Seconds(), root + "/p95Seconds"),
                Cell.seconds(times.p99Seconds(), root + "/p99Seconds"));
    }
}
