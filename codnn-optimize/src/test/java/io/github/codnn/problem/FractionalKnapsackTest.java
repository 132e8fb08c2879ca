package io.github.codnn.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FractionalKnapsackTest {

    private static final double[] SECONDS = {4, 1, 2};
    private static final double[] WORK = {4, 3, 4};

    @Test
    void maxWork_betweenTwoItems_takesAFractionOfTheNextBestItem() {
        FractionalKnapsack knapsack = new FractionalKnapsack(SECONDS, WORK, item -> true);

        assertThat(knapsack.maxWork(0)).isZero();
        assertThat(knapsack.maxWork(1)).isEqualTo(3);
        assertThat(knapsack.maxWork(2)).isEqualTo(5);
        assertThat(knapsack.maxWork(5)).isEqualTo(9);
        assertThat(knapsack.maxWork(100)).isEqualTo(11);
        assertThat(knapsack.allSeconds()).isEqualTo(7);
    }

    @Test
    void maxWork_someItemsForbidden_leavesThemOut() {
        FractionalKnapsack knapsack = new FractionalKnapsack(SECONDS, WORK, item -> item != 1);

        assertThat(knapsack.maxWork(2)).isEqualTo(4);
        assertThat(knapsack.maxWork(100)).isEqualTo(8);
    }

    @Test
    void maxWork_itemsWithoutWork_countLast() {
        FractionalKnapsack knapsack = new FractionalKnapsack(new double[] {0, 3}, new double[] {0, 6}, item -> true);

        assertThat(knapsack.maxWork(1)).isEqualTo(2);
    }

    @Test
    void maxWork_anyItems_boundsEverySubsetThatFits() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            double[] seconds = random.doubles(8, 0.1, 1).toArray();
            double[] work = random.doubles(8).toArray();
            double size = 4 * random.nextDouble();
            FractionalKnapsack knapsack = new FractionalKnapsack(seconds, work, item -> true);

            double best = IntStream.range(0, 1 << 8)
                    .filter(subset -> sum(seconds, subset) <= size)
                    .mapToDouble(subset -> sum(work, subset))
                    .max()
                    .orElseThrow();

            assertThat(knapsack.maxWork(size)).isGreaterThanOrEqualTo(best - 1e-12);
            assertThat(knapsack.maxWork(100)).isCloseTo(Arrays.stream(work).sum(), within(1e-12));
        }
    }

    private static double sum(double[] figures, int subset) {
        return IntStream.range(0, figures.length)
                .filter(item -> (subset & 1 << item) != 0)
                .mapToDouble(item -> figures[item])
                .sum();
    }
}
