package io.github.codnn.swarm;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.StopReason;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
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
 */
final class Archipelago<P> {

    private final SearchOptions options;
    private final List<Isle<P>> islands;
    private final List<Job<P>> jobs;

    /** A part of a swarm that moves by itself for a while. */
    interface Isle<P> {

        /** Puts the particles on known placements as far as there are any, and elsewhere as the settings say. */
        void populate(List<int[]> known);

        /** Moves all particles for a while. */
        IslandState<P> call() throws InterruptedException;

        /** Goes on from where the particles have come to, here or on another machine. */
        void resume(IslandState<P> state);

        /** Returns what is written of the island, to be read as a {@link Job}. */
        Serializable parts() throws ObjectStreamException;

        /** Tells the run what was evaluated since the last time, and the best of it. */
        void report(SearchRun run);

        /** Returns the best particle. */
        P leader();

        /** Lets the best particle of another island take the place of the worst one's memory. */
        void welcome(P guest);
    }

    /**
     * What an executor runs: the island itself within this machine, one made from its parts on another.
     *
     * @param <P> the particles
     * @serial exclude
     */
    static final class Job<P> implements Callable<IslandState<P>>, Serializable {

        private static final long serialVersionUID = 1;

        private final transient Isle<P> isle;

        Job(Isle<P> isle) {
            this.isle = isle;
        }

        @Override
        public IslandState<P> call() throws InterruptedException {
            return isle.call();
        }

        private Object writeReplace() throws ObjectStreamException {
            return isle.parts();
        }

        private void readObject(ObjectInputStream stream) throws InvalidObjectException {
            throw new InvalidObjectException("Islands are read from their parts");
        }
    }

    /**
     * Makes the islands.
     *
     * @param swarm how many particles there are, on how many islands
     * @param options the seed of all particles, and where islands run
     * @param island makes an island from the seeds of its particles
     */
    Archipelago(Swarm swarm, SearchOptions options, Function<long[], Isle<P>> island) {
        this.options = options;
        islands = new ArrayList<>();
        RandomGenerator root = RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed());
        for (int each = 0; each < swarm.islands(); each++) {
            int share = swarm.size() / swarm.islands() + (each < swarm.size() % swarm.islands() ? 1 : 0);
            islands.add(island.apply(root.longs(share).toArray()));
        }
        jobs = islands.stream().map(Job::new).toList();
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
        Optional<StopReason> stop = IslandRunner.run(jobs, options, run, (state, island) -> {
            islands.get(island).resume(state);
            islands.get(island).report(run);
        });
        if (stop.isPresent() && options.executor().isEmpty()) {
            islands.forEach(island -> island.report(run)); // what an interrupted one found counts, too
        }
        if (stop.isEmpty() && islands.size() > 1) {
            List<P> leaders = islands.stream().map(Isle::leader).toList();
            for (int island = 0; island < islands.size(); island++) {
                islands.get((island + 1) % islands.size()).welcome(leaders.get(island));
            }
        }
        return stop;
    }

    /** Lets executors stop islands that nobody waits for any more; asked before every step. */
    static void checkInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The thread of an island was interrupted");
        }
    }
}
