package io.github.codnn.pipeline;

/**
 * Sums of ranges of numbers by prefix sums. Where the numbers differ so much that the difference of two prefix sums
 * would lose the small ones, a second array holds what rounding took from the first (compensated summation, T. J.
 * Dekker: A floating-point technique for extending the available precision, 1971). Immutable and thread-safe. Made in
 * O(n) time; a query takes O(1).
 *
 * <p>Public for sister packages only.
 */
public final class RangeSums {

    /** Below this ratio of sum to least number, rounding of a range is far below all tolerances. */
    private static final double MIXED = 1e6;

    private final double[] before; // [index] sum of the numbers before
    private final double[] lost; // [index] what rounding took from it; empty if that does not matter

    /**
     * Sums numbers.
     *
     * @param numbers the numbers, zero or greater and finite
     */
    public RangeSums(double[] numbers) {
        before = new double[numbers.length + 1];
        double[] errors = new double[numbers.length + 1];
        double least = Double.POSITIVE_INFINITY;
        for (int index = 0; index < numbers.length; index++) {
            double number = numbers[index];
            double sum = before[index] + number;
            double added = sum - before[index];
            errors[index + 1] = errors[index] + ((before[index] - (sum - added)) + (number - added));
            before[index + 1] = sum;
            least = number > 0 && number < least ? number : least;
        }
        lost = before[numbers.length] > MIXED * least ? errors : new double[0];
    }

    /**
     * Returns the sum of a range.
     *
     * @param start its first index
     * @param end the index after its last
     * @return the sum
     */
    public double sum(int start, int end) {
        double sum = before[end] - before[start];
        return lost.length == 0 ? sum : sum + (lost[end] - lost[start]);
    }

    /**
     * Returns the plain sum of the numbers before an index.
     *
     * @param end the index
     * @return the sum
     */
    public double before(int end) {
        return before[end];
    }

    /**
     * Tells whether the numbers are of mixed magnitude.
     *
     * @return whether plain differences of prefix sums would be inaccurate
     */
    public boolean isMixed() {
        return lost.length > 0;
    }
}
