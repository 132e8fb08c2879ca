package io.github.codnn.bench;

import io.github.codnn.mining.FrequentSubgraphMiner;
import io.github.codnn.mining.LabelledGraph;
import io.github.codnn.mining.MiningResult;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How does the time of mining grow as the threshold decreases? On a random graph similar to a citation network: 3,000
 * vertices of 6 labels, 4,500 edges, mostly within a label and with preference for vertices that are already cited.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MiningBenchmark {

    private static final int VERTICES = 3_000;
    private static final int EDGES = 4_500;
    private static final int LABELS = 6;
    private static final double WITHIN_LABEL = 0.7;

    /** Least support of a frequent pattern. */
    @Param({"200", "160", "140", "130"})
    public int minSupport;

    /** Whether edges have a direction. */
    @Param({"true", "false"})
    public boolean directed;

    /** Replaced before the first run. */
    private LabelledGraph graph = LabelledGraph.directed().build();

    /** Makes the graph. */
    @Setup
    public void makeGraph() {
        SplittableRandom random = new SplittableRandom(20_140_703);
        LabelledGraph.Builder builder = directed ? LabelledGraph.directed() : LabelledGraph.undirected();
        for (int v = 0; v < VERTICES; v++) {
            builder.vertex(Integer.toString(v % LABELS));
        }
        int[] cited = new int[EDGES];
        for (int e = 0; e < EDGES; e++) {
            int from = random.nextInt(VERTICES);
            int to = e > 0 && random.nextBoolean() ? cited[random.nextInt(e)] : random.nextInt(VERTICES);
            if (random.nextDouble() < WITHIN_LABEL) {
                to = Math.min(to - to % LABELS + from % LABELS, VERTICES - 1);
            }
            cited[e] = to;
            if (from != to) {
                builder.edge(from, to, "cites");
            }
        }
        graph = builder.build();
    }

    /**
     * Mines all frequent patterns.
     *
     * @return the result, so that nothing is optimised away
     */
    @Benchmark
    public MiningResult mine() {
        return FrequentSubgraphMiner.withDefaults().withMinSupport(minSupport).mine(graph);
    }
}
