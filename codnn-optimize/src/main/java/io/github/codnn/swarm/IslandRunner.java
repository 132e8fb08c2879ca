package io.github.codnn.swarm;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.StopReason;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjIntConsumer;

/**
 * Runs the islands for an iteration, in parallel if there is an executor, and passes on their states in their order.
 */
final class IslandRunner {

    /** How often a run that waits for results asks whether to stop at once. */
    private static final long PATIENCE_MILLIS = 10;

    private IslandRunner() {}

    /**
     * Runs every job once. A run that is to stop at once does not wait for the jobs that are not done yet, and cancels
     * them.
     *
     * @param jobs the jobs
     * @param options where to run them
     * @param run the run that they are part of
     * @param done receives the result of each job and its number
     * @return the reason to stop at once, or nothing to continue
     * @throws IllegalArgumentException if the executor has to send an object of the user that is not serialisable
     * @throws IllegalStateException if the executor fails
     */
    static <V extends Serializable> Optional<StopReason> run(
            List<Archipelago.Job<V>> jobs, SearchOptions options, SearchRun run, ObjIntConsumer<IslandState<V>> done) {
        try {
            return options.executor().isPresent()
                    ? runParallel(jobs, options.executor().get(), run, done)
                    : runHere(jobs, run, done);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(StopReason.CANCELLED);
        }
    }

    private static <V extends Serializable> Optional<StopReason> runHere(
            List<Archipelago.Job<V>> jobs, SearchRun run, ObjIntConsumer<IslandState<V>> done)
            throws InterruptedException {
        Optional<StopReason> stop = Optional.empty();
        for (int job = 0; job < jobs.size() && stop.isEmpty(); job++) {
            done.accept(jobs.get(job).call(), job);
            stop = run.interruption();
        }
        return stop;
    }

    private static <V extends Serializable> Optional<StopReason> runParallel(
            List<Archipelago.Job<V>> jobs, ExecutorService executor, SearchRun run, ObjIntConsumer<IslandState<V>> done)
            throws InterruptedException {
        List<Future<IslandState<V>>> futures = new ArrayList<>();
        try {
            jobs.forEach(job -> futures.add(submit(job, executor)));
            Optional<StopReason> stop = Optional.empty();
            for (int job = 0; job < jobs.size() && stop.isEmpty(); job++) {
                stop = await(futures.get(job), executor, run);
                if (stop.isEmpty()) {
                    done.accept(futures.get(job).get(), job);
                }
            }
            return stop;
        } catch (ExecutionException failure) {
            throw failed(failure.getCause() == null ? failure : failure.getCause());
        } catch (CancellationException cancelled) {
            throw failed(cancelled);
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    private static <R> Future<R> submit(Callable<R> job, ExecutorService executor) {
        try {
            return executor.submit(job);
        } catch (RejectedExecutionException refused) {
            throw new IllegalStateException(
                    "The executor takes no part of the search: it is shut down, or full. Maybe use one that queues.",
                    refused);
        } catch (RuntimeException failure) {
            throw failed(failure);
        }
    }

    /** Waits until a job is done or the run is to stop at once. */
    private static Optional<StopReason> await(Future<?> future, ExecutorService executor, SearchRun run)
            throws InterruptedException, ExecutionException {
        Optional<StopReason> stop = Optional.empty();
        while (stop.isEmpty()) {
            try {
                future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                return Optional.empty();
            } catch (TimeoutException running) {
                if (executor.isTerminated() && !future.isDone()) {
                    throw failed(new CancellationException("The executor was shut down"));
                }
                stop = run.interruption();
            }
        }
        return stop;
    }

    /** Returns what to throw: what a job threw, or a failure of the executor. */
    private static RuntimeException failed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotSerializableException) {
                return new IllegalArgumentException(cause.getMessage(), failure);
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked && !(failure instanceof CancellationException)
                ? unchecked
                : new IllegalStateException("The executor lost a part of the search: " + failure, failure);
    }
}
