package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.testing.TestData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrequentSubgraphMinerTest {

    /** With the threshold below 246 patterns in 5,821 steps: enough for many rounds. */
    private static final LabelledGraph GRAPH =
            RandomGraphs.random(true, new RandomGraphs.Size(60, 150, 2, 1), 20_140_703);

    private static final FrequentSubgraphMiner MINER =
            FrequentSubgraphMiner.withDefaults().withMinSupport(10);

    /** Counts of the original GraMi in exact mode, those at 95 and 255 of another exact miner. */
    @ParameterizedTest
    @CsvSource({
        "300, 2", "200, 6", "160, 7", "120, 22", "110, 28", "105, 37", "100, 51", "95, 105",
    })
    void mine_directedCitationGraph_asManyPatternsAsGrami(int minSupport, int patterns) {
        LabelledGraph graph = LabelledGraph.readDirected(TestData.path("data/graphs/citeseer.lg"));
        MiningResult result =
                FrequentSubgraphMiner.withDefaults().withMinSupport(minSupport).mine(graph);
        assertThat(result.patterns()).hasSize(patterns);
        assertThat(result.stopReason()).isEqualTo(MiningEnd.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource({
        "300, 9", "290, 10", "280, 12", "270, 13", "268, 13", "265, 15", "262, 15", "260, 17", "255, 21",
    })
    void mine_undirectedCitationGraph_asManyPatternsAsGrami(int minSupport, int patterns) {
        LabelledGraph graph = LabelledGraph.readUndirected(TestData.path("data/graphs/citeseer.lg"));
        MiningResult result =
                FrequentSubgraphMiner.withDefaults().withMinSupport(minSupport).mine(graph);
        assertThat(result.patterns()).hasSize(patterns);
        assertThat(result.stopReason()).isEqualTo(MiningEnd.COMPLETE);
    }

    /** Two triangles that share a corner: every pattern and support can be checked by hand. */
    @Test
    void mine_twoTrianglesWithCommonCorner_knownPatterns() {
        LabelledGraph.Builder graph = LabelledGraph.undirected();
        for (int v = 0; v < 5; v++) {
            graph.vertex("a");
        }
        graph.edge(0, 1, "x").edge(1, 2, "x").edge(2, 0, "x");
        graph.edge(2, 3, "x").edge(3, 4, "x").edge(4, 2, "x");
        assertThat(FrequentSubgraphMiner.withDefaults()
                        .withMinSupport(5)
                        .mine(graph.build())
                        .patterns())
                .extracting(found -> found.support() + " " + found.pattern().code())
                .containsExactly(
                        "5 0:a -[x]- 1:a", "5 0:a -[x]- 1:a; 1 -[x]- 2:a", "5 0:a -[x]- 1:a; 1 -[x]- 2:a; 2 -[x]- 0");
    }

    @Test
    void mine_graphWithoutEdges_nothing() {
        MiningResult result = FrequentSubgraphMiner.withDefaults()
                .mine(LabelledGraph.directed().vertex("a").build());
        assertThat(result.patterns()).isEmpty();
        assertThat(result.stopReason()).isEqualTo(MiningEnd.COMPLETE);
    }

    @Test
    void mine_lowerThreshold_keepsPatternsAndSupports() {
        List<FrequentPattern> few = MINER.withMinSupport(12).mine(GRAPH).patterns();
        List<FrequentPattern> many = MINER.mine(GRAPH).patterns();
        assertThat(few).isNotEmpty();
        assertThat(many).containsAll(few).hasSizeGreaterThan(few.size());
        assertThat(many).filteredOn(found -> found.support() >= 12).hasSameSizeAs(few);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void mine_anyNumberOfThreads_sameResult(int threads) {
        inThreads(threads, options -> assertThat(MINER.mine(GRAPH, options)).isEqualTo(MINER.mine(GRAPH)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 1_000, 5_000})
    void mine_budget_sameResultOnAnyNumberOfThreads(long maxSteps) {
        MiningResult alone = MINER.mine(GRAPH, MiningOptions.withDefaults().withMaxSteps(maxSteps));
        assertThat(alone.stopReason()).isEqualTo(MiningEnd.STEPS);
        assertThat(alone.statistics().steps()).isEqualTo(maxSteps);
        assertThat(MINER.mine(GRAPH).patterns()).containsAll(alone.patterns());
        inThreads(4, options -> {
            MiningResult together = MINER.mine(GRAPH, options.withMaxSteps(maxSteps));
            assertThat(together.patterns()).isEqualTo(alone.patterns());
            assertThat(together.stopReason()).isEqualTo(alone.stopReason());
        });
    }

    @Test
    void mine_maxEdges_saysSo() {
        MiningResult result = MINER.withMaxEdges(2).mine(GRAPH);
        assertThat(result.stopReason()).isEqualTo(MiningEnd.EDGE_LIMIT);
        assertThat(result.patterns())
                .isEqualTo(MINER.mine(GRAPH).patterns().stream()
                        .filter(found -> found.pattern().edges().size() <= 2)
                        .toList());
    }

    @Test
    void mine_timeOver_saysSoAndKeepsWhatIsProven() {
        AtomicLong nanos = new AtomicLong();
        MiningOptions options = MiningOptions.withDefaults()
                .withNanoClock(() -> nanos.getAndAdd(1_000))
                .withTimeLimit(Duration.ofNanos(40_000));
        MiningResult result = MINER.mine(GRAPH, options);
        assertThat(result.stopReason()).isEqualTo(MiningEnd.TIME);
        assertThat(MINER.mine(GRAPH).patterns()).containsAll(result.patterns());
        assertThat(result.patterns()).isNotEmpty();
    }

    @Test
    void mine_cancelled_endsAtOnce() {
        AtomicInteger questions = new AtomicInteger();
        MiningOptions options = MiningOptions.withDefaults().withCancellation(() -> questions.incrementAndGet() > 3);
        MiningResult result = MINER.mine(GRAPH, options);
        assertThat(result.stopReason()).isEqualTo(MiningEnd.CANCELLED);
        assertThat(questions).hasValue(4);
    }

    @Test
    void mine_listener_hearsEachPatternOnceInTheSameOrder() {
        List<FrequentPattern> alone = new ArrayList<>();
        MiningResult result = MINER.mine(GRAPH, MiningOptions.withDefaults().withListener(alone::add));
        assertThat(alone).containsExactlyInAnyOrderElementsOf(result.patterns());
        List<FrequentPattern> together = new ArrayList<>();
        inThreads(4, options -> MINER.mine(GRAPH, options.withListener(together::add)));
        assertThat(together).isEqualTo(alone);
    }

    @Test
    void mine_listenerThrows_callerSeesIt() {
        MiningOptions options = MiningOptions.withDefaults().withListener(found -> {
            throw new UnsupportedOperationException("enough");
        });
        assertThatThrownBy(() -> MINER.mine(GRAPH, options))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("enough");
    }

    @Test
    void with_valuesOutOfRange_named() {
        assertThatThrownBy(() -> MINER.withMinSupport(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("minSupport")
                .hasMessageContaining("0");
        assertThatThrownBy(() -> MINER.withMaxEdges(Pattern.MAX_EDGES + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxEdges");
        assertThatThrownBy(() -> MiningOptions.withDefaults().withMaxSteps(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxSteps");
        assertThatThrownBy(() -> MiningOptions.withDefaults().withTimeLimit(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeLimit");
    }

    private static void inThreads(int threads, Consumer<MiningOptions> run) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            run.accept(MiningOptions.withDefaults().withExecutor(executor));
        } finally {
            executor.shutdownNow();
        }
    }
}
