package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.format.PlanJson;
import io.github.codnn.optimize.Fitness;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.Scenario;
import io.github.codnn.plan.Violation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code codnn plan}: one plan for a model on a platform, or for a complete problem. */
@Command(
        name = "plan",
        description = "Finds where each layer should run, and says how far from optimal that can be.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private ScenarioArguments scenarios = new ScenarioArguments();

    @Mixin
    private SearchArguments searches = new SearchArguments();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "How to search; auto unless given. codnn compare lists all.")
    private String strategy = "auto";

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan to a file (JSON).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        Scenario scenario = scenarios.read();
        Fitness fitness = searches.fitness();
        Strategy chosen = StrategyCatalog.named(strategy);
        SearchResult result = searches.run(
                options -> scenarios.planner(searches, chosen, options).plan(scenario, fitness));
        Plan plan = result.best()
                .or(result::closest)
                .orElseThrow(() -> new CodnnException("Strategy '" + strategy + "' found no plan within its budget"));
        OptionalDouble elapsed = OptionalDouble.of(result.elapsed().toNanos() * 1e-9);
        out.ifPresent(file -> PlanJson.write(plan, elapsed, file));
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? PlanJson.render(plan, elapsed)
                                : PlanText.of(plan) + PlanText.proof(result) + scopeOfProof(scenario, chosen));
        return result.best().isPresent() ? CommandLine.ExitCode.OK : infeasible(result, plan);
    }

    /** Says what a bound leaves out: plans that cut through blocks. */
    private String scopeOfProof(Scenario scenario, Strategy chosen) {
        GraphCollapser collapser = scenarios
                .planner(searches, chosen, SearchOptions.withDefaults())
                .collapserInUse();
        boolean hasBlocks = scenario.workload().tasks().stream()
                .anyMatch(task ->
                        collapser.collapse(task.graph()).graph().layers().size()
                                < task.graph().layers().size());
        return hasBlocks
                ? String.format("among plans that keep the blocks of a chain together; --collapse none places layers%n")
                : "";
    }

    private int infeasible(SearchResult result, Plan closest) {
        String broken =
                closest.metrics().violations().stream().map(Violation::message).collect(Collectors.joining("; "));
        boolean proven = result.lowerBound() == Double.POSITIVE_INFINITY;
        spec.commandLine()
                .getErr()
                .println("codnn: "
                        + (proven ? "No plan keeps all constraints. " : "No plan found keeps all constraints. ")
                        + "The " + (proven ? "best" : "best found") + " breaks these: " + broken);
        return Codnn.INFEASIBLE;
    }
}
