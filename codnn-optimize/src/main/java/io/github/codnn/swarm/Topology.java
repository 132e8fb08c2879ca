package io.github.codnn.swarm;

/** Whose best position a particle follows. */
public enum Topology {
    /** That of the whole swarm: quick to agree. */
    GLOBAL,
    /** That of itself and its two neighbours in a ring: slower, and less easily trapped (J. Kennedy, 1999). */
    RING
}
