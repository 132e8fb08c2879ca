package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The miner against minimum-image support by definition. */
final class FrequentSubgraphMinerLawsTest {

    private static final int MAX_EDGES = 5;

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
