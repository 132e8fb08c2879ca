package io.github.codnn.bench;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Dbpso;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many placements does a swarm evaluate per second in one thread, and what is the upper limit? The number of layers
 * is that of VGG-16 (21), DarkNet-53 (77), and longer chains; eight devices.
 *
 * <p>{@link #published} is the swarm with a real position per layer; {@link #bareLoop} is the upper limit for such a
 * swarm: it only evaluates random placements. {@link #stages} is the default swarm, whose local search evaluates stages
 * instead of layers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SwarmBenchmark {

    private static final int EVALUATIONS = 40_000;
    private static final int DEVICES = 8;

    /** The number of layers. */
    @Param({"21", "77", "100", "500"})
    public int layers;

    private OffloadingProblem problem = OffloadingProblem.of(EvaluateBenchmark.scenario(1, 1), Objective.PERIOD);
    private final SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(EVALUATIONS));

    /** Makes the network. */
    @Setup(Level.Trial)
    public void setUp() {
        problem = OffloadingProblem.of(EvaluateBenchmark.scenario(layers, 1), Objective.PERIOD);
    }

    /**
     * Searches with the swarm of the paper.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public SearchResult published() {
        return Dbpso.asPublished().search(problem, options);
    }

    /**
     * Searches with the default swarm.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public SearchResult stages() {
        return Dbpso.withDefaults().search(problem, options);
    }

    /**
     * Evaluates previously drawn placements.
     *
     * @return the least period
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double bareLoop() {
        int[][] placements = new int[64][layers];
        SplittableRandom random = new SplittableRandom(1);
        for (int[] placement : placements) {
            for (int layer = 0; layer < layers; layer++) {
                placement[layer] = random.nextInt(DEVICES);
            }
        }
        Evaluation evaluation = problem.evaluator().newEvaluation();
        double least = Double.POSITIVE_INFINITY;
        for (int each = 0; each < EVALUATIONS; each++) {
            evaluation.evaluate(placements[each & 63]);
            least = Math.min(least, evaluation.periodSeconds() * (1 + evaluation.violation()));
        }
        return least;
    }
}
