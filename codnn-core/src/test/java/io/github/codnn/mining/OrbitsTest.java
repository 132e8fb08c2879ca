package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against all permutations of the nodes. */
final class OrbitsTest {

    @Property(tries = 300)
    void mapsTo_randomPattern_someAutomorphismDoesSo(
            @ForAll boolean directed,
            @ForAll @IntRange(min = 2, max = 6) int nodes,
            @ForAll @IntRange(max = 3) int more,
            @ForAll long seed) {
        assertOrbits(random(directed, nodes, nodes - 1 + more, new SplittableRandom(seed)));
    }

    /** All nodes have three neighbours, but only four of the eight are in two triangles. */
    @Test
    void mapsTo_regularPatternWithTwoOrbits_tellsThemApart() {
        int[] from = {0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 4, 5};
        int[] to = {1, 2, 3, 4, 5, 6, 7, 0, 2, 3, 6, 7};
        SmallGraph graph = new SmallGraph(false, new int[8], new SmallGraph.EdgeRows(from, to, new int[from.length]));

        assertThat(new Orbits(graph).representatives()).containsExactly(0, 1, 1, 0, 0, 1, 1, 0);
        assertOrbits(graph);
    }

    private static void assertOrbits(SmallGraph graph) {
        List<int[]> automorphisms = new ArrayList<>();
        int[] identity = new int[graph.nodes()];
        Arrays.setAll(identity, v -> v);
        addAutomorphisms(graph, identity, 0, automorphisms);
        Orbits orbits = new Orbits(graph);
        int[] representatives = orbits.representatives();
        for (int v = 0; v < graph.nodes(); v++) {
            int node = v;
            assertThat(representatives[v])
                    .isEqualTo(automorphisms.stream()
                            .mapToInt(image -> image[node])
                            .min()
                            .orElseThrow());
            for (int w = v + 1; w < graph.nodes(); w++) {
                int other = w;
                assertThat(orbits.mapsTo(v, w, v))
                        .isEqualTo(automorphisms.stream()
                                .anyMatch(image ->
                                        image[node] == other && Arrays.equals(image, 0, node, identity, 0, node)));
            }
        }
    }

    private static void addAutomorphisms(SmallGraph graph, int[] image, int next, List<int[]> found) {
        if (next == image.length) {
            if (isAutomorphism(graph, image)) {
                found.add(image.clone());
            }
            return;
        }
        for (int i = next; i < image.length; i++) {
            swap(image, next, i);
            addAutomorphisms(graph, image, next + 1, found);
            swap(image, next, i);
        }
    }

    private static void swap(int[] image, int i, int j) {
        int kept = image[i];
        image[i] = image[j];
        image[j] = kept;
    }

    private static boolean isAutomorphism(SmallGraph graph, int[] image) {
        for (int v = 0; v < image.length; v++) {
            if (graph.label[v] != graph.label[image[v]]) {
                return false;
            }
            for (int x = 0; x < graph.degree(v); x++) {
                if (!graph.hasEdge(image[v], image[graph.neighbour[v][x]], graph.kind[v][x])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A tree and some more edges, few labels and kinds, no edge twice. */
    private static SmallGraph random(boolean directed, int nodes, int edges, SplittableRandom random) {
        LabelledGraph.Builder graph = directed ? LabelledGraph.directed() : LabelledGraph.undirected();
        for (int v = 0; v < nodes; v++) {
            graph.vertex("v" + random.nextInt(2) * random.nextInt(2));
        }
        for (int e = 0; e < edges; e++) {
            int from = e < nodes - 1 ? e + 1 : random.nextInt(nodes);
            int to = e < nodes - 1 ? random.nextInt(e + 1) : (from + 1 + random.nextInt(nodes - 1)) % nodes;
            graph.edge(from, to, "e" + random.nextInt(2) * random.nextInt(2));
        }
        LabelledGraph built = graph.build();
        int[] from = new int[built.edgeCount()];
        int[] to = new int[from.length];
        int[] kinds = new int[from.length];
        for (int e = 0; e < from.length; e++) {
            from[e] = built.edgeSource(e);
            to[e] = built.edgeTarget(e);
            kinds[e] = EdgeKind.leaving(built.edgeLabelNumber(e));
        }
        int[] labels = new int[nodes];
        Arrays.setAll(labels, built::vertexLabelNumber);
        return new SmallGraph(directed, labels, new SmallGraph.EdgeRows(from, to, kinds));
    }
}
