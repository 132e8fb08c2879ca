package io.github.codnn.costsearch;

import java.util.Arrays;
import java.util.List;

/**
 * The least cost of paths through the plans of blocks, if the period is replaced by a mean of the loads: a lower bound
 * for any weights of the resources that add up to 1, because no load is greater than the period. The subgradient method
 * (M. Held, P. Wolfe and H. P. Crowder, 1974) looks for weights with a great bound. Not thread-safe.
 */
final class PathBound {

    private static final int PATIENCE = 4;
    private static final double HOPE = 0.1; // by what share the bound may grow where no plan is known

    private final List<BlockPlan[][]> plans; // [block][in][]
    private final int devices;
    private final double[][] least; // [block][in] from there to the end
    private final int[][] choice; // [block][in] the plan
    private long work;

    PathBound(List<BlockPlan[][]> plans, int devices) {
        this.plans = plans;
        this.devices = devices;
        least = new double[plans.size() + 1][devices];
        choice = new int[plans.size()][devices];
    }

    /** What a second of response costs, and a second of load on each resource. */
    static final class Prices {
        final double response;
        final double[] loads;

        Prices(double response, double[] loads) {
            this.response = response;
            this.loads = loads;
        }
    }

    /** Returns the least cost from each block and device on, without sums: those of layers count by a factor. */
    double[][] solve(double costFactor, Prices prices) {
        for (int block = plans.size() - 1; block >= 0; block--) {
            for (int in = 0; in < devices; in++) {
                solve(block, in, costFactor, prices);
            }
        }
        return least;
    }

    private void solve(int block, int in, double costFactor, Prices prices) {
        double cheapest = Double.POSITIVE_INFINITY;
        BlockPlan[] here = plans.get(block)[in];
        for (int index = 0; index < here.length; index++) {
            BlockPlan plan = here[index];
            double cost = plan.cost * costFactor + prices.response * plan.seconds + least[block + 1][plan.out];
            double[] loads = prices.loads;
            for (int resource = 0; resource < loads.length; resource++) {
                cost += loads[resource] * plan.loads[resource];
            }
            if (!(cost >= cheapest)) { // also what is not a number, so that it is no bound
                cheapest = cost;
                choice[block][in] = index;
            }
        }
        work += here.length * (1L + prices.loads.length / 8);
        least[block][in] = cheapest;
    }

    double[][] copy() {
        return Arrays.stream(least).map(double[]::clone).toArray(double[][]::new);
    }

    /** Returns about how many steps were taken. */
    long work() {
        return work;
    }

    /** Returns the loads of the path that {@link #solve} found. */
    private double[] loads(int start, int resources) {
        double[] loads = new double[resources];
        int in = start;
        for (int block = 0; block < plans.size(); block++) {
            BlockPlan plan = plans.get(block)[in][choice[block][in]];
            for (int resource = 0; resource < resources; resource++) {
                loads[resource] += plan.loads[resource];
            }
            in = plan.out;
        }
        return loads;
    }

    /**
     * Looks for weights of the resources.
     *
     * @param shares the weights to start from, which add up to 1
     * @param response the price of a second of response
     * @param period the price of a second of the period
     * @param target a value that the bound hardly exceeds
     * @return the best weights found
     */
    double[] improve(double[] shares, int start, double response, double period, double target, int steps) {
        double[] current = shares.clone();
        double[] best = current;
        double bestValue = Double.NEGATIVE_INFINITY;
        double ambition = 1;
        int since = 0;
        for (int step = 0; step < steps; step++) {
            double value = solve(1, new Prices(response, scaled(current, period)))[0][start];
            if (!(value < Double.POSITIVE_INFINITY)) {
                return best;
            }
            since++;
            if (value > bestValue) {
                bestValue = value;
                best = current.clone();
                since = 0;
            } else if (since % PATIENCE == 0) {
                ambition /= 2;
            }
            double aim = target < Double.POSITIVE_INFINITY ? target : bestValue * (1 + HOPE);
            double missing = ambition * (Math.max(aim, bestValue * 1.001) - bestValue) + bestValue - value;
            climb(current, loads(start, current.length), missing / period);
        }
        return best;
    }

    static double[] scaled(double[] shares, double factor) {
        return Arrays.stream(shares).map(share -> factor * share).toArray();
    }

    /** Moves along the loads, less their mean, and back to shares that add up to 1. */
    static void climb(double[] shares, double[] loads, double missing) {
        double mean = Arrays.stream(loads).sum() / loads.length;
        double norm = 0;
        for (double load : loads) {
            norm += (load - mean) * (load - mean);
        }
        if (!(norm > Double.MIN_NORMAL && Math.abs(missing / norm) < Double.MAX_VALUE)) {
            return;
        }
        for (int resource = 0; resource < shares.length; resource++) {
            shares[resource] += missing / norm * (loads[resource] - mean);
        }
        project(shares);
    }

    /** Moves to the closest point with shares of zero or more that add up to 1. */
    static void project(double[] shares) {
        double[] sorted = shares.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double shift = 0;
        for (int count = 1; count <= sorted.length; count++) {
            double value = sorted[sorted.length - count];
            sum += value;
            if (value - (sum - 1) / count > 0) {
                shift = (sum - 1) / count;
            }
        }
        double all = 0;
        for (int resource = 0; resource < shares.length; resource++) {
            shares[resource] = Math.max(0, shares[resource] - shift);
            all += shares[resource];
        }
        for (int resource = 0; resource < shares.length; resource++) {
            shares[resource] = all > 0 ? shares[resource] / all : 1.0 / shares.length;
        }
    }
}
