package io.github.codnn.pipeline;

import io.github.codnn.plan.BatchCosts;
import java.util.Arrays;

/**
 * What some tasks of a plan, those that are placed, put on the devices, links and media that all tasks share, and what
 * that leaves for another task. Not thread-safe; allocates nothing.
 */
final class SharedLoads {

    final BatchCosts costs;
    final int devices;
    final boolean isEnergy; // otherwise the price is what counts
    final double[] load; // [resource] seconds for a frame of each task
    final double[] span; // [resource] the most frames but one of a task that uses it, -1 without one
    final double[] limit; // [resource] the longest load that all deadlines allow, in seconds
    final double[] bytes; // [device]
    final boolean[] isRunning; // [device] whether it runs layers, or counts as if it did
    double makespan; // seconds
    double watts; // of all devices that wait
    double cost; // of the tasks, apart from waiting
    int inUse; // devices
    private final Pipelines problem;
    private final int[] used; // resources
    private int usedCount;

    SharedLoads(Pipelines problem, boolean isEnergy) {
        this.problem = problem;
        this.isEnergy = isEnergy;
        costs = problem.compiled.costs();
        devices = problem.devices;
        int resources = devices * (devices + 1) + problem.compiled.mediumCount();
        load = new double[resources];
        span = new double[resources];
        limit = new double[resources];
        used = new int[resources];
        Arrays.fill(span, -1);
        Arrays.fill(limit, Double.POSITIVE_INFINITY);
        bytes = new double[devices];
        isRunning = new boolean[devices];
    }

    int link(int from, int to) {
        return devices + from * devices + to;
    }

    /** Returns the medium of a link, or -1. */
    int medium(int from, int to) {
        int medium = problem.compiled.mediumCount() > 0 ? problem.compiled.medium(from, to) : -1;
        return medium < 0 ? medium : devices * (devices + 1) + medium;
    }

    /** Places all measured tasks but those that are out, instead of those that were. */
    void begin(Pipeline[] tasks, boolean[] isOut) {
        clear();
        for (int task = 0; task < tasks.length; task++) {
            if (!isOut[task]) {
                place(task, tasks[task]);
            }
        }
        for (int task = 0; task < tasks.length; task++) {
            if (!isOut[task]) {
                makespan = Math.max(makespan, makespan(task, tasks[task]));
            }
        }
    }

    private void clear() {
        for (int each = 0; each < usedCount; each++) {
            load[used[each]] = 0;
            span[used[each]] = -1;
            limit[used[each]] = Double.POSITIVE_INFINITY;
        }
        usedCount = 0;
        Arrays.fill(bytes, 0);
        Arrays.fill(isRunning, false);
        watts = 0;
        for (int device = 0; device < devices && isEnergy; device++) {
            watts += costs.baseIdleWatts(device);
        }
        cost = 0;
        makespan = 0;
        inUse = 0;
    }

    private double makespan(int task, Pipeline pipeline) {
        double period = 0;
        for (int use = 0; use < pipeline.uses; use++) {
            period = Math.max(period, load[pipeline.resource[use]]);
        }
        return BatchCosts.makespanSeconds(costs.frames(task), period, pipeline.response);
    }

    private void place(int task, Pipeline pipeline) {
        double frames = costs.frames(task);
        double longest = longestLoad(task, pipeline.response);
        for (int use = 0; use < pipeline.uses; use++) {
            int resource = pipeline.resource[use];
            if (span[resource] < 0) {
                used[usedCount++] = resource;
            }
            load[resource] += pipeline.load[use];
            span[resource] = Math.max(span[resource], frames - 1);
            limit[resource] = Math.min(limit[resource], longest);
        }
        for (int stage = 0; stage < pipeline.stages; stage++) {
            int device = pipeline.devices[stage];
            double seconds = frames * pipeline.seconds[stage];
            bytes[device] += pipeline.bytes[stage];
            cost += isEnergy ? -costs.idleWatts(device) * seconds : costs.price(device, seconds);
            open(device);
        }
        cost += isEnergy ? frames * (pipeline.computeJoules + pipeline.transferJoules) : 0;
    }

    /** Places a measured task. */
    void add(int task, Pipeline pipeline) {
        place(task, pipeline);
        makespan = Math.max(makespan, makespan(task, pipeline));
        for (int use = 0; use < pipeline.uses; use++) {
            makespan = Math.max(makespan, busySeconds(pipeline.resource[use]));
        }
    }

    /** Counts a device as if it were in use. */
    void open(int device) {
        if (!isRunning[device]) {
            isRunning[device] = true;
            watts += isEnergy ? costs.addedIdleWatts(device) : 0;
            inUse++;
        }
    }

    /** Tells whether a device is not in use yet and costs something besides the work that it does. */
    boolean isCharged(int device) {
        return !isRunning[device]
                && isEnergy
                && (costs.addedIdleWatts(device) > 0 || costs.addedSwitchOnJoules(device) > 0);
    }

    /** Returns about how long a resource is busy until the last task that uses it is done. */
    double busySeconds(int resource) {
        return Math.max(0, span[resource]) * load[resource];
    }

    /** Returns the load that the deadline of a task allows for a response time, both in seconds. */
    double longestLoad(int task, double response) {
        double frames = costs.frames(task);
        double deadline = costs.deadlineSeconds(task);
        return costs.isDeadlineOnResponse(task) || deadline == Double.POSITIVE_INFINITY || frames <= 1
                ? Double.POSITIVE_INFINITY
                : Math.max(Double.MIN_NORMAL, (frames * deadline - response) / (frames - 1));
    }

    /** Returns what the makespan and all deadlines leave of a device for a task, in seconds. */
    double room(int device, double frames, double longest) {
        double most = Math.max(span[device], frames - 1);
        return Math.min(Math.min(limit[device], longest), most > 0 ? makespan / most : makespan) - load[device];
    }
}
