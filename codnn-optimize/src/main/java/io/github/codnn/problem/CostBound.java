package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * The bounds of energy and price, by branch and bound over the makespan and the devices in use, with a Lagrangian
 * relaxation of what these leave open (A. M. Geoffrion, Lagrangean relaxation for integer programming, 1974).
 *
 * <p><b>Energy of a plan.</b> Let T be its makespan, B(d) the seconds that device d computes, I(d) its idle power and
 * s(d) the energy to switch it on. A device that waits does so for {@code max(0, T - B(d)) >= T - B(d)}. So the energy
 * is at least the sum of
 *
 * <ol>
 *   <li>for each layer its joules less {@code I(d)} times its seconds on its device d, and for each transfer its
 *       joules,
 *   <li>{@code T I(d)} for each device that waits in any case, {@code s(d)} for each source and sink,
 *   <li>{@code s(d) + T I(d)} for every other device that runs layers: a fixed charge. (Just {@code s(d)} if all
 *       devices wait.)
 * </ol>
 *
 * <p><b>Limits.</b> Take the plans with {@code a <= T <= b}, where {@link JointTimes} gives the first a. T is at least
 * a in 2 and 3. A task of n frames has {@code R + (n - 1) P <= b}, and at most n times its deadline on the mean time,
 * where P is at least the load that all tasks put on each device and link that it uses. With a lower bound of R this
 * gives each task k the greatest load C(k) of what it uses. None of its layers and transfers takes longer than C(k);
 * and if a resource is used by the tasks K, its load is at most the least C of K, so that the sum of {@code load(k) /
 * C(k)} over K is at most 1. It is 0 if the resource belongs to a device that is not used. The same holds for the
 * parameters on a device and its memory, and for the response time of a task and its limit by b, its deadline and a
 * lower bound of P.
 *
 * <p><b>Relaxation.</b> Each limit gets a multiplier of zero or more, the price of violating it. For any multipliers
 * the least value of the relaxed problem is a bound: {@link RelaxedTaskCosts} places each task separately at these
 * prices, and each device with a fixed charge is used if the multipliers of its resources exceed that charge, no more
 * devices than the rules allow. The subgradient method (M. Held, P. Wolfe and H. P. Crowder, 1974) looks for
 * multipliers with a great bound.
 *
 * <p><b>Branching.</b> Together the open nodes hold all plans, so their least bound is a bound. The node with the least
 * bound is split where the estimated gap is largest: at a makespan between a and b, or by whether a device is used. The
 * search ends when a split promises little or after a fixed amount of work, so that the same problem always has the
 * same bound.
 *
 * <p>A device may wait for less than {@code T - B(d)} allows if tasks leave T open; so the bound without item 2 and
 * without idle power is used if it is greater. The price is a sum over layers and needs one node only.
 */
final class CostBound {

    private static final long MAX_WORK = 300_000_000; // steps of a nanosecond or two
    private static final int MAX_NODES = 150;
    private static final int FIRST_STEPS = 100;
    private static final int STEPS = 25;
    private static final double FIRST_AMBITION = 0.1;
    private static final double AMBITION = 0.03;
    private static final double LEAST_GAIN = 1e-3;

    private final CompiledScenario compiled;
    private final List<List<Integer>> classes; // of equal devices
    private final BooleanSupplier stop;

    CostBound(CompiledScenario compiled, BooleanSupplier stop) {
        this.compiled = compiled;
        this.stop = stop;
        classes = DeviceClasses.of(compiled);
    }

    double price() {
        double bound = price(false);
        return hasPairs() ? Math.max(bound, price(true)) : bound;
    }

    private double price(boolean inPairs) {
        CostDemands demands = new CostDemands(compiled, new Money(), inPairs);
        return first(relaxation(demands, CostRelaxation.Fixed.NOTHING), 0).bound;
    }

    double joules() {
        double makespan = stop.getAsBoolean() ? 0 : new JointTimes(compiled, stop).greatestMakespan();
        double bound = joules(makespan, false);
        return hasPairs() ? Math.max(bound, joules(makespan, true)) : bound;
    }

    private double joules(double makespan, boolean inPairs) {
        CostDemands demands = new CostDemands(compiled, new Joules(), inPairs);
        double busy = first(relaxation(demands, CostRelaxation.Fixed.SWITCH_ON), 0).bound;
        return Math.max(busy, branch(relaxation(demands, CostRelaxation.Fixed.SWITCH_ON_AND_IDLE), makespan));
    }

    /** Steps that count transfers of branched networks take longer, so that more steps without may do better. */
    private boolean hasPairs() {
        return !stop.getAsBoolean() && RelaxedTaskCosts.hasPairs(compiled);
    }

    private CostRelaxation relaxation(CostDemands demands, CostRelaxation.Fixed fixed) {
        return new CostRelaxation(compiled, demands, fixed, work -> work >= MAX_WORK || stop.getAsBoolean());
    }

    private static CostBoundNode first(CostRelaxation relaxation, double makespan) {
        return relaxation.improve(relaxation.all(makespan), FIRST_STEPS, FIRST_AMBITION);
    }

    private double branch(CostRelaxation relaxation, double makespan) {
        PriorityQueue<CostBoundNode> nodes = new PriorityQueue<>(Comparator.comparingDouble(node -> node.bound));
        CostBoundNode least = first(relaxation, makespan);
        int made = 1;
        while (made < MAX_NODES && !relaxation.isOver() && least.bound < Double.POSITIVE_INFINITY) {
            List<CostBoundNode> halves = split(least, relaxation);
            for (CostBoundNode half : halves) {
                nodes.add(relaxation.improve(half, STEPS, AMBITION));
                made++;
            }
            if (halves.isEmpty()) {
                CostBoundNode better = relaxation.improve(least, FIRST_STEPS, AMBITION);
                if (!(better.bound - least.bound > LEAST_GAIN * Math.abs(least.bound))) {
                    break;
                }
                nodes.add(better);
                made++;
            }
            least = nodes.remove();
        }
        return least.bound;
    }

    /** Splits a node, or returns nothing if a split promises too little. */
    private List<CostBoundNode> split(CostBoundNode node, CostRelaxation relaxation) {
        boolean endless = node.to == Double.POSITIVE_INFINITY;
        double open = endless ? node.from : (node.to - node.from) / 2;
        double gap = open * relaxation.idleWatts(node);
        int chosen = -1;
        for (int device = 0; device < compiled.deviceCount(); device++) {
            double lost = relaxation.fixedCharge(device, node.from) * node.visits[device] * (1 - node.shares[device]);
            if (node.isFree(device) && lost > gap) {
                gap = lost;
                chosen = device;
            }
        }
        if (!(gap > LEAST_GAIN * Math.abs(node.bound))) {
            return List.of();
        }
        if (chosen < 0) {
            return node.split(endless ? 2 * node.from : Math.sqrt(node.from * node.to));
        }
        int device = chosen;
        return node.split(classes.stream()
                .filter(equal -> equal.contains(device))
                .findFirst()
                .orElseThrow());
    }

    private final class Money implements RelaxedTaskCosts.Costs {

        @Override
        public double layer(int layer, int device) {
            double seconds = compiled.seconds(layer, device);
            return seconds < Double.POSITIVE_INFINITY ? compiled.costs().price(device, seconds) : 0;
        }

        @Override
        public double transfer(int tensor, int from, int to) {
            return 0;
        }
    }

    private final class Joules implements RelaxedTaskCosts.Costs {

        @Override
        public double layer(int layer, int device) {
            return compiled.joules(layer, device);
        }

        @Override
        public double transfer(int tensor, int from, int to) {
            return compiled.transferJoules(tensor, from, to);
        }
    }
}
