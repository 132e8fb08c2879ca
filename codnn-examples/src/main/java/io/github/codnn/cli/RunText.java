package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.run.RunReport;
import io.github.codnn.run.RunReport.StepReport;
import io.github.codnn.run.Times;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a run measured, beside what the plan predicts. */
final class RunText {

    private RunText() {}

    static String text(RunReport report) {
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
                "%s frames in %s, %.2f frames/s; at most %d in flight%n",
                Figures.count(report.frames()),
                Figures.seconds(report.seconds()),
                report.framesPerSecond(),
                report.inFlight()));
        text.append(emulated(report)).append(System.lineSeparator());
        text.append(table.toString().stripTrailing());
        report.faults().forEach(fault -> text.append(System.lineSeparator()).append(fault));
        report.replans().forEach(replan -> text.append(System.lineSeparator()).append(replan));
        return text.toString();
    }

    private static String emulated(RunReport report) {
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

    static ObjectNode document(RunReport report) {
        ObjectNode document = JsonOutput.object();
        document.put("format", "codnn-run/1");
        document.put("frames", report.frames());
        document.put("seconds", report.seconds());
        document.put("framesPerSecond", report.framesPerSecond());
        document.put("inFlight", report.inFlight());
        document.put("emulatedLinks", report.emulatedLinks());
        document.put("emulatedDevices", report.emulatedDevices());
        put(document.putObject("period"), report.period(), report.predictedPeriodSeconds());
        put(document.putObject("response"), report.response(), report.predictedResponseSeconds());
        steps(document.putArray("stages"), "device", report.stages());
        steps(document.putArray("links"), "resource", report.links());
        ArrayNode faults = document.putArray("faults");
        report.faults().forEach(faults::add);
        ArrayNode replans = document.putArray("replans");
        for (RunReport.Replan replan : report.replans()) {
            ObjectNode node = replans.addObject().put("frame", replan.frame());
            replan.lost().forEach(node.putArray("lost")::add);
            replan.devices().forEach(node.putArray("devices")::add);
        }
        return document;
    }

    private static void steps(ArrayNode array, String place, List<StepReport> steps) {
        for (StepReport step : steps) {
            ObjectNode node = array.addObject();
            node.put("name", step.name());
            node.put(place, step.device());
            put(node, step.times(), step.predictedSeconds());
        }
    }

    private static void put(ObjectNode node, Times times, OptionalDouble predicted) {
        predicted.ifPresent(seconds -> node.put("predictedSeconds", seconds));
        node.put("count", times.count());
        node.put("meanSeconds", times.meanSeconds());
        node.put("medianSeconds", times.medianSeconds());
        node.put("p95Seconds", times.p95Seconds());
        node.put("p99Seconds", times.p99Seconds());
    }
}
