package io.github.codnn.bench;

import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.HardChains;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** How long does it take to prove the least period of a chain on different devices? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExactBenchmark {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1)));

    /** The number of layers. */
    @Param({"100", "500"})
    public int layers;

    /** The number of devices. */
    @Param({"8", "14", "16"})
    public int devices;

    private OffloadingProblem problem = OffloadingProblem.of(HardChains.of(1, 1, 1), Objective.PERIOD);

    /** Makes the network. */
    @Setup(Level.Trial)
    public void setUp() {
        problem = OffloadingProblem.of(HardChains.of(layers, devices, 1), Objective.PERIOD);
    }

    /**
     * Proves the optimum, including the preparation of a new problem.
     *
     * @return the result
     */
    @Benchmark
    public SearchResult proof() {
        OffloadingProblem fresh = problem.withFitness(problem.fitness());
        return ExactPipeline.withDefaults().search(fresh, TO_THE_END);
    }
}
