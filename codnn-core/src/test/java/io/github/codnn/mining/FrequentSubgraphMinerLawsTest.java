package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The miner against minimum-image support by definition. */
final class FrequentSubgraphMinerLawsTest {

    private static final int MAX_EDGES = 5;

    @Tag("slow")
    @Property(tries = 300)
    void mine_directedGraph_equalsBruteForce(
            @ForAll("directed") LabelledGraph graph, @ForAll @IntRange(min = 1, max = 4) int minSupport) {
        assertThat(mined(graph, minSupport)).isEqualTo(new BruteForceMiner(graph, MAX_EDGES).mine(minSupport));
    }

    @Property(tries = 300)
    void mine_undirectedGraph_equalsBruteForce(
            @ForAll("undirected") LabelledGraph graph, @ForAll @IntRange(min = 1, max = 4) int minSupport) {
        assertThat(mined(graph, minSupport)).isEqualTo(new BruteForceMiner(graph, MAX_EDGES).mine(minSupport));
    }

    /** The constraint is anti-monotone: a larger pattern has no fewer nodes of a label. */
    @Property(tries = 150)
    void mine_constraint_leavesExactlyThePatternsThatMeetIt(
            @ForAll("directed") LabelledGraph graph, @ForAll @IntRange(min = 1, max = 3) int minSupport) {
        String label = graph.vertexLabel(0);
        Predicate<Pattern> constraint =
                pattern -> pattern.nodeLabels().stream().filter(label::equals).count() <= 1;
        FrequentSubgraphMiner miner =
                FrequentSubgraphMiner.withDefaults().withMinSupport(minSupport).withMaxEdges(MAX_EDGES);

        assertThat(miner.withConstraint(constraint).mine(graph).patterns())
                .isEqualTo(miner.mine(graph).patterns().stream()
                        .filter(found -> constraint.test(found.pattern()))
                        .toList());
    }

    @Provide
    Arbitrary<LabelledGraph> directed() {
        return RandomGraphs.upToTwelveVertices(true);
    }

    @Provide
    Arbitrary<LabelledGraph> undirected() {
        return RandomGraphs.upToTwelveVertices(false);
    }

    private static Map<String, Integer> mined(LabelledGraph graph, int minSupport) {
        return FrequentSubgraphMiner.withDefaults()
                .withMinSupport(minSupport)
                .withMaxEdges(MAX_EDGES)
                .mine(graph)
                .patterns()
                .stream()
                .collect(Collectors.toMap(found -> found.pattern().code(), FrequentPattern::support));
    }
}
