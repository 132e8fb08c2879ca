package io.github.codnn.reproduce;

import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Violation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.List;

/** Deadlines kept against the number of devices (section 4.3). */
final class DeadlinesKept implements Experiment {

    private static final int TASKS = 8;
    private static final List<Double> DEVICES = List.of(2.0, 4.0, 6.0);
    private static final Drawn.Deadlines DEADLINES = new Drawn.Deadlines(0.2, 0.6);

    @Override
    public Finding run(Effort effort) {
        List<Double> sizes = effort.of(DEVICES);
        Contest contest = Contest.hold(
                Contenders.MANY,
                sizes,
                effort.perSeed(),
                (size, seed) -> OffloadingProblem.of(
                        Drawn.shared(TASKS, sizes.get(size).intValue(), DEADLINES, seed), Objective.ENERGY),
                (ours, other) -> kept(ours) - kept(other));
        List<Question> questions = new ArrayList<>(ManyTasks.leads(contest, "keeps more deadlines"));
        questions.addAll(ManyTasks.grows(contest, "The lead in deadlines kept grows with the devices.", 0.001));
        List<Table> tables = new ArrayList<>();
        tables.add(ManyTasks.means(contest, "achievement", "edge devices", sizes, DeadlinesKept::kept));
        tables.addAll(ManyTasks.tables(contest, "achievement", "devices", sizes));
        return new Finding(
                "Deadlines kept against the number of devices (section 4.3)",
                "DBLPSO-MD leads in the share of deadlines that are kept as devices are added.",
                TASKS + " drawn terminals with a task each (" + Drawn.networks()
                        + " in turn, chains of blocks) share 2 to 6 drawn edge devices over Wi-Fi or Ethernet; "
                        + "deadlines on the mean time are drawn between 20 % and 60 % of what the terminal needs by "
                        + "itself; least energy under them. Every seed has its own devices, links and deadlines. The "
                        + "figure is the share of the deadlines that the plan keeps, 0 for a plan that breaks "
                        + "anything else; gains are differences of shares. " + effort.seeds() + " seeds, "
                        + effort.evaluations() + " evaluations for every search.",
                Question.judge(questions),
                tables,
                List.of(ManyTasks.chart(contest, "Deadlines kept", "edge devices", sizes, DeadlinesKept::kept)));
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
