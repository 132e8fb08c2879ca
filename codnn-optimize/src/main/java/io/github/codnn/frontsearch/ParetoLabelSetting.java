package io.github.codnn.frontsearch;

import io.github.codnn.chainsearch.ChainModel;
import io.github.codnn.chainsearch.ChainPath;
import io.github.codnn.chainsearch.DeviceSets;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.Objective;
import java.util.Arrays;
import java.util.List;

/**
 * Finds every plan of a chain that no other dominates, by label setting with several objectives (E. Q. V. Martins: On a
 * multicriteria shortest path problem, European Journal of Operational Research 16, 1984): from the first cut to the
 * last it keeps, for each set of used devices and each device whose stage starts at the cut, the labels that no other
 * dominates ({@link LabelDominance}). The search discards a label whose best completion ({@link FrontBounds}) a plan in
 * the archive already dominates.
 *
 * <p>With an allowance a label is also discarded in favour of one that is worse by at most that share of each figure.
 * That happens at most once per stage, so for every plan the archive has one that is worse by at most a factor of
 * {@code (1 + share)^stages}: an approximation with a proven error, in a fraction of the time.
 */
public final class ParetoLabelSetting {

    private final ChainModel model;
    private final FrontCosts costs;
    private final DeviceSets sets;
    private final FrontBounds bounds;
    private final FrontObjectives axes;
    private final StopSignal signal;
    private final int maxLabels;
    private final LabelLists states;
    private final Evaluation evaluation;
    private final double[] from = new double[FrontLabels.COLUMNS];
    private final double[] row = new double[FrontLabels.COLUMNS];
    private final double[] times = new double[2]; // period, response
    private final double[] figures;
    private StageLog stages = new StageLog();
    private FrontArchive archive;
    private int offered;

    public ParetoLabelSetting(
            ChainModel model, DeviceSets sets, List<Objective> objectives, StopSignal signal, int maxLabels) {
        this.model = model;
        this.sets = sets;
        this.signal = signal;
        this.maxLabels = maxLabels;
        costs = new FrontCosts(model);
        bounds = new FrontBounds(model, costs, sets);
        axes = new FrontObjectives(objectives, model.chain.problem().compiled());
        states = new LabelLists(model, sets, bounds, new LabelDominance(axes, bounds.greatestWatts()));
        evaluation = model.chain.problem().evaluator().newEvaluation();
        figures = new double[objectives.size()];
        archive = new FrontArchive(figures, figures);
    }

    /** Returns a lower bound of each objective; infinite if there is no plan. */
    public double[] ideal() {
        double[] ideal = new double[figures.length];
        Arrays.fill(ideal, Double.POSITIVE_INFINITY);
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            startFirst(deviceClass);
            if (bound(bounds.state(0, sets.stride[deviceClass], deviceClass), sets.stride[deviceClass])) {
                for (int axis = 0; axis < ideal.length; axis++) {
                    ideal[axis] = Math.min(ideal[axis], figures[axis]);
                }
            }
        }
        return ideal;
    }

    /**
     * Adds plans to an archive.
     *
     * @param share the allowance for each stage, 0 for none
     * @return whether the search is complete; if not, the signal is raised, or there are too many labels
     */
    public boolean run(FrontArchive archive, double share) {
        this.archive = archive;
        stages = new StageLog();
        states.clear(share);
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            startFirst(deviceClass);
            offer(0, sets.stride[deviceClass], deviceClass, -1);
        }
        for (int cut = 0; cut < model.layers; cut++) {
            for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                states.prune(cut, deviceClass);
                if (!expandAll(cut, deviceClass)) {
                    return false;
                }
            }
            states.release(cut);
            signal.endIteration();
        }
        return true;
    }

    private boolean expandAll(int cut, int deviceClass) {
        for (int set = 1; set <= sets.all; set++) {
            for (int label = states.first(cut, set, deviceClass); label >= 0; label = states.next(label)) {
                int predecessor = states.read(label, from);
                if (!archive.covers(boundsOf(from, set, from[FrontLabels.PERIOD]))) {
                    expand(cut, set, deviceClass, stages.add(predecessor, cut, deviceClass));
                }
                int work = offered + states.takeCompared();
                offered = 0;
                if (signal.isRaised(work) || states.size() > maxLabels || stages.size() > 2 * maxLabels) {
                    return false;
                }
            }
            states.release(cut, set, deviceClass);
        }
        return true;
    }

    private double[] boundsOf(double[] label, int set, double period) {
        axes.fillBounds(figures, label, period, bounds.watts(set));
        return figures;
    }

    private void startFirst(int deviceClass) {
        double upload = model.upload[deviceClass];
        Arrays.fill(row, 0);
        row[FrontLabels.RESPONSE] = upload;
        row[FrontLabels.PERIOD] = upload;
        row[FrontLabels.JOULES] = costs.baseJoules + costs.uploadJoules(deviceClass) + costs.joulesToStart[deviceClass];
        row[FrontLabels.RECEIVING] = model.blocking ? upload : 0;
        // Otherwise the upload shares its link only with results that take the same link.
        boolean sameLink = model.sink >= 0 && model.source != model.sink && deviceClass == model.sink;
        row[FrontLabels.UPLOAD] = model.blocking || sameLink ? upload : 0;
        settleEnds(sets.stride[deviceClass], deviceClass);
    }

    /** Clears loads of source and sink that are final, so that labels do not differ in them. */
    private void settleEnds(int set, int deviceClass) {
        boolean sourceUsed = model.source >= 0 && sets.contains(set, model.source);
        boolean sinkUsed = model.sink >= 0 && sets.contains(set, model.sink);
        if (sourceUsed && (model.blocking || deviceClass != model.source)) {
            row[FrontLabels.UPLOAD] = 0;
        }
        if (model.blocking && (!sinkUsed || deviceClass == model.sink)) {
            row[FrontLabels.SINK] = model.sink >= 0 && model.sink == model.source ? row[FrontLabels.UPLOAD] : 0;
        }
    }

    /** Ends the stage of the label in {@link #from} at each cut, and starts the next one. */
    private void expand(int cut, int set, int deviceClass, int stage) {
        double period = from[FrontLabels.PERIOD];
        for (int end = cut + 1; end <= model.limit[deviceClass][cut]; end++) {
            double load = from[FrontLabels.RECEIVING] + model.seconds(deviceClass, cut, end);
            if (load > period && archive.covers(boundsOf(from, set, load))) {
                return; // later ends have greater loads
            }
            if (end == model.layers) {
                finish(cut, set, deviceClass, stage);
            } else if (model.cutAllowed[end]) {
                for (long rest = bounds.free(set); rest != 0; rest &= rest - 1) {
                    int to = Long.numberOfTrailingZeros(rest);
                    if (model.transfer[end][deviceClass * model.classes + to] < Double.POSITIVE_INFINITY) {
                        startNext(cut, end, deviceClass, to);
                        settleEnds(set + sets.stride[to], to);
                        offer(end, set + sets.stride[to], to, stage);
                    }
                }
            }
        }
    }

    private void startNext(int cut, int end, int deviceClass, int to) {
        double seconds = model.seconds(deviceClass, cut, end);
        double transfer = model.transfer[end][deviceClass * model.classes + to];
        double load = from[FrontLabels.RECEIVING] + seconds + (model.blocking ? transfer : 0);
        row[FrontLabels.RESPONSE] = from[FrontLabels.RESPONSE] + seconds + transfer;
        row[FrontLabels.PERIOD] = Math.max(from[FrontLabels.PERIOD], Math.max(load, transfer));
        row[FrontLabels.JOULES] = from[FrontLabels.JOULES]
                + costs.joules(deviceClass, cut, end)
                + costs.transferJoules(end, deviceClass, to)
                + costs.joulesToStart[to];
        row[FrontLabels.PRICE] = from[FrontLabels.PRICE] + costs.price(deviceClass, cut, end);
        row[FrontLabels.UPLOAD] = from[FrontLabels.UPLOAD];
        row[FrontLabels.SINK] = model.blocking && deviceClass == model.sink ? load : from[FrontLabels.SINK];
        double upload = to == model.source ? from[FrontLabels.UPLOAD] : 0;
        row[FrontLabels.RECEIVING] = model.blocking ? transfer + upload : 0;
    }

    /** Adds the label in {@link #row} unless a plan in the archive dominates its bounds. */
    private void offer(int cut, int set, int deviceClass, int stage) {
        offered++;
        if (bound(bounds.state(cut, set, deviceClass), set) && !archive.covers(figures)) {
            System.arraycopy(figures, 0, row, FrontLabels.BOUND, figures.length);
            states.add(row, cut, set, deviceClass, stage);
        }
    }

    /** Computes lower bounds of the completions of the label in {@link #row}; returns false if there are none. */
    private boolean bound(int state, int set) {
        double response = row[FrontLabels.RESPONSE] + bounds.response(state);
        double period = Math.max(Math.max(row[FrontLabels.PERIOD], bounds.period(state)), bounds.leastPeriod());
        if (response == Double.POSITIVE_INFINITY
                || period == Double.POSITIVE_INFINITY
                || axes.isLate(period, response)) {
            return false;
        }
        row[FrontLabels.PERIOD] = period;
        row[FrontLabels.MAKESPAN] = axes.makespan(period, response);
        double waited = bounds.watts(set) * axes.makespan(period, row[FrontLabels.RESPONSE]);
        times[0] = period;
        times[1] = response;
        axes.fill(
                figures,
                times,
                row[FrontLabels.JOULES] + waited + bounds.joules(state),
                row[FrontLabels.PRICE] + bounds.price(state));
        return true;
    }

    /** Runs all remaining layers on the device of the label in {@link #from}. */
    private void finish(int cut, int set, int deviceClass, int stage) {
        double seconds = model.seconds(deviceClass, cut, model.layers);
        double back = model.results[deviceClass];
        if (back == Double.POSITIVE_INFINITY) {
            return;
        }
        double load = from[FrontLabels.RECEIVING] + seconds + (model.blocking ? back : 0);
        double sink =
                model.blocking && deviceClass != model.sink && model.sink >= 0 ? from[FrontLabels.SINK] + back : 0;
        double link = deviceClass == model.source ? from[FrontLabels.UPLOAD] + back : back;
        double greatest = Math.max(Math.max(load, sink), model.blocking ? back : link);
        times[0] = Math.max(from[FrontLabels.PERIOD], greatest);
        times[1] = from[FrontLabels.RESPONSE] + seconds + back;
        double joules = from[FrontLabels.JOULES]
                + costs.joules(deviceClass, cut, model.layers)
                + costs.returnJoules(deviceClass)
                + bounds.watts(set) * axes.makespan(times[0], times[1]);
        axes.fill(figures, times, joules, from[FrontLabels.PRICE] + costs.price(deviceClass, cut, model.layers));
        if (!axes.isLate(times[0], times[1]) && !archive.covers(figures) && isFeasible(stage)) {
            archive.add(figures, stage);
        }
    }

    private boolean isFeasible(int stage) {
        if (axes.isInTime(times[0], times[1])) {
            return true;
        }
        evaluation.evaluate(path(stage).placement(model));
        return evaluation.feasible();
    }

    /** Returns the path of the last stage of an entry of the archive of the last run. */
    public ChainPath path(int stage) {
        return stages.path(stage, model.layers);
    }
}
