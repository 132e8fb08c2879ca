package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testproblems.ScriptedRandom;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Moves of a neighbourhood, with placements as text: a digit for the device of each layer. */
final class Moves {

    private Moves() {}

    /** Returns the placement after a move, or "-" if the move changes nothing. */
    static String moved(Neighbourhood moves, String before, ScriptedRandom random) {
        assertThat(moves.read(digits(before))).isTrue();
        return proposed(moves, before.length(), random);
    }

    /** Returns the placement after a further move, or "-" if the move changes nothing. */
    static String proposed(Neighbourhood moves, int layers, ScriptedRandom random) {
        boolean isChanged = moves.propose(random);
        assertThat(random.isUsedUp()).isTrue();
        if (!isChanged) {
            return "-";
        }
        moves.accept();
        moves.keepBest();
        int[] placement = new int[layers];
        moves.writeBest(placement);
        return Arrays.stream(placement).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    /** Returns the devices that digits stand for. */
    static int[] digits(String text) {
        return text.chars().map(digit -> digit - '0').toArray();
    }
}
