package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.observe.AdaptationReport;
import io.github.codnn.run.RunReport;
import io.github.codnn.run.RunReport.StepReport;
import io.github.codnn.run.Times;
import java.util.List;
import java.util.OptionalDouble;

/** What a run measured, beside what the plan predicts, in JSON. */
final class RunDocument {

    private RunDocument() {}

    static ObjectNode of(RunReport report) {
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
        report.adaptation().ifPresent(adaptation -> put(document.putObject("adaptation"), adaptation));
        return document;
    }

    private static void put(ObjectNode node, AdaptationReport adaptation) {
        ArrayNode spans = node.putArray("spans");
        for (AdaptationReport.Span span : adaptation.spans()) {
            ObjectNode each = spans.addObject()
                    .put("firstFrame", span.firstFrame())
                    .put("frames", span.frames())
                    .put("seconds", span.seconds())
                    .put("framesPerSecond", span.framesPerSecond())
                    .put("reason", span.reason());
            span.predictedPeriodSeconds().ifPresent(period -> each.put("predictedFramesPerSecond", 1 / period));
            span.devices().forEach(each.putArray("devices")::add);
        }
        ArrayNode looks = node.putArray("decisions");
        for (AdaptationReport.Look look : adaptation.looks()) {
            looks.addObject()
                    .put("seconds", look.seconds())
                    .put("frame", look.frame())
                    .put("framesPerSecond", look.framesPerSecond())
                    .put("moves", look.moves())
                    .put("reason", look.reason());
        }
        ObjectNode workers = node.putObject("workers");
        adaptation
                .workers()
                .forEach((device, worker) -> workers.putObject(device)
                        .put("load", worker.resources().load())
                        .put("availableMemoryBytes", worker.resources().availableMemoryBytes())
                        .put("totalMemoryBytes", worker.resources().totalMemoryBytes())
                        .put("processMemoryBytes", worker.processBytes())
                        .put("hertz", worker.resources().hertz())
                        .put("maxHertz", worker.resources().maxHertz()));
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
