package io.github.codnn.reproduce;

import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.List;

/** System energy against the number of task groups (section 4.3). */
final class SystemEnergy implements Experiment {

    private static final int TASKS_PER_GROUP = 2;
    private static final int EDGE_DEVICES = 6;
    private static final List<Double> GROUPS = List.of(1.0, 2.0, 4.0, 6.0, 8.0);
    private static final Drawn.Deadlines DEADLINES = new Drawn.Deadlines(1, 2);

    @Override
    public Finding run(Effort effort) {
        List<Double> sizes = effort.of(GROUPS);
        Contest contest = Contest.hold(
                Contenders.MANY,
                sizes,
                effort.perSeed(),
                (size, seed) -> OffloadingProblem.of(
                        Drawn.shared(TASKS_PER_GROUP * sizes.get(size).intValue(), EDGE_DEVICES, DEADLINES, seed),
                        Objective.ENERGY),
                Contest.Gain.SAVING);
        List<Question> questions = new ArrayList<>(ManyTasks.leads(contest, "needs less energy"));
        questions.addAll(ManyTasks.grows(contest, "The advantage in energy grows with the groups.", 0.001));
        List<Table> tables = new ArrayList<>();
        tables.add(ManyTasks.means(contest, "energy", "task groups", sizes, Contender.Run::value));
        tables.addAll(ManyTasks.tables(contest, "energy", "groups", sizes));
        return new Finding(
                "Energy of the system against the number of task groups (section 4.3)",
                "The advantage of DBLPSO-MD in system energy grows with the number of task groups.",
                "1 to 8 groups of " + TASKS_PER_GROUP + " drawn terminals (" + Drawn.networks()
                        + " in turn, chains of blocks) share " + EDGE_DEVICES
                        + " drawn edge devices; deadlines are drawn between 100 % and 200 % of what the terminal "
                        + "needs by itself, so that a feasible plan exists wherever the terminals' memory suffices. "
                        + "Every seed has its own devices, links and deadlines. The first table has the mean of the "
                        + "feasible plans in joules for " + Drawn.FRAMES + " frames of every task; the budgets tell "
                        + "how many runs had none. " + effort.seeds() + " seeds, " + effort.evaluations()
                        + " evaluations for every search.",
                Question.judge(questions),
                tables,
                List.of(ManyTasks.chart(contest, "Energy of the system", "task groups", sizes, Contender.Run::value)));
    }
}
