package io.github.codnn.cli;

import com.google.common.base.Suppliers;
import io.github.codnn.CodnnException;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.Violation;
import io.github.codnn.planner.Strategies;
import io.github.codnn.progress.SearchBar;
import io.github.codnn.report.FrontReport;
import io.github.codnn.report.PlanReport;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.simulate.ClosedFormCheck;
import io.github.codnn.text.FrontText;
import io.github.codnn.text.PlanText;
import io.github.codnn.text.TrustText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code codnn plan}: one plan for a model on a platform, or for a complete problem. */
@Command(
        name = "plan",
        description = "Finds where each layer should run, and a bound on how far that is from optimal.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private ScenarioArguments scenarios = new ScenarioArguments();

    @Mixin
    private SearchArguments searches = new SearchArguments();

    @Mixin
    private FrontArguments fronts = new FrontArguments();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "How to search; auto unless given. codnn compare lists all.")
    private Optional<String> strategy = Optional.empty();

    @Mixin
    private FrameRate rate = new FrameRate();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the plan to a file (JSON); with --front, the front to a file, or to a folder with a file for"
                            + " each plan beside it.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--save-problem",
            paramLabel = "FILE",
            description = "Write what is planned as a problem file with all times, to change it or to share it.")
    private Optional<Path> problem = Optional.empty();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        report.check(output);
        fronts.check(searches, strategy, output);
        rate.check(fronts.areAsked());
        out.ifPresent(file -> {
            if (fronts.areAsked()) {
                FrontDocument.check(file, output);
            } else {
                output.check(file);
            }
        });
        problem.ifPresent(output::check);
        Scenario scenario = scenarios.read();
        problem.ifPresent(
                file -> output.write(file, target -> ProblemJson.write(CompiledScenario.tabulated(scenario), target)));
        return fronts.areAsked() ? front(scenario) : plan(scenario);
    }

    private int plan(Scenario scenario) {
        String name = strategy.orElse("auto");
        Strategy chosen = Strategies.named(name);
        SearchResult result;
        try (SearchBar bar =
                new SearchBar("plan", searches.fitness().label(), searches.expectedEvaluations(), output.isJson())) {
            result = rate.search(
                    fitness -> searches.run(options -> scenarios
                            .planner(searches, chosen, options.withListener(bar))
                            .plan(scenario, fitness)),
                    searches.fitness());
        }
        Plan plan = result.best()
                .or(result::closest)
                .orElseThrow(() -> new CodnnException("Strategy '" + name + "' found no plan within its budget"))
                .withModels(scenarios.modelFiles());
        OptionalDouble elapsed = OptionalDouble.of(result.elapsed().toNanos() * 1e-9);
        Optional<ClosedFormCheck> simulated = PlanText.simulate(plan);
        Optional<String> slow = result.best().flatMap(best -> rate.missed(result, best, simulated));
        Supplier<PlanDocument> document = Suppliers.memoize(() -> {
            PlanDocument made = new PlanDocument(plan, elapsed, simulated);
            rate.add(made.root(), plan, slow.isEmpty());
            return made;
        });
        output.print(output.isJson() ? document.get().render() : text(plan, result, simulated));
        slow.ifPresent(output::warn);
        int status = result.best().isPresent() ? CommandLine.ExitCode.OK : infeasible(result, plan);
        out.ifPresent(file -> output.write(file, target -> document.get().write(target)));
        report.write(
                () -> PlanReport.of(plan, result, simulated, PlanDocument.notices(plan, simulated), searches.fitness()),
                output);
        return slow.isPresent() ? Codnn.INFEASIBLE : status;
    }

    private static String text(Plan plan, SearchResult result, Optional<ClosedFormCheck> simulated) {
        boolean agrees = simulated.map(ClosedFormCheck::agrees).orElse(true);
        List<String> notices = PlanDocument.notices(plan, simulated);
        return PlanText.of(plan) + TrustText.notices(notices) + PlanText.proof(result, agrees);
    }

    private int front(Scenario scenario) {
        long start = System.nanoTime();
        ParetoFront front = searches.run(options -> scenarios
                .paretoPlanner(searches, fronts.search(strategy), options)
                .front(scenario, fronts.objectives()));
        FrontDocument document = new FrontDocument(
                scenario, front, searches.seed(), (System.nanoTime() - start) * 1e-9, scenarios.modelFiles());
        boolean empty = front.plans().isEmpty();
        String text = (empty ? "" : FrontText.of(front))
                + FrontText.proof(front)
                + FrontText.trust(front)
                + FrontText.simulated(front);
        output.print(output.isJson() ? document.render() : text);
        if (empty) {
            boolean proven = front.epsilon() < Double.POSITIVE_INFINITY;
            output.warn(proven ? "No plan keeps all constraints" : "No plan found keeps all constraints");
        }
        out.ifPresent(file -> output.write(file, document::write));
        if (!empty) {
            fronts.draw(front, output);
            report.write(() -> FrontReport.of(scenario, front), output);
        }
        return empty ? Codnn.INFEASIBLE : CommandLine.ExitCode.OK;
    }

    private int infeasible(SearchResult result, Plan closest) {
        String broken =
                closest.metrics().violations().stream().map(Violation::message).collect(Collectors.joining("; "));
        boolean proven = result.infeasibility().map(Infeasibility::proven).orElse(false);
        String limit = proven ? TrustText.limit(closest.unknownWork()) : "";
        String missed = result.infeasibility().isEmpty() ? ", but there is one that another strategy may find" : "";
        output.warn((proven ? "No plan keeps all constraints" : "No plan found keeps all constraints" + missed)
                + (limit.isEmpty() ? "" : " " + limit.stripTrailing()) + ". The closest plan"
                + (proven ? "" : " found") + " breaks these: " + broken);
        return Codnn.INFEASIBLE;
    }
}
