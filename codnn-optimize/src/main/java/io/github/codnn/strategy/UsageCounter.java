package io.github.codnn.strategy;

/**
 * Counts how often a path has used each critical class, and how many stages it has if that is critical, in one number of
 * mixed radix. Classes that are not critical are not counted: a relaxation, with far fewer states.
 */
final class UsageCounter {

    final int size; // counts run from 0 to before this
    final int[] stride; // [class] what a stage on it adds
    final long[] full; // [count] classes that may not be used again
    final double[] unusedSpeed; // [count] sum of the speeds of devices that are not counted as used

    /** Prepares counts for a set of critical classes. */
    static UsageCounter of(ChainModel model, boolean[] critical, boolean stagesCritical) {
        return new UsageCounter(model, critical, stagesCritical);
    }

    /** Returns how many counts there would be, at most the greatest int. */
    static int size(ChainModel model, boolean[] critical, boolean stagesCritical) {
        long size = stagesCritical ? model.maxStages + 1L : 1;
        for (int each = 0; each < model.classes; each++) {
            size = critical[each] ? Math.min(Integer.MAX_VALUE, size * (model.count[each] + 1)) : size;
        }
        return (int) size;
    }

    private UsageCounter(ChainModel model, boolean[] critical, boolean stagesCritical) {
        int[] unit = new int[model.classes];
        int next = 1;
        for (int each = 0; each < model.classes; each++) {
            if (critical[each]) {
                unit[each] = next;
                next *= model.count[each] + 1;
            }
        }
        int stageUnit = stagesCritical ? next : 0;
        size = stagesCritical ? next * (model.maxStages + 1) : next;
        stride = new int[model.classes];
        for (int each = 0; each < model.classes; each++) {
            stride[each] = unit[each] + stageUnit;
        }
        full = new long[size];
        unusedSpeed = new double[size];
        for (int count = 0; count < size; count++) {
            boolean noMoreStages = stagesCritical && count / stageUnit == model.maxStages;
            for (int each = 0; each < model.classes; each++) {
                int used = critical[each] ? count / unit[each] % (model.count[each] + 1) : 0;
                unusedSpeed[count] += (model.count[each] - used) * model.speed[each];
                if (noMoreStages || used == model.count[each]) {
                    full[count] |= 1L << each;
                }
            }
        }
    }
}
