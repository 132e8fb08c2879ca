package io.github.codnn.chainsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decides whether a path keeps a period when devices compute while they transfer: one pass over the cuts with the
 * counts of used critical classes as state.
 *
 * <p>A stage that starts later reaches at least as far, so the check keeps only the latest start for each count and
 * class. Sets of classes are bits of a long. The check discards a count if its unused devices cannot do the remaining
 * work. O(L S C) time for L layers, S counts and C classes; memory O(S C) and what paths need to be read back.
 */
final class CountedPeriodCheck {

    private final ChainModel model;
    private final StopSignal signal;
    private final StageReach reach;
    private final long[][] follow; // [cut][class] classes that may follow it within the period
    private final StartLog log;
    private int[] ends = new int[0]; // [count * classes + class] how far the running stage may reach
    private long[] alive = new long[0]; // [count] classes with a running stage
    private long[] started = new long[0]; // [count] classes that start a stage at the current cut
    private final double[] workNeeded; // [class] before a stage on it starts at the current cut

    CountedPeriodCheck(ChainModel model, StopSignal signal) {
        this.model = model;
        this.signal = signal;
        reach = new StageReach(model);
        follow = new long[model.layers + 1][model.classes];
        log = new StartLog(model.layers);
        workNeeded = new double[model.classes];
    }

    /**
     * Looks for a path.
     *
     * @return a path that keeps the period and uses no critical class too often; nothing if there is none, or if the
     *     signal is raised
     */
    Optional<ChainPath> run(double period, PathEnds pathEnds, UsageCounter usage) {
        prepare(period, usage);
        long canStart = startable(0) & pathEnds.first();
        for (long rest = canStart; rest != 0; rest &= rest - 1) {
            int deviceClass = Long.numberOfTrailingZeros(rest);
            if (model.upload[deviceClass] <= period && usage.unusedWork[0] >= workNeeded[deviceClass]) {
                started[usage.stride[deviceClass]] |= 1L << deviceClass;
            }
        }
        begin(0, usage);
        log.endCut(0);
        for (int cut = 1; cut < model.layers; cut++) {
            if (model.cutAllowed[cut]) {
                if (signal.isRaised(usage.size * 4)) {
                    return Optional.empty();
                }
                expand(cut, startable(cut), usage);
                begin(cut, usage);
            }
            log.endCut(cut);
        }
        return finish(period, pathEnds, usage);
    }

    private void prepare(double period, UsageCounter usage) {
        reach.prepare(period);
        usage.prepare(reach);
        double[] known = new double[0];
        for (int cut = 1; cut < model.layers; cut++) {
            if (model.transfer[cut] == known) {
                follow[cut] = follow[cut - 1];
            } else {
                known = model.transfer[cut];
                follow[cut] = followers(known, period);
            }
        }
        if (ends.length < usage.size * model.classes) {
            ends = new int[usage.size * model.classes];
            alive = new long[usage.size];
            started = new long[usage.size];
        }
        Arrays.fill(alive, 0, usage.size, 0);
        log.clear();
    }

    private long[] followers(double[] transfer, double period) {
        long[] followers = new long[model.classes];
        for (int from = 0; from < model.classes; from++) {
            for (int to = 0; to < model.classes; to++) {
                if (transfer[from * model.classes + to] <= period) {
                    followers[from] |= 1L << to;
                }
            }
        }
        return followers;
    }

    /**
     * Returns the classes that can run a layer from a cut on, and computes how much work unused devices must be able to
     * do.
     */
    private long startable(int cut) {
        long startable = 0;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            if (reach.end(deviceClass, cut) > cut) {
                startable |= 1L << deviceClass;
            }
            workNeeded[deviceClass] = reach.workNeeded(deviceClass, cut);
        }
        return startable;
    }

    /**
     * Ends running stages at a cut and collects which classes may follow, higher counts first, since lower ones only
     * lead to higher ones.
     */
    private void expand(int cut, long canStart, UsageCounter usage) {
        long[] followers = follow[cut];
        for (int count = usage.size - 1; count >= 0; count--) {
            long running = alive[count];
            if (running == 0) {
                continue;
            }
            long candidates = canStart & ~usage.full[count];
            long next = 0;
            int base = count * model.classes;
            for (long rest = running; rest != 0; rest &= rest - 1) {
                int deviceClass = Long.numberOfTrailingZeros(rest);
                if (ends[base + deviceClass] < cut) {
                    running &= ~(1L << deviceClass);
                } else {
                    next |= followers[deviceClass];
                }
            }
            alive[count] = running;
            double unused = usage.unusedWork[count];
            for (long rest = next & candidates; rest != 0; rest &= rest - 1) {
                int deviceClass = Long.numberOfTrailingZeros(rest);
                if (unused >= workNeeded[deviceClass]) {
                    started[count + usage.stride[deviceClass]] |= 1L << deviceClass;
                }
            }
        }
    }

    private void begin(int cut, UsageCounter usage) {
        for (int count = 0; count < usage.size; count++) {
            long classes = started[count];
            if (classes != 0) {
                started[count] = 0;
                alive[count] |= classes;
                log.add(count, classes);
                for (long rest = classes; rest != 0; rest &= rest - 1) {
                    int deviceClass = Long.numberOfTrailingZeros(rest);
                    ends[count * model.classes + deviceClass] = reach.end(deviceClass, cut);
                }
            }
        }
    }

    private Optional<ChainPath> finish(double period, PathEnds pathEnds, UsageCounter usage) {
        for (int count = 0; count < usage.size; count++) {
            for (long rest = alive[count] & pathEnds.last(); rest != 0; rest &= rest - 1) {
                int deviceClass = Long.numberOfTrailingZeros(rest);
                if (ends[count * model.classes + deviceClass] >= model.layers && model.results[deviceClass] <= period) {
                    return Optional.of(readBack(count, deviceClass, usage));
                }
            }
        }
        return Optional.empty();
    }

    /** What ran before a stage is any stage that could end where this one starts. */
    private ChainPath readBack(int lastCount, int lastClass, UsageCounter usage) {
        return PathBuilder.readBack(
                new PathBuilder.History() {
                    @Override
                    public int start(int before, int deviceClass, int end) {
                        return log.latestStart(before + usage.stride[deviceClass], deviceClass, end);
                    }

                    @Override
                    public int predecessor(int before, int deviceClass, int start) {
                        return CountedPeriodCheck.this.predecessor(before, deviceClass, start);
                    }
                },
                usage.stride,
                lastCount,
                lastClass,
                model.layers);
    }

    private int predecessor(int count, int next, int cut) {
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            if ((follow[cut][deviceClass] & 1L << next) != 0) {
                int start = log.latestStart(count, deviceClass, cut);
                if (start >= 0 && reach.end(deviceClass, start) >= cut) {
                    return deviceClass;
                }
            }
        }
        return -1;
    }
}
