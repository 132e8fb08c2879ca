package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the filter does not remove, searches must try; no result would tell. */
final class DomainFilterTest {

    /**
     * Hub 0 has the leaves 1 and 2, hub 3 the leaves 4, 5 and 6: a hub with n leaves needs a vertex of n neighbours.
     */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "3, 1", "4, 0"})
    void filter_starOfEqualLeaves_keepsVerticesWithAsManyNeighbours(int leaves, int hubs) {
        LabelledGraph.Builder graph =
                LabelledGraph.undirected().vertex("hub").vertex("leaf").vertex("leaf");
        graph.edge(0, 1, "x").edge(0, 2, "x");
        graph.vertex("hub").vertex("leaf").vertex("leaf").vertex("leaf");
        graph.edge(3, 4, "x").edge(3, 5, "x").edge(3, 6, "x");
        int[] from = new int[leaves];
        int[] to = new int[leaves];
        Arrays.setAll(to, leaf -> leaf + 1);
        int[] labels = new int[leaves + 1];
        Arrays.fill(labels, 1, labels.length, 1);

        assertThat(hubs(graph.build(), labels, new SmallGraph.EdgeRows(from, to, new int[leaves])))
                .isEqualTo(hubs);
    }

    /** Edges of the first kind lead to both leaves, one of the second kind to a single leaf. */
    @ParameterizedTest
    @CsvSource({"0, 0, 1", "0, 1, 1", "1, 1, 0"})
    void filter_leavesThatCompete_keepsTheHubIfTheyCanDiffer(int firstKind, int secondKind, int hubs) {
        LabelledGraph graph = LabelledGraph.undirected()
                .vertex("hub")
                .vertex("leaf")
                .vertex("leaf")
                .edge(0, 2, "x")
                .edge(0, 1, "x")
                .edge(0, 1, "y")
                .build();
        int[] kinds = {EdgeKind.leaving(firstKind), EdgeKind.leaving(secondKind)};

        assertThat(hubs(graph, new int[] {0, 1, 1}, new SmallGraph.EdgeRows(new int[2], new int[] {1, 2}, kinds)))
                .isEqualTo(hubs);
    }

    /** Returns how many images of node 0 are left; 0 if the filter says that the pattern cannot occur. */
    private static int hubs(LabelledGraph graph, int[] labels, SmallGraph.EdgeRows edges) {
        LabelIndex index = new LabelIndex(graph, 1);
        PatternShape shape = new PatternShape(new SmallGraph(false, labels, edges), index);
        long[][] domains = new long[labels.length][];
        Arrays.setAll(domains, v -> BitSets.full(index.count(labels[v])));
        boolean possible = new DomainFilter(shape).filter(domains, (1L << labels.length) - 1, 1);
        assertThat(possible).isEqualTo(BitSets.size(domains[0]) > 0);
        return BitSets.size(domains[0]);
    }

    @ParameterizedTest
    @CsvSource({"false, 0, 1, 2, true", "true, 0, 1, 2, false", "false, 0, 1, 0, false"})
    void isTreeOfDistinctLabels_threeNodes_withoutCycleAndEqualLabels(
            boolean closed, int first, int second, int third, boolean expected) {
        LabelledGraph.Builder graph =
                LabelledGraph.undirected().vertex("a").vertex("b").vertex("c").vertex("a");
        graph.edge(0, 1, "x").edge(1, 2, "x").edge(2, 0, "x").edge(1, 3, "x");
        int[] from = closed ? new int[] {0, 1, 2} : new int[] {0, 1};
        int[] to = closed ? new int[] {1, 2, 0} : new int[] {1, 2};
        SmallGraph small = new SmallGraph(
                false, new int[] {first, second, third}, new SmallGraph.EdgeRows(from, to, new int[from.length]));

        assertThat(new PatternShape(small, new LabelIndex(graph.build(), 1)).isTreeOfDistinctLabels())
                .isEqualTo(expected);
    }
}
