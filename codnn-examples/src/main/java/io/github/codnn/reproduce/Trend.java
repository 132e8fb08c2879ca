package io.github.codnn.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether figures rise over ordered sizes, each row being one seed or platform: E. B. Page's test for ordered
 * alternatives (1963), exact by all permutations of each row, also if figures are equal. Takes n k! steps.
 *
 * @param sizes the sizes, ascending, at most 8
 * @param rows the figures of each row, one per size
 */
record Trend(List<Double> sizes, List<List<Double>> rows) {

    private static final int MAX_SIZES = 8;

    /** Copies and checks the components. */
    Trend {
        sizes = List.copyOf(sizes);
        rows = rows.stream().map(List::copyOf).toList();
        if (sizes.size() > MAX_SIZES) {
            throw new IllegalArgumentException(
                    "A trend takes at most " + MAX_SIZES + " sizes, but has " + sizes.size());
        }
        for (List<Double> row : rows) {
            if (row.size() != sizes.size()) {
                throw new IllegalArgumentException(
                        "A row of a trend has " + row.size() + " figures for " + sizes.size() + " sizes");
            }
        }
    }

    /** Returns the slope of the least squares line of each row: how much a figure rises per unit of size. */
    Sample slopes() {
        double mean = sizes.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares = sizes.stream()
                .mapToDouble(size -> (size - mean) * (size - mean))
                .sum();
        return new Sample(rows.stream()
                .mapToDouble(row -> {
                    double sum = 0;
                    for (int i = 0; i < row.size(); i++) {
                        sum += (sizes.get(i) - mean) * row.get(i);
                    }
                    return sum / squares;
                })
                .toArray());
    }

    /** Returns the two-sided p-value that figures neither rise nor fall. */
    double probability() {
        int observed = 0;
        double[] chances = {1};
        for (List<Double> row : rows) {
            int[] ranks = ranks(row);
            observed += weighted(ranks);
            chances = convolved(chances, sums(ranks));
        }
        double atLeast = 0;
        double atMost = 0;
        for (int sum = 0; sum < chances.length; sum++) {
            atLeast += sum >= observed ? chances[sum] : 0;
            atMost += sum <= observed ? chances[sum] : 0;
        }
        return Math.min(1, 2 * Math.min(atLeast, atMost));
    }

    private static int[] ranks(List<Double> row) {
        double[] sorted = row.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int[] doubled = Sample.doubledRanks(sorted);
        return row.stream()
                .mapToInt(value -> doubled[Arrays.binarySearch(sorted, value)])
                .toArray();
    }

    private static int weighted(int[] ranks) {
        int sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            sum += (i + 1) * ranks[i];
        }
        return sum;
    }

    /** Returns the chance of every weighted sum over all orders of the ranks. */
    private static double[] sums(int[] ranks) {
        List<Integer> all = new ArrayList<>();
        permute(ranks.clone(), 0, all);
        double[] chances =
                new double[all.stream().mapToInt(Integer::intValue).max().orElse(0) + 1];
        all.forEach(sum -> chances[sum] += 1.0 / all.size());
        return chances;
    }

    private static void permute(int[] ranks, int from, List<Integer> sums) {
        if (from == ranks.length) {
            sums.add(weighted(ranks));
        }
        for (int i = from; i < ranks.length; i++) {
            swap(ranks, from, i);
            permute(ranks, from + 1, sums);
            swap(ranks, from, i);
        }
    }

    private static void swap(int[] ranks, int one, int other) {
        int kept = ranks[one];
        ranks[one] = ranks[other];
        ranks[other] = kept;
    }

    private static double[] convolved(double[] chances, double[] more) {
        double[] sums = new double[chances.length + more.length - 1];
        for (int i = 0; i < chances.length; i++) {
            for (int j = 0; j < more.length && chances[i] > 0; j++) {
                sums[i + j] += chances[i] * more[j];
            }
        }
        return sums;
    }
}
