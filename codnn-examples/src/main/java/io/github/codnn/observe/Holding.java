package io.github.codnn.observe;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How long an emulated stage or link holds each frame, which may change over time.
 *
 * @param originNanos the moment of the monotonic clock, which the processes of one machine share, that steps count from
 * @param steps the times, in the order of their beginnings, the first from the origin on; empty if nothing is held
 */
public record Holding(long originNanos, List<Step> steps) {

    private static final int MAX_STEPS = 100_000;

    /**
     * A time that holds from some moment on.
     *
     * @param fromNanos the moment, counted from the origin
     * @param nanos how long a frame is held, zero or greater
     */
    public record Step(long fromNanos, long nanos) {}

    /** Copies the components. */
    public Holding {
        steps = List.copyOf(steps);
        if (steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException(
                    "An emulated link may change " + MAX_STEPS + " times, but changes " + steps.size() + " times");
        }
    }

    /**
     * Returns what holds no frame.
     *
     * @return a holding without steps
     */
    public static Holding none() {
        return new Holding(0, List.of());
    }

    /**
     * Returns what holds every frame for the same time.
     *
     * @param seconds the time, zero or greater
     * @return a holding of one step
     */
    public static Holding always(double seconds) {
        return new Holding(0, List.of(new Step(0, Math.round(seconds * 1e9))));
    }

    /**
     * Tells whether frames are held at all.
     *
     * @return whether there is a step
     */
    public boolean isHeld() {
        return !steps.isEmpty();
    }

    /**
     * Returns how long a frame is held that begins at some moment.
     *
     * @param atNanos the moment, of the monotonic clock
     * @return the time in nanoseconds; that of the first step before the origin
     */
    public long nanos(long atNanos) {
        int low = 0;
        for (int high = steps.size() - 1; low < high; ) {
            int middle = (low + high + 1) >>> 1;
            if (steps.get(middle).fromNanos() <= atNanos - originNanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return steps.get(low).nanos();
    }

    /**
     * Writes this.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    public void write(ObjectDataOutput out) throws IOException {
        out.writeLong(originNanos);
        out.writeInt(steps.size());
        for (Step step : steps) {
            out.writeLong(step.fromNanos());
            out.writeLong(step.nanos());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @return what was written
     * @throws IOException if it is damaged
     */
    public static Holding read(ObjectDataInput in) throws IOException {
        long origin = in.readLong();
        int count = in.readInt();
        if (count < 0 || count > MAX_STEPS) {
            throw new IOException("A vertex is damaged: it states " + count + " times");
        }
        List<Step> steps = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            steps.add(new Step(in.readLong(), in.readLong()));
        }
        return new Holding(origin, steps);
    }
}
