package io.github.codnn.swarm;

import io.github.codnn.internal.Seeds;
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
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The islands of a swarm: seeds them, runs them in parallel, and sends their best positions to each other.
 *
 * @param <V> the velocity of a particle
 */
final class Archipelago<V extends Serializable> {

    private final SearchOptions options;
    private final List<Island<V>> islands;
    private final List<Job<V>> jobs;

    /**
     * What an executor runs: the island itself on this machine, one made from its parts on another.
     *
     * @param <V> the velocity of a particle
     * @serial exclude
     */
    static final class Job<V extends Serializable> implements Callable<IslandState<V>>, Serializable {

        private static final long serialVersionUID = 1;

        private final transient Island<V> island;

        Job(Island<V> island) {
            this.island = island;
        }

        @Override
        public IslandState<V> call() throws InterruptedException {
            return island.run();
        }

        private Object writeReplace() throws ObjectStreamException {
            return island.parts();
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
    Archipelago(Swarm swarm, SearchOptions options, Function<long[], Island<V>> island) {
        this.options = options;
        islands = new ArrayList<>();
        RandomGenerator root = Seeds.generator(options.seed());
        for (int each = 0; each < swarm.islands(); each++) {
            int share = swarm.size() / swarm.islands() + (each < swarm.size() % swarm.islands() ? 1 : 0);
            islands.add(island.apply(root.longs(share).toArray()));
        }
        jobs = islands.stream().map(Job::new).toList();
    }

    /** Searches until the run has to stop, starting from known placements. */
    SearchResult search(SearchRun run, List<int[]> known) {
        populate(run, known);
        Optional<StopReason> stop = run.endIteration();
        while (stop.isEmpty()) {
            stop = step(run).or(run::endIteration);
        }
        return run.finish(stop.get());
    }

    /**
     * Runs one island after the other, each with what the others have left of the evaluations: the same on any number
     * of threads.
     */
    private Optional<StopReason> runInTurn(SearchRun run) {
        Optional<StopReason> stop = Optional.empty();
        for (int island = 0; island < islands.size() && stop.isEmpty(); island++) {
            stop = runIslands(island, island + 1, run);
        }
        return stop;
    }

    private Optional<StopReason> runIslands(int first, int end, SearchRun run) {
        long left = run.evaluationsLeft(Long.MAX_VALUE >> 8);
        BooleanSupplier brake = options.executor().isPresent() ? Island::isInterrupted : () -> isOver(run);
        for (int island = first; island < end; island++) {
            islands.get(island).limit(left, brake);
        }
        return IslandRunner.run(jobs.subList(first, end), options, run, (state, job) -> {
            islands.get(first + job).resume(state);
            islands.get(first + job).report(run);
        });
    }

    private void populate(SearchRun run, List<int[]> known) {
        for (int island = 0; island < islands.size(); island++) {
            islands.get(island).limit(run.evaluationsLeft(Long.MAX_VALUE >> 8), () -> isOver(run));
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

    private static boolean isOver(SearchRun run) {
        return run.interruption().isPresent();
    }

    /** Runs every island; returns the reason to stop at once, or nothing to continue. */
    private Optional<StopReason> step(SearchRun run) {
        long most = islands.stream().mapToLong(Island::evaluationsOfRun).sum();
        Optional<StopReason> stop =
                run.evaluationsLeft(most) == most ? runIslands(0, islands.size(), run) : runInTurn(run);
        if (stop.isPresent() && options.executor().isEmpty()) {
            islands.forEach(island -> island.report(run)); // what an interrupted one found counts, too
        }
        if (stop.isEmpty() && islands.size() > 1) {
            List<Particle<V>> leaders = islands.stream().map(Island::leader).toList();
            for (int island = 0; island < islands.size(); island++) {
                islands.get((island + 1) % islands.size()).welcome(leaders.get(island));
            }
        }
        return stop;
    }
}
