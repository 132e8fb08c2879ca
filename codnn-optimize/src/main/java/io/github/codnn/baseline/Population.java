package io.github.codnn.baseline;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.problem.OffloadingProblem;
import java.util.List;
import java.util.random.RandomGenerator;

/** Creates the first generation: the constructive placements, if wanted, then random ones. */
final class Population {

    private Population() {}

    static Individual[] start(
            OffloadingProblem problem, Arrangement arrangement, Individual[] population, Start start) {
        List<int[]> known = start.seeded() ? Constructive.placements(problem, start.run()) : List.of();
        start.scorer().obey(start.run()); // the seeds were counted
        RandomPlacement sampler = new RandomPlacement(arrangement);
        for (int each = 0; each < population.length; each++) {
            population[each] = new Individual(arrangement.layers);
            if (each < known.size()) {
                System.arraycopy(known.get(each), 0, population[each].placement, 0, arrangement.layers);
            } else {
                sampler.draw(start.random(), population[each].placement);
            }
            if (!start.scorer().isSpent()) {
                population[each].score(start.scorer());
            }
        }
        return population;
    }

    /** How a population starts. */
    record Start(boolean seeded, RandomGenerator random, Scorer scorer, SearchRun run) {}
}
