package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Finds all frequent connected subgraphs of one large labelled graph, with the semantics of GraMi (Elseidy, Abdelhamid,
 * Skiadopoulos and Kalnis, "GraMi: frequent subgraph and pattern mining in a single large graph", PVLDB 7(7), 2014).
 *
 * <pre>{@code
 * LabelledGraph graph = LabelledGraph.readDirected(Path.of("citeseer.lg"));
 * MiningResult result = FrequentSubgraphMiner.withDefaults().withMinSupport(100).mine(graph);
 * }</pre>
 *
 * <p>A {@link Pattern} has one edge or more. Its occurrences map different nodes to different vertices, and edges to
 * edges of the same label and direction; they need not be induced. Its support is the minimum-image support (Bringmann
 * and Nijssen, PAKDD 2008): the least number, over its nodes, of different vertices to which occurrences map the node.
 * Support never increases when a pattern grows. Exact: the result has every frequent pattern once, with its exact
 * support. {@link OccurrenceFinder} finds the occurrences of a pattern.
 *
 * <p>Time and number of patterns are exponential in the worst case, and grow fast as the threshold decreases. Limit
 * them with {@link MiningOptions}, or say with {@link #withConstraint} what patterns are of use. Memory: about 20 bytes
 * per vertex and edge, and for each waiting pattern of n nodes about n bits per vertex of its labels and some
 * occurrences.
 *
 * <p>Immutable and thread-safe. The same graph and settings have the same result on any number of threads.
 *
 * <p>How it works: patterns grow edge by edge along canonical depth-first codes (gSpan). The images of their nodes are
 * reduced by arc consistency with a matching between neighbours of one label, by the biconnected components of the
 * graph, and by results for the parent and its other extensions; then the miner searches for only as many occurrences
 * as it needs. Unlike GraMi, it reuses the occurrences of a pattern for its extensions, backjumps and stores failures
 * in hard searches, and excludes parts of the graph that cannot contain a cycle of the pattern.
 *
 * @param minSupport the least support of a frequent pattern, at least 1
 * @param maxEdges the maximum number of edges of a pattern, 1 to {@link Pattern#MAX_EDGES}
 * @param constraint which patterns to find and to grow; see {@link #withConstraint}
 */
public record FrequentSubgraphMiner(int minSupport, int maxEdges, Predicate<Pattern> constraint) {

    private static final FrequentSubgraphMiner DEFAULTS = new FrequentSubgraphMiner(2, Pattern.MAX_EDGES, any -> true);

    private static final Comparator<FrequentPattern> ORDER = Comparator.<FrequentPattern>comparingInt(
                    found -> found.pattern().edges().size())
            .thenComparing(Comparator.comparingInt(FrequentPattern::support).reversed())
            .thenComparing(found -> found.pattern().code());

    /** Checks the components. */
    public FrequentSubgraphMiner {
        if (minSupport < 1) {
            throw new IllegalArgumentException("minSupport must be at least 1, but is " + minSupport);
        }
        if (maxEdges < 1 || maxEdges > Pattern.MAX_EDGES) {
            throw new IllegalArgumentException("maxEdges must be 1 to " + Pattern.MAX_EDGES + ", but is " + maxEdges);
        }
        Objects.requireNonNull(constraint, "constraint");
    }

    /**
     * Returns a miner with support 2 and patterns of up to {@link Pattern#MAX_EDGES} edges.
     *
     * @return the miner
     */
    public static FrequentSubgraphMiner withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns this miner with another threshold.
     *
     * @param support the least support of a frequent pattern, at least 1
     * @return the changed miner
     * @throws IllegalArgumentException if {@code support} is below 1
     */
    public FrequentSubgraphMiner withMinSupport(int support) {
        return new FrequentSubgraphMiner(support, maxEdges, constraint);
    }

    /**
     * Returns this miner with another maximum size of patterns.
     *
     * @param edges the maximum number of edges, 1 to {@link Pattern#MAX_EDGES}
     * @return the changed miner
     * @throws IllegalArgumentException if {@code edges} is out of range
     */
    public FrequentSubgraphMiner withMaxEdges(int edges) {
        return new FrequentSubgraphMiner(minSupport, edges, constraint);
    }

    /**
     * Returns this miner with a constraint on patterns, which it checks while patterns grow: a pattern that does not
     * meet it is neither returned nor extended.
     *
     * @param condition what patterns must meet. It must be anti-monotone: where a pattern does not meet it, no larger
     *     pattern that contains it does. The result then has all frequent patterns that meet it; otherwise some of
     *     these may be missing. Called in the thread that called {@code mine}
     * @return the changed miner
     */
    public FrequentSubgraphMiner withConstraint(Predicate<Pattern> condition) {
        return new FrequentSubgraphMiner(minSupport, maxEdges, condition);
    }

    /**
     * Mines in the calling thread, without limits on work.
     *
     * @param graph the graph to mine
     * @return all frequent patterns
     */
    public MiningResult mine(LabelledGraph graph) {
        return mine(graph, MiningOptions.withDefaults());
    }

    /**
     * Mines within limits. If a limit stops mining, the result states it and has the patterns proven until then.
     *
     * @param graph the graph to mine
     * @param options limits, listener and threads
     * @return the frequent patterns found
     */
    public MiningResult mine(LabelledGraph graph, MiningOptions options) {
        PatternFactory patterns = new PatternFactory(graph.isDirected(), graph.labels(), graph.edgeLabels());
        MiningLoop loop = new MiningLoop(options, this, patterns, stopCheck(options));
        loop.run(new SeedUnit(new LabelIndex(graph, minSupport), minSupport));
        List<FrequentPattern> found = new ArrayList<>(loop.found());
        found.sort(ORDER);
        return new MiningResult(found, loop.stopReason(), new MiningResult.Statistics(loop.candidates(), loop.steps()));
    }

    private static StopCheck stopCheck(MiningOptions options) {
        long start = options.nanoClock().getAsLong();
        long limit = options.timeLimit().toNanos();
        return () -> {
            if (options.cancelled().getAsBoolean()) {
                throw new MiningStopped(MiningEnd.CANCELLED);
            }
            if (options.nanoClock().getAsLong() - start >= limit) {
                throw new MiningStopped(MiningEnd.TIME);
            }
        };
    }
}
