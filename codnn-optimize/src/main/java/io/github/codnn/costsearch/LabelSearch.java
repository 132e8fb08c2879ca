package io.github.codnn.costsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts plans of blocks together: label setting, block by block, that drops a label if another one is no worse or if its
 * bound is no less than the best plan. Where labels are too many, those with the greatest bounds are given up, and the
 * least of these bounds is that of the search. Not thread-safe.
 */
final class LabelSearch {

    private static final int MAX_COMPARISONS = 300; // with labels of lower bounds
    private static final int MORE = 8; // times as many labels may be open for a moment
    private static final int MAX_OFFERS = 20; // complete plans to evaluate

    private final CostModel model;
    private final List<BlockPlan[][]> plans; // [block][in][]
    private final Dominance dominance;
    private final boolean keepsDeadline;
    private final SearchRun run;
    private final StopSignal signal;
    private final double weight;
    private final double fixed;
    private final double[] shares; // [resource] of the period
    private final double[][] restByShares; // [block][in]
    private final double[][] rest; // [block][in] without the period
    private final double[][] restSeconds; // [block][in]
    private int offered;
    private double givenUp = Double.POSITIVE_INFINITY;

    LabelSearch(
            CostModel model,
            List<BlockPlan[][]> plans,
            Dominance dominance,
            boolean keepsDeadline,
            SearchRun run,
            StopSignal signal,
            long set,
            double[] shares) {
        this.model = model;
        this.plans = plans;
        this.dominance = dominance;
        this.keepsDeadline = keepsDeadline;
        this.run = run;
        this.signal = signal;
        this.shares = shares;
        weight = model.weight(set);
        fixed = model.fixed(set);
        double response = weight * model.responseFactor;
        PathBound bound = new PathBound(plans, model.devices);
        double[] loads = PathBound.scaled(shares, weight * model.periodFactor);
        bound.solve(1, new PathBound.Prices(response, loads));
        restByShares = bound.copy();
        bound.solve(1, new PathBound.Prices(response, new double[0]));
        rest = bound.copy();
        bound.solve(0, new PathBound.Prices(1, new double[0]));
        restSeconds = bound.copy();
    }

    /** Searches with so many labels after each block; returns a bound of all plans that are not known. */
    double search(int most) {
        List<Label> labels = List.of(Label.start(model));
        for (int block = 0; block < plans.size(); block++) {
            List<Label> next = new ArrayList<>();
            for (Label label : labels) {
                if (signal.isRaised()) {
                    givenUp = Math.min(givenUp, label.bound);
                    continue;
                }
                for (BlockPlan plan : plans.get(block)[label.device]) {
                    signal.isRaised(1 + model.resources / 8);
                    extend(label, plan, block + 1).ifPresent(next::add);
                }
                if (next.size() > MORE * most) {
                    next = new ArrayList<>(select(next, block + 1, most));
                }
            }
            labels = select(next, block + 1, most);
        }
        labels.forEach(this::offer); // in the order of their values
        return givenUp;
    }

    private double limit() {
        return run.bestScore().feasibleValue();
    }

    /** Tells whether a bound proves that no plan is below a limit, but for rounding. */
    static boolean reaches(double bound, double limit) {
        return bound >= limit - Tolerances.EQUAL * Math.abs(limit);
    }

    private Optional<Label> extend(Label label, BlockPlan plan, int block) {
        long others = label.used & ~(1L << label.device);
        long used = label.used | plan.used;
        if ((model.oneStage && (plan.used & others) != 0) || Long.bitCount(used) > model.maxDevices) {
            return Optional.empty();
        }
        double cost = label.cost + plan.cost;
        double seconds = label.seconds + plan.seconds;
        double[] loads = sum(label.loads, plan.loads);
        double bound = Math.max(label.bound, bound(cost, seconds, loads, block, plan.out));
        if (reaches(bound, limit())) {
            return Optional.empty();
        }
        double[] bytes = sum(label.bytes, plan.bytes);
        boolean real = label.isReal && plan.isReal();
        Optional<Label.Trail> trail = Optional.of(new Label.Trail(label.trail, plan));
        Label next = new Label(trail, plan.out, used, cost, seconds, loads, bytes, real, bound);
        return model.fits(bytes) && (!keepsDeadline || isInTime(next, block)) ? Optional.of(next) : Optional.empty();
    }

    private double bound(double cost, double seconds, double[] loads, int block, int out) {
        double response = cost + weight * model.responseFactor * seconds;
        double factor = weight * model.periodFactor;
        if (factor == 0) {
            return fixed + response + rest[block][out];
        }
        double mean = 0;
        double greatest = 0;
        for (int resource = 0; resource < loads.length; resource++) {
            mean += shares[resource] * loads[resource];
            greatest = Math.max(greatest, loads[resource]);
        }
        double byShares = factor * mean + restByShares[block][out];
        return fixed + response + Math.max(byShares, factor * greatest + rest[block][out]);
    }

    private static double[] sum(double[] one, double[] other) {
        double[] sum = one.clone();
        for (int index = 0; index < sum.length; index++) {
            sum[index] += other[index];
        }
        return sum;
    }

    private boolean isInTime(Label label, int block) {
        double response = label.seconds + restSeconds[block][label.device];
        double makespan = response + (model.frames - 1) * label.greatestLoad();
        return !(response > model.responseLimit() * (1 + Tolerances.BOUND))
                && !(makespan > model.makespanLimit() * (1 + Tolerances.BOUND));
    }

    /** Keeps the labels with the least bounds, without those that others make needless. */
    private List<Label> select(List<Label> labels, int block, int most) {
        labels.sort(Comparator.comparingDouble(label -> label.bound));
        List<List<Label>> byDevice = new ArrayList<>();
        for (int device = 0; device < model.devices; device++) {
            byDevice.add(new ArrayList<>());
        }
        List<Label> kept = new ArrayList<>();
        for (Label label : labels) {
            List<Label> same = byDevice.get(label.device);
            if (kept.size() >= most) {
                givenUp = Math.min(givenUp, label.bound);
            } else if (!isNeedless(label, same)) {
                kept.add(label);
                same.add(label);
            }
        }
        signal.isRaised(Math.min(1 << 20, labels.size() * (1 + Math.min(block, MAX_COMPARISONS))));
        return kept;
    }

    private boolean isNeedless(Label label, List<Label> others) {
        double least = model.weight(label.used);
        for (int index = 0; index < Math.min(MAX_COMPARISONS, others.size()); index++) {
            Label other = others.get(index);
            boolean same = !model.countsDevices() || (other.used & ~label.used) == 0;
            if (same
                    && other.isReal
                    && !Dominance.exceeds(other.bytes, label.bytes)
                    && isNoWorse(other, label, least)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNoWorse(Label one, Label other, double least) {
        double cost = one.cost - other.cost;
        return dominance.isNoWorse(cost, one.seconds - other.seconds, one.loads, other.loads, least);
    }

    private void offer(Label label) {
        boolean may = offered < MAX_OFFERS && run.evaluationsLeft(1) > 0;
        if (label.isReal && may && !reaches(label.bound, limit())) {
            run.offer(label.placement(model));
            offered++;
        }
        if (!reaches(label.bound, limit())) {
            givenUp = Math.min(givenUp, label.bound);
        }
    }
}
