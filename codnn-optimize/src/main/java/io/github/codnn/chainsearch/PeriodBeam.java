package io.github.codnn.chainsearch;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.pipeline.StageEvaluation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for stages of a chain that keep a period when devices compute while they transfer, by beam search: after each
 * stage it keeps the sets of devices whose unused devices have the most spare capacity for the rest of the chain. A
 * heuristic: every path that it finds keeps the period if no links share a medium, whose loads do not count here, but
 * it may miss paths. Callers evaluate what they get.
 *
 * <p>For each set and last class it keeps the furthest end, and cuts as late as the link to the next device allows. O(W
 * S C) time for W sets in the beam, S stages and C classes, and O(L C^2) for L layers. Not thread-safe.
 */
public final class PeriodBeam {

    private static final int MAX_DEVICES = ChainModel.MAX_CLASSES; // bits of a long
    private static final int WIDTH = 64;
    private static final double PRECISION = 1e-3; // of the least period that is found
    private static final int MAX_STEPS = 400; // more than the range of times needs
    private static final double FIRST_STEP = 1.0 / 64;
    private static final long HASH = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio

    private final ChainModel model;
    private final StopSignal signal;
    private final StageReach reach;
    private final CutTables cuts;
    private final PathEnds pathEnds;
    private final long[] members; // [class] its devices as bits
    private final double[] capacity; // [class] share of all work that a device does within the period, on average
    private final State[] beam;
    private final @Nullable State[] table; // of the next beam, by set and class
    private final double[] spares; // of the states in the table
    private double period;
    private long evaluations;

    /**
     * Stages up to a cut.
     *
     * @param before the stages before the last one, nothing for no stage at all
     * @param used devices as bits
     * @param last class of the last stage
     * @param start of the last stage
     * @param end of the last stage
     * @param spare how much more work the unused devices can do than remains
     */
    private record State(@Nullable State before, long used, int last, int start, int end, double spare) {}

    /**
     * Returns a placement of a short period; nothing if the problem is not about the period of a chain, or none is
     * found.
     */
    public static Optional<int[]> placement(OffloadingProblem problem, SearchRun run) {
        boolean period = problem.objective()
                .filter(any -> any == Objective.PERIOD || any == Objective.MEAN)
                .isPresent();
        boolean stages = problem.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE;
        Optional<StageCosts> chain = period && stages ? StageCosts.of(problem) : Optional.empty();
        if (chain.isEmpty() || chain.get().isBlocking() || chain.get().devices() > MAX_DEVICES) {
            return Optional.empty();
        }
        ChainModel model = new ChainModel(chain.get());
        return CutTables.fits(model)
                ? counted(new PeriodBeam(model, WIDTH, new StopSignal(run)), run)
                        .map(path -> path.placement(model))
                : Optional.empty();
    }

    private static Optional<ChainPath> counted(PeriodBeam beam, SearchRun run) {
        Optional<ChainPath> shortest = beam.shortest();
        run.addEvaluations(beam.evaluations);
        return shortest;
    }

    PeriodBeam(ChainModel model, int width, StopSignal signal) {
        this.model = model;
        this.signal = signal;
        reach = new StageReach(model);
        cuts = new CutTables(model);
        pathEnds = PathEnds.any(model);
        members = new long[model.classes];
        capacity = new double[model.classes];
        beam = new State[width];
        table = new State[Integer.highestOneBit(width * model.classes) * 4];
        spares = new double[width * model.classes];
        int devices = 0;
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            members[deviceClass] = (-1L >>> (Long.SIZE - model.count[deviceClass])) << devices;
            devices += model.count[deviceClass];
        }
    }

    /** Returns the path of the shortest period that it finds, by bisection; nothing if it finds none. */
    Optional<ChainPath> shortest() {
        StageEvaluation evaluation = model.chain.newEvaluationWithoutMedia();
        Optional<ChainPath> best = Optional.empty();
        double longest = model.longestPeriod();
        double low = reach.leastPeriod();
        double high = Double.POSITIVE_INFINITY;
        double step = FIRST_STEP;
        for (int round = 0;
                round < MAX_STEPS && low < high * (1 - PRECISION) && low <= longest && !signal.isRaised();
                round++) {
            // Short steps first, until there is a path to start from.
            double middle = best.isPresent() ? (low + high) / 2 : low * (1 + step) + step * step * longest;
            step *= 2;
            Optional<ChainPath> path = within(middle);
            if (path.isPresent()) {
                path.get().measure(model, evaluation);
                evaluations++;
                high = Math.min(middle, path.get().period());
                best = path;
            } else {
                low = middle;
            }
        }
        return best;
    }

    /** Returns a path that keeps a period; nothing if it finds none, or if the signal is raised. */
    Optional<ChainPath> within(double period) {
        this.period = period;
        reach.prepare(period);
        cuts.prepare(period);
        double all = -model.workAfter[0];
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            double whole = model.prefix[deviceClass][model.layers];
            capacity[deviceClass] = whole <= period ? 1 : period / whole;
            all += model.count[deviceClass] * capacity[deviceClass];
        }
        int units = (int) Math.min(Integer.MAX_VALUE / 2, (long) model.layers * model.classes * model.classes);
        beam[0] = new State(null, 0, -1, 0, 0, all);
        int size = signal.isRaised(units) ? 0 : 1;
        for (int stage = 0; stage < model.maxStages && size > 0; stage++) {
            Arrays.fill(table, null);
            for (int rank = 0; rank < size; rank++) {
                Optional<ChainPath> whole = extend(beam[rank]);
                if (whole.isPresent()) {
                    return whole;
                }
            }
            size = signal.isRaised(size * model.classes) ? 0 : select();
        }
        return Optional.empty();
    }

    /** Adds a stage on each class; returns a path if a stage reaches the end of the chain. */
    private Optional<ChainPath> extend(State state) {
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            long unused = members[deviceClass] & ~state.used;
            int cut = unused == 0 ? -1 : start(state, deviceClass);
            int end = cut < 0 ? -1 : reach.end(deviceClass, cut);
            if (end > cut) {
                double spare = state.spare + model.workAfter[state.end] - model.workAfter[end] - capacity[deviceClass];
                State grown = new State(state, state.used | Long.lowestOneBit(unused), deviceClass, cut, end, spare);
                if (end == model.layers && pathEnds.mayEnd(model, deviceClass, period)) {
                    return Optional.of(path(grown));
                }
                put(grown);
            }
        }
        return Optional.empty();
    }

    /** Returns the last cut at which a class may follow; -1 for none. */
    private int start(State state, int deviceClass) {
        if (state.before == null) {
            return pathEnds.mayBegin(model, deviceClass, period) ? 0 : -1;
        }
        int cut = cuts.previous(state.last, deviceClass)[state.end];
        return cut > state.start ? cut : -1;
    }

    private void put(State grown) {
        int slot = (int) (((grown.used * HASH + grown.last) * HASH) >>> Integer.SIZE);
        while (true) {
            slot &= table.length - 1;
            State other = table[slot];
            if (other == null || (other.used == grown.used && other.last == grown.last)) {
                table[slot] = other == null || grown.end > other.end ? grown : other;
                return;
            }
            slot++;
        }
    }

    /** Moves the states with the most spare capacity from the table to the beam; returns their number. */
    private int select() {
        int count = 0;
        for (State state : table) {
            if (state != null) {
                spares[count++] = state.spare;
            }
        }
        Arrays.sort(spares, 0, count);
        double least = spares[Math.max(0, count - beam.length)];
        int size = 0;
        for (State state : table) {
            if (state != null && state.spare >= least && size < beam.length) {
                beam[size++] = state;
            }
        }
        return size;
    }

    private ChainPath path(State last) {
        PathBuilder path = new PathBuilder();
        int end = model.layers;
        for (State state = last; state.before != null; state = state.before) {
            path.prepend(state.last, end);
            end = state.start;
        }
        return path.build();
    }
}
