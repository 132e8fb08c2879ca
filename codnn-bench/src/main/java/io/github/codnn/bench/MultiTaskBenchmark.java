package io.github.codnn.bench;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.LevySteps;
import io.github.codnn.zoo.ModelZoo;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to plan eight DarkNet-53 on ten devices? {@link #evaluate} is one evaluation of a placement of all
 * layers, {@link #search} one evaluation within a search, which evaluates only stages. {@link #generationWithFlights}
 * and {@link #generationWithoutFlights} are generations of 40 particles with genes: their ratio is the cost of Levy
 * flights. Compare {@link #levyStep} with {@link #gaussian} for the cost of a single draw.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MultiTaskBenchmark {

    private static final int EVALUATIONS = 40_000;
    private static final int GENERATIONS = 200;

    private final OffloadingProblem problem =
            OffloadingProblem.of(SharedDevices.scenario(ModelZoo.DARKNET53, 8, 10, 0.16), Objective.ENERGY);
    private final Evaluation evaluation = problem.evaluator().newEvaluation();
    private final int[][] placements = new int[64][problem.compiled().layerCount()];
    private final SplittableRandom random = new SplittableRandom(1);
    private final LevySteps steps = LevySteps.of(LevySteps.DEFAULT_BETA);
    private int next;

    /** Draws the placements. */
    @Setup(Level.Trial)
    public void setUp() {
        for (int[] placement : placements) {
            int device = 0;
            for (int layer = 0; layer < placement.length; layer++) {
                device = layer % 15 == 0 ? random.nextInt(problem.compiled().deviceCount()) : device;
                placement[layer] = device;
            }
        }
    }

    /**
     * Evaluates one placement of all layers.
     *
     * @return its energy
     */
    @Benchmark
    public double evaluate() {
        evaluation.evaluate(placements[next++ & 63]);
        return evaluation.energyJoules();
    }

    /**
     * Searches with the default swarm.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public SearchResult search() {
        return DblpsoMd.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.evaluations(EVALUATIONS)));
    }

    /**
     * Runs generations of the swarm with genes.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(GENERATIONS)
    public SearchResult generationWithFlights() {
        return DblpsoMd.withGenes().search(problem, generations());
    }

    /**
     * Runs generations of the swarm with genes with plain inertia.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(GENERATIONS)
    public SearchResult generationWithoutFlights() {
        return DblpsoMd.withGenes().withoutFlights().search(problem, generations());
    }

    private static SearchOptions generations() {
        return SearchOptions.withDefaults().withStopRule(StopRule.iterations(GENERATIONS));
    }

    /**
     * Draws a step from the table.
     *
     * @return the step
     */
    @Benchmark
    public double levyStep() {
        return steps.next(random);
    }

    /**
     * Draws a normal deviate, of which Mantegna's formula takes two, and a power.
     *
     * @return the deviate
     */
    @Benchmark
    public double gaussian() {
        return random.nextGaussian();
    }
}
