package io.github.codnn.predict;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Linear least squares by orthogonal decomposition. Columns are scaled to unit length first, so that units have no
 * effect.
 *
 * <p>For m rows and n columns: O(m n^2) time once, then O(n^3) for each change of the active set.
 */
final class LeastSquares {

    // A column of unit length is independent of the previous ones if its orthogonal part is longer than this.
    private static final double DEPENDENCE_TOLERANCE = 1e-10;
    private static final double GRADIENT_TOLERANCE = 1e-11;

    private LeastSquares() {}

    /**
     * Solves without constraints. Linearly dependent columns get the weight 0.
     *
     * @param rows m rows of n values
     * @param target m values
     * @return n weights
     */
    static double[] ordinary(double[][] rows, double[] target) {
        double[] lengths = columnLengths(rows);
        double[] solution = solve(triangle(columns(rows, lengths, target)));
        unscale(solution, lengths);
        return solution;
    }

    /**
     * Solves with all weights zero or greater, by the active-set method of C. L. Lawson and R. J. Hanson, "Solving
     * Least Squares Problems", 1974, chapter 23, on the triangular factor of the columns and the target.
     *
     * @param rows m rows of n values
     * @param target m values
     * @return n weights, zero or greater
     */
    static double[] nonNegative(double[][] rows, double[] target) {
        double[] lengths = columnLengths(rows);
        double[] solution = new ActiveSet(triangle(columns(rows, lengths, target))).solve();
        unscale(solution, lengths);
        return solution;
    }

    private static double[] columnLengths(double[][] rows) {
        double[] lengths = new double[rows[0].length];
        for (double[] row : rows) {
            for (int column = 0; column < lengths.length; column++) {
                lengths[column] = Math.hypot(lengths[column], row[column]);
            }
        }
        for (int column = 0; column < lengths.length; column++) {
            lengths[column] = lengths[column] == 0 ? 1 : lengths[column];
        }
        return lengths;
    }

    /** Returns the columns, scaled to unit length, and the target as the last. */
    private static double[][] columns(double[][] rows, double[] lengths, double[] target) {
        double[][] columns = new double[lengths.length + 1][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < lengths.length; column++) {
                columns[column][row] = rows[row][column] / lengths[column];
            }
        }
        System.arraycopy(target, 0, columns[lengths.length], 0, target.length);
        return columns;
    }

    private static void unscale(double[] solution, double[] lengths) {
        for (int column = 0; column < solution.length; column++) {
            solution[column] /= lengths[column];
        }
    }

    /** [A b] = QR preserves all distances, and R has only as many rows as [A b] has columns. */
    private static double[][] triangle(double[][] columns) {
        int size = columns.length;
        if (columns[0].length <= size) {
            return columns;
        }
        for (int step = 0; step < size; step++) {
            reflect(columns, step);
        }
        double[][] triangle = new double[size][size];
        for (int column = 0; column < size; column++) {
            System.arraycopy(columns[column], 0, triangle[column], 0, column + 1);
        }
        return triangle;
    }

    /**
     * Solves by QR with column pivoting; the last column is the target. Returns a basic solution: a linearly dependent
     * column has no effect. Overwrites the columns.
     */
    private static double[] solve(double[][] columns) {
        int variables = columns.length - 1;
        int[] order = IntStream.range(0, variables).toArray();
        int rank = 0;
        while (rank < Math.min(variables, columns[0].length)) {
            int next = longest(columns, rank);
            if (!(length(columns[next], rank) > DEPENDENCE_TOLERANCE)) {
                break;
            }
            swap(columns, order, rank, next);
            reflect(columns, rank);
            rank++;
        }
        double[] solution = new double[variables];
        double[] target = columns[variables];
        for (int row = rank - 1; row >= 0; row--) {
            double left = target[row];
            for (int column = row + 1; column < rank; column++) {
                left -= columns[column][row] * solution[order[column]];
            }
            solution[order[row]] = left / columns[row][row];
        }
        return solution;
    }

    /** Returns the column from {@code rank} on, without the target, with the longest part from row {@code rank} on. */
    private static int longest(double[][] columns, int rank) {
        int longest = rank;
        for (int column = rank + 1; column < columns.length - 1; column++) {
            longest = length(columns[column], rank) > length(columns[longest], rank) ? column : longest;
        }
        return longest;
    }

    private static void swap(double[][] columns, int[] order, int one, int other) {
        double[] column = columns[one];
        columns[one] = columns[other];
        columns[other] = column;
        int index = order[one];
        order[one] = order[other];
        order[other] = index;
    }

    /**
     * Applies the Householder reflection that eliminates a column below its diagonal to this and all later columns.
     * Does not clear the part below the diagonal, because it is not read again.
     */
    private static void reflect(double[][] columns, int step) {
        double[] axis = columns[step];
        double length = length(axis, step);
        if (length == 0) {
            return;
        }
        double diagonal = Math.copySign(length, -axis[step]); // of opposite sign, so that no digits cancel
        axis[step] -= diagonal;
        double halfSquare = length * Math.abs(axis[step]);
        for (int column = step + 1; column < columns.length; column++) {
            double[] reflected = columns[column];
            double share = 0;
            for (int row = step; row < axis.length; row++) {
                share += axis[row] * reflected[row];
            }
            share /= halfSquare;
            for (int row = step; row < axis.length; row++) {
                reflected[row] -= share * axis[row];
            }
        }
        axis[step] = diagonal;
    }

    private static double length(double[] column, int firstRow) {
        double square = 0;
        for (int row = firstRow; row < column.length; row++) {
            square += column[row] * column[row];
        }
        return Math.sqrt(square);
    }

    /** The active-set iteration; the last column is the target. */
    private static final class ActiveSet {

        private final double[][] columns;
        private final double[] target;
        private final boolean[] free;
        private final double[] weights;

        ActiveSet(double[][] columns) {
            this.columns = columns;
            target = columns[columns.length - 1];
            free = new boolean[columns.length - 1];
            weights = new double[free.length];
        }

        double[] solve() {
            boolean[] refused = new boolean[free.length];
            int limit = 10 * free.length + 10;
            for (int iteration = 0; iteration < limit; iteration++) {
                int entering = steepest(refused);
                if (entering < 0) {
                    break;
                }
                free[entering] = true;
                double[] candidate = solveFree();
                if (!(candidate[entering] > 0)) {
                    // Only rounding errors suggested that this column helps.
                    free[entering] = false;
                    refused[entering] = true;
                    continue;
                }
                Arrays.fill(refused, false);
                stepTowards(candidate);
            }
            return weights;
        }

        private int steepest(boolean[] refused) {
            double[] residual = residual();
            int best = -1;
            double bestGradient = GRADIENT_TOLERANCE * length(target, 0);
            for (int column = 0; column < free.length; column++) {
                if (!free[column] && !refused[column]) {
                    double gradient = 0;
                    for (int row = 0; row < residual.length; row++) {
                        gradient += columns[column][row] * residual[row];
                    }
                    if (gradient > bestGradient) {
                        best = column;
                        bestGradient = gradient;
                    }
                }
            }
            return best;
        }

        // Moves to the candidate, or as far as all weights stay non-negative; weights that reach zero are fixed there.
        private void stepTowards(double[] candidate) {
            double[] aim = candidate;
            boolean stopped = true;
            while (stopped) {
                double step = 1;
                for (int column = 0; column < free.length; column++) {
                    step = Math.min(step, stepUntilZero(column, aim));
                }
                stopped = false;
                for (int column = 0; column < free.length; column++) {
                    if (stepUntilZero(column, aim) <= step) {
                        weights[column] = 0;
                        free[column] = false;
                        stopped = true;
                    } else if (free[column]) {
                        weights[column] += step * (aim[column] - weights[column]);
                    }
                }
                aim = stopped ? solveFree() : aim;
            }
        }

        private double stepUntilZero(int column, double[] aim) {
            if (!free[column] || aim[column] > 0) {
                return Double.POSITIVE_INFINITY;
            }
            return weights[column] == 0 ? 0 : weights[column] / (weights[column] - aim[column]);
        }

        private double[] residual() {
            double[] residual = target.clone();
            for (int column = 0; column < free.length; column++) {
                for (int row = 0; row < residual.length; row++) {
                    residual[row] -= columns[column][row] * weights[column];
                }
            }
            return residual;
        }

        private double[] solveFree() {
            int[] chosen = IntStream.range(0, free.length)
                    .filter(column -> free[column])
                    .toArray();
            double[][] part = new double[chosen.length + 1][];
            for (int column = 0; column < chosen.length; column++) {
                part[column] = columns[chosen[column]].clone();
            }
            part[chosen.length] = target.clone();
            double[] solution = LeastSquares.solve(part);
            double[] full = new double[free.length];
            for (int column = 0; column < chosen.length; column++) {
                full[chosen[column]] = solution[column];
            }
            return full;
        }
    }
}
