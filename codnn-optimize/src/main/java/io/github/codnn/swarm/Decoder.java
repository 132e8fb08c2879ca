package io.github.codnn.swarm;

import io.github.codnn.problem.OffloadingProblem;
import java.util.Objects;

/**
 * How the position of a particle becomes a placement. {@link Decoders} has the ones that come with the library.
 *
 * <p>Positions are arrays of keys, each in [0, 1). An implementation is immutable and, if searches are to run on a
 * distributed executor, {@link java.io.Serializable}: it is then prepared on each machine in each iteration.
 */
@FunctionalInterface
public interface Decoder {

    /** A decoder prepared for one problem and one thread. */
    interface Decoding {

        /**
         * Returns the number of keys.
         *
         * @return the length of a position
         */
        int keyCount();

        /**
         * Turns a position into a placement. Must depend on the keys alone.
         *
         * @param keys the position, each key in [0, 1); not to be changed
         * @param placement is filled with the device of every layer
         */
        void decode(double[] keys, int[] placement);

        /**
         * Turns a placement into a position that decodes to it or comes close. Searches use it to start from known
         * placements and to learn from local search.
         *
         * @param placement the device of every layer
         * @param keys the position to be filled; left unchanged if there is none
         * @return whether there is such a position; false unless overridden
         */
        default boolean encode(int[] placement, double[] keys) {
            Objects.requireNonNull(placement, "placement");
            Objects.requireNonNull(keys, "keys");
            return false;
        }
    }

    /**
     * Prepares for a problem.
     *
     * @param problem what is to be solved
     * @return the decoder's working memory for one thread
     */
    Decoding prepare(OffloadingProblem problem);
}
