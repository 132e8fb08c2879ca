package io.github.codnn.strategy;

import io.github.codnn.optimize.OffloadingProblem;
import java.util.ArrayList;
import java.util.List;

/** The placements that the plain strategies give: where searches start from, so that they never end up worse. */
final class Constructive {

    private Constructive() {}

    static List<int[]> placements(OffloadingProblem problem, Arrangement arrangement) {
        List<int[]> placements = new ArrayList<>();
        placements.add(LocalOnly.placement(arrangement));
        for (Neurosurgeon.Criterion criterion : Neurosurgeon.Criterion.values()) {
            placements.add(new Neurosurgeon(criterion).placement(arrangement, new Scorer(problem)));
        }
        placements.add(SingleDevice.best(arrangement, new Scorer(problem)));
        return placements;
    }
}
