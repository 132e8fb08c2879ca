package io.github.codnn.chainsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decides whether a path keeps a period when devices compute while they transfer, by dynamic programming over the sets
 * of used devices: for each set and class of the last stage, the cuts at which that stage may end. The check keeps only
 * cuts from which, by {@link RestBound}, the unused devices may do the rest; close to the least period there are few.
 * These cuts form intervals, usually one, since a stage that starts later reaches at least as far.
 *
 * <p>Time and memory grow with the number of kept intervals; at worst O(S C^2 L) time for S sets of devices, C classes
 * and L layers.
 */
final class DeviceSetPeriodCheck {

    private final ChainModel model;
    private final StopSignal signal;
    private final StageReach reach;
    private final CutTables cuts;
    private final DeviceSets sets;
    private final RestBound rest;
    private final int[] lastClasses; // [set] classes of last stages, as bits
    private final int[] block; // [set] where its heads are if it has any last stage
    private int[] heads = new int[1024]; // [block + class] first interval of ends
    private int blocks;
    private final EndIntervals intervals = new EndIntervals();
    private double period;
    private PathEnds pathEnds;

    DeviceSetPeriodCheck(ChainModel model, StopSignal signal, DeviceSets sets) {
        this.model = model;
        this.signal = signal;
        this.sets = sets;
        reach = new StageReach(model);
        cuts = new CutTables(model);
        rest = new RestBound(model, sets, reach, cuts);
        lastClasses = new int[sets.all + 1];
        block = new int[sets.all + 1];
        pathEnds = PathEnds.any(model);
    }

    /**
     * Looks for a path.
     *
     * @return a path that keeps the period and uses no device twice; nothing if there is none, or if the signal is
     *     raised
     */
    Optional<ChainPath> run(double period, PathEnds pathEnds) {
        this.period = period;
        this.pathEnds = pathEnds;
        reach.prepare(period);
        rest.prepare(period, pathEnds, signal);
        if (signal.isRaised() || rest.from(sets.all) > 0) {
            return Optional.empty();
        }
        Arrays.fill(lastClasses, 0);
        blocks = 0;
        intervals.clear();
        for (int set = 0; set < sets.all; set++) {
            if ((set > 0 && lastClasses[set] == 0) || sets.size[set] == model.maxStages) {
                continue;
            }
            if (signal.isRaised(model.classes * model.classes)) {
                return Optional.empty();
            }
            for (int left = sets.classes[sets.all - set]; left != 0; left &= left - 1) {
                int deviceClass = Integer.numberOfTrailingZeros(left);
                int furthest = set == 0 ? begin(deviceClass) : extend(set, deviceClass);
                if (furthest == model.layers && pathEnds.mayEnd(model, deviceClass, period)) {
                    return Optional.of(readBack(set + sets.stride[deviceClass], deviceClass));
                }
            }
        }
        return Optional.empty();
    }

    /** Adds a first stage; returns the furthest end. */
    private int begin(int deviceClass) {
        int least = Math.max(1, rest.from(sets.all - sets.stride[deviceClass]));
        int end = reach.end(deviceClass, 0);
        if (end < least || !pathEnds.mayBegin(model, deviceClass, period)) {
            return 0;
        }
        add(sets.stride[deviceClass], deviceClass, least, end);
        return end;
    }

    /** Adds a stage to a set in all useful ways; returns the furthest end. */
    private int extend(int set, int deviceClass) {
        int grown = set + sets.stride[deviceClass];
        int least = rest.from(sets.all - grown);
        int furthest = 0;
        int from = rest.reaching(deviceClass, least);
        while (true) {
            int start = startFrom(set, deviceClass, from);
            if (start == model.layers) {
                return furthest;
            }
            furthest = reach.end(deviceClass, start);
            int latest = startUpTo(set, deviceClass, furthest);
            while (reach.end(deviceClass, latest) > furthest) {
                furthest = reach.end(deviceClass, latest);
                latest = startUpTo(set, deviceClass, furthest);
            }
            if (furthest > start) {
                add(grown, deviceClass, Math.max(least, start + 1), furthest);
            }
            if (furthest == model.layers) {
                return furthest;
            }
            from = furthest + 1;
        }
    }

    /** Returns the first cut, from one on, at which a class may follow a set; the number of layers for none. */
    private int startFrom(int set, int deviceClass, int from) {
        int least = model.layers;
        for (int left = lastClasses[set]; left != 0; left &= left - 1) {
            int before = Integer.numberOfTrailingZeros(left);
            int[] next = cuts.next(before, deviceClass);
            for (int any = heads[block[set] + before]; any >= 0; any = intervals.next(any)) {
                int first = intervals.first(any);
                int cut = next[from > first ? from : first];
                if (cut < least && cut <= intervals.last(any)) {
                    least = cut;
                }
            }
        }
        return least;
    }

    /** Returns the last cut, up to one, at which a class may follow a set; -1 for none. */
    private int startUpTo(int set, int deviceClass, int to) {
        int greatest = -1;
        for (int left = lastClasses[set]; left != 0; left &= left - 1) {
            int before = Integer.numberOfTrailingZeros(left);
            int[] previous = cuts.previous(before, deviceClass);
            for (int any = heads[block[set] + before]; any >= 0; any = intervals.next(any)) {
                int last = intervals.last(any);
                int cut = previous[to < last ? to : last];
                if (cut > greatest && cut >= intervals.first(any)) {
                    greatest = cut;
                }
            }
        }
        return greatest;
    }

    private void add(int set, int deviceClass, int first, int last) {
        if (lastClasses[set] == 0) {
            block[set] = blocks;
            blocks += model.classes;
            if (blocks > heads.length) {
                heads = Arrays.copyOf(heads, 2 * blocks);
            }
        }
        boolean any = (lastClasses[set] & 1 << deviceClass) != 0;
        int head = block[set] + deviceClass;
        heads[head] = intervals.add(first, last, any ? heads[head] : -1);
        lastClasses[set] |= 1 << deviceClass;
    }

    private ChainPath readBack(int lastSet, int lastClass) {
        return PathBuilder.readBack(
                new PathBuilder.History() {
                    @Override
                    public int start(int before, int deviceClass, int end) {
                        // The latest start reaches furthest.
                        return before == 0 ? 0 : startUpTo(before, deviceClass, end - 1);
                    }

                    @Override
                    public int predecessor(int before, int deviceClass, int start) {
                        return DeviceSetPeriodCheck.this.predecessor(before, deviceClass, start);
                    }
                },
                sets.stride,
                lastSet,
                lastClass,
                model.layers);
    }

    private int predecessor(int set, int deviceClass, int cut) {
        for (int left = lastClasses[set]; left != 0; left &= left - 1) {
            int before = Integer.numberOfTrailingZeros(left);
            for (int any = heads[block[set] + before]; any >= 0; any = intervals.next(any)) {
                boolean inside = intervals.first(any) <= cut && cut <= intervals.last(any);
                if (inside && cuts.next(before, deviceClass)[cut] == cut) {
                    return before;
                }
            }
        }
        return -1;
    }
}
