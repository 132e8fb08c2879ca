package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.json.PlanJson;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.simulate.Simulation;
import io.github.codnn.text.Figures;
import io.github.codnn.text.TextTable;
import io.github.codnn.text.TrustText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn simulate PLAN.json}: simulates a plan frame by frame and compares the figures with the closed form. */
@Command(
        name = "simulate",
        description = "Simulates a plan with discrete events and compares the figures with the closed form.",
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

    private static final int MAX_FAULTS = 8;

    @Parameters(paramLabel = "PLAN", description = "A plan file (JSON), as codnn plan --out writes it.")
    private Path file = Path.of("");

    @Option(names = "--backlogged", description = "All frames are there from the start, not one a period.")
    private boolean backlogged;

    @Option(
            names = "--idle",
            paramLabel = "DEVICES",
            description =
                    "Which devices wait at idle power: ${COMPLETION-CANDIDATES}; the policy of the plan unless given.")
    private Optional<IdlePolicy> idle = Optional.empty();

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Simulate this many frames of each task; those of the plan unless given.")
    private Optional<Long> frames = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        PlanJson.Checked checked = PlanJson.readChecked(file);
        Plan read = checked.plan();
        Plan plan = changed(read);
        PipelineSimulator simulator = PipelineSimulator.of(plan.scenario());
        Simulation simulation = (backlogged ? simulator.backlogged() : simulator).simulate(plan.placement());
        List<String> faults = faults(read, PlanArgument.contradictions(checked));
        output.print(() -> document(plan, simulation, faults), () -> text(plan, simulation));
        if (!faults.isEmpty()) {
            output.warn(file + ": " + faults.stream().limit(MAX_FAULTS).collect(Collectors.joining("; "))
                    + (faults.size() > MAX_FAULTS ? "; and " + (faults.size() - MAX_FAULTS) + " more" : ""));
        }
        return faults.isEmpty() ? CommandLine.ExitCode.OK : Codnn.BAD_INPUT;
    }

    private Plan changed(Plan read) {
        if (idle.isEmpty() && frames.isEmpty()) {
            return read;
        }
        Scenario scenario = read.scenario();
        Scenario changed = scenario.withIdle(idle.orElse(scenario.rules().idle()))
                .withWorkload(new Workload(scenario.workload().tasks().stream()
                        .map(task -> task.withFrames(frames.orElse(task.frames())))
                        .toList()));
        return PlanEvaluator.of(changed).plan(read.placement());
    }

    /** Lists the rules that a plan breaks, and the figures of its file that are not its own. */
    private static List<String> faults(Plan plan, List<String> contradictions) {
        List<String> faults = new ArrayList<>();
        plan.metrics().violations().forEach(violation -> faults.add("the plan breaks a rule: " + violation.message()));
        faults.addAll(contradictions);
        return faults;
    }

    private static ObjectNode document(Plan plan, Simulation simulation, List<String> faults) {
        ObjectNode document = JsonOutput.object();
        faults.forEach(document.putArray("faults")::add);
        plan.notices().forEach(document.putArray("notices")::add);
        document.put("unknownShare", plan.unknownWork().share());
        ArrayNode tasks = document.putArray("tasks");
        for (int index = 0; index < simulation.tasks().size(); index++) {
            Simulation.TaskRun run = simulation.tasks().get(index);
            ObjectNode task = tasks.addObject();
            task.put("name", run.task());
            task.put("frames", run.frames());
            ObjectNode simulated = task.putObject("simulated");
            simulated.put("responseSeconds", run.firstResponseSeconds());
            simulated.put("worstResponseSeconds", run.worstResponseSeconds());
            simulated.put("makespanSeconds", run.lastCompletionSeconds());
            run.periodSeconds().ifPresent(period -> simulated.put("periodSeconds", period));
            ObjectNode closed = task.putObject("closedForm");
            TaskMetrics metrics = plan.metrics().tasks().get(index);
            closed.put("responseSeconds", metrics.responseSeconds());
            closed.put("makespanSeconds", metrics.makespanSeconds());
            closed.put("periodSeconds", metrics.periodSeconds());
        }
        MetricsSnapshot total = plan.metrics();
        put(document, "energyJoules", simulation.energyJoules(), total.energyJoules());
        put(document, "computeJoules", simulation.computeJoules(), total.computeJoules());
        put(document, "idleJoules", simulation.idleJoules(), total.idleJoules());
        put(document, "transferJoules", simulation.transferJoules(), total.transferJoules());
        put(document, "switchOnJoules", simulation.switchOnJoules(), total.switchOnJoules());
        ArrayNode resources = document.putArray("resources");
        for (Simulation.ResourceUse use : simulation.resources()) {
            resources
                    .addObject()
                    .put("name", use.resource())
                    .put("busySeconds", use.busySeconds())
                    .put("utilization", use.utilization());
        }
        return document;
    }

    private static void put(ObjectNode document, String figure, double simulated, double closed) {
        document.putObject(figure).put("simulated", simulated).put("closedForm", closed);
    }

    private static String text(Plan plan, Simulation simulation) {
        TextTable tasks = new TextTable("task", "figure", "simulated", "closed form");
        for (int index = 0; index < simulation.tasks().size(); index++) {
            Simulation.TaskRun run = simulation.tasks().get(index);
            TaskMetrics metrics = plan.metrics().tasks().get(index);
            tasks.row(
                    run.task(),
                    "response",
                    Figures.seconds(run.firstResponseSeconds()),
                    Figures.seconds(metrics.responseSeconds()));
            tasks.row(
                    run.task(),
                    "period",
                    Figures.seconds(run.periodSeconds().orElse(Double.POSITIVE_INFINITY)),
                    Figures.seconds(metrics.periodSeconds()));
            tasks.row(
                    run.task(),
                    run.frames() + (run.frames() == 1 ? " frame" : " frames"),
                    Figures.seconds(run.lastCompletionSeconds()),
                    Figures.seconds(metrics.makespanSeconds()));
        }
        row(tasks, "energy", simulation.energyJoules(), plan.metrics().energyJoules());
        row(tasks, "- computing", simulation.computeJoules(), plan.metrics().computeJoules());
        row(tasks, "- waiting", simulation.idleJoules(), plan.metrics().idleJoules());
        row(tasks, "- transfers", simulation.transferJoules(), plan.metrics().transferJoules());
        row(tasks, "- switching on", simulation.switchOnJoules(), plan.metrics().switchOnJoules());
        TextTable resources = new TextTable("resource", "busy", "utilisation");
        for (Simulation.ResourceUse use : simulation.resources()) {
            resources.row(use.resource(), Figures.seconds(use.busySeconds()), Figures.percent(use.utilization()));
        }
        return tasks
                + System.lineSeparator()
                + resources
                + TrustText.notices(plan.notices())
                + TrustText.unknownWork(plan.unknownWork());
    }

    private static void row(TextTable table, String figure, double simulated, double closed) {
        table.row("total", figure, Figures.number(simulated) + " J", Figures.number(closed) + " J");
    }
}
