package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.cost.CostModel;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.problem.WeightedSum;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testing.Streams;
import io.github.codnn.testproblems.RandomScenarios;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Islands and all that they need can be sent elsewhere at any time, and do there what they would have done here. */
class TravellingIslandsTest {

    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.iterations(4));
    private static final OffloadingProblem CHAIN =
            OffloadingProblem.of(RandomScenarios.chain(5, 20, 5), Objective.PERIOD);

    private static final long[] SEEDS = {1, 2, 3, 4};
    private static final Dbpso FEW = Dbpso.withDefaults().withSwarmSize(8).withLocalSearch(50, 0.01);
    private static final Dbpso PUBLISHED = Dbpso.asPublished().withSwarmSize(8).withIslands(2, 2);
    private static final DblpsoMd FLIGHTS = DblpsoMd.withDefaults()
            .withSwarmSize(8)
            .withLocalSearch(50, 0.01)
            .withFlight(LevyFlight.withDefaults().withPatience(1));

    private static final DblpsoMd FLYING = DblpsoMd.asPublished()
            .withSwarmSize(8)
            .withIslands(2, 2)
            .withVelocity(Velocity.linear(1000).fittedToBudget());

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
    }

    static List<OffloadingProblem> problems() {
        List<OffloadingProblem> problems = new ArrayList<>();
        problems.add(CHAIN);
        problems.add(OffloadingProblem.of(RandomScenarios.dag(2, 15, 4), Objective.RESPONSE));
        problems.add(OffloadingProblem.of(RandomScenarios.several(3, 8, 4), Objective.ENERGY));
        Fitness fitness = WeightedSum.of(Objective.ENERGY, 1).plus(Objective.PRICE, 2);
        problems.add(OffloadingProblem.of(RandomScenarios.severalChains(4, 10, 4), fitness));
        return problems;
    }

    static Stream<Dbpso> dbpsos() {
        return Stream.concat(
                Arrays.stream(Decoders.values()).map(FEW::withDecoder),
                Stream.of(FEW.withTopology(Topology.RING).withIslands(2, 3), PUBLISHED));
    }

    static Stream<DblpsoMd> dblpsoMds() {
        return Stream.of(
                FLIGHTS,
                FLIGHTS.withoutFlights(),
                FLIGHTS.withFlight(LevyFlight.withDefaults().withLightTail()),
                DblpsoMd.withGenes().withSwarmSize(8).withIslands(2, 2));
    }

    private static boolean takes(Strategy strategy, OffloadingProblem problem) {
        boolean chain =
                problem.compiled().taskCount() == 1 && problem.compiled().isChain(0);
        return chain || !(strategy instanceof Dbpso dbpso) || dbpso.decoder() != Decoders.OPTIMAL_CUTS;
    }

    @ParameterizedTest
    @MethodSource("dbpsos")
    void island_sentInMidSearch_goesOnAsIfItHadStayed(Dbpso settings) throws Exception {
        for (OffloadingProblem problem : problems()) {
            if (takes(settings, problem)) {
                Arrangement arrangement = Arrangement.of(problem);
                KeyParticles model = new KeyParticles(settings, Optional.empty(), problem, arrangement);
                assertGoesOn(new Island<>(problem, model, SEEDS), arrangement);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dblpsoMds")
    void multiTaskIsland_sentInMidSearch_goesOnAsIfItHadStayed(DblpsoMd settings) throws Exception {
        for (OffloadingProblem problem : problems()) {
            Arrangement arrangement = Arrangement.of(problem);
            GeneParticles model = new GeneParticles(settings, problem, arrangement, settings.pipelines(problem));
            assertGoesOn(new Island<>(problem, model, SEEDS), arrangement);
        }
    }

    @Test
    void flyingIsland_sentInMidSearch_goesOnAsIfItHadStayed() throws Exception {
        Optional<LevyFlight> flight = Optional.of(LevyFlight.withDefaults().withPatience(1));
        for (OffloadingProblem problem : problems()) {
            Arrangement arrangement = Arrangement.of(problem);
            KeyParticles model = new KeyParticles(PUBLISHED, flight, problem, arrangement);
            assertGoesOn(new Island<>(problem, model, SEEDS), arrangement);
        }
    }

    private static <V extends Serializable> void assertGoesOn(Island<V> island, Arrangement arrangement)
            throws Exception {
        island.populate(List.of(new int[arrangement.layers]));
        for (int step = 0; step < 3; step++) {
            island.run();
        }
        Archipelago.Job<V> elsewhere = Streams.copy(new Archipelago.Job<>(island));
        for (int step = 0; step < 3; step++) {
            byte[] here = Streams.write(island.run());
            IslandState<V> there = elsewhere.call();

            assertThat(Streams.write(there)).isEqualTo(here);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void search_whereEverythingIsSent_givesTheSamePlan(long seed) {
        List<Strategy> strategies = Stream.of(dbpsos(), dblpsoMds(), Stream.of(FLYING))
                .<Strategy>flatMap(each -> each)
                .toList();
        OffloadingProblem problem = problems().get((int) seed);
        for (Strategy strategy : strategies) {
            if (!takes(strategy, problem)) {
                continue;
            }
            SearchResult expected = strategy.search(problem, SHORT.withSeed(seed));
            for (int count : new int[] {1, 2, 8}) {
                SerializingExecutor executor = new SerializingExecutor(Executors.newFixedThreadPool(count));
                SearchOptions options = SHORT.withSeed(seed).withExecutor(executor);

                assertThat(strategy.search(problem, options))
                        .as("%s on %d threads", strategy, count)
                        .isEqualTo(expected);
                executor.shutdown();
            }
        }
    }

    @Test
    void search_costModelThatIsALambda_travelsAsATable() {
        Scenario given = RandomScenarios.chain(5, 20, 4);
        CostModel costs = (layer, device) -> given.costModel().compute(layer, device);
        Scenario scenario = new Scenario(given.name(), given.workload(), given.platform(), costs, given.rules());
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);

        assertThat(FEW.search(problem, SHORT.withExecutor(new SerializingExecutor(threads))))
                .isEqualTo(FEW.search(problem, SHORT));
    }

    @Test
    void search_fitnessAsSerializableLambda_travels() {
        OffloadingProblem problem = CHAIN.withFitness(
                (Fitness & Serializable) metrics -> metrics.devicesUsed() + metrics.responseSeconds());

        assertThat(FEW.search(problem, SHORT.withExecutor(new SerializingExecutor(threads))))
                .isEqualTo(FEW.search(problem, SHORT));
    }

    @Test
    void search_fitnessThatCannotTravel_isNamedWithTheWayOut() {
        OffloadingProblem problem = CHAIN.withFitness(metrics -> metrics.devicesUsed());
        SearchOptions options = SHORT.withExecutor(new SerializingExecutor(threads));

        assertThat(Dbpso.withDefaults()
                        .search(problem, SHORT.withExecutor(threads))
                        .best())
                .isPresent(); // within one machine nothing is sent
        for (Strategy strategy : List.of(Dbpso.withDefaults(), DblpsoMd.withDefaults())) {
            assertThatThrownBy(() -> strategy.search(problem, options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Fitness " + getClass().getName())
                    .hasMessageContaining("cannot travel to another machine")
                    .hasMessageContaining("(Fitness & Serializable)");
        }
    }

    /** It is the field that cannot be written. */
    private record Limited(Optional<Double> limit) implements Fitness, Serializable {
        @Override
        public double of(PlanMetrics metrics) {
            return Math.min(metrics.price(), limit.orElse(Double.POSITIVE_INFINITY));
        }
    }

    @Test
    void search_fitnessWithAFieldThatCannotTravel_namesBoth() {
        OffloadingProblem problem = CHAIN.withFitness(new Limited(Optional.of(1.0)));

        assertThatThrownBy(() ->
                        Dbpso.withDefaults().search(problem, SHORT.withExecutor(new SerializingExecutor(threads))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Limited")
                .hasMessageContaining("java.util.Optional is not Serializable");
    }

    @Test
    void search_decoderThatCannotTravel_isNamedWithTheWayOut() {
        Dbpso strategy = Dbpso.withDefaults().withDecoder(problem -> Decoders.ORDER_AND_CUTS.prepare(problem));

        assertThatThrownBy(() -> strategy.search(CHAIN, SHORT.withExecutor(new SerializingExecutor(threads))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Decoder ")
                .hasMessageContaining("(Decoder & Serializable)");
    }

    @Test
    void search_executorThatIsShutDown_saysSo() {
        threads.shutdown();

        assertThatThrownBy(() -> Dbpso.withDefaults().search(CHAIN, SHORT.withExecutor(threads)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shut down");
    }

    /** Takes all and does nothing, as a pool whose threads hang or a cluster that lost a member. */
    private static final class Idle extends AbstractExecutorService {
        private final List<Runnable> jobs = new CopyOnWriteArrayList<>();
        private volatile boolean ended;

        @Override
        public void execute(Runnable job) {
            jobs.add(job);
        }

        @Override
        public void shutdown() {
            ended = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            ended = true;
            return jobs;
        }

        @Override
        public boolean isShutdown() {
            return ended;
        }

        @Override
        public boolean isTerminated() {
            return ended;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return ended;
        }
    }

    /** Pools drop what waits in their queues and leave its futures open for ever. */
    @Test
    void search_executorShutDownMeanwhile_saysSo() {
        Idle idle = new Idle();
        idle.shutdown();

        assertThatThrownBy(() -> Dbpso.withDefaults().search(CHAIN, SHORT.withExecutor(idle)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shut down");
    }

    @Test
    void search_timeIsUpWhileIslandsHang_endsWithTheBestSoFarAndCancelsThem() {
        Idle idle = new Idle();
        StopRule rule = StopRule.elapsed(Duration.ofMillis(100)).or(StopRule.iterations(4));

        SearchResult result =
                Dbpso.withDefaults().search(CHAIN, SHORT.withStopRule(rule).withExecutor(idle));

        assertThat(result.stopReason()).isEqualTo(StopReason.TIME);
        assertThat(result.best()).isPresent();
        assertThat(idle.jobs).hasSize(4).allMatch(job -> ((Future<?>) job).isCancelled());
    }

    @Test
    void search_interruptedWhileIslandsHang_endsWithTheBestSoFar() throws Exception {
        Idle idle = new Idle();
        AtomicReference<Thread> searcher = new AtomicReference<>();
        Future<SearchResult> search = threads.submit(() -> {
            searcher.set(Thread.currentThread());
            return Dbpso.withDefaults().search(CHAIN, SHORT.withExecutor(idle));
        });
        while (idle.jobs.size() < 4) {
            Thread.onSpinWait();
        }
        searcher.get().interrupt();

        SearchResult result = search.get(5, TimeUnit.SECONDS);
        assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(result.best()).isPresent();
    }

    @Test
    void search_interruptedWithoutAnExecutor_endsWithTheBestSoFarAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        SearchResult result = Dbpso.withDefaults().search(CHAIN, SHORT);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(result.best()).isPresent();
    }

    @Test
    void search_machineLost_saysSoWithTheCause() {
        ExecutorService lost = new SerializingExecutor(threads) {
            @Override
            public <T> Future<T> submit(Callable<T> job) {
                return threads.submit(() -> {
                    throw new TimeoutException("member left");
                });
            }
        };

        assertThatThrownBy(() -> Dbpso.withDefaults().search(CHAIN, SHORT.withExecutor(lost)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("member left")
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void job_withAParticleTooShortInTheStream_isRefused() {
        Arrangement arrangement = Arrangement.of(CHAIN);
        KeyParticles model = new KeyParticles(Dbpso.withDefaults(), Optional.empty(), CHAIN, arrangement);
        Island<KeyVelocity> island = new Island<>(CHAIN, model, new long[] {1});
        SplitMix random = new SplitMix(1);
        Particle<KeyVelocity> small = new Particle<>(random, 2, new KeyVelocity(random, 2));
        Scorer.Findings findings = new Scorer(CHAIN).findings();

        assertThatThrownBy(() -> island.resume(new IslandState<>(List.of(small), 0, 0, findings, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> island.resume(new IslandState<>(List.of(small, small), 0, 0, findings, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IslandState<>(List.of(small), 1, 0, findings, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void problem_withBytesChanged_isRefusedOrEqual() throws Exception {
        byte[] bytes = Streams.write(CHAIN);
        SplittableRandom random = new SplittableRandom(1);
        int start = bytes.length / 2; // within the packed scenario
        for (int each = 0; each < 100; each++) {
            byte[] changed = bytes.clone();
            changed[start + random.nextInt(bytes.length / 4)] ^= (byte) (1 << random.nextInt(8));

            assertThatThrownBy(() -> Streams.read(changed)).isInstanceOf(InvalidObjectException.class);
        }
    }
}
