package io.github.codnn.dagsearch;

import io.github.codnn.internal.Tolerances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the multisets of used devices, by class, in the order in which they are first asked for. Number 0 is the
 * empty one. Not thread-safe.
 */
final class UsedDevices {

    private final DagModel model;
    private final WorkLimits limits;
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    /** What is known of one multiset. */
    private static final class Entry {
        private final int[] counts; // [class]
        private final int[] next; // [class] the multiset with one more of it; 0 if it is not known
        private final int stages;
        private final int stagesLeft;
        private final double workLeft;

        private Entry(int[] counts, int stages, int stagesLeft, double workLeft) {
            this.counts = counts;
            this.stages = stages;
            this.stagesLeft = stagesLeft;
            this.workLeft = workLeft;
            next = new int[counts.length];
        }
    }

    UsedDevices(DagModel model, WorkLimits limits) {
        this.model = model;
        this.limits = limits;
    }

    /** Forgets all, and prepares for plans within a period. */
    void clear(double period) {
        limits.prepare(period);
        numbers.clear();
        entries.clear();
        number(new int[model.classes]);
    }

    private int number(int[] counts) {
        long key = 0;
        int stages = 0;
        int devices = 0;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            int size = model.members.get(deviceClass).size();
            key = key * (size + 1) + counts[deviceClass];
            stages += counts[deviceClass];
            devices += size;
        }
        int left = Math.min(model.maxStages, devices) - stages;
        double workLeft = limits.maxWork(counts, left);
        Entry entry = new Entry(counts, stages, left, workLeft);
        Integer known = numbers.putIfAbsent(key, entries.size());
        if (known == null) {
            entries.add(entry);
            return entries.size() - 1;
        }
        return known;
    }

    /** Returns the multiset with one more device of a class, or -1 if all of them, or as many as may run, are used. */
    int with(int used, int deviceClass) {
        Entry entry = entries.get(used);
        if (entry.next[deviceClass] == 0) {
            boolean isFull = entry.stagesLeft == 0
                    || entry.counts[deviceClass]
                            == model.members.get(deviceClass).size();
            int[] counts = entry.counts.clone();
            counts[deviceClass]++;
            entry.next[deviceClass] = isFull ? -1 : number(counts);
        }
        return entry.next[deviceClass];
    }

    /** Returns how many devices of a class are used. */
    int count(int used, int deviceClass) {
        return entries.get(used).counts[deviceClass];
    }

    /** Returns how many devices are used. */
    int stages(int used) {
        return entries.get(used).stages;
    }

    /** Returns how many more devices may be used. */
    int stagesLeft(int used) {
        return entries.get(used).stagesLeft;
    }

    /** Returns the most work, a share of all, that the other devices can do within the period. */
    double workLeft(int used) {
        return entries.get(used).workLeft + Tolerances.BOUND;
    }

    /** Tells whether the multiset and used devices of these numbers by class are all there are, or fewer. */
    boolean fitsBeside(int used, int[] others) {
        Entry entry = entries.get(used);
        int stages = entry.stages;
        for (int deviceClass = 0; deviceClass < others.length; deviceClass++) {
            stages += others[deviceClass];
            if (entry.counts[deviceClass] + others[deviceClass]
                    > model.members.get(deviceClass).size()) {
                return false;
            }
        }
        return stages <= model.maxStages;
    }
}
