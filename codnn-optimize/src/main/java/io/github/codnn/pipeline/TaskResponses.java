package io.github.codnn.pipeline;

import io.github.codnn.plan.BatchCosts;
import java.util.random.RandomGenerator;

/**
 * The best response of one task to all others: among its pipelines of one or two stages, one of them on a given device,
 * the one with which the plan costs least. Loads, deadlines, the makespan, idle power, and the charge of a device that
 * is not in use yet all count, but the response times of the others do not, so this is exact up to these. A limit that
 * is exceeded by 100 % costs as much as {@value #LATE} plans.
 *
 * <p>Some cuts are tried one by one; for the other devices only those that fill one of the two, and any. A pipeline
 * takes O(1) time. Not thread-safe; allocates nothing.
 */
final class TaskResponses {

    private static final double LATE = 20;
    private static final double CUTS = 32; // tried one by one in a response, on average

    private final Pipelines problem;
    private final SharedLoads loads;
    private final BatchCosts costs;
    private final boolean limitsMemory;
    private final int[] candidates; // devices
    private int candidateCount;
    private boolean isShared; // whether a task pays for a part of a device only
    private long tried; // pipelines
    // The task that responds.
    private StageCosts chain;
    private double frames;
    private double longest; // load that its deadline allows, in seconds
    private int start; // the first layer to place
    private int before; // the device of the layers before, or -1
    private double least;
    private int leastFirst;
    private int leastCut;
    private int leastSecond;
    // The pipeline that is tried.
    private double period;
    private double end;
    private double late;

    TaskResponses(Pipelines problem, SharedLoads loads) {
        this.problem = problem;
        this.loads = loads;
        costs = loads.costs;
        limitsMemory = costs.hasMemoryLimits();
        candidates = new int[problem.devices];
        chain = problem.chain(0);
    }

    /** Returns how many pipelines were tried so far. */
    long tried() {
        return tried;
    }

    /** Lets a task pay for a device that is not in use yet in proportion to the load that it puts on it, or all. */
    void share(boolean isWanted) {
        isShared = isWanted;
    }

    void clearCandidates() {
        candidateCount = 0;
    }

    void addCandidate(int device) {
        candidates[candidateCount++] = device;
    }

    /**
     * Writes the best response of a task that is not placed, and measures it; without any response the pipeline stays
     * as it is.
     *
     * @param task the task
     * @param pipeline where to write
     * @param keepsFirst whether its first stage, of several, stays as it is
     * @param fixed the device of one of the two stages that are chosen
     * @param isFirst whether it is that of the first one
     * @return whether there is any
     */
    boolean respond(
            int task, Pipeline pipeline, boolean keepsFirst, int fixed, boolean isFirst, RandomGenerator random) {
        chain = problem.chain(task);
        frames = costs.frames(task);
        longest = loads.longestLoad(task, 0);
        start = keepsFirst ? pipeline.ends[0] : 0;
        before = keepsFirst ? pipeline.devices[0] : -1;
        least = Double.POSITIVE_INFINITY;
        for (int each = 0; each < candidateCount; each++) {
            int device = candidates[each];
            attempt(task, device, chain.layers(), -1);
            if (device != fixed) {
                attemptCuts(task, isFirst ? fixed : device, isFirst ? device : fixed, random);
            }
        }
        boolean found = least < Double.POSITIVE_INFINITY;
        if (found) {
            write(pipeline, keepsFirst ? 1 : 0);
        }
        if (pipeline.stages > 0) {
            problem.measure(task, pipeline);
        }
        return found;
    }

    private void write(Pipeline pipeline, int kept) {
        pipeline.stages = kept + 1;
        pipeline.devices[kept] = leastFirst;
        pipeline.ends[kept] = leastCut;
        if (leastSecond >= 0) {
            pipeline.stages = kept + 2;
            pipeline.devices[kept + 1] = leastSecond;
            pipeline.ends[kept + 1] = chain.layers();
        }
    }

    private void attemptCuts(int task, int first, int second, RandomGenerator random) {
        int low = start + 1;
        int high = Math.min(chain.furthestEnd(first, start), chain.layers() - 1);
        if (high < low) {
            return;
        }
        int cuts = high - low + 1;
        if (random.nextDouble() * cuts * candidateCount < CUTS) {
            for (int cut = low; cut <= high; cut++) {
                attempt(task, first, cut, second);
            }
            return;
        }
        int filling = fillingFirst(first, low, high);
        int leaving = fillingSecond(second, low, high);
        attempt(task, first, filling, second);
        if (leaving != filling) {
            attempt(task, first, leaving, second);
        }
        attempt(task, first, low + random.nextInt(cuts), second);
    }

    /** Returns the last cut before which all layers find room on a device. */
    private int fillingFirst(int device, int least, int most) {
        double all = chain.prefixSeconds(device, start) + loads.room(device, frames, longest);
        int low = least;
        int high = most;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            boolean fits = chain.prefixSeconds(device, middle) <= all;
            low = fits ? middle : low;
            high = fits ? high : middle - 1;
        }
        return low;
    }

    /** Returns the first cut after which all layers find room on a device. */
    private int fillingSecond(int device, int least, int most) {
        double all = chain.prefixSeconds(device, chain.layers()) - loads.room(device, frames, longest);
        int low = least;
        int high = most;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean fits = chain.prefixSeconds(device, middle) >= all;
            high = fits ? middle : high;
            low = fits ? low : middle + 1;
        }
        return low;
    }

    /** Works out what a pipeline costs, and keeps it if it is the best so far; without a second device if it is -1. */
    private void attempt(int task, int first, int cut, int second) {
        tried++;
        if (first == before || (second >= 0 && second == before) || !isAllowed(first, cut, second)) {
            return;
        }
        double firstSeconds = chain.prefixSeconds(first, cut) - chain.prefixSeconds(first, start);
        double secondSeconds =
                second < 0 ? 0 : chain.prefixSeconds(second, chain.layers()) - chain.prefixSeconds(second, cut);
        double added = own(first, start, cut, firstSeconds);
        double watts = loads.watts + addedWatts(first, firstSeconds);
        if (second >= 0) {
            added += own(second, cut, chain.layers(), secondSeconds);
            watts += addedWatts(second, secondSeconds);
        }
        added += loads.isEnergy ? frames * transferJoules(first, cut, second) : 0;
        if (added + watts * loads.makespan >= least) {
            return;
        }
        double response = useResources(first, cut, second, firstSeconds, secondSeconds);
        double makespan = BatchCosts.makespanSeconds(frames, period, response);
        late += costs.lateness(task, response, makespan / frames);
        double scale = Math.abs(loads.cost) + Math.abs(added) + loads.watts * loads.makespan;
        double cost = added + watts * Math.max(end, makespan) + LATE * late * scale;
        if (cost < least) {
            least = cost;
            leastFirst = first;
            leastCut = cut;
            leastSecond = second;
        }
    }

    private boolean isAllowed(int first, int cut, int second) {
        return chain.furthestEnd(first, start) >= cut
                && chain.isCutAllowed(cut)
                && (second < 0 || chain.furthestEnd(second, cut) >= chain.layers());
    }

    /** Returns what a stage costs, apart from waiting. */
    private double own(int device, int from, int to, double seconds) {
        if (!loads.isEnergy) {
            return costs.price(device, frames * seconds);
        }
        double switched = loads.isRunning[device] ? 0 : part(device, seconds) * costs.addedSwitchOnJoules(device);
        double joules = chain.prefixJoules(device, to) - chain.prefixJoules(device, from);
        return switched + frames * (joules - costs.idleWatts(device) * seconds);
    }

    private double addedWatts(int device, double seconds) {
        return loads.isRunning[device] || !loads.isEnergy ? 0 : part(device, seconds) * costs.addedIdleWatts(device);
    }

    /** Returns what part of a device that is not in use yet the task pays for. */
    private double part(int device, double seconds) {
        return isShared ? Math.min(1, seconds / Math.max(Double.MIN_NORMAL, loads.room(device, frames, longest))) : 1;
    }

    private double transferJoules(int first, int cut, int second) {
        double in = start == 0 ? chain.uploadJoules(first) : chain.transferJoules(start, before, first);
        return second < 0
                ? in + chain.returnJoules(first)
                : in + chain.transferJoules(cut, first, second) + chain.returnJoules(second);
    }

    /** Adds the loads of a pipeline to those of the others; returns its response time. */
    private double useResources(int first, int cut, int second, double firstSeconds, double secondSeconds) {
        double in = start == 0 ? chain.uploadSeconds(first) : chain.transferSeconds(start, before, first);
        double between = second < 0 ? 0 : chain.transferSeconds(cut, first, second);
        double out = chain.returnSeconds(second < 0 ? first : second);
        double blocked = chain.isBlocking() ? 1 : 0;
        period = 0;
        end = loads.makespan;
        late = limits(first, cut, second);
        double response = firstSeconds + secondSeconds + in + between + out;
        if (response == Double.POSITIVE_INFINITY) {
            return response; // no link
        }
        use(first, firstSeconds + blocked * (in + between + (second < 0 ? out : 0)));
        if (second >= 0) {
            use(second, secondSeconds + blocked * (between + out));
            useLink(first, second, between);
        }
        useEnds(first, second < 0 ? first : second, in, out);
        return response;
    }

    private void useEnds(int first, int last, double in, double out) {
        int sender = start == 0 ? chain.source() : before;
        int sink = chain.sink();
        if (sender >= 0 && sender != first) {
            useLink(sender, first, in);
        }
        if (sink >= 0 && sink != last) {
            useLink(last, sink, out);
        }
        if (chain.isBlocking() && sender >= 0 && sender != first) {
            use(sender, in);
        }
        if (chain.isBlocking() && sink >= 0 && sink != last) {
            use(sink, out);
        }
    }

    private double limits(int first, int cut, int second) {
        int opened = (loads.isRunning[first] ? 0 : 1) + (second < 0 || loads.isRunning[second] ? 0 : 1);
        double excess = costs.deviceCountViolation(loads.inUse + opened);
        if (limitsMemory) {
            excess += costs.memoryViolation(first, loads.bytes[first] + chain.memoryBytes(start, cut));
            excess += second < 0
                    ? 0
                    : costs.memoryViolation(second, loads.bytes[second] + chain.memoryBytes(cut, chain.layers()));
        }
        return excess;
    }

    private void useLink(int from, int to, double seconds) {
        use(loads.link(from, to), seconds);
        int medium = loads.medium(from, to);
        if (medium >= 0) {
            use(medium, seconds);
        }
    }

    private void use(int resource, double seconds) {
        double total = loads.load[resource] + seconds;
        period = total > period ? total : period;
        double last = loads.span[resource] * total;
        end = last > end ? last : end;
        late += total > loads.limit[resource] ? total / loads.limit[resource] - 1 : 0;
    }
}
