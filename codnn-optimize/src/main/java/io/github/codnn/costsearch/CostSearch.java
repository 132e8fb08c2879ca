package io.github.codnn.costsearch;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.DeviceClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Searches the plans of one task: branch and bound over the devices in use and then over the devices of single layers,
 * with {@link PriceBound}; and label setting within each region that is left, in rounds with more and more effort. Not
 * thread-safe.
 */
public final class CostSearch {

    private static final int MAX_SETS = 4096;
    private static final int MAX_REGIONS = 20_000;
    private static final double MAX_FIGURES = 1 << 24; // loads of plans of blocks, 8 bytes each
    private static final int[] NODES = {300, 5_000, 100_000};
    private static final int[] LABELS = {50, 1_000, 20_000};
    private static final long FEW_NODES = 200_000; // in all blocks, before layers are branched on
    private static final double LITTLE = 1e-3; // where layers are equally unsure, the longest one is branched on
    private static final int[] STEPS = {20, 60, 100};
    private static final int FIRST_STEPS = 100; // of prices
    private static final int MORE_STEPS = 30;
    private static final double FIRST_STEP = 1.0 / 64; // above the bound
    private static final double LAST_STEP = 1;
    private static final int MAX_PRICES = 16; // sets of devices at a time; each takes up to some megabytes
    private static final int MAX_OFFERS = 50; // placements to evaluate that prices find
    private static final int SHARE = 10; // of the evaluations that are left, at most one in so many for these

    private final CostModel model;
    private final SearchRun run;
    private final StopSignal signal;
    private final List<Block> blocks;
    private final Wiring wiring;
    private final int start;
    private final List<List<Integer>> costly;
    private final Map<Long, PriceBound> prices = new HashMap<>(); // for a set of devices
    private final PriorityQueue<Region> open = new PriorityQueue<>(Comparator.comparingDouble(region -> region.bound));
    private double ceiling = Double.POSITIVE_INFINITY; // plans above it do not count
    private int regions;
    private long offers;
    private int[] lastOffer = new int[0];

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
        costly = costly(model);
        offers = run.evaluationsLeft((long) MAX_OFFERS * SHARE) / SHARE;
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

    /**
     * Searches until the best plan is proven, the work is done or the signal is raised.
     *
     * @return a lower bound of all plans, positive infinity if there are none
     */
    public double search() {
        boolean hasDeadline = model.compiled.deadlineSeconds(0) < Double.POSITIVE_INFINITY;
        Region all = new PriceBound(model, wiring, 0).all();
        double known = startNearBound(all);
        add(price(all, FIRST_STEPS));
        branch(region -> undecided(region) >= 0, this::byDevice);
        // Without a period, plans of whole blocks are few, and known sooner than layers are branched on.
        boolean isFew = model.periodFactor == 0 || limit() == Double.POSITIVE_INFINITY;
        label(hasDeadline, 0, isFew ? Long.MAX_VALUE : FEW_NODES);
        branch(region -> true, region -> byLayer(region, hasDeadline));
        label(hasDeadline, 1, Long.MAX_VALUE); // what so many regions did not close
        double least = open.isEmpty() ? limit() : Math.max(known, open.peek().bound);
        return LabelSearch.reaches(least, limit()) ? limit() : least;
    }

    private double limit() {
        return Math.min(ceiling, run.bestScore().feasibleValue());
    }

    /**
     * Looks for plans a little above the bound, then for those that are twice as far above it, until one is found:
     * without all that takes longer, the placements of prices are mostly near the bound. Returns a bound of all plans.
     */
    private double startNearBound(Region all) {
        double bound = run.lowerBound();
        double step = FIRST_STEP;
        boolean isTimed = model.periodFactor > 0 && !model.isEnergy && bound > 0;
        while (isTimed && bound * (1 + step) < limit() && step < LAST_STEP && !signal.isRaised()) {
            ceiling = bound * (1 + step);
            boolean hasNone = isDone(price(all, FIRST_STEPS));
            bound = hasNone ? limit() : bound;
            ceiling = Double.POSITIVE_INFINITY;
            step = hasNone ? FIRST_STEP : 2 * step;
        }
        return bound;
    }

    private boolean isDone(Region region) {
        return region.bound == Double.POSITIVE_INFINITY || LabelSearch.reaches(region.bound, limit());
    }

    private void add(Region region) {
        if (!isDone(region)) {
            open.add(region);
        }
    }

    /** Splits the regions with the least bounds, as long as one can be split. */
    private void branch(Predicate<Region> canSplit, Function<Region, List<Region>> split) {
        List<Region> whole = new ArrayList<>();
        while (!open.isEmpty() && !signal.isRaised() && regions < MAX_REGIONS) {
            Region region = open.remove();
            if (isDone(region)) {
                continue;
            }
            if (!canSplit.test(region)) {
                whole.add(region);
                continue;
            }
            for (Region part : split.apply(region)) {
                regions++;
                add(part);
            }
        }
        whole.forEach(this::add);
    }

    /** Returns the device, neither paid for nor left out, that layers use most; -1 if there is none. */
    private int undecided(Region region) {
        long devices = region.devices();
        int chosen = -1;
        double most = -1;
        for (List<Integer> members : costly) {
            for (int device : members) {
                if ((region.charged >> device & 1) == 0 && (devices >> device & 1) != 0) {
                    double visits = 0;
                    for (int layer = 0; layer < model.layers; layer++) {
                        visits += region.visits[layer * model.devices + device];
                    }
                    if (visits > most) {
                        most = visits;
                        chosen = device;
                    }
                    break; // equal devices can be swapped, so the first ones are used first
                }
            }
        }
        return chosen;
    }

    private List<Region> byDevice(Region region) {
        int device = undecided(region);
        boolean[] without = region.allowed.clone();
        List<Integer> members = costly.stream()
                .filter(each -> each.contains(device))
                .findFirst()
                .orElseThrow();
        for (int other : members.subList(members.indexOf(device), members.size())) {
            for (int layer = 0; layer < model.layers; layer++) {
                without[layer * model.devices + other] = false;
            }
        }
        List<Region> parts = new ArrayList<>(List.of(price(region.with(region.charged, without), MORE_STEPS)));
        long more = region.charged | 1L << device;
        long free = costly.stream()
                .flatMap(List::stream)
                .mapToLong(each -> 1L << each)
                .sum();
        if (Long.bitCount(more & free) <= model.maxDevices) {
            parts.add(price(region.with(more, region.allowed), MORE_STEPS));
        }
        return parts;
    }

    /** Splits a region by whether a layer is on the device where it is about half of the time. */
    private List<Region> byLayer(Region region, boolean keepsDeadline) {
        int chosen = unsure(region);
        if (chosen < 0) {
            return List.of(region.withBound(valueOfOnly(region)));
        }
        int layer = chosen / model.devices;
        boolean[] with = region.allowed.clone();
        Arrays.fill(with, layer * model.devices, (layer + 1) * model.devices, false);
        with[chosen] = true;
        boolean[] without = region.allowed.clone();
        without[chosen] = false;
        List<Region> parts = new ArrayList<>();
        for (boolean[] allowed : List.of(with, without)) {
            Region part = price(region.with(region.charged, allowed), MORE_STEPS);
            parts.add(isDone(part) ? part : label(part, keepsDeadline, 0, Long.MAX_VALUE));
        }
        return parts;
    }

    /** Returns the layer and device of which prices tell least, -1 if there is only one plan. */
    private int unsure(Region region) {
        int chosen = -1;
        double most = -1;
        for (int entry = 0; entry < region.allowed.length; entry++) {
            double share = region.visits[entry];
            double time = model.seconds[entry] / (1 + model.seconds[entry]);
            boolean isOpen = region.allowed[entry] && isOpen(region, entry / model.devices);
            double unsure = isOpen ? Math.min(share, 1 - share) + LITTLE * time : -1;
            if (unsure > most) {
                most = unsure;
                chosen = entry;
            }
        }
        return chosen;
    }

    private boolean isOpen(Region region, int layer) {
        int count = 0;
        for (int device = 0; device < model.devices; device++) {
            count += region.allowed[layer * model.devices + device] ? 1 : 0;
        }
        return count > 1;
    }

    /** Evaluates the only plan of a region, which is then done. */
    private double valueOfOnly(Region region) {
        int[] placement = new int[model.layers];
        for (int entry = 0; entry < region.allowed.length; entry++) {
            if (region.allowed[entry]) {
                placement[entry / model.devices] = entry % model.devices;
            }
        }
        if (run.evaluationsLeft(1) == 0) {
            return region.bound;
        }
        run.offer(placement);
        return Double.POSITIVE_INFINITY;
    }

    /** Bounds a region by prices, and leaves out where layers cannot be in a better plan. */
    private Region price(Region region, int steps) {
        Region priced = region;
        int freedom = Integer.MAX_VALUE;
        while (!isDone(priced) && priced.freedom() < freedom && !signal.isRaised()) {
            freedom = priced.freedom();
            if (prices.size() >= MAX_PRICES) {
                prices.clear();
            }
            PriceBound bound =
                    prices.computeIfAbsent(priced.devices(), devices -> new PriceBound(model, wiring, devices));
            long before = bound.work();
            priced = bound.improve(priced, limit(), steps, this::offer);
            signal.isRaised((int) Math.min(1 << 24, (bound.work() - before) / 8));
        }
        return priced;
    }

    private void offer(int[] placement) {
        if (offers > 0 && run.evaluationsLeft(1) > 0 && !Arrays.equals(placement, lastOffer)) {
            lastOffer = placement;
            double before = limit();
            run.offer(placement);
            offers -= limit() < before ? 0 : 1;
        }
    }

    /** Searches all open regions by labels in some rounds: without a deadline, which is faster, and then with it. */
    private void label(boolean hasDeadline, int first, long maxNodes) {
        for (boolean keepsDeadline : hasDeadline ? new boolean[] {false, true} : new boolean[] {false}) {
            for (int round = first; round < NODES.length; round++) {
                List<Region> regions = new ArrayList<>(open);
                regions.sort(open.comparator());
                open.clear();
                for (Region region : regions) {
                    if (round == first) {
                        region.keepPlans(List.of()); // they depend on the deadline
                    }
                    add(isDone(region) || signal.isRaised() ? region : label(region, keepsDeadline, round, maxNodes));
                }
            }
        }
    }

    private Region label(Region region, boolean keepsDeadline, int round, long maxNodes) {
        CostModel within = region.within();
        Dominance dominance = new Dominance(within, keepsDeadline);
        List<BlockPlan[][]> plans = region.plans();
        if (plans.isEmpty()) {
            BlockPlans all = new BlockPlans(within, blocks, start);
            long each = Math.max(NODES[0], Math.min(NODES[round], maxNodes / all.pairs()));
            plans = all.find(new BlockSearch(within, wiring, dominance, signal, (int) each));
            region.keepPlans(BlockPlans.areComplete(plans) ? plans : List.of());
        }
        Region raised = raise(region, plans, STEPS[round]);
        if (isDone(raised)) {
            return raised;
        }
        double[] shares = region.sharesWithin();
        LabelSearch labels =
                new LabelSearch(within, plans, dominance, keepsDeadline, run, signal, region.charged, shares);
        double bound = labels.search(LABELS[round]);
        signal.endIteration();
        return raised.withBound(bound);
    }

    /** Raises the bound of a region by other weights of its resources. */
    private Region raise(Region region, List<BlockPlan[][]> plans, int steps) {
        double[] shares = region.sharesWithin();
        PathBound bound = new PathBound(plans, model.devices);
        double weight = region.within().weight(0);
        double response = weight * model.responseFactor;
        double period = weight * model.periodFactor;
        if (period > 0) {
            shares = bound.improve(shares, start, response, period, limit() - region.fixed(), steps);
            region.keepShares(shares);
        }
        double[] loads = period > 0 ? PathBound.scaled(shares, period) : new double[0];
        double value = bound.solve(1, new PathBound.Prices(response, loads))[0][start];
        signal.isRaised((int) Math.min(1 << 24, bound.work() / 8));
        return region.withBound(region.fixed() + value);
    }
}
