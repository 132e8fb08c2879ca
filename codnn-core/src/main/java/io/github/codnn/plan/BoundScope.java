package io.github.codnn.plan;

/** Among which plans a proof holds. */
public enum BoundScope {
    /** All feasible plans. */
    ALL_PLANS,
    /**
     * The feasible plans that keep the layers of each block on one device: the network was collapsed before the search.
     * A plan that parts a block may be better.
     */
    WHOLE_BLOCKS
}
