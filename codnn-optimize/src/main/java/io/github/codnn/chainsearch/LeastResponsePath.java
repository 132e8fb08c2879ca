package io.github.codnn.chainsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.StopReason;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path of least response time within a period, or just a path, in both transfer modes: one pass over the cuts
 * that keeps, for each count of used critical classes and each class, the running stages that no other one dominates.
 *
 * <p>A running stage is a label of three numbers: where it started; {@code origin}, the time of the layers before it
 * less whatever occupies its device besides layers, so that it loads the device with {@code prefix[cut] - origin} when
 * it ends at a cut; and {@code offset}, so that a frame leaves it at {@code offset + prefix[cut]}. A stage that started
 * no earlier, has no smaller origin and no greater offset is at least as good in every respect. Where links share media
 * a label also has the load of each medium by the transfers so far, none of which may be greater.
 * {@link RemainingResponse} bounds the rest of a path from below, whatever devices it has used, as in A* search.
 */
final class LeastResponsePath {

    /** With media a state has more labels: the search gives up before they outgrow memory, some 60 bytes each. */
    private static final int MOST_LABELS = 1 << 22;

    private final ChainModel model;
    private final StopSignal signal;
    private final boolean timed;
    private final StageReach reach;
    private final RemainingResponse remaining;
    private final int[] strideOf; // [class] what a device of it adds to a set
    private final @Nullable RestBound rest;
    private final LabelPool labels;
    private final LabelBatch batch;
    private int[] heads = new int[0]; // [count * classes + class] first label
    private boolean[] touched = new boolean[0]; // [count] whether it has labels
    private double period;
    private boolean bounded; // whether the rest bound can tell anything
    private double maxResponse;
    private PathEnds pathEnds;
    private UsageCounter usage;
    private int bestLabel;
    private double bestResponse;

    /**
     * Prepares searches over a chain.
     *
     * @param timed whether the response time counts; if not, any path will do
     */
    LeastResponsePath(ChainModel model, StopSignal signal, boolean timed, Optional<DeviceSets> sets) {
        this.model = model;
        this.signal = signal;
        this.timed = timed;
        labels = new LabelPool(model.media);
        batch = new LabelBatch(model.media);
        strideOf = sets.map(any -> any.stride).orElseGet(() -> new int[0]);
        reach = new StageReach(model);
        remaining = new RemainingResponse(model, reach);
        pathEnds = PathEnds.any(model);
        usage = UsageCounter.of(model, sets, new boolean[model.classes], false);
        rest = sets.map(any -> new RestBound(model, any, reach, new CutTables(model)))
                .orElse(null);
    }

    /**
     * Looks for a path.
     *
     * @param period the period to keep, in seconds
     * @param maxResponse the response time to keep, in seconds
     * @return the path of least response time, or any path if response time does not count; nothing if there is none,
     *     or if the signal is raised
     */
    Optional<ChainPath> run(double period, double maxResponse, PathEnds pathEnds, UsageCounter usage) {
        prepare(period, maxResponse, pathEnds, usage);
        if (signal.isRaised()) {
            return Optional.empty();
        }
        startFirst();
        for (int cut = 1; cut < model.layers; cut++) {
            // Greater counts first: stages that start join them only after they have been expanded.
            for (int count = usage.size - 1; model.cutAllowed[cut] && count >= 0; count--) {
                if (touched[count]) {
                    if (signal.isRaised(model.classes * model.classes)) {
                        return Optional.empty();
                    }
                    expand(cut, count);
                }
            }
        }
        return finish();
    }

    private void prepare(double period, double maxResponse, PathEnds pathEnds, UsageCounter usage) {
        this.period = period;
        this.maxResponse = timed ? maxResponse : Double.POSITIVE_INFINITY;
        this.pathEnds = pathEnds;
        this.usage = usage;
        bestLabel = -1;
        bestResponse = Double.POSITIVE_INFINITY;
        reach.prepare(period);
        usage.prepare(reach);
        bounded = rest != null && period < model.longestPeriod();
        if (rest != null && bounded) {
            rest.prepare(period, pathEnds, signal);
        }
        if (timed) {
            remaining.prepare(period);
        }
        if (heads.length < usage.size * model.classes) {
            heads = new int[usage.size * model.classes];
            touched = new boolean[usage.size];
        }
        Arrays.fill(heads, 0, usage.size * model.classes, -1);
        Arrays.fill(touched, 0, usage.size, false);
        labels.clear();
    }

    private void startFirst() {
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            double upload = model.upload[deviceClass];
            if ((pathEnds.first() & 1L << deviceClass) != 0 && upload <= period && canDoTheRest(0, deviceClass, 0)) {
                // If the source runs the first stage itself, no upload loads it.
                batch.add(usage.stride[deviceClass], deviceClass, -1, model.blocking ? upload : 0, timed ? upload : 0);
                batch.loadMedia(labels, -1, model.uploadMedium[deviceClass], upload);
            }
        }
        startBatch(0);
    }

    private void startBatch(int cut) {
        for (int entry = 0; entry < batch.size(); entry++) {
            int deviceClass = batch.deviceClass(entry);
            boolean late = timed
                    && batch.arrival(entry) + remaining.from(cut, deviceClass) > maxResponse * (1 + Tolerances.BOUND);
            if (reach.end(deviceClass, cut) > cut && !late) {
                start(cut, entry, deviceClass);
            }
        }
        batch.clear();
    }

    private void start(int cut, int entry, int deviceClass) {
        double prefix = model.prefix[deviceClass][cut];
        double origin = prefix - batch.occupied(entry);
        double offset = timed ? batch.arrival(entry) - prefix : 0;
        int state = batch.count(entry) * model.classes + deviceClass;
        int limit = model.limit[deviceClass][cut];
        if (!labels.isDominated(heads[state], origin, offset, limit, model.limit[deviceClass], batch, entry)) {
            int others = labels.withoutDominated(heads[state], origin, offset, batch, entry);
            heads[state] = labels.add(cut, origin, offset, batch, entry, others);
            touched[batch.count(entry)] = true;
        }
        if (model.media > 0 && labels.size() > MOST_LABELS) {
            signal.raise(StopReason.COMPLETED);
        }
    }

    private void expand(int cut, int count) {
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            int state = count * model.classes + deviceClass;
            int previous = -1;
            for (int label = heads[state]; label >= 0; label = labels.next(label)) {
                if (isOver(cut, deviceClass, label)) {
                    heads[state] = labels.unlink(heads[state], previous, label);
                } else {
                    previous = label;
                    follow(cut, count, label);
                }
            }
        }
        startBatch(cut);
    }

    /** Tells whether a running stage can reach no further than before a cut. */
    private boolean isOver(int cut, int deviceClass, int label) {
        return model.limit[deviceClass][labels.start(label)] < cut
                || model.prefix[deviceClass][cut] - labels.origin(label) > period;
    }

    private void follow(int cut, int count, int label) {
        int from = labels.deviceClass(label);
        double[] transfer = model.transfer[cut];
        double load = load(label, cut) + (from == model.sink ? pathEnds.returnLoad() : 0);
        double leave = timed ? labels.offset(label) + model.prefix[from][cut] : 0;
        for (int to = 0; to < model.classes; to++) {
            double seconds = transfer[from * model.classes + to];
            int medium = model.medium[from * model.classes + to];
            boolean fits = (model.blocking ? load + seconds : seconds) <= period
                    && labels.mediumLoad(label, medium) + seconds <= period;
            if (fits && (usage.full[count] & 1L << to) == 0 && canDoTheRest(count, to, cut)) {
                double extra = to == model.source ? pathEnds.uploadLoad() : 0;
                double occupied = model.blocking ? seconds + extra : 0;
                batch.add(count + usage.stride[to], to, label, occupied, timed ? leave + seconds : 0);
                batch.loadMedia(labels, label, medium, seconds);
            }
        }
    }

    /** Tells whether the devices that are unused before a stage could do all that is left. */
    private boolean canDoTheRest(int count, int deviceClass, int cut) {
        if (bounded && rest != null) {
            return reach.end(deviceClass, cut) >= rest.from(usage.unused[count] - strideOf[deviceClass]);
        }
        return usage.unusedWork[count] >= reach.workNeeded(deviceClass, cut);
    }

    private double load(int label, int cut) {
        return model.prefix[labels.deviceClass(label)][cut] - labels.origin(label);
    }

    private Optional<ChainPath> finish() {
        for (int count = 0; count < usage.size; count++) {
            for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
                boolean mayEnd = (pathEnds.last() & 1L << deviceClass) != 0;
                for (int label = heads[count * model.classes + deviceClass];
                        label >= 0 && mayEnd;
                        label = labels.next(label)) {
                    finish(deviceClass, label);
                }
            }
        }
        return bestLabel < 0 ? Optional.empty() : Optional.of(labels.readBack(bestLabel, model.layers));
    }

    private void finish(int deviceClass, int label) {
        double back = model.results[deviceClass];
        double load = load(label, model.layers) + (model.blocking ? back : 0);
        boolean reaches = model.limit[deviceClass][labels.start(label)] >= model.layers
                && labels.mediumLoad(label, model.returnMedium[deviceClass]) + back <= period;
        double response = timed ? labels.offset(label) + model.prefix[deviceClass][model.layers] + back : 0;
        if (reaches && load <= period && back <= period && response < bestResponse && response <= maxResponse) {
            bestLabel = label;
            bestResponse = response;
        }
    }
}
