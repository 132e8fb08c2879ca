package io.github.codnn.problem;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * The Lagrangian relaxation of the least energy or price among the plans whose makespan lies between two times and that
 * use given devices; {@link CostBound} says why its values are bounds. Not thread-safe.
 *
 * <p>Each limited resource has a multiplier, the price of its whole capacity. The resources are the time and the memory
 * of each device, the time of each link, and the response time of equal tasks.
 */
final class CostRelaxation {

    private static final double FADING = 0.9;
    private static final int PATIENCE = 4;

    private final CompiledScenario compiled;
    private final BatchCosts batch;
    private final Fixed fixed;
    private final LongPredicate limit;
    private final int devices;
    private final CostDemands demands;
    private final double[] idleWatts; // [device] 0 if waiting costs nothing here
    private final double waitingWatts; // of those that always wait
    private final double switchedJoules; // of sources and sinks
    private final RelaxedTaskCosts.Prices prices;
    private final RelaxedTaskCosts.Usage usage;
    private final double[] gradient; // [resource]
    private final double[] charge; // [device] what it costs to use it, less the multipliers of its resources
    private final boolean[] isUsed; // [device] whether its fixed charge is paid
    private final boolean[] isVisited; // [device] whether any task runs layers there
    private boolean idleCounts; // whether waiting of devices that may be off counts in the current node
    private long work;

    /** What devices cost besides layers and transfers. */
    enum Fixed {
        NOTHING,
        SWITCH_ON,
        SWITCH_ON_AND_IDLE
    }

    /**
     * Makes the relaxation; the limit tells from the work done, in steps of a nanosecond or two, whether to end.
     *
     * @param demands the tasks; another relaxation may have them afterwards, but not at the same time
     */
    CostRelaxation(CompiledScenario compiled, CostDemands demands, Fixed fixed, LongPredicate limit) {
        this.compiled = compiled;
        this.limit = limit;
        batch = compiled.costs();
        this.fixed = fixed;
        devices = compiled.deviceCount();
        this.demands = demands;
        idleWatts = IntStream.range(0, devices)
                .mapToDouble(device -> fixed == Fixed.SWITCH_ON_AND_IDLE ? batch.idleWatts(device) : 0)
                .toArray();
        waitingWatts = fixed == Fixed.SWITCH_ON_AND_IDLE ? sum(batch::baseIdleWatts) : 0;
        switchedJoules = fixed == Fixed.NOTHING ? 0 : sum(batch::baseSwitchOnJoules);
        prices = new RelaxedTaskCosts.Prices(devices);
        usage = new RelaxedTaskCosts.Usage(devices);
        gradient = new double[devices * (devices + 2) + demands.size()];
        charge = new double[devices];
        isUsed = new boolean[devices];
        isVisited = new boolean[devices];
    }

    private double sum(IntToDoubleFunction figure) {
        return IntStream.range(0, devices).mapToDouble(figure).sum();
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

    /** Returns the node that holds all plans, given a lower bound of their makespans in seconds. */
    CostBoundNode all(double makespan) {
        double from = Math.max(makespan, demands.leastMakespan());
        double to = demands.greatestMakespan();
        CostBoundNode.State[] states = new CostBoundNode.State[devices];
        Arrays.setAll(states, device -> compiled.isEnd(device) ? CostBoundNode.State.ON : CostBoundNode.State.FREE);
        double[] multipliers = new double[gradient.length];
        for (int device = 0; device < devices; device++) {
            multipliers[device] = from < Double.POSITIVE_INFINITY ? fixedCharge(device, from) : 0;
        }
        return new CostBoundNode(from, to, states, multipliers);
    }

    /** Returns what it costs to use a device that need not take part, for a lower bound of the makespan in seconds. */
    double fixedCharge(int device, double makespan) {
        if (batch.isEnd(device)) {
            return 0;
        }
        double joules = fixed == Fixed.NOTHING ? 0 : batch.addedSwitchOnJoules(device);
        return fixed == Fixed.SWITCH_ON_AND_IDLE ? joules + batch.addedIdleWatts(device) * makespan : joules;
    }

    /** Returns the idle power of a node, each device counted by its share, in watts. */
    double idleWatts(CostBoundNode node) {
        double watts = waitingWatts;
        for (int device = 0; device < devices; device++) {
            watts += compiled.alwaysWaits(device) ? 0 : node.shares[device] * idleWatts[device];
        }
        return watts;
    }

    /** Tells whether the relaxation has done all its work. */
    boolean isOver() {
        return limit.test(work);
    }

    /**
     * Raises the bound of a node by the subgradient method.
     *
     * @param node the node, with the multipliers to start from
     * @param steps how many times to solve the relaxation
     * @param firstAmbition by what share of its value a step first tries to raise the bound
     * @return the node with the best bound found, infinite if the node is proven to hold no feasible plan
     */
    CostBoundNode improve(CostBoundNode node, int steps, double firstAmbition) {
        if (!enter(node)) {
            return node.withBound(Double.POSITIVE_INFINITY, node.multipliers);
        }
        double[] multipliers = node.multipliers.clone();
        double[] best = multipliers;
        double bestValue = Double.NEGATIVE_INFINITY;
        double[] shares = new double[devices];
        double[] visits = new double[devices];
        double ambition = firstAmbition;
        int since = 0;
        for (int step = 0; step < steps && !(step > 0 && isOver()); step++) {
            double value = value(node, multipliers);
            if (value == Double.POSITIVE_INFINITY) {
                return node.withBound(value, best);
            }
            average(shares, visits, step == 0 ? 0 : FADING);
            since++;
            if (value > bestValue) {
                bestValue = value;
                best = multipliers.clone();
                since = 0;
            } else if (since % PATIENCE == 0) {
                ambition /= 2;
            }
            double raise = ambition * Math.max(Math.abs(bestValue), Double.MIN_NORMAL);
            if (!climb(multipliers, bestValue + raise - value)) {
                break;
            }
        }
        return node.withBound(Math.max(node.bound, bestValue), best).withUse(shares, visits);
    }

    /** Averages over the steps how devices are used; later steps count more. */
    private void average(double[] shares, double[] visits, double fading) {
        for (int device : prices.active) {
            shares[device] = fading * shares[device] + (isUsed[device] ? 1 - fading : 0);
            visits[device] = fading * visits[device] + (isVisited[device] ? 1 - fading : 0);
        }
    }

    /** Computes the limits of a node; returns false if they cannot be kept. */
    private boolean enter(CostBoundNode node) {
        idleCounts = node.to < Double.POSITIVE_INFINITY;
        prices.active = IntStream.range(0, devices)
                .filter(device -> node.states[device] != CostBoundNode.State.OFF)
                .toArray();
        long on = Arrays.stream(node.states, 0, devices)
                .filter(state -> state == CostBoundNode.State.ON)
                .count();
        long ends = IntStream.range(0, devices).filter(compiled::isEnd).count();
        return node.from <= node.to
                && node.from < Double.POSITIVE_INFINITY
                && on - ends <= maxDevices()
                && demands.limit(node.to);
    }

    private int maxDevices() {
        return compiled.scenario().rules().maxDevices();
    }

    /** Returns the value of the relaxation and stores its gradient. */
    private double value(CostBoundNode node, double[] multipliers) {
        Arrays.fill(isVisited, false);
        Arrays.fill(gradient, 0);
        double value = switchedJoules + waitingWatts * node.from;
        double magnitude = Math.abs(value);
        for (int demand = 0; demand < demands.size(); demand++) {
            if (!demands.leads(demand)) {
                continue;
            }
            price(demand, multipliers);
            double least = demands.costs(demand).least(prices, usage);
            work += demands.costs(demand).work(prices.active.length);
            if (least == Double.POSITIVE_INFINITY) {
                return least;
            }
            value += demands.count(demand) * least;
            magnitude += demands.count(demand) * Math.abs(least);
            addUsage(demand);
        }
        double charged = chargeResources(node, multipliers);
        value += charged;
        magnitude += Math.abs(charged);
        for (double multiplier : multipliers) {
            magnitude += multiplier;
        }
        value += useDevices(node);
        return value - 1e-12 * magnitude; // an upper bound of the rounding error
    }

    private void price(int demand, double[] multipliers) {
        double frames = demands.costs(demand).frames;
        for (int device = 0; device < devices; device++) {
            prices.device[device] = demands.weight(demand) * multipliers[device];
            boolean counts = compiled.alwaysWaits(device) || idleCounts;
            prices.saved[device] = counts ? frames * idleWatts[device] : 0;
            prices.memory[device] = multipliers[memory(device)] / batch.memoryBytes(device);
            for (int to = 0; to < devices; to++) {
                prices.link[device * devices + to] = demands.weight(demand) * multipliers[link(device, to)];
            }
        }
        prices.time = multipliers[response(demand)] / demands.responseRoom(demand);
        prices.longest = demands.longest(demand);
    }

    private void addUsage(int demand) {
        int many = demands.count(demand);
        for (int device : prices.active) {
            isVisited[device] |= usage.isVisited[device];
            gradient[device] += many * demands.weight(demand) * usage.device[device];
            gradient[memory(device)] += many * usage.memory[device] / batch.memoryBytes(device);
            for (int to : prices.active) {
                gradient[link(device, to)] += many * demands.weight(demand) * usage.link[device * devices + to];
            }
        }
        gradient[response(demand)] = demands.limitsResponse(demand)
                ? many * (usage.time - demands.responseLimit(demand)) / demands.responseRoom(demand)
                : 0;
    }

    /** Subtracts the capacities of resources that are there whether or not a device is used. */
    private double chargeResources(CostBoundNode node, double[] multipliers) {
        double value = 0;
        Arrays.fill(charge, 0);
        for (int device : prices.active) {
            value -= charge(node, device, device, multipliers[device]);
            value -= charge(node, memory(device), device, multipliers[memory(device)]);
            for (int to : prices.active) {
                int owner = node.isFree(to) ? to : device;
                value -= charge(node, link(device, to), owner, multipliers[link(device, to)]);
            }
        }
        for (int demand = 0; demand < demands.size(); demand++) {
            value -= demands.limitsResponse(demand)
                    ? demands.count(demand)
                            * multipliers[response(demand)]
                            * (demands.responseLimit(demand) / demands.responseRoom(demand))
                    : 0;
        }
        return value;
    }

    /** Returns the multiplier; 0 if the resource is there only if a free device is used, which is charged instead. */
    private double charge(CostBoundNode node, int resource, int owner, double multiplier) {
        if (node.isFree(owner)) {
            charge[owner] -= multiplier;
            return 0;
        }
        gradient[resource] -= 1;
        return multiplier;
    }

    /** Uses the devices that pay for themselves, no more than the rules allow; returns what all used devices cost. */
    private double useDevices(CostBoundNode node) {
        double fixed = 0;
        int room = maxDevices();
        for (int device : prices.active) {
            double own = fixedCharge(device, idleCounts ? node.from : 0);
            if (node.isFree(device)) {
                charge[device] += own;
            } else {
                fixed += own;
                room -= compiled.isEnd(device) ? 0 : 1;
            }
        }
        return useFreeDevices(node, Math.max(0, room), fixed);
    }

    /** Uses up to {@code room} of the free devices, those that save most; returns the cost with their charges. */
    private double useFreeDevices(CostBoundNode node, int room, double fixed) {
        double value = fixed;
        int open = prices.active.length;
        double[] gains = new double[open];
        for (int index = 0; index < open; index++) {
            int device = prices.active[index];
            gains[index] = node.isFree(device) ? Math.min(0, charge[device]) : 0;
        }
        Arrays.sort(gains);
        for (int index = 0; index < Math.min(open, room); index++) {
            value += gains[index];
        }
        double last = room >= open || room == 0 ? 0 : gains[room - 1];
        for (int device : prices.active) {
            boolean pays = charge[device] < 0 && (last == 0 || charge[device] <= last);
            boolean used = node.isFree(device) && room > 0 && pays;
            if (used) {
                release(node, device);
            }
            isUsed[device] = used || !node.isFree(device);
        }
        return value;
    }

    /** Subtracts the capacities of a device and its links from the gradient. */
    private void release(CostBoundNode node, int device) {
        gradient[device] -= 1;
        gradient[memory(device)] -= 1;
        for (int other : prices.active) {
            gradient[link(other, device)] -= 1;
            if (!node.isFree(other)) {
                gradient[link(device, other)] -= 1;
            }
        }
    }

    /** Moves the multipliers along the gradient by the step that would close the gap; returns false at a maximum. */
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
