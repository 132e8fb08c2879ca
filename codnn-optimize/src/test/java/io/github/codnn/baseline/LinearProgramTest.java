package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NoFeasibleSolutionException;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.junit.jupiter.api.Test;

class LinearProgramTest {

    private static final int PIVOTS = 1000;

    @Test
    void minimum_blendWithACapacity_isTheKnownVertex() {
        // 2 x + 3 y with x + y = 4 and x at most 3
        LinearProgram program = new LinearProgram(new double[] {2, 3});
        program.addEqual(new double[] {1, 1}, 4);
        program.addAtMost(new double[] {1, 0}, 3);

        assertThat(program.minimum(PIVOTS, () -> false))
                .hasValueSatisfying(point -> assertThat(point).containsExactly(3, 1));
    }

    @Test
    void minimum_constraintsContradict_isEmpty() {
        LinearProgram program = new LinearProgram(new double[] {1, 1});
        program.addEqual(new double[] {1, 1}, 4);
        program.addAtMost(new double[] {1, 1}, 3);

        assertThat(program.minimum(PIVOTS, () -> false)).isEmpty();
    }

    @Test
    void minimum_costsFallForEver_isEmpty() {
        LinearProgram program = new LinearProgram(new double[] {-1, 0});
        program.addAtMost(new double[] {-1, 1}, 3);

        assertThat(program.minimum(PIVOTS, () -> false)).isEmpty();
    }

    @Test
    void minimum_tooFewPivots_isEmpty() {
        LinearProgram program = new LinearProgram(new double[] {2, 3});
        program.addEqual(new double[] {1, 1}, 4);
        program.addAtMost(new double[] {1, 0}, 3);

        assertThat(program.minimum(1, () -> false)).isEmpty();
        assertThat(program.minimum(2, () -> false)).isPresent();
    }

    @Test
    void minimum_askedTwice_isTheSame() {
        LinearProgram program = new LinearProgram(new double[] {-3, -5});
        program.addAtMost(new double[] {1, 0}, 4);
        program.addAtMost(new double[] {0, 2}, 12);
        program.addAtMost(new double[] {3, 2}, 18);

        assertThat(program.minimum(PIVOTS, () -> false).orElseThrow()).containsExactly(2, 6);
        assertThat(program.minimum(PIVOTS, () -> false).orElseThrow()).containsExactly(2, 6);
    }

    /** E. M. L. Beale's example, on which the rule of the most negative cost alone cycles for ever. */
    @Test
    void minimum_exampleThatCycles_isFound() {
        LinearProgram program = new LinearProgram(new double[] {-0.75, 150, -0.02, 6});
        program.addAtMost(new double[] {0.25, -60, -0.04, 9}, 0);
        program.addAtMost(new double[] {0.5, -90, -0.02, 3}, 0);
        program.addAtMost(new double[] {0, 0, 1, 0}, 1);

        double[] point = program.minimum(PIVOTS, () -> false).orElseThrow();
        assertThat(-0.75 * point[0] + 150 * point[1] - 0.02 * point[2] + 6 * point[3])
                .isCloseTo(-0.05, within(1e-12));
    }

    @Test
    void add_wrongLengthOrNegativeRight_isRefused() {
        LinearProgram program = new LinearProgram(new double[] {1, 1});

        assertThatThrownBy(() -> program.addEqual(new double[] {1}, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> program.addAtMost(new double[] {1, 1}, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    /** Shares of blocks among devices with a period, pins and memories, many degenerate, beside another solver. */
    @Test
    void minimum_randomShares_meetConstraintsAtTheLeastCost() {
        SplittableRandom random = new SplittableRandom(4);
        int solved = 0;
        for (int problem = 0; problem < 400; problem++) {
            Instance instance = new Instance(random, problem % 2 == 0);
            Optional<double[]> point = instance.program.minimum(20_000, () -> false);
            Optional<Double> expected = instance.leastCost();

            assertThat(point.isPresent()).as("problem %d", problem).isEqualTo(expected.isPresent());
            if (point.isPresent()) {
                assertThat(instance.violation(point.get()))
                        .as("problem %d", problem)
                        .isLessThan(1e-9);
                assertThat(instance.cost(point.get()))
                        .as("problem %d", problem)
                        .isCloseTo(expected.orElseThrow(), within(1e-6));
                solved++;
            }
        }
        // Some have too little memory; most must not.
        assertThat(solved).isBetween(250, 390);
    }

    private static final class Instance {

        private final int blocks;
        private final int devices;
        private final double[] costs;
        private final LinearProgram program;
        private final List<LinearConstraint> constraints = new ArrayList<>();

        Instance(SplittableRandom random, boolean alike) {
            blocks = 1 + random.nextInt(20);
            devices = 2 + random.nextInt(5);
            costs = new double[blocks * devices + 1];
            if (random.nextBoolean()) {
                costs[costs.length - 1] = 1;
            } else {
                for (int variable = 0; variable < costs.length - 1; variable++) {
                    costs[variable] = alike ? random.nextInt(3) : random.nextDouble();
                }
            }
            program = new LinearProgram(costs);
            for (int block = 0; block < blocks; block++) {
                addWhole(block, random);
            }
            for (int device = 0; device < devices; device++) {
                addDevice(device, random, alike);
            }
        }

        private void addWhole(int block, SplittableRandom random) {
            double[] row = new double[costs.length];
            int pin = random.nextInt(6) == 0 ? random.nextInt(devices) : -1;
            for (int device = 0; device < devices; device++) {
                row[block * devices + device] = pin < 0 || pin == device ? 1 : 0;
            }
            program.addEqual(row, 1);
            constraints.add(new LinearConstraint(row, Relationship.EQ, 1));
        }

        private void addDevice(int device, SplittableRandom random, boolean alike) {
            double[] load = new double[costs.length];
            double[] memory = new double[costs.length];
            for (int block = 0; block < blocks; block++) {
                load[block * devices + device] = alike ? 1 + random.nextInt(2) : 0.1 + random.nextDouble();
                memory[block * devices + device] = random.nextDouble() * devices / blocks;
            }
            load[costs.length - 1] = -1;
            addAtMost(load, 0);
            addAtMost(memory, 1);
        }

        private void addAtMost(double[] row, double right) {
            program.addAtMost(row, right);
            constraints.add(new LinearConstraint(row, Relationship.LEQ, right));
        }

        Optional<Double> leastCost() {
            try {
                return Optional.of(new SimplexSolver()
                        .optimize(
                                new MaxIter(20_000),
                                new LinearObjectiveFunction(costs, 0),
                                new LinearConstraintSet(constraints),
                                new NonNegativeConstraint(true))
                        .getValue());
            } catch (NoFeasibleSolutionException none) {
                return Optional.empty();
            }
        }

        double cost(double[] point) {
            return product(costs, point);
        }

        double violation(double[] point) {
            double worst = 0;
            for (double value : point) {
                worst = Math.max(worst, -value);
            }
            for (LinearConstraint constraint : constraints) {
                double excess = product(constraint.getCoefficients().toArray(), point) - constraint.getValue();
                boolean equality = constraint.getRelationship() == Relationship.EQ;
                worst = Math.max(worst, equality ? Math.abs(excess) : excess);
            }
            return worst;
        }

        private static double product(double[] one, double[] other) {
            double sum = 0;
            for (int index = 0; index < one.length; index++) {
                sum += one[index] * other[index];
            }
            return sum;
        }
    }
}
