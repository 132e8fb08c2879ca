package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the experiments on many tasks share: hypotheses and tables. */
final class ManyTasks {

    private static final List<String> SWARMS = List.of(Contenders.PUBLISHED, Contenders.GENES, Contenders.OURS);

    private ManyTasks() {}

    /**
     * Asks whether the swarms lead, and whether their flights do anything.
     *
     * @param contest the runs
     * @param better what a strategy does that leads, as "needs less energy"
     */
    static List<Question> leads(Contest contest, String better) {
        List<Question> questions = new ArrayList<>();
        for (String swarm : SWARMS) {
            questions.add(Question.leads(
                    "The " + swarm + " " + better + " than the others, nobody seeded.",
                    contest.against(swarm, rivals(Contender.Kind.UNSEEDED))));
        }
        questions.add(Question.leads(
                "The " + Contenders.OURS_SEEDED + ", " + better + " than the others, searches seeded with the "
                        + "same plans.",
                contest.against(Contenders.OURS_SEEDED, rivals(Contender.Kind.SEEDED))));
        for (String swarm : SWARMS) {
            questions.add(Question.leads(
                    "The " + swarm + " " + better + " with flights than without.",
                    contest.against(swarm, List.of(swarm + Contenders.PLAIN))));
            questions.add(Question.leads(
                    "The " + swarm + " " + better + " with heavy-tailed flights than with light-tailed ones "
                            + "of the same mean reach.",
                    contest.against(swarm, List.of(swarm + Contenders.LIGHT))));
        }
        return questions;
    }

    /** Asks whether the advantage of the swarms grows with the size. */
    static List<Question> grows(Contest contest, String hypothesis, double margin) {
        List<Question> questions = new ArrayList<>();
        for (String swarm : SWARMS) {
            questions.add(Question.advantageRises(
                    hypothesis + " (" + swarm + " against the others, nobody seeded)",
                    contest.growth(swarm, rivals(Contender.Kind.UNSEEDED)),
                    margin));
            questions.add(Question.advantageRises(
                    hypothesis + " (" + swarm + " against itself without flights)",
                    contest.growth(swarm, List.of(swarm + Contenders.PLAIN)),
                    margin));
        }
        return questions;
    }

    private static List<String> rivals(Contender.Kind kind) {
        return Stream.concat(
                        Contenders.rivals(Contenders.MANY, Contender.Kind.RULE).stream(),
                        Contenders.rivals(Contenders.MANY, kind).stream())
                .toList();
    }

    /** Compares every swarm with all contenders. */
    static List<Table> tables(Contest contest, String name, String size, List<Double> sizes) {
        List<String> labels = sizes.stream()
                .map(each -> String.format(Locale.ROOT, "%.0f", each))
                .toList();
        List<String> all = Contenders.MANY.stream().map(Contender::name).toList();
        List<Table> tables = new ArrayList<>();
        for (String swarm : List.of(Contenders.PUBLISHED, Contenders.GENES, Contenders.OURS, Contenders.OURS_SEEDED)) {
            String file = name + "-" + swarm.replaceAll("[ ,]+", "-");
            tables.add(contest.comparison(file, size + " ", labels, swarm, all));
        }
        tables.add(contest.budgets(name + "-budgets"));
        return tables;
    }

    /** Shows the mean of a figure over units. */
    static Table means(
            Contest contest, String name, String size, List<Double> sizes, ToDoubleFunction<Contender.Run> figure) {
        List<String> titles = new ArrayList<>(List.of(size));
        sizes.forEach(each -> titles.add(String.format(Locale.ROOT, "%.0f", each)));
        Table table = Table.of(name, titles.toArray(String[]::new));
        for (Contender contender : Contenders.MANY) {
            List<Object> cells = new ArrayList<>(List.of(contender.name()));
            means(contest, contender, sizes, figure).forEach(point -> cells.add(point.y()));
            table = table.with(cells.toArray());
        }
        return table;
    }

    static LineChart chart(
            Contest contest, String title, String size, List<Double> sizes, ToDoubleFunction<Contender.Run> figure) {
        return new LineChart(
                title,
                size,
                "mean",
                Contenders.MANY.stream()
                        .map(each -> new LineChart.Series(
                                each.name(),
                                means(contest, each, sizes, figure).stream()
                                        .filter(point -> Double.isFinite(point.y()))
                                        .toList()))
                        .toList());
    }

    /** Returns means over the units that have the figure; no number without any. */
    private static List<LineChart.Point> means(
            Contest contest, Contender contender, List<Double> sizes, ToDoubleFunction<Contender.Run> figure) {
        List<List<Double>> rows = contest.figures(contender.name(), figure);
        return IntStream.range(0, sizes.size())
                .mapToObj(column -> new LineChart.Point(
                        sizes.get(column),
                        rows.stream()
                                .mapToDouble(row -> row.get(column))
                                .filter(Double::isFinite)
                                .average()
                                .orElse(Double.NaN),
                        0))
                .toList();
    }
}
