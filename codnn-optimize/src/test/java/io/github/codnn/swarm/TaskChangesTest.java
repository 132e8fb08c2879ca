package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipeline;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.PlacementRecorder;
import io.github.codnn.testproblems.ScriptedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each change of the pipelines of two tasks, with the random numbers given: a digit for each layer is its device. */
class TaskChangesTest {

    /** A chain of four layers and one of three on four devices; every layer takes one second. */
    private static Scenario scenario() {
        double[][] seconds = new double[7][4];
        for (double[] row : seconds) {
            Arrays.fill(row, 1);
        }
        Task second = HandMade.between(HandMade.chain(4, new long[4]), 3, -1);
        return HandMade.scenario(seconds, HandMade.chain(0, new long[5]), second);
    }

    private final OffloadingProblem problem = PlacementRecorder.record(scenario(), metrics -> 1);
    private final Scorer scorer = new Scorer(problem);

    private SimulatedAnnealing plain() {
        return TaskMoves.annealing(
                Pipelines.of(problem).orElseThrow(), Arrangement.of(problem), scorer, Optional.empty());
    }

    private SimulatedAnnealing focused() {
        return TaskMoves.focused(
                Pipelines.of(problem).orElseThrow(), Arrangement.of(problem), scorer, problem.fitness());
    }

    private void start(SimulatedAnnealing search, String before) {
        search.start(Moves.digits(before), new Score(1, 0, 0));
        PlacementRecorder.take(problem);
    }

    /** Returns what a move tries, or "-" if it changes nothing. All values are equal, so that it is accepted. */
    private String moved(SimulatedAnnealing search, ScriptedRandom random) {
        search.move(random, 0);
        assertThat(random.isUsedUp()).isTrue();
        List<List<Integer>> tried = PlacementRecorder.take(problem);
        return tried.isEmpty()
                ? "-"
                : tried.get(0).stream().map(Object::toString).collect(Collectors.joining());
    }

    private void assertMoved(SimulatedAnnealing search, String before, String script, String after, String bounds) {
        ScriptedRandom random = ScriptedRandom.parse(script);
        start(search, before);

        assertThat(moved(search, random)).isEqualTo(after);
        assertThat(random.boundsText()).isEqualTo(bounds);
    }

    @ParameterizedTest
    @CsvSource({
        // Exchanges: kind, both devices.
        "0011222, 0 0 2, 2211000, 16 4 4",
        "0011222, 0 0 3, 3311222, 16 4 4",
        "0011012, 0 0 1, 1100102, 16 4 4",
        "0011222, 0 1 1, -, 16 4 4",
        "0011000, 0 2 3, -, 16 4 4",
        // Take-overs: kind, a coin, from, to; where the task uses both, whether its layers go forward.
        "0011222, 1 t 2 3, 0011333, 16 4 4",
        "0011000, 1 t 0 2, 2211222, 16 4 4",
        "0112222, 1 t 1 0 t, 0222222, 16 4 4",
        "0123000, 1 t 1 0 t, 0223000, 16 4 4",
        "0123000, 1 t 1 0 f, 0023000, 16 4 4",
        "0011222, 1 t 2 2, -, 16 4 4",
        "0011222, 1 t 3 0, -, 16 4 4",
        // Evacuations: kind, a coin, from; a coin for each device in use, then whether a stage goes forward.
        "0011222, 1 f 2 t t f, 0011000, 16 4",
        "0011222, 1 f 2 f t f, 0011111, 16 4",
        "0001222, 1 f 2 t t f, 0001111, 16 4",
        "0011222, 1 f 0 f f t, 2211222, 16 4",
        "0011000, 1 f 0 f f t f t, 1111111, 16 4",
        "0011222, 1 f 3, -, 16 4"
    })
    void move_changesOfAllTasks_areAsDrawn(String before, String script, String after, String bounds) {
        assertMoved(plain(), before, script, after, bounds);
    }

    @ParameterizedTest
    @CsvSource({
        // Cuts: kind, task, stage, where, whether a few layers away instead.
        "0011222, 2 0 0 2 f, 0001222, 16 2 1 3",
        "0011222, 6 0 0 0 f, 0111222, 16 2 1 3",
        "0011222, 6 0 0 1 f, -, 16 2 1 3",
        "0011222, 2 1 3 0 1 t, 0011223, 16 2 4 1 2", // one stage is split
        // Replacements: kind, task, device, stage.
        "0011222, 7 0 3 1, 0033222, 16 2 4 2",
        "0011222, 10 1 0 0, 0011000, 16 2 4 1",
        "0011222, 10 0 1 0, -, 16 2 4 2",
        // Swaps: kind, task, stage, how many stages further.
        "0011222, 11 0 0 0, 1100222, 16 2 2 1",
        "0011222, 11 1, -, 16 2",
        // Merges: kind, task, stage, whether forward.
        "0122333, 12 0 1 t, 0222333, 16 2 3",
        "0122333, 13 0 1 f, 0022333, 16 2 3",
        "0011222, 13 1 0 0 0 f, 0011022, 16 2 4 1 2",
        // Splits: kind, task, device, stage, cut, whether it takes the back.
        "0011222, 14 0 3 1 0 f, 0031222, 16 2 4 2 1",
        "0011222, 14 0 3 1 0 t, 0013222, 16 2 4 2 1",
        "0011222, 14 1 3 0 1 f, 0011332, 16 2 4 1 2",
        "0111222, 14 0 3 0, -, 16 2 4 2",
        "0011222, 14 0 1 0, -, 16 2 4 2",
        // Gatherings: kind, task, device.
        "0011222, 15 0 1, 1111222, 16 2 4",
        "0123222, 15 0 2, 2222222, 16 2 4",
        "0011222, 15 1 2, -, 16 2 4",
        "0011222, 15 1 0, 0011000, 16 2 4"
    })
    void move_changesOfOneTask_areAsDrawn(String before, String script, String after, String bounds) {
        assertMoved(plain(), before, script, after, bounds);
    }

    @Test
    void move_severalMoves_startFromWhatWasAccepted() {
        SimulatedAnnealing search = plain();
        start(search, "0011222");

        assertThat(moved(search, ScriptedRandom.parse("15 0 1"))).isEqualTo("1111222");
        assertThat(moved(search, ScriptedRandom.parse("15 1 2"))).isEqualTo("-");
        assertThat(moved(search, ScriptedRandom.parse("0 1 3"))).isEqualTo("3333222");
        assertThat(moved(search, ScriptedRandom.parse("14 1 0 0 0 f"))).isEqualTo("3333022");
        assertThat(moved(search, ScriptedRandom.parse("11 1 0 0"))).isEqualTo("3333200");
    }

    @Test
    void move_notAccepted_startsFromTheStagesBefore() {
        OffloadingProblem valued =
                PlacementRecorder.record(scenario(), metrics -> metrics.periodSeconds(0) + metrics.periodSeconds(1));
        SimulatedAnnealing search = TaskMoves.annealing(
                Pipelines.of(valued).orElseThrow(), Arrangement.of(valued), new Scorer(valued), Optional.empty());
        search.start(Moves.digits("0011222"), new Score(2 + 3, 0, 0));
        search.move(ScriptedRandom.parse("15 0 1"), 0); // both layers more on one device

        PlacementRecorder.take(valued);
        search.move(ScriptedRandom.parse("15 1 3"), 0);

        assertThat(PlacementRecorder.take(valued).get(0)).containsExactly(0, 0, 1, 1, 3, 3, 3);
    }

    /**
     * Focused changes: no critical task from 0.3 on; a device in use below 0.5, then the source, then any. Kinds: two
     * for all tasks, 10 cuts, 8 replacements, 2 swaps of stages, 4 merges, 2 splits, 4 gatherings, 4 swaps of tasks.
     */
    @ParameterizedTest
    @CsvSource({
        "0011222, 0 0 2, 2211000, 36 4 4",
        "0011222, 1 t 2 3, 0011333, 36 4 4",
        "0011222, 1 f 2 t t f, 0011000, 36 4",
        "0011222, 2 0.3 0 0 2 f, 0001222, 36 2 1 3",
        "0011222, 11 0.9 0 0 2 f, 0001222, 36 2 1 3",
        "0011222, 12 0.9 1 0.8 1 0, 0011111, 36 2 4 1",
        "0011222, 19 0.9 1 0.4 0 1 0, 0011111, 36 2 2 2 1",
        "0011222, 12 0.9 1 0.6 0, 0011333, 36 2 1", // its source
        "0011222, 12 0.9 0 0.6 3 0, 3311222, 36 2 4 2", // no source
        "0011222, 12 0.9 1 0.75 0 0, 0011000, 36 2 4 1",
        "0011222, 12 0.9 1 0.5 0, 0011333, 36 2 1",
        "0011222, 20 0.9 0 0 0, 1100222, 36 2 2 1",
        "0011222, 21 0.9 1, -, 36 2",
        "0122333, 22 0.9 0 1 t, 0222333, 36 2 3",
        "0122333, 25 0.9 0 1 f, 0022333, 36 2 3",
        "0011222, 26 0.9 0 0.8 3 1 0 f, 0031222, 36 2 4 2 1",
        "0011222, 27 0.9 0 0.8 3 1 0 t, 0013222, 36 2 4 2 1",
        "0011222, 28 0.9 0 0.8 1, 1111222, 36 2 4",
        "0011222, 31 0.9 1 0.8 0, 0011000, 36 2 4",
        "0011222, 32 0.9 0 1 0 0, 2211000, 36 2 2 2 1",
        "0011222, 35 0.9 0 1 1 0, 0022111, 36 2 2 2 1",
        "0011222, 32 0.9 1 0 0 1, 0022111, 36 2 2 1 2",
        "0011000, 32 0.9 0 1 1 0, -, 36 2 2 2 1"
    })
    void move_focusedChanges_areAsDrawn(String before, String script, String after, String bounds) {
        assertMoved(focused(), before, script, after, bounds);
    }

    /** Task 1 ends last, on device 2 with 3 s of layers; one of three times it is taken itself. */
    @ParameterizedTest
    @CsvSource({
        "0011222, 31 0.29 0 0.8 0, 0011000, 36 3 4", // itself
        "0011222, 31 0.0 1 0 0.8 0, 0011000, 36 3 1 4", // any of those on its busiest device: alone there
        "2211222, 31 0.1 1 0 1 0.8 0, 0000222, 36 3 1 2 4", // the first of two
        "2211222, 31 0.1 2 0 0 0.8 0, 2211000, 36 3 1 2 4", // the second one
        "0000222, 31 0.1 0 0.8 3, 3333222, 36 3 4" // task 0 has 4 s
    })
    void move_criticalTask_isTheLastOrSharesItsBusiestDevice(
            String before, String script, String after, String bounds) {
        assertMoved(focused(), before, script, after, bounds);
    }

    @Test
    void sumLoads_twoTasks_addsTheSecondsOfAllStages() {
        Pipelines pipelines = Pipelines.of(problem).orElseThrow();
        Pipeline[] tasks = {pipelines.newPipeline(0), pipelines.newPipeline(1)};
        for (int task = 0; task < 2; task++) {
            pipelines.read(task, Moves.digits("0112001"), tasks[task]);
        }
        double[] loads = {9, 9, 9, 9};

        TaskFocus.sumLoads(tasks, loads);

        assertThat(loads).containsExactly(3, 3, 1, 0);
    }

    @Test
    void start_placementOfReturningStages_isRepaired() {
        SimulatedAnnealing search = plain();

        assertThat(search.tryStart(Moves.digits("0101222"), new Score(5, 0, 1))).isTrue();

        assertThat(search.bestPlacement(7)).containsExactly(0, 1, 1, 1, 2, 2, 2);
        assertThat(search.best()).isEqualTo(new Score(1, 0, 0));
    }
}
