package io.github.codnn.optimize;

/** Among which plans the proof of a {@link ParetoFront} holds. */
public enum BoundScope {
    /** All feasible plans. */
    ALL_PLANS,
    /**
     * The feasible plans that keep the layers of each block on one device: the network was collapsed before the search.
     * A plan that parts a block may be better.
     */
    WHOLE_BLOCKS
}
