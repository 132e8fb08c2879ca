package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** More bandwidth gives more partitions, and in the end fewer resources and violations (section 4.2). */
final class MoreBandwidth implements Experiment {

    private static final List<Double> FACTORS = List.of(0.25, 0.5, 1.0, 2.0, 4.0);
    private static final double LOOSEST = 2;

    @Override
    public Finding run(Effort effort) {
        List<Double> factors = effort.of(FACTORS);
        List<Double> logarithms =
                factors.stream().map(factor -> Math.log(factor) / Math.log(2)).toList();
        Contest fastest = Contest.hold(
                Contenders.few(),
                factors,
                effort.perPlatform(),
                (factor, platform) ->
                        OffloadingProblem.of(Resources.scenario(platform, factors.get(factor)), Objective.MEAN),
                Contest.Gain.SAVING);
        Contest cheapest = Contest.hold(
                Contenders.few(),
                factors,
                effort.perPlatform(),
                (factor, platform) -> {
                    Scenario free = Resources.scenario(platform, factors.get(factor));
                    double share = new SplittableRandom(platform).nextDouble(1, LOOSEST);
                    double deadline = share * Resources.fastestMean(platform, 1, effort);
                    return OffloadingProblem.of(Resources.withDeadline(free, deadline), Objective.PRICE);
                },
                Contest.Gain.SAVING);
        return finding(effort, factors, logarithms, fastest, cheapest);
    }

    private static Finding finding(
            Effort effort, List<Double> factors, List<Double> logarithms, Contest fastest, Contest cheapest) {
        Table used = Table.of("bandwidth", Resources.titles("devices of the fastest plan", "bandwidth x ", factors));
        Table kept = Table.of("bandwidth-kept", Resources.titles("deadlines kept", "bandwidth x ", factors));
        Table paid = Table.of("bandwidth-devices", Resources.titles("devices under a deadline", "x ", factors));
        List<Question> questions = new ArrayList<>();
        List<LineChart.Series> series = new ArrayList<>();
        for (Contender contender : Contenders.few()) {
            String name = contender.name();
            Resources.Devices partitions = Resources.Devices.of(fastest, name);
            Resources.Devices keeps = new Resources.Devices(
                    cheapest.sizeCount(),
                    cheapest.figures(name, run -> run.best().isPresent() ? 1.0 : 0.0));
            Resources.Devices fewer = Resources.Devices.of(cheapest, name);
            used = used.with(partitions.cells(name));
            kept = kept.with(keeps.cells(name));
            paid = paid.with(fewer.cells(name));
            series.add(partitions.series(name, logarithms));
            questions.add(rises(
                    "The fastest plan of the " + name + " uses more devices on faster links.", partitions, logarithms));
            questions.add(
                    rises("The plans of the " + name + " keep more deadlines on faster links.", keeps, logarithms));
            questions.add(rises(
                    "The cheapest plan of the " + name + " uses fewer devices on faster links.",
                    fewer,
                    logarithms.stream().map(each -> -each).toList()));
        }
        return new Finding(
                "More bandwidth gives more partitions and fewer violations (section 4.2)",
                "With more bandwidth algorithms divide tasks more often, and in the end use fewer resources and keep "
                        + "more deadlines.",
                Resources.setting(effort) + " All bandwidths are multiplied. Deadlines: between 1 and " + LOOSEST
                        + " times the least mean time known at factor 1, the same for every factor, and least price "
                        + "under them. Slopes are per doubling of the bandwidth; devices are means over the platforms "
                        + "with a plan at every factor. That an optimal plan keeps more deadlines on faster links is "
                        + "a property of the problem: random search stands beside the swarm.",
                Question.judge(questions),
                List.of(used, kept, paid, cheapest.budgets("bandwidth-budgets")),
                List.of(new LineChart("Devices of the fastest plan", "log2 of the factor", "devices", series)));
    }

    private static Question rises(String hypothesis, Resources.Devices devices, List<Double> sizes) {
        return Question.numberRises(hypothesis, devices.evidence("slope", sizes), Resources.MARGIN);
    }
}
