package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.ScriptedRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The genetic operators, with the random numbers given. */
class GenesTest {

    /** Two chains, of three layers and of two, on three devices. */
    private static Arrangement twoChains() {
        return Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(HandMade.seconds(1, 5, 3), HandMade.chain(0, 1, 1, 1, 1), HandMade.chain(3, 1, 1, 1)),
                Objective.PERIOD));
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 01110", "3, 1, 01110", "2, 2, 00100", "0, 4, 11111", "4, 4, 00001"})
    void cross_twoPoints_copiesTheLayersFromOneToTheOther(int one, int two, String expected) {
        ScriptedRandom random = ScriptedRandom.of(one, two);
        int[] placement = new int[5];

        new Genes(twoChains(), random).cross(placement, new int[] {1, 1, 1, 1, 1});

        assertThat(placement).containsExactly(digits(expected));
        assertThat(random.bounds()).containsExactly(5, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "00000, 1, 0, 01000",
        "00000, 1, 1, 02000",
        "11111, 4, 0, 11110",
        "11111, 4, 1, 11112",
        "22222, 0, 1, 12222"
    })
    void mutateLayer_oneLayer_goesToAnyOtherDevice(String before, int layer, int other, String expected) {
        ScriptedRandom random = ScriptedRandom.of(layer, other);
        int[] placement = digits(before);

        new Genes(twoChains(), random).mutateLayer(placement);

        assertThat(placement).containsExactly(digits(expected));
        assertThat(random.bounds()).containsExactly(5, 2);
    }

    @ParameterizedTest
    @CsvSource({"00000, 1, 0, 01000", "00000, 1, 1, 02000", "11111, 0, 0, 01111", "11111, 0, 1, 21111"})
    void mutate_noSegment_movesOneLayer(String before, int layer, int other, String expected) {
        ScriptedRandom random = ScriptedRandom.of(layer, other, false);
        int[] placement = digits(before);

        new Genes(twoChains(), random).mutate(placement);

        assertThat(placement).containsExactly(digits(expected));
        assertThat(random.bounds()).containsExactly(5, 2);
    }

    @Test
    void mutate_segment_growsUntilTheRandomEnd() {
        ScriptedRandom random = ScriptedRandom.of(0, 0, true, 1, 0);
        int[] placement = new int[5];

        new Genes(twoChains(), random).mutate(placement);

        assertThat(placement).containsExactly(1, 1, 0, 0, 0);
        assertThat(random.bounds()).containsExactly(5, 2, 8, 8);
    }

    @Test
    void mutate_segment_endsWithTheTask() {
        ScriptedRandom random = ScriptedRandom.of(1, 0, true, 7);
        int[] placement = new int[5];

        new Genes(twoChains(), random).mutate(placement);

        assertThat(placement).containsExactly(0, 1, 1, 0, 0);
        assertThat(random.isUsedUp()).isTrue();
    }

    @Test
    void mutate_segment_endsWithTheRun() {
        ScriptedRandom random = ScriptedRandom.of(0, 1, true, 7);
        int[] placement = {0, 0, 1, 0, 0};

        new Genes(twoChains(), random).mutate(placement);

        assertThat(placement).containsExactly(2, 2, 1, 0, 0);
        assertThat(random.isUsedUp()).isTrue();
    }

    @Test
    void mutateAndMutateLayer_oneDevice_drawNothingAndChangeNothing() {
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(HandMade.seconds(1, 2, 1), HandMade.chain(0, 1, 1, 1)), Objective.PERIOD));
        Genes genes = new Genes(arrangement, ScriptedRandom.of());
        int[] placement = new int[2];

        genes.mutate(placement);
        genes.mutateLayer(placement);

        assertThat(placement).containsExactly(0, 0);
    }

    @Test
    void repair_pinnedLayer_movesToItsDevice() {
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(
                        HandMade.seconds(1, 2, 2), HandMade.chain(0, 1, 1, 1).withPinned(Map.of("l1", "d1"))),
                Objective.PERIOD));
        int[] placement = {0, 0};

        new Genes(arrangement, ScriptedRandom.of()).repair(placement);

        assertThat(placement).containsExactly(0, 1);
    }

    private static int[] digits(String text) {
        return text.chars().map(digit -> digit - '0').toArray();
    }
}
