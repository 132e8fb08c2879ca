package io.github.codnn.costsearch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Plans that use no other devices than a layer may have here, with times that cost as if certain devices were used and
 * no others: a part of the search space with a bound. Not thread-safe.
 */
final class Region {

    private final CostModel model; // of all plans
    final long charged; // the devices that are paid for, as bits
    final boolean[] allowed; // [layer * D + device]
    final double[] shares; // [resource] of the period
    final PriceBound.Flow flow;
    final double bound;
    final double[] visits; // [layer * D + device] how often the prices of its bound have a layer there
    private List<BlockPlan[][]> plans = List.of(); // of its blocks, if all are known
    private Optional<CostModel> within = Optional.empty();
    private double[] sharesWithin = new double[0];

    Region(
            CostModel model,
            long charged,
            boolean[] allowed,
            double[] shares,
            PriceBound.Flow flow,
            double bound,
            double[] visits) {
        this.model = model;
        this.charged = charged;
        this.allowed = allowed;
        this.shares = shares;
        this.flow = flow;
        this.bound = bound;
        this.visits = visits;
    }

    /** Returns this region with a higher bound. */
    Region withBound(double newBound) {
        Region raised = new Region(model, charged, allowed, shares, flow, Math.max(bound, newBound), visits);
        raised.plans = plans;
        raised.within = within;
        raised.sharesWithin = sharesWithin;
        return raised;
    }

    /** Returns a part of this region. */
    Region with(long newCharged, boolean[] newAllowed) {
        return new Region(model, newCharged, newAllowed, shares, flow, bound, visits);
    }

    /** Returns the devices that some layer may have, as bits. */
    long devices() {
        long devices = 0;
        for (int entry = 0; entry < allowed.length; entry++) {
            devices |= allowed[entry] ? 1L << entry % model.devices : 0;
        }
        return devices;
    }

    /** Returns the least cost of its plans besides layers, transfers and times. */
    double fixed() {
        return model.fixed(charged);
    }

    /** Returns the costs of its plans. */
    CostModel within() {
        CostModel known = within.orElseGet(() -> model.within(devices(), charged, allowed));
        within = Optional.of(known);
        return known;
    }

    List<BlockPlan[][]> plans() {
        return plans;
    }

    void keepPlans(List<BlockPlan[][]> known) {
        plans = known;
    }

    double[] sharesWithin() {
        if (sharesWithin.length == 0) {
            sharesWithin = new double[within().resources];
            Arrays.fill(sharesWithin, 1.0 / sharesWithin.length);
        }
        return sharesWithin;
    }

    void keepShares(double[] better) {
        sharesWithin = better;
    }

    /** Returns how many devices the layers may have, besides one each. */
    int freedom() {
        int count = -model.layers;
        for (boolean each : allowed) {
            count += each ? 1 : 0;
        }
        return count;
    }
}
