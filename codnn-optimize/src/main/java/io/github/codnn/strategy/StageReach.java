package io.github.codnn.strategy;

/**
 * How far a stage reaches within a period if its device does nothing but run its layers, and what that leaves to others.
 */
final class StageReach {

    // Bounds compare sums that are rounded in another order than the times of stages.
    private static final double ROUNDING = 1 + 1e-9;

    private final ChainModel model;
    private final int[][] reach; // [class][start]
    private double period;

    StageReach(ChainModel model) {
        this.model = model;
        reach = new int[model.classes][model.layers + 1];
    }

    /** Computes all ends in O(L C) time. */
    void prepare(double within) {
        period = within;
        for (int each = 0; each < model.classes; each++) {
            double[] prefix = model.prefix[each];
            int[] limit = model.limit[each];
            int end = 0;
            for (int start = 0; start <= model.layers; start++) {
                end = Math.max(end, start);
                while (end < limit[start] && prefix[end + 1] - prefix[start] <= period) {
                    end++;
                }
                reach[each][start] = end;
            }
        }
    }

    /** Returns the furthest end of a stage, {@code start} itself if not even one layer fits. */
    int end(int each, int start) {
        return reach[each][start];
    }

    /**
     * Returns how fast all devices that are unused before a stage starts must be together: the device of the stage is one of
     * them, and the others must do in time what it cannot reach.
     */
    double speedNeeded(int each, int start) {
        double left = model.workAfter[reach[each][start]];
        return ((left == 0 ? 0 : left / period) + model.speed[each]) / ROUNDING;
    }
}
