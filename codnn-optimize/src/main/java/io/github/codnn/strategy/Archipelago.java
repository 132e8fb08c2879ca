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

/** The islands of a search: seeds them, runs them side by side, and lets their best positions travel. */
final class Archipelago {

    private final Dbpso settings;
    private final OffloadingProblem problem;
    private final Arrangement arrangement;
    private final SearchOptions options;
    private final List<Island> islands = new ArrayList<>();

    Archipelago(Dbpso settings, OffloadingProblem problem, SearchOptions options) {
        this.settings = settings;
        this.problem = problem;
        this.options = options;
        arrangement = Arrangement.of(problem);
        RandomGenerator root = RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed());
        for (int island = 0; island < settings.islands(); island++) {
            int size = settings.swarmSize() / settings.islands()
                    + (island < settings.swarmSize() % settings.islands() ? 1 : 0);
            islands.add(
                    new Island(settings, problem, arrangement, root.longs(size).toArray()));
        }
    }

    void populate(SearchRun run) {
        List<int[]> known = settings.seeded() ? Constructive.placements(problem, arrangement, run) : List.of();
        for (int island = 0; island < islands.size(); island++) {
            List<int[]> share = new ArrayList<>();
            for (int each = island; each < known.size(); each += islands.size()) {
                share.add(known.get(each).clone());
            }
            islands.get(island).populate(share, arrangement);
            islands.get(island).report(run);
            if (run.interruption().isPresent()) {
                return;
            }
        }
    }

    /** Moves every island once; returns why to stop at once, or nothing to go on. */
    Optional<StopReason> step(SearchRun run) {
        Optional<StopReason> stop = Crew.run(islands, options, run);
        islands.forEach(island -> island.report(run));
        if (islands.size() > 1) {
            List<Particle> leaders = islands.stream().map(Island::leader).toList();
            for (int island = 0; island < islands.size(); island++) {
                islands.get((island + 1) % islands.size()).welcome(leaders.get(island));
            }
        }
        return stop;
    }
}
