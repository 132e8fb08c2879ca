package io.github.codnn.text;

import io.github.codnn.observe.AdaptationReport;
import io.github.codnn.run.RunReport;
import io.github.codnn.run.RunReport.StepReport;
import io.github.codnn.run.Times;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a run measured, beside what the plan predicts. */
public final class RunText {

    private RunText() {}

    /**
     * Renders a run for people.
     *
     * @param report what was measured
     * @return several lines
     */
    public static String text(RunReport report) {
        TextTable table = new TextTable("", "predicted", "mean", "difference", "median", "95 %", "99 %");
        row(table, "period", report.period(), report.predictedPeriodSeconds());
        row(table, "response", report.response(), report.predictedResponseSeconds());
        for (StepReport stage : report.stages()) {
            row(table, "stage " + stage.name() + " on " + stage.device(), stage.times(), stage.predictedSeconds());
        }
        for (StepReport link : report.links()) {
            row(table, "link " + link.name() + " (" + link.device() + ")", link.times(), link.predictedSeconds());
        }
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s in %s, %s; at most %d in flight%n",
                Figures.counted(report.frames(), "frame"),
                Figures.seconds(report.seconds()),
                rate(report),
                report.inFlight()));
        text.append(emulated(report)).append(System.lineSeparator());
        if (report.period().count() > 0) {
            text.append(table.toString().stripTrailing());
            text.append(waiting(report));
        } else {
            text.append("No times: the first frames fill the pipeline and do not count. Give more with --frames");
        }
        report.faults().forEach(fault -> text.append(System.lineSeparator()).append(fault));
        report.replans().forEach(replan -> text.append(System.lineSeparator()).append(replan));
        report.adaptation()
                .ifPresent(each -> text.append(System.lineSeparator())
                        .append(System.lineSeparator())
                        .append(spans(each)));
        return text.toString();
    }

    private static String rate(RunReport report) {
        return report.period().count() == 0
                ? "too few for a rate"
                : String.format(
                        Locale.ROOT,
                        "%.2f frames/s (the last %s)",
                        report.framesPerSecond(),
                        Figures.count(report.period().count()));
    }

    /** The plan predicts the response of a pipeline that is otherwise idle. */
    private static String waiting(RunReport report) {
        double predicted = report.predictedResponseSeconds().orElse(Double.POSITIVE_INFINITY);
        return report.inFlight() > 1 && report.response().meanSeconds() > predicted
                ? System.lineSeparator() + "The response is above the predicted one, which is that of an idle"
                        + " pipeline: up to " + report.inFlight() + " frames are in flight and wait for each other"
                : "";
    }

    private static String spans(AdaptationReport adaptation) {
        TextTable table = new TextTable("plan on", "from frame", "frames", "time", "frames/s", "predicted");
        for (AdaptationReport.Span span : adaptation.spans()) {
            table.row(
                    String.join(", ", span.devices()),
                    Figures.count(span.firstFrame()),
                    Figures.count(span.frames()),
                    Figures.seconds(span.seconds()),
                    String.format(Locale.ROOT, "%.2f", span.framesPerSecond()),
                    span.predictedPeriodSeconds().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    "%.2f",
                                    1 / span.predictedPeriodSeconds().getAsDouble())
                            : "-");
        }
        return table.toString().stripTrailing();
    }

    /**
     * Says what of a run is emulated.
     *
     * @param report the run
     * @return a sentence without a full stop
     */
    public static String emulated(RunReport report) {
        if (report.emulatedLinks()) {
            return report.emulatedDevices()
                    ? "Links and devices are emulated: their times are those of the plan, not of real hardware"
                    : "Links are emulated: frames wait as long as the plan says";
        }
        return report.emulatedDevices()
                ? "Devices are emulated: stages take the predicted time at least"
                : "Nothing is emulated";
    }

    private static void row(TextTable table, String name, Times times, OptionalDouble predicted) {
        table.row(
                name,
                predicted.isPresent() ? Figures.seconds(predicted.getAsDouble()) : "-",
                Figures.seconds(times.meanSeconds()),
                predicted.isPresent() && predicted.getAsDouble() > 0
                        ? Figures.percent(times.meanSeconds() / predicted.getAsDouble() - 1)
                        : "-",
                Figures.seconds(times.medianSeconds()),
                Figures.seconds(times.p95Seconds()),
                Figures.seconds(times.p99Seconds()));
    }
}
