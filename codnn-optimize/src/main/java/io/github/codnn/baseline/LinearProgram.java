package io.github.codnn.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A linear program in non-negative variables, minimised by the two-phase simplex method on a dense tableau
 * (G. B. Dantzig, Linear Programming and Extensions, 1963).
 *
 * <p>The variable with the most negative reduced cost enters. Among rows with the least ratio an artificial variable
 * leaves first, then the variable with the least index. Such pivots may cycle, so the second half of them follows
 * Bland's rule, which cannot: the variable with the least index enters (R. G. Bland, New finite pivoting rules for the
 * simplex method, Mathematics of Operations Research 2, 1977). A pivot takes O(rows * columns).
 *
 * <p>Not thread-safe.
 */
final class LinearProgram {

    /** Reduced costs above its negative count as zero, so that the minimum is met but for as much. */
    private static final double COST_TOLERANCE = 1e-6;

    private static final double LEAST_PIVOT = 1e-10;

    private final double[] costs;
    private final List<double[]> rows = new ArrayList<>(); // coefficients, then the right-hand side
    private final List<Boolean> equalities = new ArrayList<>();

    /**
     * Makes a program without constraints.
     *
     * @param costs the cost of each variable
     */
    LinearProgram(double[] costs) {
        this.costs = costs.clone();
    }

    /**
     * Adds {@code coefficients * x = right}.
     *
     * @param coefficients one for each variable
     * @param right the right-hand side, zero or greater
     */
    void addEqual(double[] coefficients, double right) {
        add(coefficients, right, true);
    }

    /**
     * Adds {@code coefficients * x <= right}.
     *
     * @param coefficients one for each variable
     * @param right the right-hand side, zero or greater
     */
    void addAtMost(double[] coefficients, double right) {
        add(coefficients, right, false);
    }

    private void add(double[] coefficients, double right, boolean equality) {
        if (coefficients.length != costs.length || !(right >= 0)) {
            throw new IllegalArgumentException("A constraint needs " + costs.length
                    + " coefficients and a right-hand side that is not negative, but has " + coefficients.length
                    + " and "
                    + right);
        }
        double[] row = Arrays.copyOf(coefficients, costs.length + 1);
        row[costs.length] = right;
        rows.add(row);
        equalities.add(equality);
    }

    /**
     * Solves the program.
     *
     * @param maxPivots the greatest number of pivots, positive
     * @param stop tells before a pivot whether to give up
     * @return a vertex with the least cost, or nothing if there is none, it takes more pivots, or it is given up
     */
    Optional<double[]> minimum(int maxPivots, BooleanSupplier stop) {
        Tableau tableau = new Tableau(costs, rows, equalities, maxPivots, stop);
        return tableau.dropArtificials() && tableau.minimise() ? Optional.of(tableau.solution()) : Optional.empty();
    }

    /**
     * Columns: the variables, a slack for each inequality, an artificial variable for each equality, the right side.
     */
    private static final class Tableau {

        private final int variables;
        private final int firstArtificial;
        private final int right;
        private final double[][] cells; // a row for each constraint, then two of reduced costs
        private final int[] basis; // the variable of each constraint
        private final double[] reduced;
        private final double[] infeasibility; // the reduced costs of the sum of the artificial variables
        private final boolean[] barred;
        private final int maxPivots;
        private final BooleanSupplier stop;
        private int pivots;

        Tableau(
                double[] costs,
                List<double[]> constraints,
                List<Boolean> equalities,
                int maxPivots,
                BooleanSupplier stop) {
            this.stop = stop;
            int equalityCount = (int) equalities.stream().filter(each -> each).count();
            variables = costs.length;
            firstArtificial = variables + constraints.size() - equalityCount;
            right = variables + constraints.size();
            this.maxPivots = maxPivots;
            cells = new double[constraints.size() + 2][right + 1];
            basis = new int[constraints.size()];
            barred = new boolean[right];
            infeasibility = cells[constraints.size()];
            reduced = cells[constraints.size() + 1];
            System.arraycopy(costs, 0, reduced, 0, variables);
            int slack = variables;
            int artificial = firstArtificial;
            for (int row = 0; row < basis.length; row++) {
                boolean equality = equalities.get(row);
                basis[row] = equality ? artificial++ : slack++;
                fill(row, constraints.get(row), equality);
            }
        }

        private void fill(int row, double[] constraint, boolean equality) {
            System.arraycopy(constraint, 0, cells[row], 0, variables);
            cells[row][right] = constraint[variables];
            if (equality) {
                subtract(cells[row], 1, infeasibility);
            }
            cells[row][basis[row]] = 1;
        }

        /** Phase 1: returns whether a point meets all constraints, and keeps to such points from then on. */
        boolean dropArtificials() {
            if (!descend(infeasibility, true) || Math.abs(infeasibility[right]) > COST_TOLERANCE) {
                return false;
            }
            for (int column = 0; column < right; column++) {
                barred[column] = column >= firstArtificial || infeasibility[column] > COST_TOLERANCE;
            }
            return true;
        }

        /** Phase 2. */
        boolean minimise() {
            return descend(reduced, false);
        }

        private boolean descend(double[] objective, boolean artificialsFirst) {
            while (true) {
                boolean cautious = 2 * pivots >= maxPivots; // Bland's rule
                int entering = cautious ? firstCost(objective) : leastCost(objective);
                if (entering < 0) {
                    return true;
                }
                int row = leavingRow(entering, artificialsFirst && !cautious);
                if (row < 0 || pivots == maxPivots || stop.getAsBoolean()) {
                    return false; // No least cost, or not in time.
                }
                pivot(row, entering);
                pivots++;
            }
        }

        private int leastCost(double[] objective) {
            int least = -1;
            for (int column = 0; column < right; column++) {
                if (!barred[column] && objective[column] < (least < 0 ? -COST_TOLERANCE : objective[least])) {
                    least = column;
                }
            }
            return least;
        }

        private int firstCost(double[] objective) {
            for (int column = 0; column < right; column++) {
                if (!barred[column] && objective[column] < -COST_TOLERANCE) {
                    return column;
                }
            }
            return -1;
        }

        private int leavingRow(int entering, boolean artificialsFirst) {
            int leaving = -1;
            double leastRatio = Double.POSITIVE_INFINITY;
            for (int row = 0; row < basis.length; row++) {
                if (cells[row][entering] > LEAST_PIVOT) {
                    double ratio = Math.abs(cells[row][right] / cells[row][entering]);
                    boolean tie = ratio == leastRatio && leaving >= 0;
                    if (ratio < leastRatio || (tie && leavesBefore(basis[row], basis[leaving], artificialsFirst))) {
                        leaving = row;
                        leastRatio = ratio;
                    }
                }
            }
            return leaving;
        }

        private boolean leavesBefore(int variable, int other, boolean artificialsFirst) {
            if (artificialsFirst && (variable >= firstArtificial || other >= firstArtificial)) {
                return other < firstArtificial;
            }
            return variable < other;
        }

        private void pivot(int pivotRow, int entering) {
            double[] source = cells[pivotRow];
            double divisor = source[entering];
            for (int column = 0; column <= right; column++) {
                source[column] /= divisor;
            }
            for (double[] row : cells) {
                if (row != source && row[entering] != 0) {
                    subtract(source, row[entering], row);
                }
            }
            basis[pivotRow] = entering;
        }

        private static void subtract(double[] source, double factor, double[] target) {
            for (int column = 0; column < target.length; column++) {
                target[column] -= source[column] * factor;
            }
        }

        double[] solution() {
            double[] solution = new double[variables];
            for (int row = 0; row < basis.length; row++) {
                if (basis[row] < variables) {
                    solution[basis[row]] = cells[row][right];
                }
            }
            return solution;
        }
    }
}
