package io.github.codnn.bench;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.testproblems.HardChains;
import io.github.codnn.zoo.ModelZoo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much faster is a swarm of four islands on two threads than on one? Twenty iterations of the default swarm, whose
 * plan does not depend on the number of threads; on one chain, where the time of local search is proportional to the
 * number of stages, and on eight tasks, where it is proportional to the number of layers. On a machine with other load,
 * use {@link Path#criticalMillis} instead of the score.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 9)
@Fork(1)
public class IslandBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The number of threads of the executor. */
    @Param({"1", "2"})
    public int threads;

    /** The problem: a chain of 100 layers on 8 devices, or 8 DarkNet-53 on 10 devices. */
    @Param({"chain", "tasks"})
    public String problem = "chain";

    private final List<Thread> workers = new CopyOnWriteArrayList<>();
    private OffloadingProblem chosen = OffloadingProblem.of(HardChains.of(100, 8, 1), Objective.PERIOD);
    private ExecutorService executor = Executors.newSingleThreadExecutor();

    /** The critical path. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Path {

        /**
         * CPU time of the searching thread plus, in each iteration, that of the slowest thread of the executor: the
         * time of the search if every thread had its own core.
         */
        public long criticalMillis;
    }

    /** Makes the problem and the threads. */
    @Setup(Level.Trial)
    public void setUp() {
        executor.shutdown();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), job -> {
                    Thread worker = new Thread(job);
                    workers.add(worker);
                    return worker;
                });
        pool.prestartAllCoreThreads();
        executor = pool;
        if (problem.equals("tasks")) {
            chosen = OffloadingProblem.of(SharedDevices.scenario(ModelZoo.DARKNET53, 8, 10, 0.16), Objective.MEAN);
        }
    }

    /** Shuts down the threads. */
    @TearDown(Level.Trial)
    public void tearDown() {
        executor.shutdown();
    }

    /**
     * Searches.
     *
     * @param path counts the time on the critical path
     * @return the result
     */
    @Benchmark
    public SearchResult search(Path path) {
        long start = THREADS.getCurrentThreadCpuTime();
        long[] before = workerNanos();
        AtomicLong longest = new AtomicLong();
        SearchOptions options = SearchOptions.withDefaults()
                .withStopRule(StopRule.iterations(20))
                .withExecutor(executor)
                .withListener(progress -> {
                    long[] now = workerNanos();
                    long most = 0;
                    for (int worker = 0; worker < now.length; worker++) {
                        most = Math.max(most, now[worker] - before[worker]);
                    }
                    longest.addAndGet(most);
                    System.arraycopy(now, 0, before, 0, before.length);
                });
        SearchResult result = Dbpso.withDefaults().search(chosen, options);
        long own = THREADS.getCurrentThreadCpuTime() - start;
        path.criticalMillis += TimeUnit.NANOSECONDS.toMillis(own + longest.get());
        return result;
    }

    private long[] workerNanos() {
        return workers.stream()
                .mapToLong(worker -> THREADS.getThreadCpuTime(worker.getId()))
                .toArray();
    }
}
