package io.github.codnn.swarm;

import io.github.codnn.testing.Streams;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Sends every job and every result through a stream, as executors on several machines do. */
class SerializingExecutor extends AbstractExecutorService {

    private final ExecutorService executor;

    SerializingExecutor(ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    @SuppressWarnings("unchecked") // what was written is read again
    public <T> Future<T> submit(Callable<T> job) {
        byte[] sent = write(job);
        return executor.submit(() -> {
            Callable<T> arrived = (Callable<T>) Streams.read(sent);
            return Streams.copy(arrived.call());
        });
    }

    private static byte[] write(Object job) {
        try {
            return Streams.write(job);
        } catch (IOException failure) {
            throw new IllegalArgumentException("cannot be sent", failure);
        }
    }

    @Override
    public void execute(Runnable command) {
        throw new RejectedExecutionException("takes jobs that can be sent only");
    }

    @Override
    public void shutdown() {
        executor.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return executor.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }
}
