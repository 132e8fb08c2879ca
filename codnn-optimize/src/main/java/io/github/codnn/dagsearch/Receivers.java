package io.github.codnn.dagsearch;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many later stages receive a tensor at least, by dynamic programming over down-sets from the whole network on:
 * each continuation is a sequence of stages, and those that read the tensor pay their sender one transfer each. Not
 * thread-safe.
 */
final class Receivers {

    private final DownSets sets;
    private final int[] number; // [tensor] among those that several nodes read, -1
    private final byte[][] least; // [number][set]
    private final boolean isEmpty;

    Receivers(DagModel model, DownSets sets, boolean counts) {
        this.sets = sets;
        int[] several = IntStream.range(0, model.leastCross.length)
                .filter(tensor -> counts
                        && model.nodes.writer(tensor) >= 0
                        && model.nodes.readers(tensor).length > 1
                        && model.leastCross[tensor] > 0)
                .toArray();
        number = new int[model.leastCross.length];
        Arrays.fill(number, -1);
        for (int index = 0; index < several.length; index++) {
            number[several[index]] = index;
        }
        isEmpty = several.length == 0;
        least = new byte[several.length][sets.count()];
    }

    /** Tells whether no tensor has several readers. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Counts the receivers behind a set, after all greater ones. */
    void count(int set, StageArcs arcs) {
        for (int index = sets.firstCrossing(set); index < sets.firstCrossing(set + 1); index++) {
            int tensor = sets.crossing(index);
            if (number[tensor] >= 0) {
                byte[] counts = least[number[tensor]];
                int fewest = Byte.MAX_VALUE;
                for (int arc = 0; arc < arcs.count() && fewest > 0; arc++) {
                    int to = arcs.to(arc);
                    if (counts[to] < fewest) {
                        fewest = Math.min(fewest, counts[to] + (sets.isReadBetween(tensor, set, to) ? 1 : 0));
                    }
                }
                counts[set] = (byte) fewest;
            }
        }
    }

    /** Returns how many stages behind a set receive a tensor that crosses its end, one or more. */
    int count(int tensor, int set) {
        return number[tensor] < 0 ? 1 : Math.max(1, least[number[tensor]][set]);
    }
}
