package io.github.codnn.strategy;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopReason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Runs the jobs of an iteration, side by side where there is an executor, and collects them in their order. */
final class Crew {

    private Crew() {}

    /**
     * Runs every job once and puts what it returns in its place.
     *
     * @return why the search is to stop at once, or nothing to go on
     */
    static <T extends Callable<T>> Optional<StopReason> run(List<T> jobs, SearchOptions options, SearchRun run) {
        return options.executor().isPresent()
                ? runParallel(jobs, options.executor().get())
                : runHere(jobs, run);
    }

    private static <T extends Callable<T>> Optional<StopReason> runHere(List<T> jobs, SearchRun run) {
        for (int job = 0; job < jobs.size(); job++) {
            try {
                jobs.set(job, jobs.get(job).call());
            } catch (Exception failure) {
                throw asUnchecked(failure);
            }
            Optional<StopReason> stop = run.interruption();
            if (stop.isPresent()) {
                return stop;
            }
        }
        return Optional.empty();
    }

    private static <T extends Callable<T>> Optional<StopReason> runParallel(List<T> jobs, ExecutorService executor) {
        List<Future<T>> futures = new java.util.ArrayList<>();
        try {
            jobs.forEach(job -> futures.add(executor.submit(job)));
            for (int job = 0; job < jobs.size(); job++) {
                jobs.set(job, futures.get(job).get());
            }
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(StopReason.CANCELLED);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw asUnchecked(cause == null ? failure : cause);
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    private static RuntimeException asUnchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("A part of the search failed: " + failure.getMessage(), failure);
    }
}
