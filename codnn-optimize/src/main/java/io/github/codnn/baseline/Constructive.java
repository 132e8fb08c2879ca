package io.github.codnn.baseline;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.List;

/** The placements of the constructive strategies: searches start from them, so that their results are never worse. */
public final class Constructive {

    /**
     * Beyond this many evaluations of single layers, to evaluate every cut takes longer than the search gains from it.
     */
    private static final long MAX_STEPS = 4_000_000;

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
        Arrangement arrangement = Arrangement.of(problem);
        List<int[]> placements = new ArrayList<>();
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        placements.add(HomePlacement.of(arrangement));
        placements.add(DnnOff.placement(arrangement));
        placements.add(SingleDevice.best(arrangement, scorer));
        if (triesCuts(problem)) {
            for (Neurosurgeon.Criterion criterion : Neurosurgeon.Criterion.values()) {
                placements.add(new Neurosurgeon(criterion).placement(arrangement, scorer));
            }
        }
        for (int[] placement : placements) {
            if (!scorer.isSpent()) {
                scorer.score(placement);
            }
        }
        scorer.report(run);
        return placements;
    }
}
