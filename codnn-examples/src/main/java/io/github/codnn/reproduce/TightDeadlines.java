package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Tighter deadlines take more resources (section 4.2). */
final class TightDeadlines implements Experiment {

    private static final List<Double> FACTORS = List.of(1.05, 1.25, 1.5, 2.0, 4.0);

    @Override
    public Finding run(Effort effort) {
        List<Double> factors = effort.of(FACTORS);
        List<Double> tightness = factors.stream().map(factor -> -factor).toList();
        Contest contest = Contest.hold(
                Contenders.few(),
                factors,
                effort.perPlatform(),
                (factor, platform) -> {
                    Scenario free = Resources.scenario(platform, 1);
                    double fastest = Resources.fastestMean(platform, 1, effort);
                    return OffloadingProblem.of(
                            Resources.withDeadline(free, factors.get(factor) * fastest), Objective.PRICE);
                },
                Contest.Gain.SAVING);
        List<Question> questions = new ArrayList<>();
        List<LineChart.Series> series = new ArrayList<>();
        Table table = Table.of("deadlines", Resources.titles("strategy", "devices at ", factors));
        for (Contender contender : Contenders.few()) {
            Resources.Devices devices = Resources.Devices.of(contest, contender.name());
            table = table.with(devices.cells(contender.name()));
            series.add(devices.series(contender.name(), factors));
            questions.add(Question.numberRises(
                    "Plans of the " + contender.name() + " use more devices under tighter deadlines.",
                    devices.evidence("devices per unit of the factor", tightness),
                    Resources.MARGIN));
        }
        return new Finding(
                "Tighter deadlines take more resources (section 4.2)",
                "Under strict deadlines algorithms use more resources.",
                Resources.setting(effort) + " Least price under a deadline on the mean time of " + factors.get(0)
                        + " to " + factors.get(factors.size() - 1) + " times the least mean time known. Devices: "
                        + "those that run layers, mean over the platforms on which the strategy keeps every deadline. "
                        + "The price of an optimal plan cannot rise as a deadline is loosened, whatever the "
                        + "algorithm, so that it is no evidence and not tested; random search stands beside the swarm "
                        + "to tell a property of the problem from one of the algorithm.",
                Question.judge(questions),
                List.of(table, contest.budgets("deadlines-budgets")),
                List.of(new LineChart("Devices under a deadline", "deadline / least mean", "devices", series)));
    }
}
