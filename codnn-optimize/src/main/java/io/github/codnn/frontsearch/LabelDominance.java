package io.github.codnn.frontsearch;

/**
 * Decides which labels of a cut and a device dominate others.
 *
 * <p>A label with the response time {@code r}, the greatest load {@code m}, the additive energy {@code a}, the price
 * {@code q} and the set of devices {@code S} that wait at {@code W(S)} watts is completed by further stages to the
 * period {@code P = max(m, .)}, the response time {@code R = r + .}, the makespan {@code M = R + (n - 1) P}, the price
 * {@code q + .} and the energy {@code a + . + (W(S) + w) M}, where {@code .} and {@code w >= 0} depend on the
 * completion only. Let one label have a subset of the other's devices, so that all completions of the other are its own
 * as well. With the same completion {@code P1 - P2 <= p := max(0, m1 - m2, .)}, where all loads that are still open are
 * compared like {@code m}, so {@code M1 - M2 <= d := r1 - r2 + (n - 1) p}, and {@code E1 - E2 = a1 - a2 + (W1 - W2)
 * M2 + (W1 + w) (M1 - M2) <= a1 - a2 - (W2 - W1) M + max(W1 d, W d)} with the watts {@code W} of all devices and the
 * least makespan {@code M} of the completions of the other. Whatever the completion, no objective gets worse by more
 * than these differences.
 */
final class LabelDominance {

    private final FrontObjectives axes;
    private final double greatestWatts;
    private double watts;
    private double sparedWatts;

    LabelDominance(FrontObjectives axes, double greatestWatts) {
        this.axes = axes;
        this.greatestWatts = greatestWatts;
    }

    /** Compares labels whose devices wait at these watts from now on; the first is that of a subset. */
    void compare(double oneWatts, double otherWatts) {
        watts = oneWatts;
        sparedWatts = otherWatts - oneWatts;
    }

    /**
     * Tells whether each completion of the label {@code one} is, in every objective, at least as good as the same
     * completion of the label {@code other}, but for a share of the bound of the latter.
     */
    boolean dominates(double[] ones, int one, double[] others, int other, double share) {
        double later = ones[one + FrontLabels.RESPONSE] - others[other + FrontLabels.RESPONSE];
        double longer = axes.periodCounts ? longer(ones, one, others, other) : 0;
        double makespan = axes.makespan(longer, later);
        if ((axes.limitsResponse && later > 0) || (axes.limitsMean && makespan > 0)) {
            return false;
        }
        int bound = other + FrontLabels.BOUND;
        double extraPrice = ones[one + FrontLabels.PRICE] - others[other + FrontLabels.PRICE];
        return !exceeds(longer, share, others, bound, axes.periodAxis)
                && !exceeds(later, share, others, bound, axes.responseAxis)
                && !exceeds(makespan, share * axes.frames, others, bound, axes.meanAxis)
                && !exceeds(extraPrice, share, others, bound, axes.priceAxis)
                && (axes.energyAxis < 0 || savesEnergy(ones, one, others, other, share, makespan));
    }

    /** Tells whether a difference is greater than the allowed share of a figure, if that is an objective. */
    private static boolean exceeds(double difference, double share, double[] others, int bound, int axis) {
        return axis >= 0 && difference > share * others[bound + axis];
    }

    private boolean savesEnergy(double[] ones, int one, double[] others, int other, double share, double makespan) {
        double joules = ones[one + FrontLabels.JOULES] - others[other + FrontLabels.JOULES];
        double waited = (makespan > 0 ? greatestWatts : watts) * makespan;
        return joules - sparedWatts * others[other + FrontLabels.MAKESPAN] + waited
                <= share * Math.abs(others[other + FrontLabels.BOUND + axes.energyAxis]);
    }

    private static double longer(double[] ones, int one, double[] others, int other) {
        double longer = Math.max(0, ones[one + FrontLabels.PERIOD] - others[other + FrontLabels.PERIOD]);
        longer = Math.max(longer, ones[one + FrontLabels.RECEIVING] - others[other + FrontLabels.RECEIVING]);
        longer = Math.max(longer, ones[one + FrontLabels.UPLOAD] - others[other + FrontLabels.UPLOAD]);
        return Math.max(longer, ones[one + FrontLabels.SINK] - others[other + FrontLabels.SINK]);
    }
}
