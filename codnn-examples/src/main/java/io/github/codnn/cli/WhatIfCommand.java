package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.adapt.WhatIf;
import io.github.codnn.json.PlanJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Fitness;
import io.github.codnn.report.WhatIfReport;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.text.ControlCharacters;
import io.github.codnn.text.Figures;
import io.github.codnn.text.TextTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code codnn what-if PLAN.json}: the plan as promised, under other conditions, and planned anew. */
@Command(
        name = "what-if",
        description = "Shows what becomes of a plan when links, devices or limits change: the plan as it was promised,"
                + " the same plan under the new conditions, and a new plan with what it moves. Searches for about a"
                + " second from the old plan; with --budget as long as codnn plan does.",
        mixinStandardHelpOptions = true)
final class WhatIfCommand implements Callable<Integer> {

    @Mixin
    private PlanArgument plans = new PlanArgument();

    @Mixin
    private ScenarioChanges changes = new ScenarioChanges();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the new plan to a file (JSON).")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        report.check(output);
        out.ifPresent(output::check);
        Plan plan = plans.read();
        Fitness fitness = plans.fitness(plan);
        Scenario changed = changes.applyTo(plan.scenario());
        WhatIf answer =
                plans.searches().run(options -> WhatIf.of(plan, changed, planner(plan, changed, options), fitness));
        output.print(() -> document(answer), () -> text(answer));
        SearchResult next = answer.replanned();
        if (next.best().isEmpty()) {
            output.warn(
                    "No plan found keeps all constraints under the new conditions. codnn plan --problem explains why");
        }
        out.ifPresent(file -> next.bestOrClosest()
                .map(found -> found.withModels(plan.models()))
                .ifPresent(
                        found -> output.write(file, target -> PlanJson.write(found, OptionalDouble.empty(), target))));
        report.write(() -> WhatIfReport.of(answer), output);
        return next.best().isPresent() ? CommandLine.ExitCode.OK : Codnn.INFEASIBLE;
    }

    private Planner planner(Plan plan, Scenario changed, SearchOptions options) {
        return plans.searches().statesEffort() ? plans.planner(options) : WhatIf.quickPlanner(plan, changed, options);
    }

    private static String text(WhatIf answer) {
        List<Optional<Plan>> plans = List.of(
                Optional.of(answer.promised()),
                answer.kept(),
                answer.replanned().bestOrClosest());
        TextTable table = new TextTable("", "as promised", "under the new conditions", "new plan");
        row(table, "period", plans, each -> Figures.seconds(each.periodSeconds()));
        row(table, "response", plans, each -> Figures.seconds(each.responseSeconds()));
        row(table, "mean", plans, each -> Figures.seconds(each.meanSeconds()));
        row(table, "energy", plans, each -> Figures.number(each.energyJoules()) + " J");
        row(table, "price", plans, each -> Figures.number(each.price()));
        row(table, "devices", plans, each -> Figures.count(each.devicesUsed()));
        row(table, "keeps all constraints", plans, each -> each.feasible() ? "yes" : "no");
        table.row(
                "gap",
                gap(answer.promised().gap()),
                gap(answer.keptGap()),
                gap(plans.get(2).map(Plan::gap).orElse(OptionalDouble.empty())));
        StringBuilder text = new StringBuilder(table.toString());
        answer.kept()
                .ifPresent(plan -> plan.metrics()
                        .violations()
                        .forEach(violation -> text.append(String.format(
                                "%nunder the new conditions it breaks: %s",
                                ControlCharacters.shown(violation.message())))));
        if (answer.kept().isEmpty()) {
            text.append(String.format("%nThe old plan cannot be used any more: it needs a device that is gone"));
        }
        return text.append(moves(answer.moves())).toString();
    }

    private static void row(
            TextTable table, String name, List<Optional<Plan>> plans, Function<MetricsSnapshot, String> figure) {
        List<String> cells = plans.stream()
                .map(plan -> plan.map(Plan::metrics).map(figure).orElse("-"))
                .toList();
        table.row(name, cells.get(0), cells.get(1), cells.get(2));
    }

    private static String gap(OptionalDouble gap) {
        return gap.isPresent() ? Figures.percent(gap.getAsDouble()) : "-";
    }

    private static String moves(List<WhatIf.Move> moves) {
        if (moves.isEmpty()) {
            return String.format("%nNothing moves");
        }
        Map<String, long[]> byPair = new LinkedHashMap<>();
        for (WhatIf.Move move : moves) {
            String from = move.from().isEmpty() ? "(gone)" : move.from();
            long[] sum = byPair.computeIfAbsent(from + " -> " + move.to(), pair -> new long[2]);
            sum[0]++;
            sum[1] = Math.addExact(sum[1], move.bytes());
        }
        TextTable table = new TextTable("moves", "layers", "weights");
        byPair.forEach((pair, sum) -> table.row(pair, Figures.count(sum[0]), Figures.bytes(sum[1])));
        return String.format("%n%s", table);
    }

    private static ObjectNode document(WhatIf answer) {
        ObjectNode document = JsonOutput.object().put("format", "codnn-what-if/1");
        document.set("promised", outcome(answer.promised()));
        answer.kept().ifPresentOrElse(plan -> document.set("kept", outcome(plan)), () -> document.putNull("kept"));
        answer.keptGap().ifPresent(gap -> document.put("keptGap", gap));
        answer.replanned()
                .bestOrClosest()
                .ifPresentOrElse(plan -> document.set("replanned", outcome(plan)), () -> document.putNull("replanned"));
        ArrayNode moves = document.putArray("moves");
        answer.moves()
                .forEach(move -> moves.addObject()
                        .put("task", move.task())
                        .put("layer", move.layer())
                        .put("from", move.from().isEmpty() ? null : move.from())
                        .put("to", move.to())
                        .put("bytes", move.bytes()));
        return document;
    }

    private static ObjectNode outcome(Plan plan) {
        return JsonOutput.parse(PlanJson.renderOutcome(plan));
    }
}
