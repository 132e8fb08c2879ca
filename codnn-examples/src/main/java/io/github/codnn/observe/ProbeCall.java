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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Lets a member send messages of two sizes to another one, and gives the shortest times of both in seconds. */
final class ProbeCall implements Callable<double[]>, IdentifiedDataSerializable, HazelcastInstanceAware {

    static final int MAX_BYTES = 1 << 20;
    static final int SMALL_BYTES = 1 << 10;

    private static final int REPEATS = 3;
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
     * @param largeBytes the size of the large message
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
                send(own, each, largeBytes, false); // The first one loads classes and opens connections.
                double small = Double.POSITIVE_INFINITY;
                for (int repeat = 0; repeat < REPEATS; repeat++) {
                    small = Math.min(small, send(own, each, SMALL_BYTES, true));
                }
                return new double[] {small, send(own, each, largeBytes, true)};
            }
        }
        throw new IllegalStateException("Member " + receiver + " has left the cluster");
    }

    private double send(HazelcastInstance own, Member to, int bytes, boolean isTimed) throws Exception {
        long start = System.nanoTime();
        Integer arrived = own.getExecutorService(ObserveCalls.EXECUTOR)
                .submitToMember(new EchoCall(bytes), to)
                .get(SECONDS_TO_WAIT, TimeUnit.SECONDS);
        if (arrived != bytes) {
            throw new IllegalStateException("Of " + bytes + " bytes, " + arrived + " arrived");
        }
        if (isTimed) {
            long end = start + Math.round((2 * latencySeconds + bytes / bytesPerSecond) * NANOS);
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        return (System.nanoTime() - start) / NANOS;
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
        boolean isRight = largeBytes > SMALL_BYTES
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
