package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.mining.OccurrenceFinder.Occurrence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class OccurrenceFinderTest {

    private static final LabelledGraph SQUARE = LabelledGraph.undirected()
            .vertex("a")
            .vertex("a")
            .vertex("a")
            .vertex("a")
            .edge(0, 1, "x")
            .edge(1, 2, "x")
            .edge(2, 3, "x")
            .edge(3, 0, "x")
            .build();

    @Test
    void find_pathInSquare_eachPlaceOnce() {
        Pattern path = Pattern.of(
                false, List.of("a", "a", "a"), List.of(new Pattern.Edge(0, 1, "x"), new Pattern.Edge(1, 2, "x")));
        assertThat(OccurrenceFinder.in(SQUARE).find(path, 100))
                .extracting(occurrence -> new HashSet<>(occurrence.vertices()))
                .containsExactlyInAnyOrder(
                        new HashSet<>(List.of(0, 1, 2)),
                        new HashSet<>(List.of(1, 2, 3)),
                        new HashSet<>(List.of(2, 3, 0)),
                        new HashSet<>(List.of(3, 0, 1)));
    }

    @Test
    void find_limit_firstOccurrences() {
        Pattern edge = Pattern.of(false, List.of("a", "a"), List.of(new Pattern.Edge(0, 1, "x")));
        List<Occurrence> all = OccurrenceFinder.in(SQUARE).find(edge, 100);
        assertThat(all).hasSize(4);
        assertThat(OccurrenceFinder.in(SQUARE).find(edge, 3)).isEqualTo(all.subList(0, 3));
    }

    @Test
    void find_unknownLabelOrEdge_nothing() {
        OccurrenceFinder finder = OccurrenceFinder.in(SQUARE);
        assertThat(finder.find(Pattern.of(false, List.of("a", "b"), List.of(new Pattern.Edge(0, 1, "x"))), 9))
                .isEmpty();
        assertThat(finder.find(Pattern.of(false, List.of("a", "a"), List.of(new Pattern.Edge(0, 1, "y"))), 9))
                .isEmpty();
    }

    @Test
    void find_badArguments_named() {
        Pattern directed = Pattern.of(true, List.of("a", "a"), List.of(new Pattern.Edge(0, 1, "x")));
        assertThatThrownBy(() -> OccurrenceFinder.in(SQUARE).find(directed, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern is directed");
        Pattern undirected = Pattern.of(false, List.of("a", "a"), List.of(new Pattern.Edge(0, 1, "x")));
        LabelledGraph other = LabelledGraph.directed().vertex("a").build();
        assertThatThrownBy(() -> OccurrenceFinder.in(other).find(undirected, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern is undirected");
        assertThatThrownBy(() -> OccurrenceFinder.in(SQUARE).find(directed, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit");
    }

    /** Occurrences lie where they say, differ in the edges they cover, and meet at least {@code support} vertices. */
    @Property(tries = 150)
    void find_minedPatterns_occurrencesAreThereAndDiffer(@ForAll("graphs") LabelledGraph graph) {
        OccurrenceFinder finder = OccurrenceFinder.in(graph);
        for (FrequentPattern found : FrequentSubgraphMiner.withDefaults()
                .withMinSupport(2)
                .withMaxEdges(4)
                .mine(graph)
                .patterns()) {
            List<Occurrence> occurrences = finder.find(found.pattern(), Integer.MAX_VALUE);
            Set<Set<List<Object>>> covered = new HashSet<>();
            for (Occurrence occurrence : occurrences) {
                assertThat(occurrence.vertices()).doesNotHaveDuplicates();
                covered.add(edges(graph, found.pattern(), occurrence));
            }
            assertThat(covered).hasSameSizeAs(occurrences);
            assertThat(graphEdges(graph)).containsAll(new HashSet<>(flatten(covered)));
            assertThat(occurrences.stream()
                            .flatMap(occurrence -> occurrence.vertices().stream())
                            .distinct()
                            .count())
                    .isGreaterThanOrEqualTo(found.support());
        }
    }

    @Provide
    Arbitrary<LabelledGraph> graphs() {
        return Arbitraries.oneOf(RandomGraphs.upToTwelveVertices(true), RandomGraphs.upToTwelveVertices(false));
    }

    private static List<List<Object>> flatten(Set<Set<List<Object>>> sets) {
        List<List<Object>> flat = new ArrayList<>();
        sets.forEach(flat::addAll);
        return flat;
    }

    private static Set<List<Object>> edges(LabelledGraph graph, Pattern pattern, Occurrence occurrence) {
        Set<List<Object>> edges = new HashSet<>();
        for (Pattern.Edge edge : pattern.edges()) {
            int from = occurrence.vertices().get(edge.from());
            int to = occurrence.vertices().get(edge.to());
            boolean swap = !graph.isDirected() && from > to;
            edges.add(List.of(swap ? to : from, swap ? from : to, edge.label()));
        }
        return edges;
    }

    private static Set<List<Object>> graphEdges(LabelledGraph graph) {
        Set<List<Object>> edges = new HashSet<>();
        for (int e = 0; e < graph.edgeCount(); e++) {
            edges.add(List.of(graph.edgeSource(e), graph.edgeTarget(e), graph.edgeLabel(e)));
        }
        return edges;
    }
}
