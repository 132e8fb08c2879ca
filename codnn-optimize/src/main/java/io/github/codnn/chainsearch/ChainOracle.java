package io.github.codnn.chainsearch;

import com.google.common.base.Suppliers;
import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.pipeline.StageEvaluation;
import io.github.codnn.plan.StopReason;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers exactly whether a path keeps a period, and which such path has the least response time, by decremental
 * state-space relaxation (G. Righini, M. Salani: New dynamic programming algorithms for the resource constrained
 * elementary shortest path problem, 2008): at first the search does not count used devices. If the best relaxed path
 * uses a class more often than it has devices, the search counts that class from then on. If the relaxation finds no
 * path, none exists; a path that uses no class too often is a solution.
 *
 * <p>The oracle keeps the counted classes from one period to the next, since close periods need the same ones. Loads
 * that depend on stages which are not neighbours, through a source or sink of frames that runs another stage, are
 * relaxed as well; splitting the {@link PathEnds} makes them exact.
 */
final class ChainOracle {

    /** The most counts times classes of one search, 12 bytes each. */
    private static final long MAX_STATES = 40_000_000;

    /** The most sets of devices times classes for which all classes are counted from the start. */
    private static final long MAX_COUNTED = 1 << 21;

    private final ChainModel model;
    private final StopSignal signal;
    private final StageEvaluation evaluation;
    private final boolean[] critical;
    private boolean stagesCritical;
    private UsageCounter usage;
    private final Optional<DeviceSets> sets;
    private final Supplier<DeviceSetPeriodCheck> deviceSetCheck;
    private final Supplier<CountedPeriodCheck> countedCheck;
    private final Supplier<LeastResponsePath> anyPathSearch;
    private final Supplier<LeastResponsePath> leastResponseSearch;

    /** Returns an oracle for any period. */
    static ChainOracle relaxing(ChainModel model, StopSignal signal) {
        return new ChainOracle(model, signal, false);
    }

    /**
     * Returns an oracle for periods close to the least one: it counts all devices from the start if there are few
     * enough, since {@link RestBound} then leaves few counts.
     */
    static ChainOracle counting(ChainModel model, StopSignal signal) {
        return new ChainOracle(model, signal, true);
    }

    private ChainOracle(ChainModel model, StopSignal signal, boolean counting) {
        this.model = model;
        this.signal = signal;
        evaluation = model.chain.newEvaluation();
        critical = new boolean[model.classes];
        sets = CutTables.fits(model) ? DeviceSets.of(model) : Optional.empty();
        boolean few = sets.isPresent() && (sets.get().all + 1L) * model.classes <= MAX_COUNTED;
        Arrays.fill(critical, counting && few);
        usage = UsageCounter.of(model, sets, critical, stagesCritical);
        deviceSetCheck = Suppliers.memoize(() -> new DeviceSetPeriodCheck(model, signal, sets.orElseThrow()));
        countedCheck = Suppliers.memoize(() -> new CountedPeriodCheck(model, signal));
        anyPathSearch = Suppliers.memoize(() -> new LeastResponsePath(model, signal, false, sets));
        leastResponseSearch = Suppliers.memoize(() -> new LeastResponsePath(model, signal, true, sets));
    }

    /** Returns any path within a period; nothing if there is none, or if the signal is raised. */
    Optional<ChainPath> pathWithin(double period) {
        return any(period, PathEnds.any(model));
    }

    private Optional<ChainPath> any(double period, PathEnds ends) {
        if (ends.isSingle() && ends.breaks(model, period)) {
            return Optional.empty();
        }
        Optional<ChainPath> path = elementary(() -> search(period, ends));
        if (path.isEmpty() || path.get().period() <= period * (1 + Tolerances.LOAD) || ends.isSingle()) {
            return path;
        }
        for (PathEnds part : ends.split(model)) {
            Optional<ChainPath> found = any(period, part);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<ChainPath> search(double period, PathEnds ends) {
        if (model.blocking || model.media > 0) {
            return anyPathSearch.get().run(period, Double.POSITIVE_INFINITY, ends, usage);
        }
        return sets.isPresent()
                ? deviceSetCheck.get().run(period, ends)
                : countedCheck.get().run(period, ends, usage);
    }

    /**
     * Returns the path of least response time within a period and a greatest response time; nothing if there is none,
     * or if the signal is raised.
     */
    Optional<ChainPath> fastestWithin(double period, double response) {
        return fastest(period, response, PathEnds.any(model));
    }

    private Optional<ChainPath> fastest(double period, double response, PathEnds ends) {
        if (ends.isSingle() && ends.breaks(model, period)) {
            return Optional.empty();
        }
        Optional<ChainPath> path = elementary(() -> leastResponseSearch.get().run(period, response, ends, usage));
        if (path.isEmpty() || path.get().period() <= period * (1 + Tolerances.LOAD) || ends.isSingle()) {
            return path;
        }
        Optional<ChainPath> best = Optional.empty();
        double most = response;
        for (PathEnds part : ends.split(model)) {
            Optional<ChainPath> found = fastest(period, most, part);
            if (found.isPresent() && found.get().response() <= most) {
                best = found;
                most = found.get().response();
            }
        }
        return best;
    }

    private interface PathSearch {
        Optional<ChainPath> run();
    }

    /** Searches until the path uses no class more often than it has devices. */
    private Optional<ChainPath> elementary(PathSearch search) {
        while (true) {
            Optional<ChainPath> path = search.run();
            if (signal.isRaised()) {
                return Optional.empty();
            }
            if (path.isEmpty() || !countMore(path.get())) {
                path.ifPresent(found -> found.measure(model, evaluation));
                return path;
            }
            if (signal.isRaised()) {
                return Optional.empty();
            }
            usage = UsageCounter.of(model, sets, critical, stagesCritical);
        }
    }

    /** Makes the most overused class critical; returns false if there is none. */
    private boolean countMore(ChainPath path) {
        int[] uses = new int[model.classes];
        for (int deviceClass : path.classes) {
            uses[deviceClass]++;
        }
        int worst = -1;
        int excess = 0;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            if (uses[deviceClass] - model.count[deviceClass] > excess) {
                worst = deviceClass;
                excess = uses[deviceClass] - model.count[deviceClass];
            }
        }
        if (worst < 0 && path.classes.length <= model.maxStages) {
            return false;
        }
        if (worst >= 0) {
            critical[worst] = true;
        } else {
            stagesCritical = true;
        }
        if ((long) UsageCounter.size(model, critical, stagesCritical) * model.classes > MAX_STATES) {
            signal.raise(StopReason.COMPLETED);
        }
        return true;
    }
}
