package io.github.codnn.baseline;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The placements of the constructive strategies: searches start from them, so that their results are never worse. */
public final class Constructive {

    /**
     * Beyond this many evaluations of single layers, to evaluate every cut takes longer than the search gains from it.
     */
    private static final long MAX_STEPS = 4_000_000;

    private static final int MOST_TARGETS = 30; // of the makespan, for packings

    private Constructive() {}

    /**
     * Tells whether the cuts of {@link Neurosurgeon} are among the placements.
     *
     * @param problem the problem
     * @return whether they take little enough
     */
    public static boolean triesCuts(OffloadingProblem problem) {
        double layers = problem.layerCount();
        return layers * layers * problem.deviceCount() <= MAX_STEPS;
    }

    /**
     * Returns the placements and offers them to the run, as far as its stop rule allows.
     *
     * @param problem the problem
     * @param run the run of a search on that problem
     * @return device indices by layer, one array for each plain strategy that is fast enough for the problem
     */
    public static List<int[]> placements(OffloadingProblem problem, SearchRun run) {
        return placements(
                problem, run, triesCuts(problem) ? Neurosurgeon.Criterion.values().length : 0, true, new HashMap<>());
    }

    /**
     * Returns the placements as {@link #placements(OffloadingProblem, SearchRun)} does, but takes no more than a share
     * of what the stop rule leaves; for many tasks on many devices {@link SingleDevice} alone would take it all.
     *
     * @param problem the problem
     * @param run the run of a search on that problem
     * @param share the greatest share of the evaluations left, in (0, 1]
     * @return device indices by layer
     */
    public static List<int[]> placementsWithin(OffloadingProblem problem, SearchRun run, double share) {
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        scorer.limit(
                (long) Math.ceil(share * scorer.limit()),
                () -> run.interruption().isPresent());
        int criteria = triesCuts(problem) ? Neurosurgeon.Criterion.values().length : 0;
        return placements(problem, run, criteria, true, scorer);
    }

    /**
     * Packs whole tasks into few devices, in different ways, and offers the placements to the run, as far as its stop
     * rule allows.
     *
     * @param problem the problem
     * @param run the run of a search on that problem
     * @param most how many placements are tried, at most
     * @return device indices by layer, the best placement first, each once
     */
    public static List<int[]> packings(OffloadingProblem problem, SearchRun run, long most) {
        Map<IntBuffer, Score> scores = new HashMap<>();
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        scorer.remember(scores);
        scorer.limit(Math.min(most, scorer.limit()), () -> run.interruption().isPresent());
        for (int[] placement : new TaskPacking(problem.compiled()).placements(MOST_TARGETS)) {
            if (!scorer.isSpent() && !scores.containsKey(IntBuffer.wrap(placement))) {
                scorer.score(placement);
            }
        }
        scorer.report(run);
        return scores.entrySet().stream()
                .sorted(Map.Entry.<IntBuffer, Score>comparingByValue(Score::bestFirst)
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(each -> each.getKey().array())
                .toList();
    }

    /**
     * Returns how many evaluations one criterion of {@link Neurosurgeon} takes.
     *
     * @param problem the problem
     * @return the number of cuts of all tasks on all other devices
     */
    public static long cuts(OffloadingProblem problem) {
        return (problem.layerCount() + (long) problem.compiled().taskCount()) * (problem.deviceCount() - 1L);
    }

    /**
     * Returns the placements as {@link #placements(OffloadingProblem, SearchRun)} does, but only some of them, and
     * without that of
     * {@link SingleDevice}.
     *
     * @param problem the problem
     * @param run the run of a search on that problem
     * @param criteria how many criteria of {@link Neurosurgeon} are tried, latency first
     * @param scores filled with the scores of all placements that are evaluated, for {@link #greedy}
     * @return device indices by layer
     */
    public static List<int[]> placements(
            OffloadingProblem problem, SearchRun run, int criteria, Map<IntBuffer, Score> scores) {
        Objects.requireNonNull(scores, "scores");
        return placements(problem, run, criteria, false, scores);
    }

    /**
     * Searches with {@link Greedy}, which starts from {@link SingleDevice}, but does not evaluate again what was.
     *
     * @param problem the problem
     * @param options the options
     * @param scores of placements that were evaluated
     * @return the result
     */
    public static SearchResult greedy(OffloadingProblem problem, SearchOptions options, Map<IntBuffer, Score> scores) {
        Objects.requireNonNull(scores, "scores");
        return Greedy.withDefaults().search(problem, options, scores);
    }

    private static List<int[]> placements(
            OffloadingProblem problem,
            SearchRun run,
            int criteria,
            boolean withSingleDevice,
            Map<IntBuffer, Score> scores) {
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        scorer.remember(scores);
        return placements(problem, run, criteria, withSingleDevice, scorer);
    }

    private static List<int[]> placements(
            OffloadingProblem problem, SearchRun run, int criteria, boolean withSingleDevice, Scorer scorer) {
        Arrangement arrangement = Arrangement.of(problem);
        List<int[]> placements = new ArrayList<>();
        placements.add(HomePlacement.of(arrangement));
        placements.add(DnnOff.placement(arrangement));
        if (withSingleDevice) {
            placements.add(SingleDevice.best(arrangement, scorer));
        }
        Arrays.stream(Neurosurgeon.Criterion.values())
                .limit(criteria)
                .forEach(criterion -> placements.add(new Neurosurgeon(criterion).startPlacement(arrangement, scorer)));
        for (int[] placement : placements) {
            if (!scorer.isSpent()) {
                scorer.score(placement);
            }
        }
        scorer.report(run);
        return placements;
    }
}
