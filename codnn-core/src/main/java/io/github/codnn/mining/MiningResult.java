package io.github.codnn.mining;

import java.util.List;
import java.util.Objects;

/**
 * The result of mining.
 *
 * @param patterns frequent patterns, by number of edges, then support (highest first), then code
 * @param stopReason why mining ended; unless {@link MiningEnd#COMPLETE}, patterns may be missing, but each one listed
 *     is frequent and has its exact support
 * @param statistics the amount of work
 */
public record MiningResult(List<FrequentPattern> patterns, MiningEnd stopReason, Statistics statistics) {

    /** Copies the list. */
    public MiningResult {
        patterns = List.copyOf(patterns);
        Objects.requireNonNull(stopReason, "stopReason");
        Objects.requireNonNull(statistics, "statistics");
    }

    /**
     * Work done; the same on any number of threads, unless mining was stopped by time or by the caller.
     *
     * @param checkedPatterns how many patterns were looked at, frequent or not
     * @param steps images tried and patterns checked, the unit of {@link MiningOptions#maxSteps()}
     */
    public record Statistics(long checkedPatterns, long steps) {}
}
