package io.github.codnn.dagsearch;

/**
 * A sum that numbers are added to and taken from, and that keeps small ones beside large ones: it holds what rounding
 * took from it (compensated summation, A. Neumaier, 1974). Not thread-safe.
 */
final class RunningSum {

    private double sum;
    private double lost;

    void clear() {
        sum = 0;
        lost = 0;
    }

    void add(double number) {
        double next = sum + number;
        double added = next - sum;
        lost += (sum - (next - added)) + (number - added);
        sum = next;
    }

    double value() {
        return sum + lost;
    }

    /** Writes the sum into two entries of an array. */
    void save(double[] array, int index) {
        array[index] = sum;
        array[index + 1] = lost;
    }

    void restore(double[] array, int index) {
        sum = array[index];
        lost = array[index + 1];
    }
}
