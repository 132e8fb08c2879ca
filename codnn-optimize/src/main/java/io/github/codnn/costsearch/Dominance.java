package io.github.codnn.costsearch;

/**
 * When one partial plan makes another one needless.
 *
 * <p>Both can go on in the same way. Let e be what the rest adds to the load of each resource, and dP the greatest
 * excess of a load of the first plan over the same load of the second: then {@code P1 = max(load1 + e) <= P2 + dP}.
 * Response times of what follows add up, so {@code R1 - R2 = dR}. So the first plan is no worse if {@code cost1 - cost2
 * + weight (a dR + b dP) <= 0} for the least and the greatest weight; where a deadline limits the makespan, also
 * {@code dR + (n - 1) dP <= 0}.
 */
final class Dominance {

    private final CostModel model;
    private final boolean limitsResponse;
    private final boolean limitsMakespan;
    private final double greatest; // weight of times

    Dominance(CostModel model, boolean keepsDeadline) {
        this.model = model;
        limitsResponse = keepsDeadline && model.responseLimit() < Double.POSITIVE_INFINITY;
        limitsMakespan = keepsDeadline && model.makespanLimit() < Double.POSITIVE_INFINITY;
        greatest = model.weight(-1L);
    }

    boolean countsLoads() {
        return model.periodFactor > 0 || (limitsMakespan && model.frames > 1);
    }

    /**
     * Tells whether a partial plan is no worse than another one, of which lower bounds may be given.
     *
     * @param cost how much more its sum is
     * @param seconds how much later it is done
     * @param one its loads
     * @param other the loads of the other
     * @param least the least weight of times of plans that contain the other
     */
    boolean isNoWorse(double cost, double seconds, double[] one, double[] other, double least) {
        double late = model.responseFactor == 0 ? 0 : model.responseFactor * seconds;
        if ((limitsResponse && seconds > 0) || (limitsMakespan && seconds > 0 && model.frames == 1)) {
            return false;
        }
        if (cost + least * late > 0 || cost + greatest * late > 0) {
            return false;
        }
        return !countsLoads() || isNoWorse(cost, seconds, late, excess(one, other), least);
    }

    private boolean isNoWorse(double cost, double seconds, double response, double excess, double least) {
        if (limitsMakespan && seconds + (model.frames - 1) * excess > 0) {
            return false;
        }
        double late = response + (model.periodFactor == 0 ? 0 : model.periodFactor * excess);
        return cost + least * late <= 0 && cost + greatest * late <= 0;
    }

    private static double excess(double[] one, double[] other) {
        double excess = 0;
        for (int resource = 0; resource < one.length; resource++) {
            excess = Math.max(excess, one[resource] - other[resource]);
        }
        return excess;
    }

    static boolean exceeds(double[] one, double[] other) {
        for (int device = 0; device < one.length; device++) {
            if (one[device] > other[device]) {
                return true;
            }
        }
        return false;
    }
}
