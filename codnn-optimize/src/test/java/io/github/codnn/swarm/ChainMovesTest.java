package io.github.codnn.swarm;

import static io.github.codnn.swarm.Moves.moved;
import static io.github.codnn.swarm.Moves.proposed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.pipeline.Scorer;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.ScriptedRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each move of the stages of a chain, with the random numbers given: a digit for each layer is its device. */
class ChainMovesTest {

    /** Layers take one second, but ten on a device that is named slow. */
    private static Scenario scenario(int layers, int devices, int slow) {
        double[][] seconds = new double[layers][devices];
        for (double[] row : seconds) {
            Arrays.fill(row, 1);
            if (slow >= 0) {
                row[slow] = 10;
            }
        }
        return HandMade.scenario(seconds, HandMade.chain(0, new long[layers + 1]));
    }

    private static ChainMoves moves(Scenario scenario) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        return new ChainMoves(StageCosts.of(problem).orElseThrow(), new Scorer(problem));
    }

    @ParameterizedTest
    @CsvSource({
        // Cuts: kind, stage, whether a few layers, and how many and in which direction, or where.
        "000111, 0 0 t 0 t, 000011, 16 1 3",
        "000111, 4 0 t 0 f, 001111, 16 1 3",
        "000111, 1 0 t 2 t, 000001, 16 1 3",
        "000111, 1 0 t 2 f, 011111, 16 1 3",
        "000111, 2 0 f 4, 000001, 16 1 5",
        "000111, 2 0 f 0, 011111, 16 1 5",
        "000111, 2 0 f 2, -, 16 1 5",
        "001122, 3 1 f 0, 001222, 16 2 3",
        "001122, 3 1 f 2, 001112, 16 2 3",
        // A stage that cannot shrink vanishes.
        "01, 0 0, 11, 16 1",
        "0122, 0 0, 1122, 16 2",
        "0012, 0 1 t, 0002, 16 2",
        "0012, 0 1 f, 0022, 16 2",
        // One stage is split.
        "0000, 0 0 1 2 f, 3300, 16 1 3 3",
        // Swaps: kind, stage, how many stages further.
        "001122, 8 0 0, 110022, 16 3 2",
        "001122, 9 2 1, 002211, 16 3 2",
        "0000, 8 0 1, 2222, 16 1 3",
        // Replacements: kind, stage, which of the unused devices.
        "001122, 10 1 0, 003322, 16 3 1",
        "000000, 11 0 2, 333333, 16 1 3",
        // Merges: kind, stage, whether back.
        "001122, 12 0, 111122, 16 3",
        "001122, 12 1 t, 000022, 16 3",
        "001122, 12 1 f, 002222, 16 3",
        "001122, 12 2, 001111, 16 3",
        "0000, 12 0 0 1, 2222, 16 1 1 3",
        // Splits: kind, stage, cut, which of the unused devices, whether it takes the back.
        "000111, 13 1 1 0 f, 000221, 16 2 2 2",
        "000111, 13 1 1 0 t, 000112, 16 2 2 2",
        "000111, 13 0 0 1 f, 300111, 16 2 2 2",
        "0111, 13 0, -, 16 2",
        "001123, 13 0, -, 16 4",
        // Relocations: kind, stage that vanishes, whether back, stage that is split, cut, whether it takes the back.
        "001122, 14 1 t 1 0 f, 000012, 16 3 2 1",
        "001122, 15 1 f 0 0 t, 012222, 16 3 2 1",
        "001122, 14 0 0 2 f, 000122, 16 3 2 3",
        "0112, 14 2 0, 0111, 16 3 2",
        "0000, 14 0 1 2 t, 0033, 16 1 3 3"
    })
    void propose_fourDevices_changesStagesAsDrawn(String before, String script, String after, String bounds) {
        ScriptedRandom random = ScriptedRandom.parse(script);

        String moved = moved(moves(scenario(before.length(), 4, -1)), before, random);

        assertThat(moved).isEqualTo(after);
        assertThat(random.boundsText()).isEqualTo(bounds);
    }

    @ParameterizedTest
    @CsvSource({
        // The longest stage: kind, how many layers it loses, and where both neighbours or further cuts may, a coin.
        "000011, 5 1, 001111, 16 3",
        "001111, 7 0, 000111, 16 3",
        "00011, 6 1, 01111, 16 2",
        "0111122, 5 0 t, 0011122, 16 3",
        "0111122, 5 0 f, 0111222, 16 3",
        "0123333, 5 0 t t, 0012333, 16 3",
        "0123333, 5 0 t f, 0112333, 16 3",
        "0123333, 5 0 f, 0122333, 16 3",
        "0000123, 5 0 t t, 0001233, 16 3",
        "0000123, 5 1 t f, 0012223, 16 3",
        "0000123, 5 2 f, 0111123, 16 3",
        // Nothing to lose: a cut moves, or one stage is split.
        "01, 5 0, 11, 16 1",
        "0000, 5 0 0 0 f, 1000, 16 1 3 3"
    })
    void propose_relief_shortensTheLongestStage(String before, String script, String after, String bounds) {
        ScriptedRandom random = ScriptedRandom.parse(script);

        String moved = moved(moves(scenario(before.length(), 4, -1)), before, random);

        assertThat(moved).isEqualTo(after);
        assertThat(random.boundsText()).isEqualTo(bounds);
    }

    @Test
    void propose_relief_goesBySecondsInsteadOfLayers() {
        assertThat(moved(moves(scenario(6, 4, 1)), "000011", ScriptedRandom.parse("5 0")))
                .isEqualTo("000001");
        assertThat(moved(moves(scenario(6, 4, 0)), "001111", ScriptedRandom.parse("5 0")))
                .isEqualTo("011111");
    }

    @Test
    void propose_noUnusedDevice_swapsOrChangesNothing() {
        assertThat(moved(moves(scenario(4, 2, -1)), "0011", ScriptedRandom.parse("10 0 0")))
                .isEqualTo("1100");
        assertThat(moved(moves(scenario(4, 2, -1)), "0011", ScriptedRandom.parse("13 0")))
                .isEqualTo("-");
        assertThat(moved(moves(scenario(4, 1, -1)), "0000", ScriptedRandom.parse("10")))
                .isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0", "5 0", "8", "10", "12 0", "13 0", "14 0"})
    void propose_oneDevice_changesNothing(String script) {
        assertThat(moved(moves(scenario(4, 1, -1)), "0000", ScriptedRandom.parse(script)))
                .isEqualTo("-");
    }

    @Test
    void propose_reliefOfOneStageWithoutDevices_changesNothing() {
        ChainMoves moves = moves(scenario(4, 4, -1).withMaxDevices(1));

        assertThat(moved(moves, "0000", ScriptedRandom.parse("5 0"))).isEqualTo("-");
        assertThat(moved(moves, "0000", ScriptedRandom.parse("0 0"))).isEqualTo("-");
        assertThat(moved(moves, "0000", ScriptedRandom.parse("15 0"))).isEqualTo("-");
    }

    @Test
    void propose_equalStages_relievesTheFirst() {
        assertThat(moved(moves(scenario(6, 4, -1)), "000111", ScriptedRandom.parse("5 0")))
                .isEqualTo("001111");
    }

    @Test
    void propose_splitAtTheLimitOfDevices_changesNothing() {
        ChainMoves moves = moves(scenario(4, 4, -1).withMaxDevices(2));

        assertThat(moved(moves, "0011", ScriptedRandom.parse("13 0"))).isEqualTo("-");
        assertThat(moved(moves, "0000", ScriptedRandom.parse("13 0 0 0 f"))).isEqualTo("1000");
    }

    /** Unused devices are those that the moves before left, in the order in which they did. */
    @Test
    void propose_severalMoves_keepsTrackOfUnusedDevices() {
        ChainMoves moves = moves(scenario(6, 4, -1));

        assertThat(moved(moves, "000111", ScriptedRandom.parse("13 0 0 1 f"))).isEqualTo("300111");
        assertThat(proposed(moves, 6, ScriptedRandom.parse("10 2 0"))).isEqualTo("300222");
        assertThat(proposed(moves, 6, ScriptedRandom.parse("12 1 f"))).isEqualTo("322222");
        assertThat(proposed(moves, 6, ScriptedRandom.parse("13 1 3 0 t"))).isEqualTo("322220");
        assertThat(proposed(moves, 6, ScriptedRandom.parse("13 1 0 0 f"))).isEqualTo("312220");
    }

    @Test
    void propose_notAccepted_startsFromTheCurrentStages() {
        ChainMoves moves = moves(scenario(6, 4, -1));
        moves.read(Moves.digits("000111"));
        moves.propose(ScriptedRandom.parse("8 0 0"));

        assertThat(proposed(moves, 6, ScriptedRandom.parse("0 0 t 0 t"))).isEqualTo("000011");
    }

    @Test
    void read_deviceWithTwoStages_isRefused() {
        ChainMoves moves = moves(scenario(4, 3, -1));

        assertThat(moves.read(Moves.digits("0100"))).isFalse();
        assertThat(moves.readRepairs()).isFalse();
        assertThat(moves.read(Moves.digits("0112"))).isTrue();
        int[] best = new int[4];
        moves.writeBest(best);
        assertThat(best).containsExactly(0, 1, 1, 2);
    }

    @Test
    void polish_unequalStages_findsTheBestCutsOfTheBestDevices() {
        ChainMoves moves = moves(scenario(6, 4, -1));
        moves.read(Moves.digits("022222"));
        moves.propose(ScriptedRandom.parse("8 0 0"));
        moves.accept(); // not the best

        assertThat(moves.polish()).isTrue();

        moves.accept();
        moves.keepBest();
        int[] best = new int[6];
        moves.writeBest(best);
        assertThat(best).containsExactly(0, 0, 0, 2, 2, 2);
    }
}
