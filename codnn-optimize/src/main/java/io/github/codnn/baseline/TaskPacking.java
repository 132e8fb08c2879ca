package io.github.codnn.baseline;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Packs whole tasks into few devices, as bins: for a target makespan, the load of a device for a frame of each of its
 * tasks is at most what the tightest of them allows, by the makespan and its deadline. The tightest task comes first;
 * each goes where it takes least energy, among the devices in use with room and the best device not in use yet, whose
 * idle power is shared among the tasks that it has room for. Transfers are ignored. A heuristic; a packing takes O(K^2
 * D) time for K tasks on D devices, and no evaluation.
 */
final class TaskPacking {

    private static final double WIDEST = 30; // the greatest target, as a multiple of the least one

    /** What a device that is not in use yet costs a task. */
    private enum Opening {
        /** The mean of all tasks that it has room for. */
        MEAN_OF_ALL,
        /** The mean of the first few of them. */
        MEAN_OF_FEW,
        /** Its own energy, and a share of what the device takes idle. */
        OWN
    }

    private static final int FEW = 4;

    private final CompiledScenario compiled;
    private final BatchCosts costs;
    private final int tasks;
    private final int devices;
    private final double[][] seconds; // [task][device] of a frame, infinite where a layer cannot be
    private final double[][] joules; // [task][device] of all frames, above idle power

    TaskPacking(CompiledScenario compiled) {
        this.compiled = compiled;
        costs = compiled.costs();
        tasks = compiled.taskCount();
        devices = compiled.deviceCount();
        seconds = new double[tasks][devices];
        joules = new double[tasks][devices];
        for (int task = 0; task < tasks; task++) {
            for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
                add(task, layer);
            }
        }
    }

    private void add(int task, int layer) {
        for (int device = 0; device < devices; device++) {
            boolean isPossible = compiled.isAllowed(layer, device);
            double time = compiled.seconds(layer, device);
            seconds[task][device] += isPossible ? time : Double.POSITIVE_INFINITY;
            joules[task][device] += isPossible
                    ? costs.frames(task) * (compiled.joules(layer, device) - costs.idleWatts(device) * time)
                    : 0;
        }
    }

    /** Returns device indices by layer, for a number of targets and each way to count what a device costs. */
    List<int[]> placements(int targets) {
        double least = leastMakespan();
        List<int[]> placements = new ArrayList<>();
        for (int target = 0; target < targets; target++) {
            double makespan = least * Math.pow(WIDEST, targets == 1 ? 0.5 : (double) target / (targets - 1));
            for (Opening opening : Opening.values()) {
                pack(makespan, opening).map(this::placement).ifPresent(placements::add);
            }
        }
        return placements;
    }

    /** Returns what the longest task takes alone, without cuts, on its fastest device. */
    private double leastMakespan() {
        return IntStream.range(0, tasks)
                .mapToDouble(task ->
                        costs.frames(task) * Arrays.stream(seconds[task]).min().orElse(0))
                .max()
                .orElse(0);
    }

    /** Returns the device of each task, or nothing if a task fits nowhere. */
    private Optional<int[]> pack(double makespan, Opening opening) {
        double[] room = new double[tasks];
        for (int task = 0; task < tasks; task++) {
            room[task] = Math.min(makespan / costs.frames(task), compiled.deadlineSeconds(task));
        }
        int[] order = IntStream.range(0, tasks)
                .boxed()
                .sorted(Comparator.comparingDouble(task -> room[task]))
                .mapToInt(Integer::intValue)
                .toArray();
        Bins bins = new Bins(order, room, makespan, opening);
        int[] chosen = new int[tasks];
        for (int rank = 0; rank < tasks; rank++) {
            int device = bins.choose(rank);
            if (device < 0) {
                return Optional.empty();
            }
            chosen[order[rank]] = device;
        }
        return Optional.of(chosen);
    }

    private int[] placement(int[] deviceOfTask) {
        int[] placement = new int[compiled.layerCount()];
        for (int task = 0; task < tasks; task++) {
            Arrays.fill(placement, compiled.firstLayer(task), compiled.firstLayer(task + 1), deviceOfTask[task]);
        }
        return placement;
    }

    /** The devices while they are filled. */
    private final class Bins {

        private final int[] order; // [rank] task, the tightest first
        private final double[] room; // [task] seconds
        private final double makespan;
        private final Opening opening;
        private final double[] left = new double[devices]; // seconds
        private final boolean[] inUse = new boolean[devices];

        Bins(int[] order, double[] room, double makespan, Opening opening) {
            this.order = order;
            this.room = room;
            this.makespan = makespan;
            this.opening = opening;
        }

        /** Puts a task on a device and returns it, or -1. */
        int choose(int rank) {
            int task = order[rank];
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int device = 0; device < devices; device++) {
                double space = inUse[device] ? left[device] : room[task];
                if (seconds[task][device] <= space) {
                    double cost = inUse[device] ? joules[task][device] : costOfOpening(rank, device);
                    if (cost < least) {
                        least = cost;
                        best = device;
                    }
                }
            }
            if (best >= 0) {
                left[best] = (inUse[best] ? left[best] : room[task]) - seconds[task][best];
                inUse[best] = true;
            }
            return best;
        }

        private double costOfOpening(int rank, int device) {
            double free = room[order[rank]];
            double ofTasks = 0;
            int count = 0;
            for (int each = rank; each < tasks && !(opening == Opening.MEAN_OF_FEW && count == FEW); each++) {
                int task = order[each];
                if (seconds[task][device] <= free) {
                    free -= seconds[task][device];
                    ofTasks += joules[task][device];
                    count++;
                }
            }
            double idle = costs.addedIdleWatts(device) * makespan + costs.addedSwitchOnJoules(device);
            return opening == Opening.OWN ? idle / count + joules[order[rank]][device] : (idle + ofTasks) / count;
        }
    }
}
