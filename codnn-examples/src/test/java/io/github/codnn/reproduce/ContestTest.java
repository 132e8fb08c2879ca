package io.github.codnn.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ContestTest {

    private static final OffloadingProblem PROBLEM =
            OffloadingProblem.of(Drawn.single(Drawn.BLOCKS.get(0), 1, 3), Objective.MEAN);

    @Test
    void run_searchThatEndsEarly_startsAgainUntilTheBudgetIsUsed() {
        Contender early = Contender.unseeded(
                "early",
                (problem, options) -> RandomSearch.withDefaults()
                        .search(problem, options.withStopRule(options.stopRule().or(StopRule.evaluations(300)))));

        Contender.Run run = early.run(PROBLEM, 1000, 1);

        assertThat(run.evaluations()).isBetween(990L, 1000L);
        assertThat(run.starts()).isEqualTo(4);
    }

    @Test
    void run_rule_runsOnce() {
        Contender.Run run = Contender.rule("greedy", Greedy.withDefaults()).run(PROBLEM, 100_000, 1);

        assertThat(run.starts()).isOne();
        assertThat(run.evaluations()).isLessThan(100_000);
    }

    @Test
    void hold_anyNumberOfThreads_sameFigures() {
        List<Contender> contenders = List.of(
                Contender.unseeded("random", RandomSearch.withDefaults()),
                Contender.unseeded("genetic", GeneticAlgorithm.withDefaults().withSeeded(false)));
        Contest one = hold(contenders, Runnable::run);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        Contest other = hold(contenders, threads);
        threads.shutdown();

        assertThat(one.figures("genetic", Contender.Run::value))
                .isEqualTo(other.figures("genetic", Contender.Run::value));
        assertThat(one.budgets("b")).isEqualTo(other.budgets("b"));
        assertThat(one.meanGains("genetic", "random").size()).isEqualTo(2);
    }

    private static Contest hold(List<Contender> contenders, Executor executor) {
        return Contest.hold(
                new Cells(executor, text -> {}),
                contenders,
                List.of(1.0),
                new Contest.Budget(2, 500),
                (size, unit) -> OffloadingProblem.of(Drawn.single(Drawn.BLOCKS.get(0), 1, unit), Objective.MEAN),
                Contest.Gain.SAVING);
    }

    @Test
    void hold_strategyThatFails_isARunWithoutAPlanAndARow() {
        List<Contender> contenders = List.of(
                Contender.unseeded("random", RandomSearch.withDefaults()),
                Contender.unseeded("broken", (problem, options) -> {
                    throw new IllegalStateException("no\nluck");
                }));

        Contest contest = hold(contenders, Runnable::run);

        assertThat(contest.meanGains("random", "broken").median()).isEqualTo(1);
        assertThat(contest.budgets("b").rows().get(0)).endsWith("0");
        assertThat(contest.budgets("b").rows().get(1)).endsWith("2, first: java.lang.IllegalStateException: no luck");
    }

    @Test
    void map_partThatFails_throwsItsException() {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Cells cells = new Cells(threads, text -> {});
        try {
            assertThatThrownBy(() -> cells.map(3, part -> 6 / (part - 1))).isInstanceOf(ArithmeticException.class);
            assertThat(cells.map(3, part -> 6 / (part + 1))).containsExactly(6, 3, 2);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void saving_feasibleAgainstInfeasible_isAll() {
        assertThat(Contest.Gain.SAVING.of(run(3), run(4))).isCloseTo(0.25, within(1e-12));
        assertThat(Contest.Gain.SAVING.of(run(4), run(3))).isCloseTo(-0.25, within(1e-12));
        assertThat(Contest.Gain.SAVING.of(run(4), run(Double.POSITIVE_INFINITY)))
                .isEqualTo(1);
        assertThat(Contest.Gain.SAVING.of(run(Double.POSITIVE_INFINITY), run(4)))
                .isEqualTo(-1);
        assertThat(Contest.Gain.SAVING.of(run(Double.POSITIVE_INFINITY), run(Double.POSITIVE_INFINITY)))
                .isZero();
    }

    private static Contender.Run run(double value) {
        return new Contender.Run(Optional.empty(), Optional.empty(), value, 1, false, 1, Optional.empty());
    }

    @Test
    void kept_runWithoutAnyPlan_isNone() {
        assertThat(ManyTasks.DeadlinesKept.kept(run(Double.POSITIVE_INFINITY))).isZero();
    }

    @Test
    void drawn_platforms_differBySeedOnly() {
        assertThat(Drawn.single(Drawn.BLOCKS.get(0), 1, 5).platform())
                .isEqualTo(Drawn.single(Drawn.BLOCKS.get(0), 1, 5).platform())
                .isNotEqualTo(Drawn.single(Drawn.BLOCKS.get(0), 1, 6).platform());
        Drawn.Deadlines deadlines = new Drawn.Deadlines(1, 2);
        assertThat(Drawn.shared(4, 2, deadlines, 1).workload().tasks())
                .startsWith(Drawn.shared(2, 2, deadlines, 1).workload().tasks().get(0));
    }
}
