package io.github.codnn.run;

import io.github.codnn.observe.Holding;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Resources that frames occupy one at a time, such as devices and media. Thread-safe.
 *
 * <p>A turn begins when the frame is ready and the resource is free, which may lie in the past: what the transport
 * below took meanwhile is part of the emulated time.
 */
final class Turns {

    private final Map<String, Long> freeNanos = new ConcurrentHashMap<>();

    /**
     * Reserves a resource after all earlier reservations.
     *
     * @return the turn, as long as the holding says for its beginning
     */
    Turn reserve(String resource, long readyNanos, Holding holding) {
        long[] start = new long[1];
        long free = freeNanos.compute(resource, (any, before) -> {
            start[0] = before == null ? readyNanos : Math.max(before, readyNanos);
            return start[0] + holding.nanos(start[0]);
        });
        return new Turn(start[0], free);
    }

    /**
     * A time in which a frame occupies a resource.
     *
     * @param startNanos when it begins
     * @param endNanos when it ends
     */
    record Turn(long startNanos, long endNanos) {
        long nanos() {
            return endNanos - startNanos;
        }
    }

    /** Waits until a moment of the monotonic clock, to within some 60 microseconds. */
    static void await(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
