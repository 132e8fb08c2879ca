package io.github.codnn.bench;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.Decoders;
import io.github.codnn.testproblems.HardChains;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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
 * How many placements does one thread of a swarm, or of another library's optimiser, evaluate each second? On eight
 * devices; the same problem, decoder and evaluation for all. The number of layers is that of VGG-16 (21), DarkNet-53
 * (77), and longer chains.
 *
 * <p>{@link #bareLoop} is the upper limit for the encoding per layer, for any parameter: a loop that only decodes and
 * evaluates random keys.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PeerBenchmark {

    static final int EVALUATIONS = 20_000;
    private static final int DEVICES = 8;

    /** Too many for branch prediction to learn where devices change, as in a swarm. */
    private static final int KEYS = 1 << 17;

    /** The number of layers. */
    @Param({"21", "77", "100", "500"})
    public int layers;

    /** The meaning of keys: a device for each layer as in the paper, or the order of the devices and cuts. */
    @Param({"PER_LAYER", "ORDER_AND_CUTS"})
    public Decoders encoding = Decoders.PER_LAYER;

    private OffloadingProblem problem = OffloadingProblem.of(HardChains.of(1, 1, 1), Objective.PERIOD);
    private double[][] keys = new double[0][];
    private double[] seconds = new double[0];
    private double[] transferSeconds = new double[0];
    private final double[] load = new double[DEVICES];
    private long seed; // different for each search, because branch prediction is better for some seeds

    /** Makes the network. */
    @Setup(Level.Trial)
    public void setUp() {
        problem = OffloadingProblem.of(HardChains.of(layers, DEVICES, 1), Objective.PERIOD);
        SplittableRandom random = new SplittableRandom(2);
        keys = new double[1 + KEYS / layers][layers];
        for (double[] row : keys) {
            for (int layer = 0; layer < layers; layer++) {
                row[layer] = random.nextDouble();
            }
        }
        seconds = new double[layers * DEVICES];
        transferSeconds = new double[layers];
        for (int layer = 0; layer < layers; layer++) {
            for (int device = 0; device < DEVICES; device++) {
                seconds[layer * DEVICES + device] = problem.compiled().seconds(layer, device);
            }
            transferSeconds[layer] = problem.compiled().transferSeconds(layer, 0, 1);
        }
    }

    /**
     * Searches with the swarm of the paper.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public SearchResult published() {
        return Dbpso.asPublished()
                .withDecoder(encoding)
                .search(
                        problem,
                        SearchOptions.withDefaults().withSeed(seed++).withStopRule(StopRule.evaluations(EVALUATIONS)));
    }

    /**
     * Searches with jMetal's Standard PSO 2011.
     *
     * @return the best value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double jmetalPso() {
        return search(Peer.JMETAL_PSO);
    }

    /**
     * Searches with jMetal's differential evolution.
     *
     * @return the best value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double jmetalDe() {
        return search(Peer.JMETAL_DE);
    }

    /**
     * Searches with the MOEA Framework's SMPSO.
     *
     * @return the best value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double moeaSmpso() {
        return search(Peer.MOEA_SMPSO);
    }

    /**
     * Searches with the MOEA Framework's differential evolution.
     *
     * @return the best value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double moeaDe() {
        return search(Peer.MOEA_DE);
    }

    /**
     * Searches with the MOEA Framework's genetic algorithm.
     *
     * @return the best value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double moeaGa() {
        return search(Peer.MOEA_GA);
    }

    /**
     * Searches with Jenetics.
     *
     * @return the best value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double jenetics() {
        return search(Peer.JENETICS);
    }

    /**
     * Searches with CMA-ES of Commons Math.
     *
     * @return the best value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double cmaEs() {
        return search(Peer.CMA_ES);
    }

    /**
     * Searches with Timefold.
     *
     * @return the best value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double timefold() {
        return search(Peer.TIMEFOLD);
    }

    private double search(Peer peer) {
        KeyObjective objective = objective();
        peer.search(objective, EVALUATIONS, seed++);
        return objective.best();
    }

    KeyObjective objective() {
        return new PeriodRating(problem).of(encoding);
    }

    KeyObjective objective(long maxNanos, LongSupplier clock) {
        return new PeriodRating(problem, Double.NEGATIVE_INFINITY, maxNanos, clock).of(encoding);
    }

    /**
     * Decodes and evaluates previously drawn keys: the period, with a penalty for each excess stage.
     *
     * @return the least value
     */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double bareLoop() {
        double least = Double.POSITIVE_INFINITY;
        for (int each = 0; each < EVALUATIONS; each++) {
            double value = rate(keys[each % keys.length]);
            least = value < least ? value : least;
        }
        return least;
    }

    private double rate(double[] row) {
        for (int device = 0; device < DEVICES; device++) {
            load[device] = 0;
        }
        double period = 0;
        int before = -1;
        int used = 0;
        int comebacks = 0;
        for (int layer = 0; layer < row.length; layer++) {
            int device = (int) (row[layer] * DEVICES);
            if (device != before) {
                period = transferSeconds[layer] > period ? transferSeconds[layer] : period;
                comebacks += (used >>> device) & 1;
                used |= 1 << device;
                before = device;
            }
            load[device] += seconds[layer * DEVICES + device];
        }
        for (int device = 0; device < DEVICES; device++) {
            period = load[device] > period ? load[device] : period;
        }
        return period * (1 + 10 * comebacks);
    }
}
