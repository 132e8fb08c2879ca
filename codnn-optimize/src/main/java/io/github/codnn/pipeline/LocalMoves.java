package io.github.codnn.pipeline;

/**
 * How many moves of local search follow a step of a swarm: few at first, so that small budgets are kept, and twice
 * as many in each step, up to a limit.
 *
 * @param max the limit, zero or greater
 */
public record LocalMoves(int max) {

    private static final int FIRST = 16;

    /** Layers to be evaluated in a step by searches whose moves take all layers: long networks get fewer moves. */
    private static final int MAX_LAYERS = 100_000;

    /** Limits moves; with a single device there is none. */
    public static LocalMoves of(int wanted, long most, Arrangement arrangement) {
        return new LocalMoves(arrangement.devices == 1 ? 0 : (int) Math.min(wanted, most));
    }

    /** Returns the limit for searches whose moves take all layers. */
    public static long maxOverAllLayers(Arrangement arrangement) {
        return 1L + MAX_LAYERS / arrangement.layers;
    }

    /** Returns how many moves follow a step. */
    public int at(long iteration) {
        return iteration < Integer.SIZE - 6 ? Math.min(max, FIRST << iteration) : max;
    }
}
