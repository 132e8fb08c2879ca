package io.github.codnn.problem;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The most work that a device can do in a given time: a fractional knapsack, filled with the items that give the most
 * work per second (G. B. Dantzig: Discrete-variable extremum problems, 1957). Immutable and thread-safe. Made in O(n
 * log n) time for n items; a query takes O(log n).
 *
 * <p>Public for sister packages only.
 */
public final class FractionalKnapsack {

    private final double[] secondsBefore; // [rank] of the items with a higher rate
    private final double[] workBefore; // [rank]

    /**
     * Ranks items by their work per second.
     *
     * @param seconds the time of each item on the device, zero or greater
     * @param work the work of each item, in any unit, zero or greater
     * @param allowed which items the device may run
     */
    public FractionalKnapsack(double[] seconds, double[] work, IntPredicate allowed) {
        double[] rate = new double[work.length];
        for (int item = 0; item < rate.length; item++) {
            rate[item] = work[item] == 0 ? 0 : work[item] / seconds[item];
        }
        int[] ranked = IntStream.range(0, work.length)
                .filter(allowed)
                .boxed()
                .sorted((one, other) -> Double.compare(rate[other], rate[one]))
                .mapToInt(item -> item)
                .toArray();
        secondsBefore = new double[ranked.length + 1];
        workBefore = new double[ranked.length + 1];
        for (int rank = 0; rank < ranked.length; rank++) {
            secondsBefore[rank + 1] = secondsBefore[rank] + seconds[ranked[rank]];
            workBefore[rank + 1] = workBefore[rank] + work[ranked[rank]];
        }
    }

    /**
     * Returns the time of all allowed items.
     *
     * @return seconds
     */
    public double allSeconds() {
        return secondsBefore[secondsBefore.length - 1];
    }

    /**
     * Returns the most work that fits into a time.
     *
     * @param seconds the time
     * @return work, in the unit of the items
     */
    public double maxWork(double seconds) {
        int last = secondsBefore.length - 1;
        if (seconds >= secondsBefore[last]) {
            return workBefore[last];
        }
        int low = 0;
        int high = last;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (secondsBefore[middle] <= seconds) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double share = Math.max(0, seconds - secondsBefore[low]) / (secondsBefore[high] - secondsBefore[low]);
        return workBefore[low] + share * (workBefore[high] - workBefore[low]);
    }
}
