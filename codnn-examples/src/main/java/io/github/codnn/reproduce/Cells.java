package io.github.codnn.reproduce;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Computes the independent parts of an experiment on the threads of an executor. Results do not depend on how many
 * threads there are.
 *
 * @param executor runs the parts; one that runs them in the calling thread will do
 * @param progress receives how far they are, from any thread
 */
record Cells(Executor executor, Consumer<String> progress) {

    /** Returns the same parts with progress that names what they are for. */
    Cells named(String name) {
        return new Cells(executor, text -> progress.accept(name + ", " + text));
    }

    /**
     * Computes all parts.
     *
     * @param count how many parts there are
     * @param part computes a part, given by its index
     * @return the results, in order of the index
     * @throws RuntimeException what a part threw
     */
    <T> List<T> map(int count, IntFunction<T> part) {
        AtomicInteger done = new AtomicInteger();
        List<CompletableFuture<T>> results = IntStream.range(0, count)
                .mapToObj(index -> CompletableFuture.supplyAsync(
                        () -> {
                            T result = part.apply(index);
                            progress.accept(done.incrementAndGet() + " of " + count);
                            return result;
                        },
                        executor))
                .toList();
        return results.stream().map(Cells::join).toList();
    }

    private static <T> T join(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
