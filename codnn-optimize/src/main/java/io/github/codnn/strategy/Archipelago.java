package io.github.codnn.strategy;

import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The islands of a swarm: seeds them, runs them side by side, and lets their best particles travel.
 *
 * @param <P> the particles
 * @param <I> the islands
 */
final class Archipelago<P, I extends Archipelago.Isle<P> & Callable<I>> {

    private final SearchOptions options;
    private final List<I> islands;

    /** A part of a swarm that moves by itself for a while, in its {@code call}. */
    interface Isle<P> {

        /** Puts the particles on known placements as far as there are any, and elsewhere as the settings say. */
        void populate(List<int[]> known);

        /** Tells the run what was evaluated since the last time, and the best of it. */
        void report(SearchRun run);

        /** Returns the best particle. */
        P leader();

        /** Lets the best particle of another island take the place of the worst one's memory. */
        void welcome(P guest);
    }

    /**
     * Makes the islands.
     *
     * @param particles how many particles there are in all
     * @param islands on how many islands
     * @param options the seed of all particles, and where islands run
     * @param island makes an island from the seeds of its particles
     */
    Archipelago(int particles, int islands, SearchOptions options, Function<long[], I> island) {
        this.options = options;
        this.islands = new ArrayList<>();
        RandomGenerator root = RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed());
        for (int each = 0; each < islands; each++) {
            int share = particles / islands + (each < particles % islands ? 1 : 0);
            this.islands.add(island.apply(root.longs(share).toArray()));
        }
    }

    /** Checks how many particles there are, on how many islands, and after how many steps the best ones travel. */
    static void check(int particles, int islands, int migrationInterval) {
        Checks.positive(islands, "The number of islands");
        if (particles < islands) {
            throw new IllegalArgumentException(
                    "A swarm of " + particles + " particles cannot have " + islands + " islands");
        }
        Checks.positive(migrationInterval, "The migration interval");
    }

    /** Searches until the run is to stop, from known placements on. */
    SearchResult search(SearchRun run, List<int[]> known) {
        populate(run, known);
        Optional<StopReason> stop = run.endIteration();
        while (stop.isEmpty()) {
            stop = step(run).or(run::endIteration);
        }
        return run.finish(stop.get());
    }

    private void populate(SearchRun run, List<int[]> known) {
        for (int island = 0; island < islands.size(); island++) {
            List<int[]> share = new ArrayList<>();
            for (int each = island; each < known.size(); each += islands.size()) {
                share.add(known.get(each));
            }
            islands.get(island).populate(share);
            islands.get(island).report(run);
            if (run.interruption().isPresent()) {
                return;
            }
        }
    }

    /** Moves every island; returns why to stop at once, or nothing to go on. */
    private Optional<StopReason> step(SearchRun run) {
        Optional<StopReason> stop = Crew.run(islands, options, run);
        islands.forEach(island -> island.report(run));
        if (islands.size() > 1) {
            List<P> leaders = islands.stream().map(Isle::leader).toList();
            for (int island = 0; island < islands.size(); island++) {
                islands.get((island + 1) % islands.size()).welcome(leaders.get(island));
            }
        }
        return stop;
    }
}
