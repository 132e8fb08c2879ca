package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.adapt.Bottleneck;
import io.github.codnn.adapt.Remedy;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Fitness;
import io.github.codnn.text.ControlCharacters;
import io.github.codnn.text.Figures;
import io.github.codnn.text.PlanText;
import io.github.codnn.text.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code codnn explain PLAN.json}: the bottleneck, and what would help most. */
@Command(
        name = "explain",
        description = "Names the bottleneck of a plan and what would help most: each device twice as fast, each link or"
                + " medium twice as fast, and one more device of each kind, planned anew with"
                + " 20000 evaluations each unless --budget is given.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    private static final long EVALUATIONS = 20_000;

    @Mixin
    private PlanArgument plans = new PlanArgument();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Plan plan = plans.read();
        Fitness fitness = plans.fitness(plan);
        List<Bottleneck> busy = Bottleneck.of(plan);
        List<Remedy> remedies =
                plans.searches().run(EVALUATIONS, options -> Remedy.of(plan, plans.planner(options), fitness));
        output.print(() -> document(plan, fitness, busy, remedies), () -> text(plan, fitness, busy, remedies));
        return CommandLine.ExitCode.OK;
    }

    private static String text(Plan plan, Fitness fitness, List<Bottleneck> busy, List<Remedy> remedies) {
        StringBuilder text = new StringBuilder();
        busy.stream()
                .findFirst()
                .ifPresent(first -> text.append(String.format(
                        "bottleneck: %s %s, busy %s of the time (%s for one frame of each task)%n%n",
                        kind(first),
                        ControlCharacters.shown(first.name()),
                        Figures.percent(first.share()),
                        Figures.seconds(first.seconds()))));
        TextTable resources = new TextTable("resource", "kind", "time", "busy");
        busy.forEach(each ->
                resources.row(each.name(), kind(each), Figures.seconds(each.seconds()), Figures.percent(each.share())));
        text.append(resources).append(System.lineSeparator());
        TextTable table = new TextTable("what would help", fitness.label(), "change", "no plan is below");
        double present = fitness.of(plan.metrics());
        for (Remedy remedy : remedies) {
            table.row(
                    remedy.change(),
                    PlanText.figure(fitness.label(), remedy.result().replanned().value()),
                    (remedy.gain() > 0 ? "-" : "+") + Figures.percent(Math.abs(remedy.gain())),
                    PlanText.figure(fitness.label(), remedy.result().replanned().lowerBound()));
        }
        return text.append(table)
                .append(String.format("%nThe %s now is %s", fitness.label(), PlanText.figure(fitness.label(), present)))
                .toString();
    }

    private static String kind(Bottleneck each) {
        return each.kind().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode document(Plan plan, Fitness fitness, List<Bottleneck> busy, List<Remedy> remedies) {
        ObjectNode document = JsonOutput.object()
                .put("format", "codnn-explain/1")
                .put("objective", fitness.label())
                .put("value", fitness.of(plan.metrics()));
        ArrayNode resources = document.putArray("resources");
        busy.forEach(each -> resources
                .addObject()
                .put("name", each.name())
                .put("kind", kind(each))
                .put("secondsPerFrame", each.seconds())
                .put("share", each.share()));
        ArrayNode helps = document.putArray("remedies");
        remedies.forEach(remedy -> helps.addObject()
                .put("change", remedy.change())
                .put("value", remedy.result().replanned().value())
                .put("lowerBound", remedy.result().replanned().lowerBound())
                .put("gain", remedy.gain())
                .put("moves", remedy.result().moves().size()));
        return document;
    }
}
