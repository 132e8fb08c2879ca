package io.github.codnn.predict;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.linsol.qr.SolvePseudoInverseQrp_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.QRPDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Linear least squares by orthogonal decomposition. Columns are brought to unit length first, so that units do not
 * matter.
 *
 * <p>For m rows and n columns: O(m n^2) time once, then O(n^3) for each change of the active set.
 */
final class LeastSquares {

    // How much of a column of unit length must be new for it not to depend on those before it.
    private static final double DEPENDENCE_TOLERANCE = 1e-10;
    private static final double GRADIENT_TOLERANCE = 1e-11;

    private LeastSquares() {}

    /**
     * Solves without constraints. Columns that depend on others get the weight 0.
     *
     * @param rows m rows of n values
     * @param target m values
     * @return n weights
     */
    static double[] ordinary(double[][] rows, double[] target) {
        double[] lengths = columnLengths(rows);
        DMatrixRMaj a = scaled(rows, lengths);
        double[] solution = solve(a, target);
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
        DMatrixRMaj reduced = triangle(scaled(rows, lengths), target);
        double[] solution = new ActiveSet(reduced).solve();
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

    private static DMatrixRMaj scaled(double[][] rows, double[] lengths) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows.length, lengths.length);
        int index = 0;
        for (double[] row : rows) {
            for (int column = 0; column < lengths.length; column++) {
                matrix.data[index++] = row[column] / lengths[column];
            }
        }
        return matrix;
    }

    private static void unscale(double[] solution, double[] lengths) {
        for (int column = 0; column < solution.length; column++) {
            solution[column] /= lengths[column];
        }
    }

    // [A b] = QR keeps all distances, and R has as few rows as [A b] has columns.
    private static DMatrixRMaj triangle(DMatrixRMaj a, double[] target) {
        DMatrixRMaj joined = new DMatrixRMaj(a.numRows, a.numCols + 1);
        for (int row = 0; row < a.numRows; row++) {
            System.arraycopy(a.data, row * a.numCols, joined.data, row * joined.numCols, a.numCols);
            joined.data[row * joined.numCols + a.numCols] = target[row];
        }
        if (a.numRows <= joined.numCols) {
            return joined;
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(joined.numRows, joined.numCols);
        // It answers whether the columns are independent; the factor is right either way.
        boolean unused = qr.decompose(joined);
        return qr.getR(null, true);
    }

    // A basic solution, so that a column that depends on the ones before it changes nothing.
    private static double[] solve(DMatrixRMaj a, double[] target) {
        QRPDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.qrp(a.numRows, a.numCols);
        decomposition.setSingularThreshold(DEPENDENCE_TOLERANCE);
        LinearSolverDense<DMatrixRMaj> solver = new SolvePseudoInverseQrp_DDRM(decomposition, false);
        DMatrixRMaj solution = new DMatrixRMaj(a.numCols, 1);
        // Rows of zeros, where there are fewer rows than columns: the solver wants at least as many.
        int rows = Math.max(a.numRows, a.numCols);
        a.reshape(rows, a.numCols, true);
        if (!solver.setA(a)) {
            throw new ArithmeticException("The orthogonal decomposition of the features failed");
        }
        solver.solve(DMatrixRMaj.wrap(rows, 1, Arrays.copyOf(target, rows)), solution);
        return solution.data;
    }

    /** The active-set iteration; the last column of the matrix is the target. */
    private static final class ActiveSet {

        private final DMatrixRMaj matrix;
        private final int columns;
        private final boolean[] free;
        private final double[] weights;

        ActiveSet(DMatrixRMaj matrix) {
            this.matrix = matrix;
            this.columns = matrix.numCols - 1;
            this.free = new boolean[columns];
            this.weights = new double[columns];
        }

        double[] solve() {
            boolean[] refused = new boolean[columns];
            int limit = 10 * columns + 10;
            for (int iteration = 0; iteration < limit; iteration++) {
                int entering = steepest(refused);
                if (entering < 0) {
                    break;
                }
                free[entering] = true;
                double[] candidate = solveFree();
                if (!(candidate[entering] > 0)) {
                    // Rounding alone made it look useful.
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
            double scale = targetLength();
            int best = -1;
            double bestGradient = GRADIENT_TOLERANCE * scale;
            for (int column = 0; column < columns; column++) {
                if (!free[column] && !refused[column]) {
                    double gradient = 0;
                    for (int row = 0; row < matrix.numRows; row++) {
                        gradient += matrix.unsafe_get(row, column) * residual[row];
                    }
                    if (gradient > bestGradient) {
                        best = column;
                        bestGradient = gradient;
                    }
                }
            }
            return best;
        }

        // Goes to the candidate, or as far as no weight turns negative; the weights that stop it become fixed at zero.
        private void stepTowards(double[] candidate) {
            double[] aim = candidate;
            boolean stopped = true;
            while (stopped) {
                double step = 1;
                for (int column = 0; column < columns; column++) {
                    step = Math.min(step, stepUntilZero(column, aim));
                }
                stopped = false;
                for (int column = 0; column < columns; column++) {
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
            double[] residual = new double[matrix.numRows];
            for (int row = 0; row < matrix.numRows; row++) {
                double left = matrix.unsafe_get(row, columns);
                for (int column = 0; column < columns; column++) {
                    left -= matrix.unsafe_get(row, column) * weights[column];
                }
                residual[row] = left;
            }
            return residual;
        }

        private double targetLength() {
            double length = 0;
            for (int row = 0; row < matrix.numRows; row++) {
                length = Math.hypot(length, matrix.unsafe_get(row, columns));
            }
            return length;
        }

        private double[] solveFree() {
            int[] chosen = new int[columns];
            int count = 0;
            for (int column = 0; column < columns; column++) {
                if (free[column]) {
                    chosen[count++] = column;
                }
            }
            double[] full = new double[columns];
            if (count == 0) {
                return full;
            }
            DMatrixRMaj part = new DMatrixRMaj(matrix.numRows, count);
            double[] target = new double[matrix.numRows];
            for (int row = 0; row < matrix.numRows; row++) {
                for (int column = 0; column < count; column++) {
                    part.unsafe_set(row, column, matrix.unsafe_get(row, chosen[column]));
                }
                target[row] = matrix.unsafe_get(row, columns);
            }
            double[] solution = LeastSquares.solve(part, target);
            for (int column = 0; column < count; column++) {
                full[chosen[column]] = solution[column];
            }
            return full;
        }
    }
}
