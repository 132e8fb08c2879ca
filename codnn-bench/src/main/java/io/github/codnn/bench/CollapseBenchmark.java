package io.github.codnn.bench;

import io.github.codnn.collapse.CollapsedGraph;
import io.github.codnn.collapse.FrequentSubgraphCollapser;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.zoo.Filter;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.NetworkBuilder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to find the blocks of each network of the zoo, with candidates from the regions between cut
 * points and from the miner, and of random networks of increasing size? The
 * random networks have residual, inverted residual and Inception blocks of various lengths and widths, dense blocks,
 * and plain layers between them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CollapseBenchmark {

    /** A network of the zoo. */
    @State(Scope.Benchmark)
    public static class Zoo {

        /** The network. */
        @Param
        public ModelZoo network = ModelZoo.ALEXNET;

        /** Replaced before the first run. */
        private LayerGraph graph = ModelZoo.ALEXNET.build();

        /** Builds it. */
        @Setup
        public void build() {
            graph = network.build();
        }
    }

    /** A drawn network. */
    @State(Scope.Benchmark)
    public static class Drawn {

        /** The minimum number of layers; the network can have a few more. */
        @Param({"100", "300", "1000", "3000", "10000"})
        public int layers;

        /** Replaced before the first run. */
        private LayerGraph graph = ModelZoo.ALEXNET.build();

        /** Draws it. */
        @Setup
        public void draw() {
            graph = new RandomNetwork(layers).graph();
        }
    }

    /**
     * Collapses a network of the zoo.
     *
     * @param network the network
     * @return the collapsed graph, so that nothing is optimised away
     */
    @Benchmark
    public CollapsedGraph zoo(Zoo network) {
        return FrequentSubgraphCollapser.withDefaults().collapse(network.graph);
    }

    /**
     * Collapses a network of the zoo with candidates from the miner.
     *
     * @param network the network
     * @return the collapsed graph, so that nothing is optimised away
     */
    @Benchmark
    public CollapsedGraph mined(Zoo network) {
        return FrequentSubgraphCollapser.withDefaults().withMining().collapse(network.graph);
    }

    /**
     * Collapses a drawn network.
     *
     * @param network the network
     * @return the collapsed graph, so that nothing is optimised away
     */
    @Benchmark
    public CollapsedGraph drawn(Drawn network) {
        return FrequentSubgraphCollapser.withDefaults().collapse(network.graph);
    }

    /** Adds random blocks until there are enough layers. */
    private static final class RandomNetwork {

        private static final Filter POINT = Filter.same(1);
        private static final Filter SQUARE = Filter.same(3);

        private final SplittableRandom random = new SplittableRandom(20_261_122);
        private final NetworkBuilder net;
        private final LayerGraph graph;
        private int layers;

        RandomNetwork(int least) {
            net = NetworkBuilder.named("drawn-" + least);
            Tensor x = net.input("image", 1, 32, 8, 8);
            while (layers < least) {
                x = block(x);
            }
            graph = net.build();
        }

        LayerGraph graph() {
            return graph;
        }

        private Tensor block(Tensor x) {
            return switch (random.nextInt(6)) {
                case 0, 1 -> residual(x);
                case 2 -> inverted(x);
                case 3 -> inception(x);
                case 4 -> dense(x);
                default -> plain(x);
            };
        }

        private String name() {
            return "l" + layers++;
        }

        private Tensor conv(Tensor x, long channels, Filter filter) {
            return net.relu(name(), net.batchNorm(name(), net.conv(name(), x, channels, filter)));
        }

        private Tensor residual(Tensor x) {
            Tensor y = x;
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                y = conv(y, 32, SQUARE);
            }
            return net.relu(name(), net.add(name(), y, x));
        }

        private Tensor inverted(Tensor x) {
            long wide = 32L * (1 + random.nextInt(6));
            Tensor y = conv(x, wide, POINT);
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                y = conv(y, wide, SQUARE.grouped(wide));
            }
            y = net.batchNorm(name(), net.conv(name(), y, 32, POINT));
            return random.nextBoolean() ? net.add(name(), y, x) : y;
        }

        private Tensor inception(Tensor x) {
            Tensor[] branches = new Tensor[3 + random.nextInt(2)];
            for (int branch = 0; branch < branches.length; branch++) {
                branches[branch] = conv(x, 8, POINT);
                for (int count = random.nextInt(3); count > 0; count--) {
                    branches[branch] = conv(branches[branch], 8, SQUARE);
                }
            }
            return conv(net.concat(name(), 1, List.of(branches)), 32, POINT);
        }

        private Tensor dense(Tensor x) {
            Tensor y = x;
            for (int count = 2 + random.nextInt(20); count > 0; count--) {
                y = net.concat(name(), 1, List.of(y, conv(conv(y, 16, POINT), 8, SQUARE)));
            }
            return conv(y, 32, POINT);
        }

        private Tensor plain(Tensor x) {
            Tensor y = x;
            for (int count = 1 + random.nextInt(10); count > 0; count--) {
                y = conv(y, 32, SQUARE);
            }
            return y;
        }
    }
}
