package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.problem.OffloadingProblem;
import java.util.List;

/** System energy against the number of task groups (section 4.3). */
final class SystemEnergy implements Experiment {

    private static final int TASKS_PER_GROUP = 2;
    private static final int EDGE_DEVICES = 6;
    private static final List<Integer> GROUPS = List.of(1, 2, 4, 6, 8);
    private static final SharedDevices.Deadlines DEADLINES = new SharedDevices.Deadlines(1, 2);

    @Override
    public Finding run(Effort effort) {
        Contest contest = new Contest("energy", "task groups", effort, new Contest.Trial() {
            @Override
            public OffloadingProblem problem(int groups, long seed) {
                return SharedDevices.problem(groups * TASKS_PER_GROUP, EDGE_DEVICES, DEADLINES, seed);
            }

            @Override
            public double figure(OffloadingProblem problem, MetricsSnapshot metrics) {
                // Cameras alone meet all deadlines, so that every strategy has at least this plan.
                double alone = SharedDevices.withoutSharing(problem).energyJoules();
                return metrics.feasible() ? Math.min(metrics.energyJoules(), alone) : alone;
            }
        });
        contest.run(effort.of(GROUPS));
        return new Finding(
                "Energy of the system against the number of task groups (section 4.3)",
                "The advantage of DBLPSO-MD in system energy grows with the number of task groups.",
                "1 to 8 groups of " + TASKS_PER_GROUP + " cameras (" + SharedDevices.networks() + " in turn) share "
                        + EDGE_DEVICES
                        + " edge devices; deadlines are drawn between 100 % and 200 % of what the camera needs by "
                        + "itself, so that cameras by themselves keep them: that counts for a strategy that finds "
                        + "nothing better. Joules for 100 frames of every task; mean of " + effort.seeds()
                        + " seeds with 95 % confidence, "
                        + effort.evaluations()
                        + " evaluations for every strategy; p as above.",
                contest.verdict(-1),
                contest.words("needs less energy", -1),
                contest.tables(),
                List.of(new LineChart("Energy of the system", "task groups", "J", contest.series())));
    }
}
