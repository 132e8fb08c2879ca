package io.github.codnn.cli;

import io.github.codnn.examples.Quickstart;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.Stage;
import io.github.codnn.planner.Planner;
import io.github.codnn.planner.Strategies;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.simulate.ClosedFormCheck;
import io.github.codnn.text.Figures;
import io.github.codnn.text.PlanText;
import io.github.codnn.text.TextTable;
import io.github.codnn.text.TrustText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Spec;

/** {@code codnn quickstart}: the example of the README, with the plain strategies beside. */
@Command(
        name = "quickstart",
        description = "Plans GoogLeNet on a drone, an edge server and a cloud server.",
        mixinStandardHelpOptions = true)
final class QuickstartCommand implements Callable<Integer> {

    private static final List<String> STRATEGIES =
            List.of("local", "single-device", "neurosurgeon", "dbpso", "exact", "auto");

    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        Scenario scenario = Quickstart.scenario();
        TextTable table = new TextTable(
                "strategy",
                "period",
                "simulated",
                "frames/s",
                "response",
                "100 frames",
                "energy",
                "gap",
                "gap in blocks");
        Map<String, SearchResult> results = new LinkedHashMap<>();
        STRATEGIES.forEach(name -> results.put(name, plan(name, scenario)));
        SearchResult best = Objects.requireNonNull(results.get("auto"));
        results.forEach((name, each) -> {
            SearchResult result = each.withLowerBound(Math.max(each.lowerBound(), best.lowerBound()));
            Plan plan = result.best().orElseThrow();
            table.row(
                    name,
                    Figures.seconds(plan.metrics().periodSeconds()),
                    PlanText.simulated(PlanText.simulate(plan)).get(0),
                    Figures.number(plan.metrics().throughputPerSecond()),
                    Figures.seconds(plan.metrics().responseSeconds()),
                    Figures.seconds(plan.metrics().makespanSeconds()),
                    Figures.number(plan.metrics().energyJoules()) + " J",
                    Figures.percent(result.gap()),
                    PlanText.blockGap(result));
        });
        PrintWriter console = spec.commandLine().getOut();
        printAsTheReadme(console, best);
        console.println();
        console.println("GoogLeNet on a drone, an edge server over Wi-Fi and a cloud server behind it; least period:");
        console.println();
        console.println(table);
        console.println("A gap is to a bound of all plans. Only auto cuts through blocks of the network; the second gap"
                + " of the others");
        console.println("is to a bound of the plans that keep blocks whole. The plan of auto:");
        console.println();
        Plan plan = best.best().orElseThrow();
        Optional<ClosedFormCheck> simulated = PlanText.simulate(plan);
        console.print(PlanText.of(plan));
        console.print(TrustText.notices(PlanDocument.notices(plan, simulated)));
        console.print(
                PlanText.proof(best, simulated.map(ClosedFormCheck::agrees).orElse(true)));
        console.flush();
        return CommandLine.ExitCode.OK;
    }

    /** Prints what the code in the README prints. */
    private static void printAsTheReadme(PrintWriter console, SearchResult result) {
        Plan plan = result.best().orElseThrow();
        for (Stage stage : plan.stages()) {
            console.printf(
                    "%-6s runs %3d layers in %5.1f ms%n",
                    stage.device(), stage.layers().size(), stage.seconds() * 1e3);
        }
        console.printf(
                "%.1f frames/s, at most %.1f %% from the optimum%n",
                plan.metrics().throughputPerSecond(), result.gap() * 100);
    }

    private static SearchResult plan(String strategy, Scenario scenario) {
        return Planner.withDefaults().withStrategy(Strategies.named(strategy)).plan(scenario, Objective.PERIOD);
    }
}
