package io.github.codnn.run;

import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.CodnnException;
import io.github.codnn.runtime.TensorValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One submission of a run, on the member that submits it: where its frames come from and its results go. */
final class Attempt {

    /** How long the source waits for a place before it lets the engine see whether the job is cancelled. */
    private static final long PATIENCE_MILLIS = 50;

    private final int number;
    private final FrameSource source;
    private final Delivery delivery;
    private final Semaphore places;
    private final long[] startNanos;
    private long next;
    private boolean isBroken;
    private volatile boolean isFinished;

    Attempt(int number, FrameSource source, Delivery delivery, int inFlight) {
        this.number = number;
        this.source = source;
        this.delivery = delivery;
        this.places = new Semaphore(inFlight);
        this.startNanos = new long[inFlight];
        this.next = delivery.next();
    }

    static Attempt of(HazelcastInstance member, String key) {
        if (member.getUserContext().get(key) instanceof Attempt attempt) {
            return attempt;
        }
        throw new IllegalStateException("Member " + member.getName() + " did not submit run " + key);
    }

    int number() {
        return number;
    }

    boolean isAtEnd() {
        return isFinished
                || isBroken
                || next == source.count()
                || delivery.failure().isPresent();
    }

    /** Sends no more frames; those that are on their way are delivered. */
    void finish() {
        isFinished = true;
    }

    /** Returns the next frame, or nothing if there is no place for it yet. */
    Optional<Frame> next() {
        try {
            if (!places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            Frame frame = read();
            synchronized (startNanos) {
                startNanos[(int) (frame.number() % startNanos.length)] = frame.readyNanos();
            }
            return Optional.of(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A frame that cannot be read ends the run after those before it. */
    private Frame read() {
        try {
            List<TensorValue> tensors = source.frame(next);
            return new Frame(next++, System.nanoTime(), tensors, Map.of(), "");
        } catch (CodnnException e) {
            isBroken = true;
            return new Frame(next, System.nanoTime(), List.of(), Map.of(), String.valueOf(e.getMessage()));
        }
    }

    void deliver(Frame frame) {
        long start;
        synchronized (startNanos) {
            start = startNanos[(int) (frame.number() % startNanos.length)];
        }
        delivery.accept(number, frame, start);
        places.release();
    }
}
