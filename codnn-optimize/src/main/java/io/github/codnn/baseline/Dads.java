package io.github.codnn.baseline;

import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * DADS: divides every network between the terminal and one other device by minimum cuts (C. Hu, W. Bao, D. Wang, F.
 * Liu, Dynamic adaptive DNN surgery for inference acceleration on the edge, INFOCOM 2019).
 *
 * <p>Under light load it minimises the sum of the times of terminal, link and server, exactly, as one minimum cut.
 * Under heavy load it minimises their maximum, the period, by minimum cuts whose capacities are scaled: a
 * grid of factors for terminal and server, which contains the plain cut, so that the period is at most three times the
 * least one; the paper steps by 1 from 0 and then zooms in, here the factors are powers of two around 1 and each zoom
 * halves the exponent.
 *
 * <p>Two repairs of the published graph: without an infinite arc back along every edge a minimum cut may put a layer on
 * the server and its readers on the terminal at no charge, and inputs are kept on the terminal. Returns to the sink
 * are charged, which the paper leaves out. The terminal is the task's source, see {@link LocalOnly} for tasks without
 * one; every other device is tried as the server. Each task is decided by itself.
 *
 * <p>Takes O(D) maximum flows of Boykov and Kolmogorov under light load and {@code O(D grid^2 zooms)} under heavy load.
 * An iteration of the search is one task with one server.
 *
 * @param load which of the two problems to solve
 * @param grid the number of factors for each side, odd, so that 1 is one of them; used under heavy load only
 * @param zooms how often the grid is refined around the best factors; used under heavy load only
 */
public record Dads(Load load, int grid, int zooms) implements Strategy {

    /** How many frames there are. */
    public enum Load {
        /** Few: the time of a single one counts. */
        LIGHT,
        /** Many: the period counts. */
        HEAVY
    }

    /** Checks the components. */
    public Dads {
        Objects.requireNonNull(load, "load");
        Checks.positive(grid, "The number of factors");
        if (grid % 2 == 0) {
            throw new IllegalArgumentException(
                    "The number of factors must be odd, so that 1 is one of them, but is " + grid);
        }
        Checks.nonNegative(zooms, "The number of zooms");
    }

    /**
     * Returns heavy load with 7 factors, from 1/8 to 8, and 2 zooms.
     *
     * @return the strategy
     */
    public static Dads withDefaults() {
        return new Dads(Load.HEAVY, 7, 2);
    }

    /**
     * Returns this strategy for another load.
     *
     * @param newLoad which problem to solve
     * @return the changed strategy
     */
    public Dads withLoad(Load newLoad) {
        return new Dads(newLoad, grid, zooms);
    }

    /**
     * Returns this strategy with another grid.
     *
     * @param factors the number of factors for each side, odd
     * @param newZooms how often the grid is refined
     * @return the changed strategy
     */
    public Dads withGrid(int factors, int newZooms) {
        return new Dads(load, factors, newZooms);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        return search(problem, options, false);
    }

    /**
     * Returns how many minimum cuts a search computes, each of which it evaluates.
     *
     * @param problem the problem
     * @return the number of tasks, other devices and pairs of factors, multiplied
     */
    public long cuts(OffloadingProblem problem) {
        long pairs = (long) problem.compiled().taskCount() * (problem.deviceCount() - 1);
        return load == Load.LIGHT ? pairs : pairs * (1 + (long) grid * grid * (zooms + 1L));
    }

    /**
     * Finds the plan of {@link #search}, but evaluates only once what several cuts of a task between the same devices
     * yield, so that it takes fewer evaluations.
     *
     * @param problem the problem
     * @param options the options
     * @return the result
     */
    public SearchResult searchDistinct(OffloadingProblem problem, SearchOptions options) {
        return search(problem, options, true);
    }

    private SearchResult search(OffloadingProblem problem, SearchOptions options, boolean isDistinct) {
        SearchRun run = SearchRun.start(problem, options, this);
        Arrangement arrangement = Arrangement.of(problem);
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        int[] placement = HomePlacement.of(arrangement);
        scorer.score(placement);
        Optional<StopReason> stop = Optional.empty();
        for (int task = 0; task < arrangement.maxStages.length && stop.isEmpty(); task++) {
            Choice choice = new Choice(placement, isDistinct);
            for (int server = 0; server < arrangement.devices && stop.isEmpty(); server++) {
                if (server != HomePlacement.device(arrangement.compiled, task)) {
                    cut(new TerminalServerCut(arrangement, task, server), scorer, choice, run);
                    scorer.report(run);
                    stop = run.endIteration();
                }
            }
            placement = choice.best;
        }
        scorer.report(run);
        return run.finish(stop.orElse(StopReason.COMPLETED));
    }

    /** The best placement so far, by the measure of the load. */
    private static final class Choice {
        private final int[] start;
        private int[] best;
        private Score score = Score.NONE;
        private final boolean isDistinct;
        private final Set<IntBuffer> seen = new HashSet<>();

        Choice(int[] start, boolean isDistinct) {
            this.start = start;
            this.isDistinct = isDistinct;
            best = start;
        }

        /** Tells whether a placement must be evaluated: one that was seen before cannot be better. */
        private boolean isNew(int[] placement) {
            return !isDistinct || seen.add(IntBuffer.wrap(placement));
        }
    }

    private void cut(TerminalServerCut sides, Scorer scorer, Choice choice, SearchRun run) {
        if (!scorer.isSpent()) {
            consider(sides, 1, 1, scorer, choice);
        }
        if (load == Load.LIGHT) {
            return;
        }
        double terminalCentre = 0;
        double serverCentre = 0;
        double step = 1;
        for (int zoom = 0; zoom <= zooms; zoom++) {
            double bestTerminal = terminalCentre;
            double bestServer = serverCentre;
            for (int point = 0; point < grid * grid; point++) {
                double terminal = terminalCentre + step * (point / grid - grid / 2);
                double server = serverCentre + step * (point % grid - grid / 2);
                if (scorer.isSpent() || run.interruption().isPresent()) {
                    return;
                }
                if (consider(sides, Math.pow(2, terminal), Math.pow(2, server), scorer, choice)) {
                    bestTerminal = terminal;
                    bestServer = server;
                }
            }
            terminalCentre = bestTerminal;
            serverCentre = bestServer;
            step /= 2;
        }
    }

    private boolean consider(
            TerminalServerCut sides, double terminalFactor, double serverFactor, Scorer scorer, Choice choice) {
        int[] trial = choice.start.clone();
        sides.cut(terminalFactor, serverFactor, trial);
        if (!choice.isNew(trial)) {
            return false;
        }
        scorer.score(trial);
        double value = load == Load.LIGHT
                ? sides.sumSeconds(trial)
                : scorer.evaluation().periodSeconds(sides.task());
        Score score = new Score(
                value, scorer.evaluation().impossible(), scorer.evaluation().violation());
        boolean better = score.isBetterThan(choice.score);
        if (better) {
            choice.best = trial;
            choice.score = score;
        }
        return better;
    }
}
