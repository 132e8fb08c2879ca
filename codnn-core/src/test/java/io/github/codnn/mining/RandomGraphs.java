package io.github.codnn.mining;

import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Small random graphs for laws and oracles. */
final class RandomGraphs {

    private RandomGraphs() {}

    /** Up to 12 vertices, up to 13 edges (parallel and opposite ones among them), 1 to 3 labels of each sort. */
    static Arbitrary<LabelledGraph> upToTwelveVertices(boolean directed) {
        Arbitrary<Integer> vertices = Arbitraries.integers().between(2, 12);
        Arbitrary<Integer> edges = Arbitraries.integers().between(1, 13);
        Arbitrary<Integer> labels = Arbitraries.integers().between(1, 3);
        Arbitrary<Integer> edgeLabels = Arbitraries.integers().between(1, 2);
        return Combinators.combine(vertices, edges, labels, edgeLabels, Arbitraries.longs())
                .as((v, e, l, m, seed) -> random(directed, new Size(v, e, l, m), seed));
    }

    record Size(int vertices, int edges, int labels, int edgeLabels) {}

    static LabelledGraph random(boolean directed, Size size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LabelledGraph.Builder graph = directed ? LabelledGraph.directed() : LabelledGraph.undirected();
        for (int v = 0; v < size.vertices(); v++) {
            graph.vertex("v" + random.nextInt(size.labels()));
        }
        for (int e = 0; e < size.edges(); e++) {
            int from = random.nextInt(size.vertices());
            int to = (from + 1 + random.nextInt(size.vertices() - 1)) % size.vertices();
            graph.edge(from, to, "e" + random.nextInt(size.edgeLabels()));
        }
        return graph.build();
    }
}
