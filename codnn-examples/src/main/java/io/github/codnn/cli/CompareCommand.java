package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Throwables;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.UnknownWork;
import io.github.codnn.planner.Strategies;
import io.github.codnn.problem.Fitness;
import io.github.codnn.progress.StepBar;
import io.github.codnn.report.CompareReport;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.simulate.ClosedFormCheck;
import io.github.codnn.text.Figures;
import io.github.codnn.text.PlanText;
import io.github.codnn.text.TextTable;
import io.github.codnn.text.TrustText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code codnn compare}: every strategy on the same problem, side by side. */
@Command(
        name = "compare",
        description = "Runs every strategy on the same problem, side by side.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    @Mixin
    private ScenarioArguments scenarios = new ScenarioArguments();

    @Mixin
    private SearchArguments searches = new SearchArguments();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private Output output = new Output();

    /** What came of one strategy: a result, or why there is none. */
    record Row(Optional<SearchResult> result, Optional<Throwable> failure) {

        Optional<Plan> plan() {
            return result.flatMap(SearchResult::bestOrClosest);
        }

        /** Returns why there is no plan, in one line. */
        String refusal() {
            return failure.map(Failures::message).orElse("found no plan");
        }
    }

    @Override
    public Integer call() {
        report.check(output);
        Scenario scenario = scenarios.read();
        Fitness fitness = searches.fitness();
        Map<String, Row> rows = new LinkedHashMap<>();
        try (ProgressBar bar = StepBar.start("compare", Strategies.all().size(), output.isJson())) {
            Strategies.all().forEach(entry -> {
                bar.setExtraMessage(entry.name());
                rows.put(entry.name(), run(entry.strategy(), scenario, fitness));
                bar.step();
            });
        }
        failIfAllDo(rows.values());
        shareBound(rows);
        output.print(() -> document(scenario, rows), () -> text(rows) + trust(scenario, rows));
        report.write(
                () -> CompareReport.of(
                        scenario,
                        rows.entrySet().stream()
                                .map(row -> new CompareReport.Entry(
                                        row.getKey(),
                                        row.getValue().result(),
                                        row.getValue().refusal()))
                                .toList()),
                output);
        return CommandLine.ExitCode.OK;
    }

    private Row run(Strategy strategy, Scenario scenario, Fitness fitness) {
        return row(() -> searches.run(
                options -> scenarios.planner(searches, strategy, options).plan(scenario, fitness)));
    }

    /** Runs a search; one that fails must not end the others. */
    static Row row(Supplier<SearchResult> search) {
        try {
            return new Row(Optional.of(search.get()), Optional.empty());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return new Row(Optional.empty(), Optional.of(e));
        }
    }

    /** A bound that one strategy proves holds for the plans of all others. */
    private static void shareBound(Map<String, Row> rows) {
        double bound = rows.values().stream()
                .flatMap(row -> row.result().stream())
                .filter(result -> result.best().isPresent())
                .mapToDouble(SearchResult::lowerBound)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        rows.replaceAll((name, row) -> new Row(
                row.result().map(result -> result.best().isPresent() ? result.withLowerBound(bound) : result),
                row.failure()));
    }

    /** Throws what the first search threw if all did: then the problem itself cannot be planned. */
    static void failIfAllDo(Collection<Row> rows) {
        if (rows.stream().allMatch(row -> row.failure().isPresent())) {
            rows.stream().flatMap(row -> row.failure().stream()).findFirst().ifPresent(failure -> {
                Throwables.throwIfUnchecked(failure);
                throw new IllegalStateException(failure);
            });
        }
    }

    private static ObjectNode document(Scenario scenario, Map<String, Row> rows) {
        ObjectNode document = JsonOutput.object();
        scenario.notices().forEach(document.putArray("notices")::add);
        ArrayNode array = document.putArray("rows");
        rows.forEach((name, row) -> {
            Optional<Plan> plan = row.plan();
            ObjectNode node = plan.map(each -> new PlanDocument(each, elapsed(row), PlanText.simulate(each)).root())
                    .orElseGet(JsonOutput::object);
            node.put("name", name);
            if (plan.isEmpty()) {
                node.put("refusal", row.refusal());
            }
            array.add(node);
        });
        return document;
    }

    private static OptionalDouble elapsed(Row row) {
        return OptionalDouble.of(row.result().orElseThrow().elapsed().toNanos() * 1e-9);
    }

    private static String text(Map<String, Row> rows) {
        TextTable table = new TextTable(
                "strategy",
                "value",
                "gap",
                "gap in blocks",
                "period",
                "response",
                "simulated",
                "responses up to",
                "mean",
                "energy",
                "devices",
                "unknown",
                "evaluations",
                "time");
        StringBuilder notes = new StringBuilder();
        AtomicBoolean differs = new AtomicBoolean();
        rows.forEach((name, row) -> {
            Optional<Plan> plan = row.plan();
            if (plan.isEmpty()) {
                notes.append(String.format("%s: %s%n", name, row.refusal()));
            } else {
                SearchResult result = row.result().orElseThrow();
                Optional<ClosedFormCheck> simulated = PlanText.simulate(plan.get());
                differs.compareAndSet(
                        false, simulated.filter(check -> !check.agrees()).isPresent());
                addRow(table, name, result, simulated);
                plan.get()
                        .run()
                        .ifPresent(run ->
                                run.notices().forEach(notice -> notes.append(String.format("%s: %s%n", name, notice))));
                if (result.best().isEmpty()) {
                    notes.append(String.format(
                            "%s: breaks constraints (violation %s), %s%n",
                            name,
                            Figures.number(plan.get().metrics().violation()),
                            plan.get().metrics().violations().get(0).message()));
                }
            }
        });
        notes.append(differs.get() ? PlanText.LOWER_BOUND : "");
        return table.toString() + (notes.isEmpty() ? "" : System.lineSeparator() + notes) + limits(rows);
    }

    /** The least achievable values of the first plan that breaks constraints. */
    private static String limits(Map<String, Row> rows) {
        return rows.values().stream()
                .flatMap(row -> row.result().stream())
                .flatMap(result -> result.closest().stream())
                .map(PlanText::limits)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> System.lineSeparator() + text.stripTrailing())
                .orElse("");
    }

    /** The notices, and the unknown work of the first plan that has any. */
    private static String trust(Scenario scenario, Map<String, Row> rows) {
        String unknown = rows.values().stream()
                .flatMap(row -> row.result().stream())
                .flatMap(result -> result.best().or(result::closest).stream())
                .map(plan -> TrustText.unknownWork(plan.unknownWork()))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        String text = TrustText.notices(scenario.notices()) + unknown;
        return text.isEmpty() ? "" : System.lineSeparator() + text.stripTrailing();
    }

    private static String unknown(Plan plan) {
        UnknownWork work = plan.unknownWork();
        return work.isEmpty() ? "none" : Figures.percent(work.share());
    }

    private static void addRow(TextTable table, String name, SearchResult result, Optional<ClosedFormCheck> simulated) {
        Plan plan = result.bestOrClosest().orElseThrow();
        List<String> stream = PlanText.simulated(simulated);
        RunRecord run = plan.run().orElseThrow();
        table.row(
                name,
                PlanText.figure(run.objective(), run.value()),
                Figures.percent(result.gap()),
                PlanText.blockGap(result),
                Figures.seconds(plan.metrics().periodSeconds()),
                Figures.seconds(plan.metrics().responseSeconds()),
                stream.get(0),
                stream.get(1),
                Figures.seconds(plan.metrics().meanSeconds()),
                Figures.number(plan.metrics().energyJoules()) + " J",
                Figures.count(plan.metrics().devicesUsed()),
                unknown(plan),
                Figures.count(result.evaluations()),
                Figures.seconds(result.elapsed().toNanos() * 1e-9));
    }
}
