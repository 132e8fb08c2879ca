package io.github.codnn.slicing;

import io.github.codnn.dagsearch.DagModel;
import io.github.codnn.dagsearch.NodeOrders;
import io.github.codnn.dagsearch.PricedStages;
import io.github.codnn.dagsearch.SliceSearch;
import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.StopReason;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The bracket of the least period between a proven bound and the best plan of a run, narrowed from both sides. */
final class SliceBracket {

    private static final double PRECISION = 1e-3; // of periods, relative
    private static final int MAX_PASSES = 200; // periods; a bracket takes some tens
    private static final int PRICES = 200; // how often prices change before a period is given up
    private static final int PLAN_EVERY = 8; // changes of prices
    private static final int SEARCH_EVERY = 64;
    private static final int SAME_TARGET = 64; // orders
    private static final int MAX_FAILURES = 16 * SAME_TARGET; // orders in a row that give no better plan

    private final DagModel model;
    private final SearchRun run;
    private final StopSignal signal;
    private final NodeOrders orders;
    private final SliceSearch slices;
    private final int width;
    private final SplittableRandom random;
    private double lower;
    private double[] prices;
    private int[] bestOrder;

    SliceBracket(DagModel model, SearchRun run, int width, long maxWork, long seed) {
        this.model = model;
        this.run = run;
        this.width = width;
        signal = new StopSignal(run, maxWork);
        orders = new NodeOrders(model);
        slices = new SliceSearch(model, signal);
        random = new SplittableRandom(seed);
        lower = Math.max(0, run.lowerBound());
        prices = model.meanSpeeds();
        bestOrder = new int[0];
    }

    /** Closes the bracket, or narrows it until the work is done or the stop rule ends it; returns why it ended. */
    StopReason close() {
        List<int[]> starts = orders.starts();
        bestOrder = starts.get(0);
        starts.forEach(this::shorten);
        Optional<PricedStages> rough = PricedStages.withoutLightNodes(model, signal);
        rough.ifPresent(this::narrow);
        if (rough.isPresent()) {
            improve();
        }
        PricedStages.of(model, signal).ifPresent(this::narrow);
        improve();
        run.raiseLowerBound(isClosed() ? upper() : lower);
        return signal.reason().orElse(isClosed() ? StopReason.PROVEN : StopReason.COMPLETED);
    }

    private double upper() {
        return run.bestScore().feasibleValue();
    }

    private boolean isClosed() {
        return lower >= upper() * (1 - Tolerances.EQUAL);
    }

    /** Slices an order within a period; returns whether that gives a better plan. */
    private boolean slice(int[] order, double period) {
        double before = upper();
        slices.plan(order, period, prices, width).ifPresent(run::offer);
        boolean isBetter = upper() < before;
        bestOrder = isBetter ? order : bestOrder;
        return isBetter;
    }

    /** Halves the logarithm of the bracket by slices of one order. */
    private void shorten(int[] order) {
        double low = Math.max(lower, model.longestPeriod() * 1e-6);
        double high = Math.min(upper(), model.longestPeriod());
        while (high > low * (1 + PRECISION) && !signal.isRaised()) {
            double middle = Math.sqrt(low * high);
            if (slice(order, middle)) {
                high = Math.min(middle, upper());
            } else {
                low = middle;
            }
        }
    }

    /** Tries periods between bound and plan: each raises the bound, gives a plan, or is left open. */
    private void narrow(PricedStages stages) {
        double open = model.longestPeriod(); // the least period that was left open
        double closed = 0; // the greatest one
        for (int pass = 0; pass < MAX_PASSES && !signal.isRaised() && !isClosed(); pass++) {
            double greatest = Math.min(upper(), model.longestPeriod());
            double least = Math.min(open, greatest);
            double from = Math.max(lower, least / 64);
            boolean proves = least > from * (1 + PRECISION);
            double most = Math.max(closed, lower);
            if (!proves && greatest <= most * (1 + PRECISION)) {
                break;
            }
            double period = proves ? Math.sqrt(from * least) : Math.sqrt(most * greatest);
            if (!decide(stages, period)) {
                open = Math.min(open, period);
                closed = Math.max(closed, period);
            }
        }
    }

    /** Returns whether a period is proven too short or kept by a plan. */
    private boolean decide(PricedStages stages, double period) {
        stages.prepare(period);
        for (int step = 0; step < PRICES && stages.isComplete() && !signal.isRaised(); step++) {
            if (stages.isImpossible()) {
                lower = period;
                run.raiseLowerBound(lower);
                return true;
            }
            prices = stages.prices();
            if (stages.isReached() && findsPlan(stages, step, period)) {
                return true;
            }
            if (model.isUniform()) {
                return false;
            }
            stages.adapt(step);
        }
        return false;
    }

    /** Looks for a plan by the cheapest stages and their prices; returns whether one keeps the period. */
    private boolean findsPlan(PricedStages stages, int step, double period) {
        boolean fits = stages.fitsDevices();
        if (fits && offer(Optional.of(stages.placement()), stages, period)) {
            return true;
        }
        if (step % SEARCH_EVERY == 0 && offer(stages.plan(), stages, period)) {
            return true;
        }
        return (fits || step % PLAN_EVERY == 0) && slice(stages.order(), period);
    }

    /** Offers a plan; returns whether it keeps the period. */
    private boolean offer(Optional<int[]> plan, PricedStages stages, double period) {
        double before = upper();
        plan.ifPresent(run::offer);
        bestOrder = upper() < before ? stages.order() : bestOrder;
        return upper() < before && upper() <= period * (1 + Tolerances.EQUAL);
    }

    /** Changes the best order at random, for periods a little shorter than that of the best plan. */
    private void improve() {
        double step = 16 * PRECISION;
        for (int failures = 0; failures < MAX_FAILURES && !signal.isRaised() && !isClosed(); failures++) {
            double target = Math.max(lower, upper() * (1 - step));
            if (slice(orders.change(bestOrder, random), target)) {
                failures = 0;
            } else if (failures % SAME_TARGET == SAME_TARGET - 1) {
                step = Math.max(PRECISION / 16, step / 2);
            }
        }
    }
}
