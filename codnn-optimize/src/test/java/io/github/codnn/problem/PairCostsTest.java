package io.github.codnn.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sums over pairs against all assignments. */
class PairCostsTest {

    private static final int GRAPHS = 300;
    private static final double ROUNDING = 1e-9;

    @Test
    void least_seriesParallelGraph_isTheLeastOfAllAssignments() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Sum sum = Sum.random(seed, 0);

            assertThat(sum.costs.least()).as("seed %d", seed).isCloseTo(sum.best(-1, -1), within(ROUNDING));
            assertThat(sum.of(sum.costs.values())).as("seed %d", seed).isCloseTo(sum.best(-1, -1), within(ROUNDING));
        }
    }

    @Test
    void marginals_seriesParallelGraph_areTheLeastSumsWithAValue() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Sum sum = Sum.random(seed, 0);
            sum.costs.least();
            double[] marginals = sum.costs.marginals();

            for (int entry = 0; entry < marginals.length; entry++) {
                double best = sum.best(entry / sum.values, entry % sum.values);
                assertThat(marginals[entry]).as("seed %d", seed).isCloseTo(best, within(ROUNDING));
            }
        }
    }

    @Test
    void least_denseGraph_isALowerBoundAsMarginalsAre() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Sum sum = Sum.random(seed, 6);

            assertThat(sum.costs.least()).as("seed %d", seed).isLessThanOrEqualTo(sum.best(-1, -1) + ROUNDING);
            double[] marginals = sum.costs.marginals();
            for (int entry = 0; entry < marginals.length; entry++) {
                double best = sum.best(entry / sum.values, entry % sum.values);
                assertThat(marginals[entry]).as("seed %d", seed).isLessThanOrEqualTo(best + ROUNDING);
            }
        }
    }

    /** A sum of random costs. */
    private record Sum(int nodes, int values, List<int[]> edges, PairCosts costs) {

        /** A graph that grows by leaves and by nodes beside an edge, and has some more edges. */
        static Sum random(long seed, int more) {
            SplittableRandom random = new SplittableRandom(seed);
            int nodes = random.nextInt(1, 7);
            int values = random.nextInt(1, 4);
            List<int[]> edges = new ArrayList<>();
            for (int node = 1; node < nodes; node++) {
                if (edges.isEmpty() || random.nextBoolean()) {
                    edges.add(new int[] {random.nextInt(node), node});
                } else {
                    int[] beside = edges.get(random.nextInt(edges.size())).clone();
                    edges.add(new int[] {beside[0], node});
                    edges.add(new int[] {beside[1], node});
                }
            }
            for (int count = 0; count < more && nodes > 1; count++) {
                int high = random.nextInt(1, nodes);
                int low = random.nextInt(high);
                if (edges.stream().noneMatch(edge -> edge[0] == low && edge[1] == high)) {
                    edges.add(new int[] {low, high});
                }
            }
            double[] weights =
                    edges.stream().mapToDouble(edge -> random.nextDouble()).toArray();
            PairCosts costs = new PairCosts(nodes, values, edges, weights);
            fill(costs.ofNodes(), random);
            for (int edge = 0; edge < edges.size(); edge++) {
                fill(costs.ofPair(edge), random);
            }
            return new Sum(nodes, values, edges, costs);
        }

        private static void fill(double[] costs, SplittableRandom random) {
            Arrays.setAll(costs, index -> random.nextInt(3) == 0 ? 0 : random.nextDouble());
        }

        double of(int[] chosen) {
            double sum = 0;
            for (int node = 0; node < nodes; node++) {
                sum += costs.ofNodes()[node * values + chosen[node]];
            }
            for (int edge = 0; edge < edges.size(); edge++) {
                int[] ends = edges.get(edge);
                sum += costs.ofPair(edge)[chosen[ends[0]] * values + chosen[ends[1]]];
            }
            return sum;
        }

        /** Returns the least sum in which a node has a value, of all sums for -1. */
        double best(int fixed, int value) {
            double best = Double.POSITIVE_INFINITY;
            for (int code = 0; code < Math.pow(values, nodes); code++) {
                int[] chosen = new int[nodes];
                int rest = code;
                for (int node = 0; node < nodes; node++) {
                    chosen[node] = rest % values;
                    rest /= values;
                }
                best = fixed < 0 || chosen[fixed] == value ? Math.min(best, of(chosen)) : best;
            }
            return best;
        }
    }
}
