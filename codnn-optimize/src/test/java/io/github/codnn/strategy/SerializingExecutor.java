package io.github.codnn.strategy;

import io.github.codnn.testing.Streams;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Sends every job and every result through a stream, as executors on several machines do. */
class SerializingExecutor extends AbstractExecutorService {

    private final ExecutorService executor;
    final LongAdder bytesOut = new LongAdder();
    final LongAdder bytesBack = new LongAdder();

    SerializingExecutor(ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public <T> Future<T> submit(Callable<T> job) {
        byte[] sent = write(job);
        bytesOut.add(sent.length);
        return executor.submit(() -> {
            Callable<T> arrived = Streams.read(sent);
            byte[] returned = Streams.write(arrived.call());
            bytesBack.add(returned.length);
            return Streams.read(returned);
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
