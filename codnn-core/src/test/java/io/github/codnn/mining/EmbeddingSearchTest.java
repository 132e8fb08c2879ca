package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Back-jumping and remembered failures against plain trial; one label, so that nodes are in each other's way. */
final class EmbeddingSearchTest {

    private static final int VERTICES = 13;

    @Property(tries = 300)
    void find_everyNodeAndVertex_equalsPlainTrial(
            @ForAll @IntRange(min = 13, max = 22) int edges,
            @ForAll @IntRange(min = 3, max = 9) int nodes,
            @ForAll boolean directed,
            @ForAll long seed) {
        LabelledGraph graph = RandomGraphs.random(directed, new RandomGraphs.Size(VERTICES, edges, 1, 1), seed);
        LabelIndex index = new LabelIndex(graph, 1);
        PatternShape shape = new PatternShape(pattern(directed, nodes, seed), index);
        long[][] domains = new long[nodes][];
        Arrays.setAll(domains, v -> BitSets.full(VERTICES));
        WorkMeter meter = new WorkMeter(Long.MAX_VALUE, () -> {});
        EmbeddingSearch search = new EmbeddingSearch(shape, new DomainFilter(shape), domains, meter);
        List<Set<Integer>> expected = plainImages(shape);
        for (int root = 0; root < nodes; root++) {
            for (int vertex = 0; vertex < VERTICES; vertex++) {
                EmbeddingSearch.Outcome wanted = expected.get(root).contains(vertex)
                        ? EmbeddingSearch.Outcome.FOUND
                        : EmbeddingSearch.Outcome.NONE;
                assertThat(search.findForSure(root, vertex)).isEqualTo(wanted);
                assertThat(search.findEasily(root, vertex)).isIn(wanted, EmbeddingSearch.Outcome.GAVE_UP);
            }
        }
    }

    /** A tree with long branches, sometimes with an edge more that makes a cycle. */
    private static SmallGraph pattern(boolean directed, int nodes, long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        IntList from = new IntList();
        IntList to = new IntList();
        for (int v = 1; v < nodes; v++) {
            from.add(Math.max(0, v - 1 - random.nextInt(2)));
            to.add(v);
        }
        if (random.nextInt(3) == 0) {
            from.add(nodes - 1);
            to.add(0);
        }
        int[] kinds = IntStream.range(0, from.size())
                .map(e -> directed ? random.nextInt(2) : 0)
                .toArray();
        return new SmallGraph(directed, new int[nodes], new SmallGraph.EdgeRows(from.toArray(), to.toArray(), kinds));
    }

    private static List<Set<Integer>> plainImages(PatternShape shape) {
        List<Set<Integer>> images = IntStream.range(0, shape.nodes())
                .mapToObj(v -> (Set<Integer>) new TreeSet<Integer>())
                .toList();
        extend(shape, new int[shape.nodes()], 0, images);
        return images;
    }

    private static void extend(PatternShape shape, int[] image, int node, List<Set<Integer>> images) {
        if (node == image.length) {
            for (int v = 0; v < node; v++) {
                images.get(v).add(image[v]);
            }
            return;
        }
        for (int vertex = 0; vertex < VERTICES; vertex++) {
            if (fits(shape, image, node, vertex)) {
                image[node] = vertex;
                extend(shape, image, node + 1, images);
            }
        }
    }

    private static boolean fits(PatternShape shape, int[] image, int node, int vertex) {
        for (int v = 0; v < node; v++) {
            if (image[v] == vertex) {
                return false;
            }
        }
        for (int x = 0; x < shape.graph.degree(node); x++) {
            int neighbour = shape.graph.neighbour[node][x];
            if (neighbour < node && !shape.relation[node][x].contains(vertex, image[neighbour])) {
                return false;
            }
        }
        return true;
    }
}
