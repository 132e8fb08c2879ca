package io.github.codnn.observe;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a member send messages of two sizes to another one. The result are the shortest times of both in seconds, by how
 * many nanoseconds the other clock is ahead, and the round trip in seconds that tells this.
 */
final class ProbeCall implements Callable<double[]>, IdentifiedDataSerializable, HazelcastInstanceAware {

    static final int MAX_BYTES = 1 << 20;
    static final int SMALL_BYTES = 1 << 10;

    private static final int REPEATS = 3;
    private static final int LARGE_REPEATS = 2;
    private static final long SECONDS_TO_WAIT = 10;
    private static final double NANOS = 1e9;

    private String receiver = "";
    private int largeBytes;
    private double latencySeconds;
    private double bytesPerSecond;
    private @Nullable HazelcastInstance member;

    /** For {@link #readData}. */
    ProbeCall() {}

    /**
     * Makes a probe.
     *
     * @param receiver the identity of the member that answers
     * @param largeBytes the size of the large message; 0 for small ones only
     * @param latencySeconds the latency of an emulated link
     * @param bytesPerSecond the rate of an emulated link; infinite for a real one
     */
    ProbeCall(String receiver, int largeBytes, double latencySeconds, double bytesPerSecond) {
        this.receiver = receiver;
        this.largeBytes = largeBytes;
        this.latencySeconds = latencySeconds;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public double[] call() throws Exception {
        HazelcastInstance own = Objects.requireNonNull(member);
        for (Member each : own.getCluster().getMembers()) {
            if (each.getUuid().toString().equals(receiver)) {
                return measure(own, each);
            }
        }
        throw new IllegalStateException("Member " + receiver + " has left the cluster");
    }

    private double[] measure(HazelcastInstance own, Member to) throws Exception {
        if (largeBytes > 0) {
            roundTrip(own, to, largeBytes); // The first one loads classes and opens connections.
        }
        double small = Double.POSITIVE_INFINITY;
        double shortest = Double.POSITIVE_INFINITY;
        double ahead = 0;
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            double[] trip = roundTrip(own, to, SMALL_BYTES);
            small = Math.min(small, held(trip[0], SMALL_BYTES));
            if (trip[0] < shortest) {
                shortest = trip[0];
                ahead = trip[1];
            }
        }
        double large = Double.POSITIVE_INFINITY;
        for (int repeat = 0; largeBytes > 0 && repeat < LARGE_REPEATS; repeat++) {
            large = Math.min(large, held(roundTrip(own, to, largeBytes)[0], largeBytes));
        }
        return new double[] {small, large, ahead, shortest};
    }

    /** Returns the seconds of a round trip, and by how many nanoseconds the other clock was ahead in its middle. */
    private static double[] roundTrip(HazelcastInstance own, Member to, int bytes) throws Exception {
        long start = System.nanoTime();
        long answer = own.getExecutorService(ObserveCalls.EXECUTOR)
                .submitToMember(new EchoCall(bytes), to)
                .get(SECONDS_TO_WAIT, TimeUnit.SECONDS);
        long end = System.nanoTime();
        return new double[] {(end - start) / NANOS, (double) (answer - start - (end - start) / 2)};
    }

    /** Waits as long as an emulated link takes longer than the real one, and returns the time in seconds. */
    private double held(double tookSeconds, int bytes) throws InterruptedException {
        double seconds = 2 * latencySeconds + bytes / bytesPerSecond;
        if (seconds <= tookSeconds) {
            return tookSeconds;
        }
        TimeUnit.NANOSECONDS.sleep(Math.round((seconds - tookSeconds) * NANOS));
        return seconds;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    public int getFactoryId() {
        return ObserveCalls.FACTORY;
    }

    @Override
    public int getClassId() {
        return ObserveCalls.PROBE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(receiver);
        out.writeInt(largeBytes);
        out.writeDouble(latencySeconds);
        out.writeDouble(bytesPerSecond);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        receiver = Objects.requireNonNullElse(in.readString(), "");
        largeBytes = in.readInt();
        latencySeconds = in.readDouble();
        bytesPerSecond = in.readDouble();
        boolean isRight = (largeBytes == 0 || largeBytes > SMALL_BYTES)
                && largeBytes <= MAX_BYTES
                && latencySeconds >= 0
                && latencySeconds < SECONDS_TO_WAIT
                && bytesPerSecond > 0;
        if (!isRight) {
            throw new IOException("A probe is damaged: " + largeBytes + " bytes, latency " + latencySeconds
                    + " s, rate " + bytesPerSecond);
        }
    }
}
