package io.github.codnn.chainsearch;

import java.util.Optional;

/**
 * Counts how often a path has used each critical class, and how many stages it has if that is critical, in one number
 * of mixed radix. Classes that are not critical are not counted: a relaxation, with far fewer states.
 */
final class UsageCounter {

    final int size; // counts run from 0 to before this
    final int[] stride; // [class] what a stage on it adds
    final long[] full; // [count] classes that may not be used again
    final double[] unusedWork; // [count] what devices that are not counted as used can do within a period
    final int[] unused; // [count] the set of devices that are not counted as used, empty if there are too many sets
    private final ChainModel model;
    private final int[] unit; // [class] what a use adds, 0 if it is not counted
    private final byte[] lastUsed; // [count] a class that is used, -1 if none is

    /** Prepares counts for a set of critical classes. */
    static UsageCounter of(ChainModel model, Optional<DeviceSets> sets, boolean[] critical, boolean stagesCritical) {
        UsageCounter counter = new UsageCounter(model, sets.isPresent(), critical, stagesCritical);
        sets.ifPresent(counter::countUnused);
        return counter;
    }

    /** Returns how many counts there would be, at most the greatest int. */
    static int size(ChainModel model, boolean[] critical, boolean stagesCritical) {
        long size = stagesCritical ? model.maxStages + 1L : 1;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            size = critical[deviceClass] ? Math.min(Integer.MAX_VALUE, size * (model.count[deviceClass] + 1)) : size;
        }
        return (int) size;
    }

    private UsageCounter(ChainModel model, boolean counted, boolean[] critical, boolean stagesCritical) {
        this.model = model;
        unit = new int[model.classes];
        int next = 1;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            if (critical[deviceClass]) {
                unit[deviceClass] = next;
                next *= model.count[deviceClass] + 1;
            }
        }
        int stageUnit = stagesCritical ? next : 0;
        size = stagesCritical ? next * (model.maxStages + 1) : next;
        stride = new int[model.classes];
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            stride[deviceClass] = unit[deviceClass] + stageUnit;
        }
        full = new long[size];
        unusedWork = new double[size];
        lastUsed = new byte[size];
        unused = new int[counted ? size : 0];
        for (int count = 0; count < size; count++) {
            describe(count, critical, stagesCritical && count / stageUnit == model.maxStages);
        }
    }

    private void describe(int count, boolean[] critical, boolean noMoreStages) {
        lastUsed[count] = -1;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            int used = critical[deviceClass] ? count / unit[deviceClass] % (model.count[deviceClass] + 1) : 0;
            if (used > 0) {
                lastUsed[count] = (byte) deviceClass;
            }
            if (noMoreStages || used == model.count[deviceClass]) {
                full[count] |= 1L << deviceClass;
            }
        }
    }

    private void countUnused(DeviceSets sets) {
        for (int count = 0; count < size; count++) {
            int deviceClass = lastUsed[count];
            unused[count] = deviceClass < 0 ? sets.all : unused[count - unit[deviceClass]] - sets.stride[deviceClass];
        }
    }

    /** Computes for each count what unused devices can do within the period of a reach. */
    void prepare(StageReach reach) {
        double all = 0;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            all += model.count[deviceClass] * reach.maxWork(deviceClass);
        }
        for (int count = 0; count < size; count++) {
            int deviceClass = lastUsed[count];
            unusedWork[count] =
                    deviceClass < 0 ? all : unusedWork[count - unit[deviceClass]] - reach.maxWork(deviceClass);
        }
    }
}
