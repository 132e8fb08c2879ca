package io.github.codnn.costsearch;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.DeviceClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Searches the plans of each set of devices, in rounds with more and more effort; sets whose bound reaches the best
 * plan are done. Not thread-safe.
 */
public final class CostSearch {

    private static final int MAX_SETS = 4096;
    private static final double MAX_FIGURES = 1 << 24; // loads of plans of blocks, 8 bytes each
    private static final int[] NODES = {300, 5_000, 100_000};
    private static final int[] LABELS = {50, 1_000, 20_000};
    private static final int[] STEPS = {20, 60, 100};

    private final CostModel model;
    private final SearchRun run;
    private final StopSignal signal;
    private final List<Block> blocks;
    private final Wiring wiring;
    private final int start;
    private final List<DeviceSet> sets;

    /** A set of devices and what is known about plans with no others. */
    private static final class DeviceSet {
        private final long devices;
        private double[] shares;
        private double bound = Double.NEGATIVE_INFINITY;

        DeviceSet(long devices, double[] shares) {
            this.devices = devices;
            this.shares = shares;
        }
    }

    /**
     * Prepares the search.
     *
     * @param model the costs
     * @param run takes the plans
     * @param signal ends the search
     */
    public CostSearch(CostModel model, SearchRun run, StopSignal signal) {
        this.model = model;
        this.run = run;
        this.signal = signal;
        blocks = Block.of(model);
        wiring = new Wiring(model.compiled);
        start = Math.max(model.source, 0);
        double[] shares = new double[model.resources];
        Arrays.fill(shares, 1.0 / shares.length);
        sets = sets(model).stream().map(set -> new DeviceSet(set, shares)).toList();
    }

    /**
     * Tells whether a problem is small enough.
     *
     * @param model the costs
     * @return whether sets of devices can be enumerated, and plans of blocks fit into memory (some 128 MB)
     */
    public static boolean fits(CostModel model) {
        double figures = (double) model.resources * model.devices * model.devices * model.layers;
        return model.devices < Long.SIZE - 1 && figures <= MAX_FIGURES && countSets(model) <= MAX_SETS;
    }

    private static double countSets(CostModel model) {
        double count = 1;
        for (List<Integer> members : costly(model)) {
            count *= members.size() + 1;
        }
        return count;
    }

    /** Returns the classes of equal devices whose use costs something. */
    private static List<List<Integer>> costly(CostModel model) {
        CompiledScenario compiled = model.compiled;
        return !model.isEnergy
                ? List.of()
                : DeviceClasses.of(compiled).stream()
                        .filter(members -> !model.isFree(members.get(0)))
                        .toList();
    }

    private static List<Long> sets(CostModel model) {
        long free = IntStream.range(0, model.devices)
                .filter(model::isFree)
                .mapToLong(device -> 1L << device)
                .sum();
        List<Long> sets = new ArrayList<>(List.of(free));
        for (List<Integer> members : costly(model)) {
            for (long set : List.copyOf(sets)) {
                long more = set;
                for (int device : members) {
                    more |= 1L << device;
                    if (Long.bitCount(more & ~free) <= model.maxDevices) {
                        sets.add(more);
                    }
                }
            }
        }
        return sets;
    }

    /**
     * Searches until the best plan is proven, the work is done or the signal is raised.
     *
     * @return a lower bound of all plans, positive infinity if there are none
     */
    public double search() {
        boolean hasDeadline = model.compiled.deadlineSeconds(0) < Double.POSITIVE_INFINITY;
        double bound = search(false);
        return hasDeadline && bound < limit() ? Math.max(bound, search(true)) : bound;
    }

    private double limit() {
        return run.bestScore().feasibleValue();
    }

    private boolean isDone(DeviceSet set) {
        return LabelSearch.reaches(set.bound, limit());
    }

    private double search(boolean keepsDeadline) {
        Dominance dominance = new Dominance(model, keepsDeadline);
        List<BlockPlan[][]> plans = List.of();
        for (int round = 0;
                round < NODES.length && !signal.isRaised() && !sets.stream().allMatch(this::isDone);
                round++) {
            if (round == 0 || !isComplete(plans)) {
                plans = plans(dominance, NODES[round]);
            }
            search(plans, dominance, keepsDeadline, round);
        }
        double least = sets.stream().mapToDouble(set -> set.bound).min().orElseThrow();
        return LabelSearch.reaches(least, limit()) ? limit() : least;
    }

    private static boolean isComplete(List<BlockPlan[][]> plans) {
        return plans.stream().flatMap(Arrays::stream).flatMap(Arrays::stream).allMatch(BlockPlan::isReal);
    }

    private List<BlockPlan[][]> plans(Dominance dominance, int nodes) {
        BlockSearch search = new BlockSearch(model, wiring, dominance, signal, nodes);
        List<BlockPlan[][]> plans = new ArrayList<>();
        for (Block block : blocks) {
            BlockPlan[][] ofBlock = new BlockPlan[model.devices][0];
            for (int in = 0; in < model.devices; in++) {
                boolean first = block.first == 0;
                boolean possible = first
                        ? in == start
                        : model.layerCost[(block.first - 1) * model.devices + in] < Double.POSITIVE_INFINITY;
                if (possible) {
                    ofBlock[in] = search.plans(block, first ? model.source : in).toArray(BlockPlan[]::new);
                }
            }
            plans.add(ofBlock);
        }
        return plans;
    }

    private void search(List<BlockPlan[][]> plans, Dominance dominance, boolean keepsDeadline, int round) {
        double[] shares = sets.get(sets.size() - 1).shares;
        for (DeviceSet set : sets) {
            if (!isDone(set) && !signal.isRaised()) {
                set.shares = round == 0 ? shares : set.shares;
                raise(set, within(plans, set.devices), STEPS[round]);
                shares = set.shares;
            }
        }
        List<DeviceSet> order = new ArrayList<>(sets);
        order.sort(Comparator.comparingDouble(set -> set.bound));
        for (DeviceSet set : order) {
            if (!isDone(set) && !signal.isRaised()) {
                LabelSearch labels = new LabelSearch(
                        model,
                        within(plans, set.devices),
                        dominance,
                        keepsDeadline,
                        run,
                        signal,
                        set.devices,
                        set.shares);
                double open = labels.search(LABELS[round]);
                set.bound = Math.max(set.bound, Math.min(open, limit()));
                signal.endIteration();
            }
        }
    }

    /** Raises the bound of a set by other weights of its resources. */
    private void raise(DeviceSet set, List<BlockPlan[][]> plans, int steps) {
        PathBound bound = new PathBound(plans, model.devices);
        double weight = model.weight(set.devices);
        double response = weight * model.responseFactor;
        double period = weight * model.periodFactor;
        if (period > 0) {
            set.shares = bound.improve(set.shares, start, response, period, limit() - model.fixed(set.devices), steps);
        }
        double[] loads = PathBound.scaled(set.shares, period);
        double value = bound.solve(1, new PathBound.Prices(response, period > 0 ? loads : new double[0]))[0][start];
        set.bound = Math.max(set.bound, model.fixed(set.devices) + value);
        signal.isRaised((int) Math.min(1 << 24, bound.work() / 8));
    }

    private static List<BlockPlan[][]> within(List<BlockPlan[][]> plans, long devices) {
        List<BlockPlan[][]> within = new ArrayList<>();
        for (BlockPlan[][] ofBlock : plans) {
            BlockPlan[][] kept = new BlockPlan[ofBlock.length][];
            for (int in = 0; in < kept.length; in++) {
                kept[in] = Arrays.stream(ofBlock[in])
                        .filter(plan -> (plan.used & ~devices) == 0)
                        .toArray(BlockPlan[]::new);
            }
            within.add(kept);
        }
        return within;
    }
}
