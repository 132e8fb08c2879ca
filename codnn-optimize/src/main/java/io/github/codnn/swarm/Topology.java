package io.github.codnn.swarm;

/** Whose best position a particle follows. */
public enum Topology {
    /** That of all particles of the island: converges fast. */
    GLOBAL,
    /**
     * That of itself and its two neighbours in a ring: converges slower, and less often to a local optimum (J. Kennedy,
     * 1999).
     */
    RING
}
