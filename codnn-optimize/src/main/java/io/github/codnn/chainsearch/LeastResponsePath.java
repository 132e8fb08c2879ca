package io.github.codnn.chainsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path of least response time within a period, or just a path, in both transfer modes: one sweep over the
 * cuts that keeps, for each count of used critical classes and each class, the running stages that no other one
 * dominates.
 *
 * <p>A running stage is a label of three numbers: where it started; {@code origin}, the time of the layers before it
 * less whatever occupies its device besides layers, so that it loads the device with {@code prefix[cut] - origin} when
 * it ends at a cut; and {@code offset}, so that a frame leaves it at {@code offset + prefix[cut]}. A stage that started
 * no earlier, has no smaller origin and no greater offset is at least as good in every respect. What a path still needs
 * at the least, whatever devices it has used, comes from {@link RemainingResponse}, as in A* search.
 */
final class LeastResponsePath {

    private static final double ROUNDING = 1 + 1e-9;

    private final ChainModel model;
    private final StopSignal signal;
    private final boolean timed;
    private final StageReach reach;
    private final RemainingResponse remaining;
    private final int[] strideOf; // [class] what a device of it adds to a set
    private final @Nullable RestBound rest;
    private final LabelPool labels = new LabelPool();
    private final LabelBatch batch = new LabelBatch();
    private int[] heads = new int[0]; // [count * classes + class] first label
    private boolean[] touched = new boolean[0]; // [count] whether it has labels
    private double period;
    private boolean bounded; // whether the rest bound can tell anything
    private double mostResponse;
    private PathEnds pathEnds;
    private UsageCounter usage;
    private int bestLabel;
    private double bestResponse;

    /**
     * Prepares sweeps over a chain.
     *
     * @param timed whether the response time counts; if not, any path will do
     */
    LeastResponsePath(ChainModel model, StopSignal signal, boolean timed, Optional<DeviceSets> sets) {
        this.model = model;
        this.signal = signal;
        this.timed = timed;
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
     * @param within the period to keep
     * @param most the response time to keep
     * @return the path of least response time, or any if that does not count; nothing if there is none, or if the
     *     signal is raised
     */
    Optional<ChainPath> run(double within, double most, PathEnds theEnds, UsageCounter theUsage) {
        prepare(within, most, theEnds, theUsage);
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

    private void prepare(double within, double most, PathEnds theEnds, UsageCounter theUsage) {
        period = within;
        mostResponse = timed ? most : Double.POSITIVE_INFINITY;
        pathEnds = theEnds;
        usage = theUsage;
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
        for (int each = 0; each < model.classes; each++) {
            double upload = model.upload[each];
            if ((pathEnds.first() & 1L << each) != 0 && upload <= period && canDoTheRest(0, each, 0)) {
                // If the source runs the first stage itself, no upload loads it.
                batch.add(usage.stride[each], each, -1, model.blocking ? upload : 0, timed ? upload : 0);
            }
        }
        startBatch(0);
    }

    private void startBatch(int cut) {
        for (int entry = 0; entry < batch.size(); entry++) {
            int each = batch.each(entry);
            boolean late = timed && batch.arrival(entry) + remaining.from(cut, each) > mostResponse * ROUNDING;
            if (reach.end(each, cut) > cut && !late) {
                start(cut, entry, each);
            }
        }
        batch.clear();
    }

    private void start(int cut, int entry, int each) {
        double prefix = model.prefix[each][cut];
        double origin = prefix - batch.occupied(entry);
        double offset = timed ? batch.arrival(entry) - prefix : 0;
        int state = batch.count(entry) * model.classes + each;
        int limit = model.limit[each][cut];
        if (!labels.isDominated(heads[state], origin, offset, limit, model.limit[each])) {
            int others = labels.withoutDominated(heads[state], origin, offset);
            heads[state] = labels.add(cut, each, origin, offset, batch.before(entry), others);
            touched[batch.count(entry)] = true;
        }
    }

    private void expand(int cut, int count) {
        for (int each = 0; each < model.classes; each++) {
            int state = count * model.classes + each;
            int previous = -1;
            for (int label = heads[state]; label >= 0; label = labels.next(label)) {
                if (isOver(cut, each, label)) {
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
    private boolean isOver(int cut, int each, int label) {
        return model.limit[each][labels.start(label)] < cut || model.prefix[each][cut] - labels.origin(label) > period;
    }

    private void follow(int cut, int count, int label) {
        int from = labels.each(label);
        double[] transfer = model.transfer[cut];
        double load = load(label, cut) + (from == model.sink ? pathEnds.returnLoad() : 0);
        double leave = timed ? labels.offset(label) + model.prefix[from][cut] : 0;
        for (int to = 0; to < model.classes; to++) {
            double seconds = transfer[from * model.classes + to];
            boolean fits = (model.blocking ? load + seconds : seconds) <= period;
            if (fits && (usage.full[count] & 1L << to) == 0 && canDoTheRest(count, to, cut)) {
                double extra = to == model.source ? pathEnds.uploadLoad() : 0;
                double occupied = model.blocking ? seconds + extra : 0;
                batch.add(count + usage.stride[to], to, label, occupied, timed ? leave + seconds : 0);
            }
        }
    }

    /** Tells whether the devices that are unused before a stage could do all that is left. */
    private boolean canDoTheRest(int count, int each, int cut) {
        if (bounded && rest != null) {
            return reach.end(each, cut) >= rest.from(usage.unused[count] - strideOf[each]);
        }
        return usage.unusedWork[count] >= reach.workNeeded(each, cut);
    }

    private double load(int label, int cut) {
        return model.prefix[labels.each(label)][cut] - labels.origin(label);
    }

    private Optional<ChainPath> finish() {
        for (int count = 0; count < usage.size; count++) {
            for (int each = 0; each < model.classes; each++) {
                boolean mayEnd = (pathEnds.last() & 1L << each) != 0;
                for (int label = heads[count * model.classes + each];
                        label >= 0 && mayEnd;
                        label = labels.next(label)) {
                    finish(each, label);
                }
            }
        }
        return bestLabel < 0 ? Optional.empty() : Optional.of(labels.readBack(bestLabel, model.layers));
    }

    private void finish(int each, int label) {
        double back = model.results[each];
        double load = load(label, model.layers) + (model.blocking ? back : 0);
        boolean reaches = model.limit[each][labels.start(label)] >= model.layers;
        double response = timed ? labels.offset(label) + model.prefix[each][model.layers] + back : 0;
        if (reaches && load <= period && back <= period && response < bestResponse && response <= mostResponse) {
            bestLabel = label;
            bestResponse = response;
        }
    }
}
