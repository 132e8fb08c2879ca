package io.github.codnn.bench;

import io.github.codnn.swarm.Decoder;

/**
 * A problem for other libraries: minimises a function of a vector of keys in [0, 1), which decodes to a placement.
 * Stores the best value.
 */
final class KeyObjective {

    private static final double LAST_KEY = Math.nextDown(1.0);

    /** What a unit of violation costs, as a share of the value. */
    static final double PENALTY = 10;

    /** What is minimised. */
    interface Rating {

        /** Returns the value of a placement, penalties included, a finite number. */
        double rate(int[] placement);
    }

    /** Ends a search of a library that has no time limit. */
    static final class TimeIsUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        TimeIsUp() {
            super("Time is up", null, false, false);
        }

        /** Runs a search until it ends or its time is up. */
        static void orEnd(Runnable search) {
            try {
                search.run();
            } catch (TimeIsUp end) {
                // Slow searches are stopped.
            } catch (RuntimeException wrapped) {
                if (!(wrapped.getCause() instanceof TimeIsUp)) {
                    throw wrapped;
                }
            }
        }
    }

    private final Decoder.Decoding decoding;
    private final Rating rating;
    private final int[] placement;
    private final double[] keys;
    private final int levels;
    private long evaluations;
    private double best = Double.POSITIVE_INFINITY;

    /** Decodes keys to placements of some layers; a key has a number of different levels. */
    KeyObjective(Decoder.Decoding decoding, int layers, int levels, Rating rating) {
        this.decoding = decoding;
        this.rating = rating;
        this.levels = levels;
        placement = new int[layers];
        keys = new double[decoding.keyCount()];
    }

    int keyCount() {
        return keys.length;
    }

    /** Returns the number of different levels of a key, for searches over discrete values. */
    int levels() {
        return levels;
    }

    /** Returns an array for the keys; values outside [0, 1) are moved inside. */
    double[] keys() {
        return keys;
    }

    /** Evaluates the keys in {@link #keys()}. */
    double rate() {
        for (int key = 0; key < keys.length; key++) {
            double value = keys[key];
            keys[key] = value > LAST_KEY ? LAST_KEY : value < 0 ? 0 : value;
        }
        decoding.decode(keys, placement);
        evaluations++;
        double value = rating.rate(placement);
        best = Math.min(best, value);
        return value;
    }

    long evaluations() {
        return evaluations;
    }

    double best() {
        return best;
    }
}
