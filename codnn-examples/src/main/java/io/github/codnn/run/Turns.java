package io.github.codnn.run;

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
     * @return when the turn begins
     */
    long reserve(String resource, long readyNanos, long holdNanos) {
        long free = freeNanos.merge(
                resource, readyNanos + holdNanos, (before, alone) -> Math.max(before, readyNanos) + holdNanos);
        return free - holdNanos;
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
