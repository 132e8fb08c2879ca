package io.github.codnn.plan;

import io.github.codnn.scenario.StagesPerDevice;
import java.util.Arrays;

/**
 * Checks that each device runs one stage of each task and that the stages of a task form no cycle, if the rules require
 * it. Not thread-safe; allocates nothing.
 */
final class StageCheck {

    private final ScenarioArrays compiled;
    private final int devices;
    private final boolean[] used; // [device]
    private final boolean[] feeds; // [from * D + to]
    private final int[] feeders; // [device] how many of the remaining devices send to it

    StageCheck(ScenarioArrays compiled) {
        this.compiled = compiled;
        devices = compiled.deviceCount;
        used = new boolean[devices];
        feeds = new boolean[devices * devices];
        feeders = new int[devices];
    }

    /** Returns the number of devices, over all tasks, whose layers are not one stage. */
    int violation(int[] placement) {
        if (compiled.scenario.rules().stagesPerDevice() == StagesPerDevice.ANY) {
            return 0;
        }
        int violation = 0;
        for (int task = 0; task < compiled.taskCount; task++) {
            violation += cyclicDevices(task, placement);
        }
        return violation;
    }

    /** Returns the number of devices of a task that run more than one stage or are part of a cycle. */
    int cyclicDevices(int task, int[] placement) {
        return compiled.chain[task] ? returns(task, placement) : cyclic(task, placement);
    }

    /** Counts how often a chain returns to a device. */
    private int returns(int task, int[] placement) {
        Arrays.fill(used, false);
        int returns = 0;
        int current = -1;
        for (int layer = compiled.firstLayer[task]; layer < compiled.firstLayer[task + 1]; layer++) {
            int device = placement[layer];
            if (device != current) {
                if (used[device]) {
                    returns++;
                }
                used[device] = true;
                current = device;
            }
        }
        return returns;
    }

    /** Counts the devices that remain after repeatedly removing one to which no other device sends. */
    private int cyclic(int task, int[] placement) {
        int remaining = connect(task, placement);
        boolean found = true;
        while (found) {
            found = false;
            for (int device = 0; device < devices; device++) {
                if (used[device] && feeders[device] == 0) {
                    used[device] = false;
                    remaining--;
                    found = true;
                    for (int to = 0; to < devices; to++) {
                        if (feeds[device * devices + to]) {
                            feeders[to]--;
                        }
                    }
                }
            }
        }
        return remaining;
    }

    private int connect(int task, int[] placement) {
        Arrays.fill(used, false);
        Arrays.fill(feeds, false);
        Arrays.fill(feeders, 0);
        int count = 0;
        for (int layer = compiled.firstLayer[task]; layer < compiled.firstLayer[task + 1]; layer++) {
            int to = placement[layer];
            if (!used[to]) {
                used[to] = true;
                count++;
            }
            for (int tensor : compiled.inputs[layer]) {
                int producer = compiled.producer[tensor];
                int from = producer < 0 ? to : placement[producer];
                if (from != to && !feeds[from * devices + to]) {
                    feeds[from * devices + to] = true;
                    feeders[to]++;
                }
            }
        }
        return count;
    }
}
