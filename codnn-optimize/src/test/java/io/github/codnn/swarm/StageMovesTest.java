package io.github.codnn.swarm;

import static io.github.codnn.swarm.Moves.moved;
import static io.github.codnn.swarm.Moves.proposed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.ScriptedRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each move of stages of any layers, with the random numbers given: a digit for each layer is its device. */
class StageMovesTest {

    private static final int[][] DIAMOND = {{0}, {1}, {1}, {2, 3}};

    private static StageMoves moves(Scenario scenario) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        return new StageMoves(Arrangement.of(problem), new Scorer(problem));
    }

    private static Scenario chain(int layers, int devices) {
        return HandMade.scenario(new double[layers][devices], HandMade.chain(0, new long[layers + 1]));
    }

    private static Scenario diamond(int devices) {
        return HandMade.scenario(new double[4][devices], HandMade.graph(0, DIAMOND, new long[5]));
    }

    @ParameterizedTest
    @CsvSource({
        // Cuts: kind, run, where, or a few layers away: how many and in which direction.
        "000111, 0 0 4 f, 000001, 12 1 5",
        "000111, 5 0 0 f, 011111, 12 1 5",
        "000111, 2 0 2 f, -, 12 1 5",
        "000111, 1 0 0 t 0 t, 000011, 12 1 5 3",
        "000111, 1 0 0 t 1 f, 011111, 12 1 5 3",
        "001122, 1 1 0 f, 001222, 12 2 3",
        "0122, 0 0 0, 1122, 12 2 3",
        "0000, 0 0 1 2 t, 3300, 12 1 3 3",
        // Swaps: kind, run, how many runs further.
        "001122, 6 0 0, 110022, 12 3 2",
        "001122, 7 2 1, 002211, 12 3 2",
        "0000, 6 0 1, 2222, 12 1 3",
        // Replacements: kind, run, which of the unused devices.
        "001122, 8 1 0, 003322, 12 3 1",
        "000111, 9 0 1, 333111, 12 2 2",
        "0123, 8 0 0, 1023, 12 4 3",
        // Merges: run, whether back.
        "001122, 10 0, 111122, 12 3",
        "001122, 10 1 t, 000022, 12 3",
        "001122, 10 1 f, 002222, 12 3",
        "001122, 10 2, 001111, 12 3",
        "0000, 10 0 2, 3333, 12 1 3",
        // Splits: run, cut, which of the unused devices, whether it takes the front.
        "000111, 11 1 1 1 t, 000331, 12 2 2 2",
        "000111, 11 1 1 1 f, 000113, 12 2 2 2",
        "000111, 11 0 0 0 t, 200111, 12 2 2 2",
        "0111, 11 0, -, 12 2",
        "001123, 11 0, -, 12 4"
    })
    void propose_chainOfOneStageEach_changesStagesAsDrawn(String before, String script, String after, String bounds) {
        ScriptedRandom random = ScriptedRandom.parse(script);

        assertThat(moved(moves(chain(before.length(), 4)), before, random)).isEqualTo(after);
        assertThat(random.boundsText()).isEqualTo(bounds);
    }

    @ParameterizedTest
    @CsvSource({
        // Swaps and replacements concern all runs of a device.
        "001100, 6 0 0, 110011, 16 3 2",
        "001100, 6 0 1, -, 16 3 2",
        "001100, 8 1 0, 002200, 16 3 1",
        "001100, 8 2 0, 221122, 16 3 1",
        // Layers: layer, device, and unless the coin says so that of a feeder, or the feeder follows the layer.
        "000011, 12 4 2 0, 000021, 16 6 3 4",
        "000011, 13 4 2 1 0 t, 000001, 16 6 3 4 1",
        "000011, 12 4 2 3 0 f, 000111, 16 6 3 4 1",
        "000011, 12 0 2, 200011, 16 6 3",
        "000011, 12 3 0 0, -, 16 6 3 4",
        "000011, 12 2 1 1 0 t, -, 16 6 3 4 1",
        // Branches: layer, device, whether what depends on it or what it depends on.
        "000011, 14 1 2 t, 022211, 16 6 3",
        "000011, 15 1 2 f, 220011, 16 6 3",
        "000011, 14 1 0, -, 16 6 3"
    })
    void propose_anyStages_movesLayersToo(String before, String script, String after, String bounds) {
        ScriptedRandom random = ScriptedRandom.parse(script);

        assertThat(moved(moves(HandMade.withAnyStages(chain(6, 3))), before, random))
                .isEqualTo(after);
        assertThat(random.boundsText()).isEqualTo(bounds);
    }

    @ParameterizedTest
    @CsvSource({
        "0000, 14 1 1 t, 0101, 16 4 3",
        "0000, 14 1 1 f, 1100, 16 4 3",
        "0000, 14 0 2 t, 2222, 16 4 3",
        "0000, 14 3 2 f, 2222, 16 4 3",
        "0020, 14 3 1 f, 1121, 16 4 3",
        "0020, 14 0 1 t, 1121, 16 4 3",
        "0200, 15 2 1 t, 0211, 16 4 3",
        "0110, 14 0 2 t, 2110, 16 4 3",
        "0110, 14 3 2 f, 0112, 16 4 3",
        "0120, 12 3 1 1 1 t, 0122, 16 4 3 4 2",
        "0120, 12 3 1 1 0 f, 0020, 16 4 3 4 2"
    })
    void propose_branches_moveWithTheirStage(String before, String script, String after, String bounds) {
        ScriptedRandom random = ScriptedRandom.parse(script);

        assertThat(moved(moves(diamond(3)), before, random)).isEqualTo(after);
        assertThat(random.boundsText()).isEqualTo(bounds);
    }

    @Test
    void propose_colocatedLayers_moveTogether() {
        Task task = HandMade.chain(0, 0, 0, 0, 0, 0).withColocated(Map.of("l0", "g", "l2", "g"));
        Scenario scenario = HandMade.withAnyStages(HandMade.scenario(new double[4][3], task));

        assertThat(moved(moves(scenario), "0000", ScriptedRandom.parse("12 2 2 0")))
                .isEqualTo("2020");
    }

    @Test
    void propose_noUnusedDevice_swapsOrChangesNothing() {
        assertThat(moved(moves(chain(4, 2)), "0011", ScriptedRandom.parse("8 0 0")))
                .isEqualTo("1100");
        assertThat(moved(moves(chain(4, 2)), "0011", ScriptedRandom.parse("11 0")))
                .isEqualTo("-");
        assertThat(moved(moves(chain(4, 1)), "0000", ScriptedRandom.parse("8"))).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0", "6", "8", "10", "11 0"})
    void propose_oneDevice_changesNothing(String script) {
        assertThat(moved(moves(chain(4, 1)), "0000", ScriptedRandom.parse(script)))
                .isEqualTo("-");
    }

    @Test
    void read_anyPlacement_isTheBestAtFirst() {
        StageMoves moves = moves(chain(4, 3));
        int[] best = new int[4];

        assertThat(moves.read(new int[] {0, 2, 2, 1})).isTrue();
        moves.writeBest(best);

        assertThat(best).containsExactly(0, 2, 2, 1);
    }

    @Test
    void propose_twoTasks_changesTheOneDrawn() {
        Scenario scenario =
                HandMade.scenario(new double[7][3], HandMade.chain(0, 0, 0, 0, 0), HandMade.chain(3, 0, 0, 0, 0, 0));
        StageMoves moves = moves(scenario);

        assertThat(moved(moves, "0010011", ScriptedRandom.parse("1 0 0 2 f"))).isEqualTo("0010001");
        assertThat(proposed(moves, 7, ScriptedRandom.parse("1 10 0"))).isEqualTo("0011111");
        assertThat(proposed(moves, 7, ScriptedRandom.parse("0 8 0 0"))).isEqualTo("2211111");
        assertThat(proposed(moves, 7, ScriptedRandom.parse("1 11 0 1 0 f"))).isEqualTo("2211100");
    }

    @Test
    void propose_twoTasksWithBranches_staysWithinTheTask() {
        Scenario scenario = HandMade.withAnyStages(HandMade.scenario(
                new double[8][3], HandMade.graph(0, DIAMOND, new long[5]), HandMade.graph(4, DIAMOND, new long[5])));
        StageMoves moves = moves(scenario);

        assertThat(moved(moves, "00000000", ScriptedRandom.parse("1 14 1 1 t"))).isEqualTo("00000101");
        assertThat(proposed(moves, 8, ScriptedRandom.parse("1 12 2 2 0"))).isEqualTo("00000121");
        assertThat(proposed(moves, 8, ScriptedRandom.parse("0 14 3 2 f"))).isEqualTo("22220121");
    }

    @Test
    void propose_notAccepted_startsFromTheCurrentPlacement() {
        StageMoves moves = moves(chain(6, 4));
        moves.read(new int[] {0, 0, 0, 1, 1, 1});
        moves.propose(ScriptedRandom.parse("6 0 0"));

        assertThat(proposed(moves, 6, ScriptedRandom.parse("0 0 4 f"))).isEqualTo("000001");
        assertThat(moves.polish()).isFalse();
        assertThat(moves.readRepairs()).isFalse();
    }
}
