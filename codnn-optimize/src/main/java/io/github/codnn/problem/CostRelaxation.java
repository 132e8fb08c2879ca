package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The Lagrangian relaxation of the least energy or price among the plans whose makespan lies between two times and that
 * use given devices; {@link CostBound} says why its values are bounds. Not thread-safe.
 *
 * <p>A limited resource has a multiplier: what its whole capacity would cost. There are the time of each device, its
 * memory, the time of each link, and for equal tasks their response time.
 */
final class CostRelaxation {

    /** Deadlines and capacities are compared with rounded sums. */
    private static final double ROOM = 1 + 1e-9;

    private static final double FADING = 0.9;
    private static final int PATIENCE = 4;

    private final CompiledScenario compiled;
    private final int devices;
    private final List<Demand> demands;
    private final int[] leader; // [demand] the first with the same costs and limits in the part at hand
    private final int[] count; // [demand] tasks that it leads
    private final double[] idleWatts;
    private final double[] switchOnJoules;
    private final double[] memoryBytes;
    private final double[] leastPeriod; // [demand]
    private final double[] leastResponse; // [demand]
    private final double waitingWatts; // of those that always wait
    private final double switchedJoules; // of those that always take part
    private final RelaxedTaskCosts.Prices prices;
    private final RelaxedTaskCosts.Usage usage;
    private final double[] gradient; // [resource]
    private final double[] charge; // [device] what it costs to use it, less what its multipliers are worth
    private final boolean[] isUsed; // [device] whether its fixed charge is paid
    private final boolean[] isVisited; // [device] whether any task runs layers there
    private final double[] weight; // [demand] one over the load that a resource it uses may have, 0 without a limit
    private final double[] longest; // [demand] that load
    private final double[] responseLimit; // [demand]
    private final double[] responseRoom; // [demand] between that and the least response time, infinite without a limit
    private boolean idleCounts; // whether waiting of devices that may be off counts in the node at hand
    private long work;

    /**
     * Equal tasks.
     *
     * @param task the first of them
     * @param count how many
     * @param costs what one of them costs
     */
    private record Demand(int task, int count, RelaxedTaskCosts costs) {}

    /** What devices cost beside layers and transfers. */
    enum Fixed {
        NOTHING,
        SWITCH_ON,
        SWITCH_ON_AND_IDLE
    }

    CostRelaxation(CompiledScenario compiled, RelaxedTaskCosts.Costs costs, Fixed fixed) {
        this.compiled = compiled;
        devices = compiled.deviceCount();
        demands = demands(compiled, costs);
        leader = new int[demands.size()];
        count = new int[demands.size()];
        List<Device> platform = compiled.scenario().platform().devices();
        idleWatts = platform.stream()
                .mapToDouble(device -> fixed == Fixed.SWITCH_ON_AND_IDLE ? device.idleWatts() : 0)
                .toArray();
        switchOnJoules = platform.stream()
                .mapToDouble(device -> fixed == Fixed.NOTHING ? 0 : device.switchOnJoules())
                .toArray();
        memoryBytes = platform.stream()
                .mapToDouble(device -> device.memoryBytes() == Device.UNLIMITED_MEMORY
                        ? Double.POSITIVE_INFINITY
                        : device.memoryBytes())
                .toArray();
        waitingWatts = sum(idleWatts, compiled::alwaysWaits);
        switchedJoules = sum(switchOnJoules, compiled::isEnd);
        PeriodBound period = new PeriodBound(compiled);
        ResponseBound response = new ResponseBound(compiled);
        leastPeriod = demands.stream()
                .mapToDouble(
                        each -> Math.max(period.of(each.task()), each.costs().leastPeriod()))
                .toArray();
        leastResponse =
                demands.stream().mapToDouble(each -> response.of(each.task())).toArray();
        prices = new RelaxedTaskCosts.Prices(devices);
        usage = new RelaxedTaskCosts.Usage(devices);
        gradient = new double[devices * (devices + 2) + demands.size()];
        charge = new double[devices];
        isUsed = new boolean[devices];
        isVisited = new boolean[devices];
        weight = new double[demands.size()];
        longest = new double[demands.size()];
        responseLimit = new double[demands.size()];
        responseRoom = new double[demands.size()];
    }

    private static List<Demand> demands(CompiledScenario compiled, RelaxedTaskCosts.Costs costs) {
        List<RelaxedTaskCosts> ofTasks = RelaxedTaskCosts.of(compiled, costs);
        Map<List<Object>, List<Integer>> equal = new LinkedHashMap<>();
        for (int task = 0; task < ofTasks.size(); task++) {
            List<Object> key =
                    List.of(ofTasks.get(task), compiled.deadlineSeconds(task), compiled.isDeadlineOnResponse(task));
            equal.computeIfAbsent(key, any -> new ArrayList<>()).add(task);
        }
        return equal.values().stream()
                .map(tasks -> new Demand(tasks.get(0), tasks.size(), ofTasks.get(tasks.get(0))))
                .toList();
    }

    private double sum(double[] figures, IntPredicate counts) {
        return IntStream.range(0, devices)
                .filter(counts)
                .mapToDouble(device -> figures[device])
                .sum();
    }

    // The resources: times of devices, memories of devices, times of links, response times of equal tasks.

    private int memory(int device) {
        return devices + device;
    }

    private int link(int from, int to) {
        return devices * (2 + from) + to;
    }

    private int response(int demand) {
        return devices * (devices + 2) + demand;
    }

    /** Returns the part that holds all plans. */
    CostBoundNode all() {
        double from = 0;
        double to = 0;
        for (int each = 0; each < demands.size(); each++) {
            double least = leastResponse[each] + (demands.get(each).costs().frames - 1) * leastPeriod[each];
            from = Math.max(from, least / ROOM);
            to = Math.max(to, ROOM * lastDone(each));
        }
        CostBoundNode.State[] states = new CostBoundNode.State[devices];
        Arrays.setAll(states, device -> compiled.isEnd(device) ? CostBoundNode.State.ON : CostBoundNode.State.FREE);
        double[] multipliers = new double[gradient.length];
        for (int device = 0; device < devices; device++) {
            multipliers[device] = from < Double.POSITIVE_INFINITY ? fixedCharge(device, from) : 0;
        }
        return new CostBoundNode(from, to, states, multipliers);
    }

    /** Returns when a task must be done for its deadline on the mean time. */
    private double lastDone(int each) {
        int task = demands.get(each).task();
        return compiled.isDeadlineOnResponse(task)
                ? Double.POSITIVE_INFINITY
                : compiled.frames(task) * compiled.deadlineSeconds(task);
    }

    /** Returns what it costs to use a device that need not take part, if the makespan is at least as long as told. */
    double fixedCharge(int device, double makespan) {
        if (compiled.isEnd(device)) {
            return 0;
        }
        return switchOnJoules[device] + (compiled.alwaysWaits(device) ? 0 : idleWatts[device] * makespan);
    }

    /** Returns the idle power of a part if it uses devices to the shares told. */
    double idleWatts(CostBoundNode part) {
        double watts = waitingWatts;
        for (int device = 0; device < devices; device++) {
            watts += compiled.alwaysWaits(device) ? 0 : part.shares[device] * idleWatts[device];
        }
        return watts;
    }

    /** Returns about how many steps were taken so far. */
    long work() {
        return work;
    }

    /**
     * Raises the bound of a part by the subgradient method.
     *
     * @param part the part, with multipliers to start from
     * @param steps how many questions to ask
     * @param firstAmbition by what share of its value the bound is tried to be raised at first
     * @return the part with the best bound found, infinite if it is proven to hold no feasible plan
     */
    CostBoundNode improve(CostBoundNode part, int steps, double firstAmbition) {
        if (!enter(part)) {
            return part.withBound(Double.POSITIVE_INFINITY, part.multipliers);
        }
        double[] multipliers = part.multipliers.clone();
        double[] best = multipliers;
        double bestValue = Double.NEGATIVE_INFINITY;
        double[] shares = new double[devices];
        double[] visits = new double[devices];
        double ambition = firstAmbition;
        int since = 0;
        for (int step = 0; step < steps; step++) {
            double value = value(part, multipliers);
            if (value == Double.POSITIVE_INFINITY) {
                return part.withBound(value, best);
            }
            double fading = step == 0 ? 0 : FADING;
            for (int device : prices.active) {
                shares[device] = fading * shares[device] + (isUsed[device] ? 1 - fading : 0);
                visits[device] = fading * visits[device] + (isVisited[device] ? 1 - fading : 0);
            }
            since++;
            if (value > bestValue) {
                bestValue = value;
                best = multipliers.clone();
                since = 0;
            } else if (since % PATIENCE == 0) {
                ambition /= 2;
            }
            double target = bestValue + ambition * Math.max(Math.abs(bestValue), Double.MIN_NORMAL);
            if (!climb(multipliers, target - value)) {
                break;
            }
        }
        return part.withBound(Math.max(part.bound, bestValue), best).withUse(shares, visits);
    }

    /** Works out the limits of a part; returns false if they cannot be kept. */
    private boolean enter(CostBoundNode part) {
        idleCounts = part.to < Double.POSITIVE_INFINITY;
        prices.active = IntStream.range(0, devices)
                .filter(device -> part.states[device] != CostBoundNode.State.OFF)
                .toArray();
        long on = Arrays.stream(part.states, 0, devices)
                .filter(state -> state == CostBoundNode.State.ON)
                .count();
        long ends = IntStream.range(0, devices).filter(compiled::isEnd).count();
        boolean possible = part.from <= part.to && part.from < Double.POSITIVE_INFINITY && on - ends <= mostDevices();
        for (int each = 0; each < demands.size(); each++) {
            double frames = demands.get(each).costs().frames;
            int task = demands.get(each).task();
            double done = Math.min(part.to, ROOM * lastDone(each));
            double load = ROOM * (done - leastResponse[each]) / (frames - 1);
            longest[each] = frames > 1 ? load : Double.POSITIVE_INFINITY;
            weight[each] = frames > 1 && load > Double.MIN_NORMAL ? 1 / load : 0;
            double deadline =
                    compiled.isDeadlineOnResponse(task) ? compiled.deadlineSeconds(task) : Double.POSITIVE_INFINITY;
            responseLimit[each] = ROOM * Math.min(deadline, done - (frames - 1) * leastPeriod[each] / ROOM);
            double room = Math.max(responseLimit[each] - leastResponse[each], 1e-3 * responseLimit[each]);
            responseRoom[each] = room > Double.MIN_NORMAL ? room : Double.POSITIVE_INFINITY;
            possible = possible && longest[each] >= 0 && responseLimit[each] >= 0; // NaN is not
            if (possible) {
                join(each);
            }
        }
        return possible;
    }

    /** Lets the first of some that differ in nothing that the part knows speak for all. */
    private void join(int each) {
        int first = 0;
        while (demands.get(first).costs() != demands.get(each).costs()
                || longest[first] != longest[each]
                || responseLimit[first] != responseLimit[each]) {
            first++;
        }
        leader[each] = first;
        count[each] = 0;
        count[first] += demands.get(each).count();
    }

    private boolean limitsResponse(int each) {
        return responseRoom[each] < Double.POSITIVE_INFINITY;
    }

    private int mostDevices() {
        return compiled.scenario().rules().maxDevices();
    }

    /** Returns the relaxation's value, and leaves its gradient. */
    private double value(CostBoundNode part, double[] multipliers) {
        Arrays.fill(isVisited, false);
        Arrays.fill(gradient, 0);
        double value = switchedJoules + waitingWatts * part.from;
        double magnitude = Math.abs(value);
        for (int each = 0; each < demands.size(); each++) {
            if (leader[each] < each) {
                continue;
            }
            price(each, multipliers);
            double least = demands.get(each).costs().least(prices, usage);
            work += demands.get(each).costs().work(prices.active.length);
            if (least == Double.POSITIVE_INFINITY) {
                return least;
            }
            value += count[each] * least;
            magnitude += count[each] * Math.abs(least);
            addUsage(each);
        }
        double charged = chargeResources(part, multipliers);
        value += charged;
        magnitude += Math.abs(charged);
        for (double multiplier : multipliers) {
            magnitude += multiplier;
        }
        value += useDevices(part);
        return value - 1e-12 * magnitude; // what rounding can have added
    }

    private void price(int each, double[] multipliers) {
        double frames = demands.get(each).costs().frames;
        for (int device = 0; device < devices; device++) {
            prices.device[device] = weight[each] * multipliers[device];
            boolean counts = compiled.alwaysWaits(device) || idleCounts;
            prices.saved[device] = counts ? frames * idleWatts[device] : 0;
            prices.memory[device] = multipliers[memory(device)] / memoryBytes[device];
            for (int to = 0; to < devices; to++) {
                prices.link[device * devices + to] = weight[each] * multipliers[link(device, to)];
            }
        }
        prices.time = multipliers[response(each)] / responseRoom[each];
        prices.longest = longest[each];
    }

    private void addUsage(int each) {
        int many = count[each];
        for (int device : prices.active) {
            isVisited[device] |= usage.isVisited[device];
            gradient[device] += many * weight[each] * usage.device[device];
            gradient[memory(device)] += many * usage.memory[device] / memoryBytes[device];
            for (int to : prices.active) {
                gradient[link(device, to)] += many * weight[each] * usage.link[device * devices + to];
            }
        }
        gradient[response(each)] =
                limitsResponse(each) ? many * (usage.time - responseLimit[each]) / responseRoom[each] : 0;
    }

    /** Takes off what the resources hold that do not depend on whether a device is used. */
    private double chargeResources(CostBoundNode part, double[] multipliers) {
        double value = 0;
        Arrays.fill(charge, 0);
        for (int device : prices.active) {
            value -= charge(part, device, device, multipliers[device]);
            value -= charge(part, memory(device), device, multipliers[memory(device)]);
            for (int to : prices.active) {
                int owner = part.isFree(to) ? to : device;
                value -= charge(part, link(device, to), owner, multipliers[link(device, to)]);
            }
        }
        for (int each = 0; each < demands.size(); each++) {
            value -= limitsResponse(each)
                    ? count[each] * multipliers[response(each)] * (responseLimit[each] / responseRoom[each])
                    : 0;
        }
        return value;
    }

    /** Returns the multiplier, unless the resource is there only if a device is used that need not be. */
    private double charge(CostBoundNode part, int resource, int owner, double multiplier) {
        if (part.isFree(owner)) {
            charge[owner] -= multiplier;
            return 0;
        }
        gradient[resource] -= 1;
        return multiplier;
    }

    /** Uses the devices that pay, no more than the rules allow. */
    private double useDevices(CostBoundNode part) {
        double value = 0;
        int room = mostDevices();
        for (int device : prices.active) {
            double fixed = fixedCharge(device, idleCounts ? part.from : 0);
            if (part.isFree(device)) {
                charge[device] += fixed;
            } else {
                value += fixed;
                room -= compiled.isEnd(device) ? 0 : 1;
            }
        }
        int open = 0;
        double[] gains = new double[devices];
        for (int device : prices.active) {
            gains[open++] = part.isFree(device) ? Math.min(0, charge[device]) : 0;
        }
        Arrays.sort(gains, 0, open);
        double last = room >= open || room <= 0 ? 0 : gains[room - 1];
        for (int index = 0; index < Math.min(open, Math.max(0, room)); index++) {
            value += gains[index];
        }
        for (int device : prices.active) {
            boolean used =
                    part.isFree(device) && room > 0 && charge[device] < 0 && (last == 0 || charge[device] <= last);
            if (used) {
                release(part, device);
            }
            isUsed[device] = used || !part.isFree(device);
        }
        return value;
    }

    /** Takes off the gradient what a device and its links can do. */
    private void release(CostBoundNode part, int device) {
        gradient[device] -= 1;
        gradient[memory(device)] -= 1;
        for (int other : prices.active) {
            gradient[link(other, device)] -= 1;
            if (!part.isFree(other)) {
                gradient[link(device, other)] -= 1;
            }
        }
    }

    /** Changes the multipliers along the gradient, as far as would reach the target; returns false at a maximum. */
    private boolean climb(double[] multipliers, double missing) {
        double norm = 0;
        for (int resource = 0; resource < multipliers.length; resource++) {
            if (multipliers[resource] > 0 || gradient[resource] > 0) {
                norm += gradient[resource] * gradient[resource];
            }
        }
        if (norm < Double.MIN_NORMAL) {
            return false;
        }
        for (int resource = 0; resource < multipliers.length; resource++) {
            double next = multipliers[resource] + missing / norm * gradient[resource];
            multipliers[resource] = next > 0 ? next : 0;
        }
        return true;
    }
}
