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
import java.util.function.BooleanSupplier;
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
        assertThat(alone.patterns()).isNotEmpty();
        assertThat(MINER.mine(GRAPH).patterns()).containsAll(alone.patterns());
        inThreads(4, options -> {
            MiningResult together = MINER.mine(GRAPH, options.withMaxSteps(maxSteps));
            assertThat(together.patterns()).isEqualTo(alone.patterns());
            assertThat(together.stopReason()).isEqualTo(alone.stopReason());
        });
    }

    @Test
    void mine_exactlyTheStepsThatItTakes_complete() {
        MiningResult free = MINER.mine(GRAPH);
        long steps = free.statistics().steps();
        assertThat(MINER.mine(GRAPH, MiningOptions.withDefaults().withMaxSteps(steps)))
                .isEqualTo(free);
        inThreads(
                2,
                options -> assertThat(MINER.mine(GRAPH, options.withMaxSteps(steps)))
                        .isEqualTo(free));
        assertThat(free.statistics().checkedPatterns())
                .isBetween((long) free.patterns().size(), steps);
    }

    /** No vertex has a second edge, so that there is nothing to extend. */
    @Test
    void mine_edgesApart_checksOnePattern() {
        LabelledGraph.Builder graph = LabelledGraph.undirected();
        for (int v = 0; v < 4; v++) {
            graph.vertex(v % 2 == 0 ? "a" : "b");
        }
        MiningResult result = MINER.withMinSupport(2)
                .mine(graph.edge(0, 1, "x").edge(2, 3, "x").build());
        assertThat(result.statistics()).isEqualTo(new MiningResult.Statistics(1, 1));
    }

    @Test
    void mine_patterns_smallOnesFirstThenByFallingSupport() {
        List<FrequentPattern> patterns = MINER.mine(GRAPH).patterns();
        for (int i = 1; i < patterns.size(); i++) {
            FrequentPattern before = patterns.get(i - 1);
            FrequentPattern found = patterns.get(i);
            int more = found.pattern().edges().size() - before.pattern().edges().size();
            assertThat(more).isNotNegative();
            assertThat(more > 0 || before.support() >= found.support()).isTrue();
        }
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
        AtomicLong nanos = new AtomicLong(1_000_000_000);
        MiningOptions options = MiningOptions.withDefaults()
                .withNanoClock(() -> nanos.getAndAdd(1_000))
                .withTimeLimit(Duration.ofNanos(40_000));
        MiningResult result = MINER.mine(GRAPH, options);
        assertThat(result.stopReason()).isEqualTo(MiningEnd.TIME);
        assertThat(MINER.mine(GRAPH).patterns()).containsAll(result.patterns());
        assertThat(result.patterns()).isNotEmpty();
    }

    @Test
    void mine_noTime_endsAtOnce() {
        MiningOptions options =
                MiningOptions.withDefaults().withNanoClock(() -> 7).withTimeLimit(Duration.ZERO);
        assertThat(MINER.mine(GRAPH, options).stopReason()).isEqualTo(MiningEnd.TIME);
    }

    /** After 60 questions more than a round of units wait. */
    @ParameterizedTest
    @ValueSource(ints = {3, 60})
    void mine_cancelled_endsAtOnce(int granted) {
        AtomicInteger questions = new AtomicInteger();
        MiningOptions options =
                MiningOptions.withDefaults().withCancellation(() -> questions.incrementAndGet() > granted);
        MiningResult result = MINER.mine(GRAPH, options);
        assertThat(result.stopReason()).isEqualTo(MiningEnd.CANCELLED);
        assertThat(questions).hasValue(granted + 1);
    }

    @Test
    void mine_threadsCancelled_startNoOtherRound() {
        AtomicInteger questions = new AtomicInteger();
        inThreads(1, options -> {
            MiningOptions limited = options.withCancellation(() -> questions.incrementAndGet() > 60);
            assertThat(MINER.mine(GRAPH, limited).stopReason()).isEqualTo(MiningEnd.CANCELLED);
        });
        assertThat(questions.get()).isLessThanOrEqualTo(60 + 32);
    }

    @Test
    void mine_callerInterrupted_cancelsAndStaysInterrupted() {
        inThreads(1, options -> {
            Thread.currentThread().interrupt();
            MiningResult result = MINER.mine(GRAPH, options);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(result.stopReason()).isEqualTo(MiningEnd.CANCELLED);
            assertThat(result.patterns()).isEmpty();
        });
    }

    @Test
    void mine_cancellationThrowsInAThread_callerSeesIt() {
        BooleanSupplier broken = () -> {
            throw new UnsupportedOperationException("broken");
        };
        BooleanSupplier fatal = () -> {
            throw new AssertionError("fatal");
        };
        inThreads(1, options -> {
            assertThatThrownBy(() -> MINER.mine(GRAPH, options.withCancellation(broken)))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("broken");
            assertThatThrownBy(() -> MINER.mine(GRAPH, options.withCancellation(fatal)))
                    .hasRootCauseInstanceOf(AssertionError.class)
                    .hasRootCauseMessage("fatal");
        });
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
        assertThat(MINER.withMaxEdges(1).maxEdges()).isEqualTo(1);
        assertThat(MINER.withMaxEdges(Pattern.MAX_EDGES).maxEdges()).isEqualTo(Pattern.MAX_EDGES);
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
