package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.adapt.AdaptivePlanner;
import io.github.codnn.adapt.BandwidthTrace;
import io.github.codnn.adapt.TraceComparison;
import io.github.codnn.adapt.TraceModel;
import io.github.codnn.chart.LineChart;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.plan.Plan;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.text.Figures;
import io.github.codnn.text.TextTable;
import io.github.codnn.units.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code codnn adapt PLAN.json --trace TRACE}: a fixed plan, an adaptive one and an oracle over changing rates. */
@Command(
        name = "adapt",
        description = "Shows what adapting a plan brings while the rate of a link changes: the plan as it is, one that"
                + " adapts, and an oracle that knows the future and pays for moving, too. Plans anew with 500"
                + " evaluations for each observation unless --budget is given.",
        mixinStandardHelpOptions = true)
final class AdaptCommand implements Callable<Integer> {

    private static final long EVALUATIONS = 500;
    private static final int MAX_SECONDS = 86_400;

    @Mixin
    private PlanArgument plans = new PlanArgument();

    @Option(
            names = "--trace",
            required = true,
            paramLabel = "FILE|NAME",
            description = "A CSV file with the columns time,link,bit/s (seconds; a medium or FROM:TO), or a generated"
                    + " trace: wifi, 3g, 4g, walk, step, outage or noise, relative to the rate in the plan.")
    private String trace = "";

    @Option(
            names = "--link",
            paramLabel = "MEDIUM|FROM:TO",
            description = "What a generated trace changes; the medium unless given, if there is one.")
    private Optional<String> link = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = Units.WholeSeconds.class,
            description = "The length of a generated trace; 300 unless given. Its seed is --seed.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw the throughput over time (SVG).")
    private Optional<Path> chart = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        chart.ifPresent(output::check);
        Plan plan = plans.read();
        List<BandwidthTrace.State> states =
                trace(plan.scenario().platform()).applyTo(plan.scenario().platform());
        TraceComparison comparison =
                plans.searches().run(EVALUATIONS, options -> TraceComparison.of(watch(plan, options), states));
        output.print(() -> document(comparison, states), () -> text(comparison, states));
        chart.ifPresent(file -> output.write(file, target -> draw(comparison, states, target)));
        return CommandLine.ExitCode.OK;
    }

    private AdaptivePlanner watch(Plan plan, SearchOptions options) {
        AdaptivePlanner watch = AdaptivePlanner.of(plan, plans.fitness(plan));
        return plans.searches().collapser().isPresent()
                ? watch.withPlanner(plans.planner(options).withProof(false))
                : watch.withBudget(options.stopRule());
    }

    private BandwidthTrace trace(Platform platform) {
        Optional<TraceModel> model = Arrays.stream(TraceModel.values())
                .filter(each -> each.label().equals(trace))
                .findFirst();
        if (model.isEmpty()) {
            if (link.isPresent() || seconds.isPresent()) {
                throw new CodnnException("--link and --seconds are for generated traces, but '" + trace
                        + "' is a file, which states its links and times");
            }
            return BandwidthTrace.read(Path.of(trace));
        }
        int length = seconds.orElse(300);
        if (length < 2 || length > MAX_SECONDS) {
            throw new CodnnException("--seconds must be from 2 to " + MAX_SECONDS + ", but is " + length);
        }
        return model.get()
                .trace(
                        platform,
                        link.orElseGet(() -> medium(platform)),
                        length,
                        plans.searches().seed());
    }

    private static String medium(Platform platform) {
        List<String> media = platform.media().stream().map(Medium::name).toList();
        if (media.size() != 1) {
            throw new CodnnException("The platform has " + media.size() + " media " + media
                    + "; say with --link which medium or which link FROM:TO changes");
        }
        return media.get(0);
    }

    private String text(TraceComparison comparison, List<BandwidthTrace.State> states) {
        List<TraceComparison.Outcome> all = List.of(comparison.fixed(), comparison.adaptive(), comparison.oracle());
        TextTable table = new TextTable(trace, "fixed plan", "adaptive", "oracle");
        row(
                table,
                "mean period",
                all.stream()
                        .map(each -> Figures.seconds(each.meanPeriodSeconds()))
                        .toList());
        row(
                table,
                "frames",
                all.stream()
                        .map(each -> Figures.count(Math.round(each.frames())))
                        .toList());
        row(
                table,
                "moves",
                all.stream().map(each -> Figures.count(each.moves())).toList());
        row(
                table,
                "time without frames",
                all.stream().map(each -> Figures.seconds(each.stallSeconds())).toList());
        StringBuilder text = new StringBuilder(table.toString());
        comparison
                .decisions()
                .forEach(each ->
                        text.append(String.format("%nat %s: %s", Figures.seconds(each.seconds()), each.reason())));
        OptionalDouble behind = comparison.behindOracle();
        text.append(String.format(
                "%n%d states in %s. %s",
                states.size(),
                Figures.seconds(comparison.fixed().seconds()),
                behind.isPresent()
                        ? "The adaptive plan's mean period is " + Figures.percent(behind.getAsDouble())
                                + " above that of the oracle"
                        : "No plan finishes a frame"));
        return text.toString();
    }

    private static void row(TextTable table, String name, List<String> cells) {
        table.row(name, cells.get(0), cells.get(1), cells.get(2));
    }

    private ObjectNode document(TraceComparison comparison, List<BandwidthTrace.State> states) {
        ObjectNode document = JsonOutput.object().put("format", "codnn-adapt/1").put("trace", trace);
        ArrayNode times = document.putArray("secondsFromStart");
        states.forEach(state -> times.add(state.seconds()));
        add(document.putObject("fixed"), comparison.fixed());
        add(document.putObject("adaptive"), comparison.adaptive());
        add(document.putObject("oracle"), comparison.oracle());
        comparison.behindOracle().ifPresent(behind -> document.put("behindOracle", behind));
        ArrayNode moves = document.putArray("moves");
        comparison
                .decisions()
                .forEach(
                        each -> moves.addObject().put("seconds", each.seconds()).put("reason", each.reason()));
        return document;
    }

    private static void add(ObjectNode node, TraceComparison.Outcome outcome) {
        if (outcome.frames() > 0) {
            node.put("meanPeriodSeconds", outcome.meanPeriodSeconds());
        } else {
            node.putNull("meanPeriodSeconds");
        }
        node.put("frames", outcome.frames())
                .put("seconds", outcome.seconds())
                .put("moves", outcome.moves())
                .put("secondsWithoutFrames", outcome.stallSeconds());
        ArrayNode rates = node.putArray("framesPerSecond");
        outcome.framesPerSecond().forEach(rates::add);
    }

    private void draw(TraceComparison comparison, List<BandwidthTrace.State> states, Path file) {
        new LineChart(
                        "Throughput over the trace " + trace,
                        new LineChart.Axis("time", "s", LineChart.Scale.LINEAR),
                        new LineChart.Axis("frames a second", "", LineChart.Scale.FROM_ZERO),
                        List.of(
                                series("fixed plan", comparison.fixed(), states),
                                series("adaptive", comparison.adaptive(), states),
                                series("oracle", comparison.oracle(), states)))
                .write(file);
    }

    private static LineChart.Series series(
            String name, TraceComparison.Outcome outcome, List<BandwidthTrace.State> states) {
        List<LineChart.Point> points = new ArrayList<>();
        for (int state = 0; state < states.size(); state++) {
            points.add(new LineChart.Point(
                    states.get(state).seconds(), outcome.framesPerSecond().get(state), 0));
        }
        return new LineChart.Series(name, LineChart.Style.STEPS, points);
    }
}
