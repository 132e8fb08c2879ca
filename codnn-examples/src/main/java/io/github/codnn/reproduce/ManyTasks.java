package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Violation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
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

    /** Deadlines kept against the number of devices (section 4.3). */
    static final class DeadlinesKept implements Reproduction.Experiment {

        private static final int TASKS = 8;
        private static final List<Double> DEVICES = List.of(2.0, 4.0, 6.0, 8.0, 10.0);
        private static final Drawn.Deadlines DEADLINES = new Drawn.Deadlines(0.2, 0.6);

        @Override
        public String title() {
            return "Deadlines kept against the number of devices (section 4.3)";
        }

        @Override
        public Finding run(Effort effort, Cells cells) {
            List<Double> sizes = effort.of(DEVICES);
            Contest contest = Contest.hold(
                    cells,
                    Contenders.MANY,
                    sizes,
                    effort.perSeed(),
                    (size, seed) -> OffloadingProblem.of(
                            Drawn.shared(TASKS, sizes.get(size).intValue(), DEADLINES, seed), Objective.ENERGY),
                    (ours, other) -> kept(ours) - kept(other));
            List<Question> questions = new ArrayList<>(leads(contest, "keeps more deadlines"));
            questions.addAll(grows(contest, "The lead in deadlines kept grows with the devices.", 0.001));
            List<Table> tables = new ArrayList<>();
            tables.add(means(contest, "achievement", "edge devices", sizes, DeadlinesKept::kept));
            tables.addAll(tables(contest, "achievement", "devices", sizes));
            return new Finding(
                    title(),
                    "DBLPSO-MD leads in the share of deadlines that are kept as devices are added.",
                    TASKS + " drawn terminals with a task each (" + Drawn.networks()
                            + " in turn, chains of blocks) share 2 to 10 drawn edge devices over Wi-Fi or Ethernet; "
                            + "deadlines on the mean time are drawn between 20 % and 60 % of what the terminal "
                            + "needs by "
                            + "itself; least energy under them. Every seed has its own devices, links and "
                            + "deadlines. The "
                            + "figure is the share of the deadlines that the plan keeps, 0 for a plan that breaks "
                            + "anything else; gains are differences of shares. " + effort.seeds() + " seeds, "
                            + effort.evaluations() + " evaluations for every search.",
                    Question.judge(questions),
                    tables,
                    List.of(chart(contest, "Deadlines kept", "edge devices", sizes, DeadlinesKept::kept)));
        }

        /** The share of deadlines that the plan of a run keeps. */
        static double kept(Contender.Run run) {
            return run.best()
                    .or(run::closest)
                    .filter(DeadlinesKept::breaksNothingElse)
                    .map(MetricsSnapshot::deadlineAchievementRate)
                    .orElse(0.0);
        }

        private static boolean breaksNothingElse(MetricsSnapshot metrics) {
            return metrics.violations().stream()
                    .allMatch(violation -> violation.constraint() == Violation.Constraint.DEADLINE);
        }
    }

    /** System energy against the number of task groups (section 4.3). */
    static final class SystemEnergy implements Reproduction.Experiment {

        private static final int TASKS_PER_GROUP = 2;
        private static final int EDGE_DEVICES = 6;
        private static final List<Double> GROUPS = List.of(1.0, 2.0, 4.0, 6.0, 8.0);
        private static final Drawn.Deadlines DEADLINES = new Drawn.Deadlines(1, 2);

        @Override
        public String title() {
            return "Energy of the system against the number of task groups (section 4.3)";
        }

        @Override
        public Finding run(Effort effort, Cells cells) {
            List<Double> sizes = effort.of(GROUPS);
            Contest contest = Contest.hold(
                    cells,
                    Contenders.MANY,
                    sizes,
                    effort.perSeed(),
                    (size, seed) -> OffloadingProblem.of(
                            Drawn.shared(TASKS_PER_GROUP * sizes.get(size).intValue(), EDGE_DEVICES, DEADLINES, seed),
                            Objective.ENERGY),
                    Contest.Gain.SAVING);
            List<Question> questions = new ArrayList<>(leads(contest, "needs less energy"));
            questions.addAll(grows(contest, "The advantage in energy grows with the groups.", 0.001));
            List<Table> tables = new ArrayList<>();
            tables.add(means(contest, "energy", "task groups", sizes, Contender.Run::value));
            tables.addAll(tables(contest, "energy", "groups", sizes));
            return new Finding(
                    title(),
                    "The advantage of DBLPSO-MD in system energy grows with the number of task groups.",
                    "1 to 8 groups of " + TASKS_PER_GROUP + " drawn terminals (" + Drawn.networks()
                            + " in turn, chains of blocks) share " + EDGE_DEVICES
                            + " drawn edge devices; deadlines are drawn between 100 % and 200 % of what the terminal "
                            + "needs by itself, so that a feasible plan exists wherever the terminals' memory "
                            + "suffices. "
                            + "Every seed has its own devices, links and deadlines. The first table has the mean of "
                            + "the "
                            + "feasible plans in joules for " + Drawn.FRAMES
                            + " frames of every task; the budgets tell "
                            + "how many runs had none. " + effort.seeds() + " seeds, " + effort.evaluations()
                            + " evaluations for every search.",
                    Question.judge(questions),
                    tables,
                    List.of(chart(contest, "Energy of the system", "task groups", sizes, Contender.Run::value)));
        }
    }

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
