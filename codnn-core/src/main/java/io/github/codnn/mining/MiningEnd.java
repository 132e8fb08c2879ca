package io.github.codnn.mining;

/** Why mining ended. */
public enum MiningEnd {
    /** All frequent patterns were found. */
    COMPLETE,
    /** All frequent patterns within the edge limit were found; larger ones may exist. */
    EDGE_LIMIT,
    /** The maximum number of steps was reached. */
    STEPS,
    /** The time limit was reached. */
    TIME,
    /** The caller cancelled. */
    CANCELLED
}
