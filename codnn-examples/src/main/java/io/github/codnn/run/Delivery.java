package io.github.codnn.run;

import io.github.codnn.CodnnException;
import java.util.Optional;
import java.util.function.LongConsumer;

/** What has come out of a run, over all its attempts: each frame once, in order. Thread-safe. */
final class Delivery {

    private final FrameSink sink;
    private final long frames;
    private final RunStatistics statistics;
    private final LongConsumer progress;
    private long next;
    private int attempt = -1;
    private Optional<CodnnException> failure = Optional.empty();

    Delivery(FrameSink sink, long frames, RunStatistics statistics, LongConsumer progress) {
        this.sink = sink;
        this.frames = frames;
        this.statistics = statistics;
        this.progress = progress;
    }

    /** Returns the number of the first frame that is not delivered yet. */
    synchronized long next() {
        return next;
    }

    synchronized boolean isEnded() {
        return next == frames || failure.isPresent();
    }

    synchronized Optional<CodnnException> failure() {
        return failure;
    }

    /** Accepts results of this attempt from now on, and of no earlier one. */
    synchronized void open(int newAttempt) {
        attempt = newAttempt;
        statistics.restart();
    }

    /** Accepts no results until the next attempt opens, and counts times for another pipeline. */
    synchronized void begin(int warmUp, int steps) {
        attempt = -1;
        statistics.begin(warmUp, steps);
    }

    synchronized void fail(CodnnException reason) {
        if (failure.isEmpty()) {
            failure = Optional.of(reason);
        }
    }

    /** Delivers a result; those of an earlier attempt, or after a failure, are dropped. */
    synchronized void accept(int from, Frame frame, long startNanos) {
        if (from != attempt || failure.isPresent()) {
            return;
        }
        if (frame.isFailed()) {
            fail(new CodnnException(frame.failure()));
            return;
        }
        if (frame.number() != next) {
            throw new IllegalStateException("Frame " + frame.number() + " arrives where " + next + " is expected");
        }
        try {
            sink.accept(frame.number(), frame.tensors());
        } catch (CodnnException e) {
            fail(new PipelineException(String.valueOf(e.getMessage()), e));
            return;
        }
        next++;
        statistics.add(frame, startNanos, System.nanoTime());
        progress.accept(next);
    }
}
