package io.github.codnn.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sum of small regression trees, each fitted to the residuals of the previous ones: gradient boosting of the squared
 * error (J. H. Friedman, "Greedy function approximation", Annals of Statistics 29, 2001, section 4.1), without
 * sampling, so that equal data produce equal trees.
 *
 * <p>Fitting takes O(rounds * depth * inputs * rows) time after one sort.
 *
 * @param trees the trees; a prediction is the sum of their values
 */
record BoostedTrees(List<Tree> trees) {

    /** The names of {@link #inputs}. */
    static final List<String> INPUTS =
            List.of("macs", "input", "output", "weights", "groups", "m", "n", "k", "window", "stride", "outputHeight");

    private static final int ROUNDS = 150;
    private static final int DEPTH = 3;
    private static final double LEARNING_RATE = 0.06;
    private static final int LEAST_ROWS_OF_LEAF = 4;

    /** A binary tree in arrays; node i has the children 2i+1 and 2i+2. */
    static final class Tree {

        private final int[] input;
        private final double[] value;

        /**
         * Uses the arrays without a copy.
         *
         * @param input the input that a node compares, -1 for a leaf
         * @param value the threshold of a node, whose rows up to it go left; the value of a leaf
         */
        Tree(int[] input, double[] value) {
            this.input = input;
            this.value = value;
        }

        int nodes() {
            return input.length;
        }

        int input(int node) {
            return input[node];
        }

        double value(int node) {
            return value[node];
        }

        double predict(double[] inputs) {
            int node = 0;
            while (input[node] >= 0) {
                node = 2 * node + (inputs[input[node]] <= value[node] ? 1 : 2);
            }
            return value[node];
        }
    }

    BoostedTrees {
        trees = List.copyOf(trees);
    }

    /** The logarithms of the dimensions of the work, on which the trees split. */
    static double[] inputs(LayerWork work) {
        double[] inputs = {
            work.productMacs(),
            work.inputElements(),
            work.outputElements(),
            work.weightElements(),
            work.groups(),
            work.m(),
            work.n(),
            work.k(),
            work.windowElements(),
            work.stride(),
            work.outputHeight()
        };
        for (int index = 0; index < inputs.length; index++) {
            inputs[index] = Math.log1p(inputs[index]);
        }
        return inputs;
    }

    double predict(double[] inputs) {
        double sum = 0;
        for (Tree tree : trees) {
            sum += tree.predict(inputs);
        }
        return sum;
    }

    /**
     * Fits trees.
     *
     * @param rows the inputs of each row
     * @param target the target of each row
     * @return the trees
     */
    static BoostedTrees fit(double[][] rows, double[] target) {
        int[][] orders = orders(rows);
        double[] left = target.clone();
        List<Tree> trees = new ArrayList<>(ROUNDS);
        for (int round = 0; round < ROUNDS; round++) {
            Tree tree = new Growth(rows, left, orders).grow();
            trees.add(tree);
            for (int row = 0; row < rows.length; row++) {
                left[row] -= tree.predict(rows[row]);
            }
        }
        return new BoostedTrees(trees);
    }

    private static int[][] orders(double[][] rows) {
        int[][] orders = new int[INPUTS.size()][];
        for (int input = 0; input < orders.length; input++) {
            int column = input;
            orders[input] = IntStream.range(0, rows.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> rows[row][column]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return orders;
    }

    /**
     * Grows one tree, level by level; one pass over each sorted input finds the best splits of all nodes of a level.
     */
    private static final class Growth {

        private static final int NODES = (1 << (DEPTH + 1)) - 1;

        private final double[][] rows;
        private final double[] target;
        private final int[][] orders;
        private final int[] nodeOf;
        private final int[] input = new int[NODES];
        private final double[] value = new double[NODES];
        private final double[] sum = new double[NODES];
        private final int[] count = new int[NODES];
        private final double[] bestGain = new double[NODES];

        Growth(double[][] rows, double[] target, int[][] orders) {
            this.rows = rows;
            this.target = target;
            this.orders = orders;
            this.nodeOf = new int[rows.length];
        }

        Tree grow() {
            Arrays.fill(input, -1);
            for (int depth = 0; depth <= DEPTH; depth++) {
                countRows();
                if (depth < DEPTH) {
                    for (int candidate = 0; candidate < orders.length; candidate++) {
                        sweep(candidate);
                    }
                    descend();
                }
            }
            for (int node = 0; node < NODES; node++) {
                if (input[node] < 0) {
                    value[node] = count[node] == 0 ? 0 : LEARNING_RATE * sum[node] / count[node];
                }
            }
            return new Tree(input, value);
        }

        private void countRows() {
            Arrays.fill(sum, 0);
            Arrays.fill(count, 0);
            for (int row = 0; row < rows.length; row++) {
                sum[nodeOf[row]] += target[row];
                count[nodeOf[row]]++;
            }
        }

        private void sweep(int candidate) {
            double[] leftSum = new double[NODES];
            int[] leftCount = new int[NODES];
            double[] last = new double[NODES];
            for (int row : orders[candidate]) {
                int node = nodeOf[row];
                double at = rows[row][candidate];
                int rightCount = count[node] - leftCount[node];
                if (leftCount[node] >= LEAST_ROWS_OF_LEAF && rightCount >= LEAST_ROWS_OF_LEAF && at > last[node]) {
                    double rightSum = sum[node] - leftSum[node];
                    double gain = leftSum[node] * leftSum[node] / leftCount[node]
                            + rightSum * rightSum / rightCount
                            - sum[node] * sum[node] / count[node];
                    if (gain > bestGain[node] + 1e-12) {
                        bestGain[node] = gain;
                        input[node] = candidate;
                        value[node] = (at + last[node]) / 2;
                    }
                }
                leftSum[node] += target[row];
                leftCount[node]++;
                last[node] = at;
            }
        }

        // Rows of a leaf do not move: later passes cannot split a leaf that no pass could split.
        private void descend() {
            for (int row = 0; row < rows.length; row++) {
                int node = nodeOf[row];
                if (input[node] >= 0) {
                    nodeOf[row] = 2 * node + (rows[row][input[node]] <= value[node] ? 1 : 2);
                }
            }
        }
    }
}
