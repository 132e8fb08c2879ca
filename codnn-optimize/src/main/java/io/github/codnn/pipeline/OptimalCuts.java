package io.github.codnn.pipeline;

import io.github.codnn.problem.Objective;
import java.util.Arrays;

/**
 * The best cuts of a chain for a given sequence of devices, by dynamic programming over (stage, cut): the least period
 * or, where the objective is a sum over stages and transfers, the least sum. Exact for the period and, without
 * a deadline, for the response where no links share a medium. A heuristic otherwise: loads of media do not count, the
 * mean is treated as the period, energy and price count without waiting. Callers evaluate what they get.
 *
 * <p>Takes O(S L^2) time at worst for S stages and L layers; usually far less, since stages that alone cost more than
 * the best so far are skipped. Not thread-safe, allocates nothing per call.
 */
public final class OptimalCuts {

    private final StageCosts chain;
    private final boolean sum;
    private final boolean joules;
    private final boolean free; // whether transfers cost nothing
    private final double[] price; // [device] of a second, or 1
    private final int layers;
    private final double[][] least; // [stage][cut] of the stages up to this one, which ends at the cut
    private final int[][] starts; // [stage][cut] where that stage begins then

    public OptimalCuts(StageCosts chain) {
        this.chain = chain;
        Objective objective = chain.problem().objective().orElse(Objective.MEAN);
        sum = objective != Objective.PERIOD && objective != Objective.MEAN;
        joules = objective == Objective.ENERGY;
        layers = chain.layers();
        price = new double[chain.devices()];
        for (int device = 0; device < price.length; device++) {
            price[device] = objective == Objective.PRICE
                    ? chain.problem()
                            .scenario()
                            .platform()
                            .devices()
                            .get(device)
                            .pricePerSecond()
                    : 1;
        }
        int most = Math.min(chain.devices(), layers); // also of stages that break the rule on devices
        least = new double[most][layers + 1];
        starts = new int[most][layers + 1];
        free = objective == Objective.PRICE;
    }

    /**
     * Finds the best ends of stages.
     *
     * @param stages the number of stages
     * @param devices the device of each stage, no device twice
     * @param ends receives the ends, if some keep to memory, pins and colocated groups
     * @return whether there are such ends
     */
    public boolean solve(int stages, int[] devices, int[] ends) {
        for (int stage = 0; stage < stages; stage++) {
            Arrays.fill(least[stage], Double.POSITIVE_INFINITY);
            int next = stage + 1 < stages ? devices[stage + 1] : -1;
            int from = stage + 1;
            int to = stage == stages - 1 ? layers : layers - (stages - 1 - stage);
            for (int cut = stage == stages - 1 ? layers : from; cut <= to; cut++) {
                if (chain.isCutAllowed(cut)) {
                    double out = outgoing(cut, devices[stage], next);
                    if (stage == 0) {
                        extendFirst(devices[0], cut, out);
                    } else {
                        extend(stage, devices, cut, out);
                    }
                }
            }
        }
        if (least[stages - 1][layers] == Double.POSITIVE_INFINITY) {
            return false;
        }
        int end = layers;
        for (int stage = stages - 1; stage >= 0; stage--) {
            ends[stage] = end;
            end = starts[stage][end];
        }
        return true;
    }

    private void extendFirst(int device, int cut, double out) {
        if (chain.furthestEnd(device, 0) < cut) {
            return;
        }
        double upload = upload(device);
        double compute = cost(device, 0, cut);
        double total = sum ? upload + compute + out : bottleneck(upload, compute, out);
        least[0][cut] = total;
        starts[0][cut] = 0;
    }

    private void extend(int stage, int[] devices, int cut, double out) {
        int device = devices[stage];
        int before = devices[stage - 1];
        double best = Double.POSITIVE_INFINITY;
        int bestStart = -1;
        for (int start = cut - 1; start >= stage; start--) {
            double compute = cost(device, start, cut);
            if (compute >= best || chain.furthestEnd(device, start) < cut) {
                break;
            }
            double earlier = least[stage - 1][start];
            if (earlier >= best) {
                continue;
            }
            double in = sum || !chain.isBlocking() ? 0 : outgoing(start, before, device);
            double own = sum ? earlier + compute + out : bottleneck(in, compute, out);
            double total = sum || own > earlier ? own : earlier;
            if (total < best) {
                best = total;
                bestStart = start;
            }
        }
        least[stage][cut] = best;
        starts[stage][cut] = bestStart;
    }

    /** Returns the greatest load of a stage and of the links at its ends. */
    private double bottleneck(double in, double compute, double out) {
        if (chain.isBlocking()) {
            return in + compute + out;
        }
        double greater = in > out ? in : out;
        return compute > greater ? compute : greater;
    }

    private double cost(int device, int start, int end) {
        return joules ? chain.joules(device, start, end) : price[device] * chain.seconds(device, start, end);
    }

    private double upload(int device) {
        return free ? 0 : joules ? chain.uploadJoules(device) : chain.uploadSeconds(device);
    }

    private double outgoing(int cut, int device, int next) {
        if (free) {
            return 0;
        }
        if (next >= 0) {
            return joules ? chain.transferJoules(cut, device, next) : chain.transferSeconds(cut, device, next);
        }
        return joules ? chain.returnJoules(device) : chain.returnSeconds(device);
    }
}
