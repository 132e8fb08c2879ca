package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What the experiments on resources share. */
final class Resources {

    /** Slopes of fewer devices per unit do not count. */
    static final double MARGIN = 0.01;

    private Resources() {}

    /** Tighter deadlines take more resources (section 4.2). */
    static final class TightDeadlines implements Reproduction.Experiment {

        private static final List<Double> FACTORS = List.of(1.05, 1.25, 1.5, 2.0, 4.0);

        @Override
        public String title() {
            return "Tighter deadlines take more resources (section 4.2)";
        }

        @Override
        public Finding run(Effort effort, Cells cells) {
            List<Double> factors = effort.of(FACTORS);
            List<Double> fastest = fastestMeans(effort, cells);
            List<Double> tightness = factors.stream().map(factor -> -factor).toList();
            Contest contest = Contest.hold(
                    cells,
                    Contenders.few(),
                    factors,
                    effort.perPlatform(),
                    (factor, platform) -> {
                        Scenario free = scenario(platform, 1);
                        double deadline = factors.get(factor) * fastest.get(platform);
                        return OffloadingProblem.of(withDeadline(free, deadline), Objective.PRICE);
                    },
                    Contest.Gain.SAVING);
            List<Question> questions = new ArrayList<>();
            List<LineChart.Series> series = new ArrayList<>();
            Table table = Table.of("deadlines", titles("strategy", "devices at ", factors));
            for (Contender contender : Contenders.few()) {
                Devices devices = Devices.of(contest, contender.name());
                table = table.with(devices.cells(contender.name()));
                series.add(devices.series(contender.name(), factors));
                questions.add(Question.numberRises(
                        "Plans of the " + contender.name() + " use more devices under tighter deadlines.",
                        devices.evidence("devices per unit of the factor", tightness),
                        MARGIN));
            }
            return new Finding(
                    title(),
                    "Under strict deadlines algorithms use more resources.",
                    setting(effort) + " Least price under a deadline on the mean time of " + factors.get(0)
                            + " to " + factors.get(factors.size() - 1) + " times the least mean time known. Devices: "
                            + "those that run layers, mean over the platforms on which the strategy keeps every "
                            + "deadline. "
                            + "The price of an optimal plan cannot rise as a deadline is loosened, whatever the "
                            + "algorithm, so that it is no evidence and not tested; random search stands beside the "
                            + "swarm "
                            + "to tell a property of the problem from one of the algorithm.",
                    Question.judge(questions),
                    List.of(table, contest.budgets("deadlines-budgets")),
                    List.of(new LineChart("Devices under a deadline", "deadline / least mean", "devices", series)));
        }
    }

    /** More bandwidth gives more partitions, and in the end fewer resources and violations (section 4.2). */
    static final class MoreBandwidth implements Reproduction.Experiment {

        private static final List<Double> FACTORS = List.of(0.25, 0.5, 1.0, 2.0, 4.0);
        private static final double LOOSEST = 2;

        @Override
        public String title() {
            return "More bandwidth gives more partitions and fewer violations (section 4.2)";
        }

        @Override
        public Finding run(Effort effort, Cells cells) {
            List<Double> factors = effort.of(FACTORS);
            List<Double> logarithms = factors.stream()
                    .map(factor -> Math.log(factor) / Math.log(2))
                    .toList();
            List<Double> times = fastestMeans(effort, cells);
            Contest fastest = Contest.hold(
                    cells,
                    Contenders.few(),
                    factors,
                    effort.perPlatform(),
                    (factor, platform) -> OffloadingProblem.of(scenario(platform, factors.get(factor)), Objective.MEAN),
                    Contest.Gain.SAVING);
            Contest cheapest = Contest.hold(
                    cells,
                    Contenders.few(),
                    factors,
                    effort.perPlatform(),
                    (factor, platform) -> {
                        Scenario free = scenario(platform, factors.get(factor));
                        double share = new SplittableRandom(platform).nextDouble(1, LOOSEST);
                        double deadline = share * times.get(platform);
                        return OffloadingProblem.of(withDeadline(free, deadline), Objective.PRICE);
                    },
                    Contest.Gain.SAVING);
            return finding(effort, factors, logarithms, fastest, cheapest);
        }

        private Finding finding(
                Effort effort, List<Double> factors, List<Double> logarithms, Contest fastest, Contest cheapest) {
            Table used = Table.of("bandwidth", titles("devices of the fastest plan", "bandwidth x ", factors));
            Table kept = Table.of("bandwidth-kept", titles("deadlines kept", "bandwidth x ", factors));
            Table paid = Table.of("bandwidth-devices", titles("devices under a deadline", "x ", factors));
            List<Question> questions = new ArrayList<>();
            List<LineChart.Series> series = new ArrayList<>();
            for (Contender contender : Contenders.few()) {
                String name = contender.name();
                Devices partitions = Devices.of(fastest, name);
                Devices keeps = new Devices(
                        cheapest.sizeCount(),
                        cheapest.figures(name, run -> run.best().isPresent() ? 1.0 : 0.0));
                Devices fewer = Devices.of(cheapest, name);
                used = used.with(partitions.cells(name));
                kept = kept.with(keeps.cells(name));
                paid = paid.with(fewer.cells(name));
                series.add(partitions.series(name, logarithms));
                questions.add(rises(
                        "The fastest plan of the " + name + " uses more devices on faster links.",
                        partitions,
                        logarithms));
                questions.add(
                        rises("The plans of the " + name + " keep more deadlines on faster links.", keeps, logarithms));
                questions.add(rises(
                        "The cheapest plan of the " + name + " uses fewer devices on faster links.",
                        fewer,
                        logarithms.stream().map(each -> -each).toList()));
            }
            return new Finding(
                    title(),
                    "With more bandwidth algorithms divide tasks more often, and in the end use fewer resources and "
                            + "keep "
                            + "more deadlines.",
                    setting(effort) + " All bandwidths are multiplied. Deadlines: between 1 and " + LOOSEST
                            + " times the least mean time known at factor 1, the same for every factor, and least "
                            + "price "
                            + "under them. Slopes are per doubling of the bandwidth; devices are means over the "
                            + "platforms "
                            + "with a plan at every factor. That an optimal plan keeps more deadlines on faster "
                            + "links is "
                            + "a property of the problem: random search stands beside the swarm.",
                    Question.judge(questions),
                    List.of(used, kept, paid, cheapest.budgets("bandwidth-budgets")),
                    List.of(new LineChart("Devices of the fastest plan", "log2 of the factor", "devices", series)));
        }

        private static Question rises(String hypothesis, Devices devices, List<Double> sizes) {
            return Question.numberRises(hypothesis, devices.evidence("slope", sizes), MARGIN);
        }
    }

    /** One of the platforms, with one of the networks in turn. */
    static Scenario scenario(int platform, double bandwidth) {
        return Drawn.single(Drawn.BLOCKS.get(platform % Drawn.BLOCKS.size()), bandwidth, platform);
    }

    static Scenario withDeadline(Scenario free, double seconds) {
        return free.withWorkload(Workload.of(free.workload().tasks().get(0).withDeadline(Deadline.onMean(seconds))));
    }

    /** Returns the least mean time of every platform that our defaults find at the links as they are. */
    private static List<Double> fastestMeans(Effort effort, Cells cells) {
        Contender ours = Contenders.few().get(Contenders.few().size() - 1);
        return cells.map(effort.platforms(), platform -> {
            OffloadingProblem problem = OffloadingProblem.of(scenario(platform, 1), Objective.MEAN);
            return ours.run(problem, effort.evaluations(), platform).value();
        });
    }

    static String setting(Effort effort) {
        return effort.platforms() + " drawn platforms as above, each with one of " + Drawn.networks()
                + " in turn, as chains of blocks; " + effort.evaluations() + " evaluations.";
    }

    static String[] titles(String first, String each, List<Double> sizes) {
        List<String> titles = new ArrayList<>(List.of(first));
        sizes.forEach(size -> titles.add(each + size));
        titles.add("platforms");
        return titles.toArray(String[]::new);
    }

    /**
     * How many devices or stages plans use, by platform and size.
     *
     * @param columns how many sizes there are
     * @param rows of the platforms where there is a plan at every size
     */
    record Devices(int columns, List<List<Double>> rows) {

        /** The devices of the plans of a contender. */
        static Devices of(Contest contest, String name) {
            return new Devices(
                    contest.sizeCount(),
                    contest
                            .figures(
                                    name,
                                    run -> run.best()
                                            .map(PlanMetrics::devicesUsed)
                                            .map(Integer::doubleValue)
                                            .orElse(Double.NaN))
                            .stream()
                            .filter(row -> row.stream().noneMatch(value -> Double.isNaN(value)))
                            .toList());
        }

        Object[] cells(String name) {
            List<Object> cells = new ArrayList<>(List.of(name));
            IntStream.range(0, columns).forEach(column -> cells.add(mean(column)));
            cells.add(rows.size());
            return cells.toArray();
        }

        private double mean(int column) {
            return rows.stream().mapToDouble(row -> row.get(column)).average().orElse(Double.NaN);
        }

        LineChart.Series series(String name, List<Double> sizes) {
            return new LineChart.Series(
                    name,
                    IntStream.range(0, rows.isEmpty() ? 0 : sizes.size())
                            .mapToObj(i -> new LineChart.Point(sizes.get(i), mean(i), 0))
                            .toList());
        }

        /** Tests whether the number rises over sizes; no evidence without platforms. */
        List<Evidence> evidence(String name, List<Double> sizes) {
            if (rows.isEmpty()) {
                return List.of();
            }
            Trend trend = new Trend(sizes, rows);
            return List.of(new Evidence(name, trend.slopes(), 0, trend.probability()));
        }
    }
}
