package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Deadline achievement against the number of devices (section 4.3). */
final class DeadlineAchievement implements Experiment {

    private static final int TASKS = 8;
    private static final List<Integer> DEVICES = List.of(2, 4, 6, 8, 10);
    private static final SharedDevices.Deadlines DEADLINES = new SharedDevices.Deadlines(0.2, 0.6);

    @Override
    public Finding run(Effort effort) {
        Contest contest = new Contest("achievement", "edge devices", effort, new Contest.Trial() {
            @Override
            public OffloadingProblem problem(int devices, long seed) {
                return SharedDevices.problem(TASKS, devices, DEADLINES, seed);
            }

            @Override
            public double figure(OffloadingProblem problem, MetricsSnapshot metrics) {
                return achieved(problem, metrics);
            }
        });
        contest.run(effort.of(DEVICES));
        return new Finding(
                "Deadlines kept against the number of devices (section 4.3)",
                "DBLPSO-MD leads in the share of deadlines that are kept as devices are added.",
                TASKS + " cameras (" + SharedDevices.networks()
                        + " in turn) share 2 to 10 edge devices over 100 Mbit/s; deadlines on the mean time are drawn "
                        + "between 20 % and 60 % of what the camera needs by itself; least energy under them. Share "
                        + "of the deadlines kept, mean of " + effort.seeds()
                        + " seeds with 95 % confidence, "
                        + effort.evaluations()
                        + " evaluations for every strategy; p: Wilcoxon's signed rank test of all pairs "
                        + "against " + SharedDevices.OURS + ".",
                contest.verdict(1),
                contest.words("keeps more deadlines", 1),
                contest.tables(),
                List.of(new LineChart("Deadlines kept", "edge devices", "share", contest.series())));
    }

    private static double achieved(OffloadingProblem problem, MetricsSnapshot metrics) {
        List<Deadline> deadlines = new ArrayList<>();
        problem.scenario()
                .workload()
                .tasks()
                .forEach(task -> deadlines.add(task.deadline().orElseThrow()));
        long kept = IntStream.range(0, deadlines.size())
                .filter(task -> metrics.meanSeconds(task) <= deadlines.get(task).seconds() * (1 + 1e-9))
                .count();
        return (double) kept / deadlines.size();
    }
}
