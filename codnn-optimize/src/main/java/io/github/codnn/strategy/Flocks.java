package io.github.codnn.strategy;

import io.github.codnn.optimize.OffloadingProblem;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The islands of {@link DblpsoMd}: seeds them, runs them side by side, and lets their best positions travel. */
final class Flocks {

    private final DblpsoMd settings;
    private final OffloadingProblem problem;
    private final SearchOptions options;
    private final Arrangement arrangement;
    private final List<Flock> flocks = new ArrayList<>();

    Flocks(DblpsoMd settings, OffloadingProblem problem, SearchOptions options) {
        this.settings = settings;
        this.problem = problem;
        this.options = options;
        arrangement = Arrangement.of(problem);
        Optional<Pipelines> pipelines = settings.localMoves() > 0 ? Pipelines.of(problem) : Optional.empty();
        RandomGenerator root = RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed());
        for (int each = 0; each < settings.islands(); each++) {
            int size = settings.swarmSize() / settings.islands()
                    + (each < settings.swarmSize() % settings.islands() ? 1 : 0);
            flocks.add(new Flock(
                    settings, problem, arrangement, pipelines, root.longs(size).toArray()));
        }
    }

    void populate(SearchRun run) {
        List<int[]> known = settings.guided() ? Constructive.placements(problem, arrangement, run) : List.of();
        for (int flock = 0; flock < flocks.size(); flock++) {
            List<int[]> share = new ArrayList<>();
            for (int each = flock; each < known.size(); each += flocks.size()) {
                share.add(known.get(each));
            }
            flocks.get(flock).populate(share);
            flocks.get(flock).report(run);
            if (run.interruption().isPresent()) {
                return;
            }
        }
    }

    /** Moves every island; returns why to stop at once, or nothing to go on. */
    Optional<StopReason> step(SearchRun run) {
        Optional<StopReason> stop = Crew.run(flocks, options, run);
        flocks.forEach(flock -> flock.report(run));
        List<Flyer> leaders = flocks.stream().map(Flock::leader).toList();
        for (int flock = 0; flock < flocks.size() && flocks.size() > 1; flock++) {
            flocks.get((flock + 1) % flocks.size()).welcome(leaders.get(flock));
        }
        return stop;
    }
}
