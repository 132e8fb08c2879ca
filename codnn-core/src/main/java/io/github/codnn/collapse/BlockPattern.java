package io.github.codnn.collapse;

import java.util.List;

/**
 * The structure and operator kinds of a segment, independent of tensor sizes. Segments of one pattern are its
 * occurrences; how many there are is its support.
 *
 * @param symbol equal for segments of the same structure and operator kinds
 * @param family equal for segments that are counted together, such as residual blocks with and without projection
 * @param label what the segment is called
 * @param join how its branches meet
 * @param body the symbols along the longer of two branches that are added; empty for other patterns
 */
record BlockPattern(String symbol, String family, String label, Join join, List<String> body) {

    /** How branches meet. */
    enum Join {
        /** A single layer, without branches. */
        NONE,
        /** Element-wise sum. */
        SUM,
        /** Joined along an axis. */
        CONCAT,
        /** Anything else. */
        OTHER
    }

    static final String INVERTED_RESIDUAL = "InvertedResidual";
    static final String ATTENTION = "Attention";
    static final String FEED_FORWARD = "FeedForward";
    static final String ENCODER = "Encoder";
    static final String DENSE = "Dense";

    boolean isBranched() {
        return join != Join.NONE;
    }
}
