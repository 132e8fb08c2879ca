package io.github.codnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

    // NIST Statistical Reference Datasets, Longley: https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml.
    // Columns: total employment, then the six predictors.
    private static final double[][] LONGLEY = {
        {60323, 83.0, 234289, 2356, 1590, 107608, 1947},
        {61122, 88.5, 259426, 2325, 1456, 108632, 1948},
        {60171, 88.2, 258054, 3682, 1616, 109773, 1949},
        {61187, 89.5, 284599, 3351, 1650, 110929, 1950},
        {63221, 96.2, 328975, 2099, 3099, 112075, 1951},
        {63639, 98.1, 346999, 1932, 3594, 113270, 1952},
        {64989, 99.0, 365385, 1870, 3547, 115094, 1953},
        {63761, 100.0, 363112, 3578, 3350, 116219, 1954},
        {66019, 101.2, 397469, 2904, 3048, 117388, 1955},
        {67857, 104.6, 419180, 2822, 2857, 118734, 1956},
        {68169, 108.4, 442769, 2936, 2798, 120445, 1957},
        {66513, 110.8, 444546, 4681, 2637, 121950, 1958},
        {68655, 112.6, 482704, 3813, 2552, 123366, 1959},
        {69564, 114.2, 502601, 3931, 2514, 125368, 1960},
        {69331, 115.7, 518173, 4806, 2572, 127852, 1961},
        {70551, 116.9, 554894, 4007, 2827, 130081, 1962},
    };

    private static final double[] LONGLEY_CERTIFIED = {
        -3482258.63459582,
        15.0618722713733,
        -0.358191792925910E-01,
        -2.02022980381683,
        -1.03322686717359,
        -0.511041056535807E-01,
        1829.15146461355
    };

    @Test
    void ordinary_longley_meetsCertifiedValues() {
        double[][] rows = new double[LONGLEY.length][];
        double[] target = new double[LONGLEY.length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = LONGLEY[row].clone();
            rows[row][0] = 1;
            target[row] = LONGLEY[row][0];
        }

        double[] weights = LeastSquares.ordinary(rows, target);

        for (int column = 0; column < weights.length; column++) {
            assertThat(weights[column])
                    .as("coefficient B%d", column)
                    .isCloseTo(LONGLEY_CERTIFIED[column], Percentage.withPercentage(1e-8 * 100));
        }
    }

    @Test
    void nonNegative_randomProblems_meetBruteForceOverActiveSets() {
        SplittableRandom random = new SplittableRandom(5);
        int bound = 0;
        for (int problem = 0; problem < 500; problem++) {
            int columns = 1 + random.nextInt(7);
            int m = columns + random.nextInt(12);
            double[][] rows = new double[m][columns];
            double[] target = new double[m];
            for (int row = 0; row < m; row++) {
                for (int column = 0; column < columns; column++) {
                    rows[row][column] = (random.nextDouble() - 0.3) * Math.pow(10, column % 3);
                }
                target[row] = random.nextDouble() * 2 - 0.7;
            }

            double[] weights = LeastSquares.nonNegative(rows, target);
            double[] oracle = bestOverActiveSets(rows, target);

            assertThat(Arrays.stream(weights).min().orElseThrow())
                    .as("problem %d", problem)
                    .isNotNegative();
            double best = distance(rows, target, oracle);
            assertThat(distance(rows, target, weights))
                    .as("problem %d", problem)
                    .isCloseTo(best, within(1e-10));
            assertThat(weights)
                    .as("problem %d", problem)
                    .usingComparatorWithPrecision(1e-7)
                    .containsExactly(oracle);
            for (double weight : oracle) {
                bound += weight == 0 ? 1 : 0;
            }
        }
        // Otherwise the constraint was not tried.
        assertThat(bound).isGreaterThan(500);
    }

    @Test
    void nonNegative_manyRows_givesTheSameAsFew() {
        SplittableRandom random = new SplittableRandom(6);
        double[][] rows = new double[40][5];
        double[] target = new double[40];
        for (int row = 0; row < 40; row++) {
            for (int column = 0; column < 5; column++) {
                rows[row][column] = random.nextDouble();
            }
            target[row] = rows[row][0] * 2 + rows[row][3] + random.nextDouble();
        }
        double[][] repeated = new double[400][];
        double[] repeatedTarget = new double[400];
        for (int row = 0; row < 400; row++) {
            repeated[row] = rows[row % 40];
            repeatedTarget[row] = target[row % 40];
        }

        assertThat(LeastSquares.nonNegative(repeated, repeatedTarget))
                .usingComparatorWithPrecision(1e-10)
                .containsExactly(LeastSquares.nonNegative(rows, target));
    }

    @Test
    void nonNegative_dependentAndEmptyColumns_areLeftOut() {
        double[][] rows = {{1, 2, 0, 1}, {2, 4, 0, 0}, {3, 6, 0, 1}, {4, 8, 0, 0}};
        double[] target = {2, 4, 6, 8};

        double[] weights = LeastSquares.nonNegative(rows, target);

        assertThat(distance(rows, target, weights)).isCloseTo(0, within(1e-12));
        assertThat(weights[2]).isZero();
    }

    @Test
    void ordinary_dependentAndEmptyColumns_getNoWeight() {
        double[][] rows = {{1, 2, 0, 1}, {2, 4, 0, 0}, {3, 6, 0, 1}, {4, 8, 0, 0}, {1, 2, 0, 5}, {1, 2, 0, 7}};
        double[] target = {2, 4, 6, 8, 9, 11};

        double[] weights = LeastSquares.ordinary(rows, target);

        // Normal equations of the first and the last column: 32 a + 16 b = 80 and 16 a + 76 b = 130.
        double other = (130 - 40) / 68.0;
        double first = (80 - 16 * other) / 32;
        assertThat(weights[0] + 2 * weights[1]).isCloseTo(first, within(1e-12));
        assertThat(weights[0] * weights[1]).isZero();
        assertThat(weights[2]).isZero();
        assertThat(weights[3]).isCloseTo(other, within(1e-12));
    }

    @Test
    void ordinary_fewerRowsThanColumns_meetsTheRows() {
        double[][] rows = {{1, 2, 3}, {1, 5, 4}};
        double[] target = {7, 3};

        assertThat(distance(rows, target, LeastSquares.ordinary(rows, target))).isCloseTo(0, within(1e-12));
    }

    private static double[] bestOverActiveSets(double[][] rows, double[] target) {
        int columns = rows[0].length;
        double[] best = new double[columns];
        double bestDistance = distance(rows, target, best);
        for (int set = 1; set < 1 << columns; set++) {
            double[] candidate = solveBySubset(rows, target, set);
            boolean feasible = true;
            for (double weight : candidate) {
                feasible &= weight >= 0;
            }
            double distance = distance(rows, target, candidate);
            if (feasible && distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    // Normal equations by Gaussian elimination: another road than the one under test.
    private static double[] solveBySubset(double[][] rows, double[] target, int set) {
        int columns = rows[0].length;
        int[] chosen =
                IntStream.range(0, columns).filter(c -> (set >> c & 1) == 1).toArray();
        int size = chosen.length;
        double[][] system = new double[size][size + 1];
        for (int i = 0; i < size; i++) {
            for (int row = 0; row < rows.length; row++) {
                for (int j = 0; j < size; j++) {
                    system[i][j] += rows[row][chosen[i]] * rows[row][chosen[j]];
                }
                system[i][size] += rows[row][chosen[i]] * target[row];
            }
        }
        double[] solution = eliminate(system);
        double[] full = new double[columns];
        for (int i = 0; i < size; i++) {
            full[chosen[i]] = solution[i];
        }
        return full;
    }

    private static double[] eliminate(double[][] system) {
        int size = system.length;
        for (int pivot = 0; pivot < size; pivot++) {
            int greatest = pivot;
            for (int row = pivot + 1; row < size; row++) {
                greatest = Math.abs(system[row][pivot]) > Math.abs(system[greatest][pivot]) ? row : greatest;
            }
            double[] swapped = system[pivot];
            system[pivot] = system[greatest];
            system[greatest] = swapped;
            for (int row = 0; row < size; row++) {
                if (row != pivot) {
                    double factor = system[row][pivot] / system[pivot][pivot];
                    for (int column = pivot; column <= size; column++) {
                        system[row][column] -= factor * system[pivot][column];
                    }
                }
            }
        }
        double[] solution = new double[size];
        for (int row = 0; row < size; row++) {
            solution[row] = system[row][size] / system[row][row];
        }
        return solution;
    }

    private static double distance(double[][] rows, double[] target, double[] weights) {
        double sum = 0;
        for (int row = 0; row < rows.length; row++) {
            double left = target[row];
            for (int column = 0; column < weights.length; column++) {
                left -= rows[row][column] * weights[column];
            }
            sum += left * left;
        }
        return Math.sqrt(sum);
    }
}
