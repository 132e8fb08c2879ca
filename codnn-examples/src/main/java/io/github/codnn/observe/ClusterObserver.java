package io.github.codnn.observe;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.platform.Link;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the members of a cluster for what they observe. A member that does not answer in time is left out. */
public final class ClusterObserver {

    private static final long SECONDS_TO_WAIT = 5;

    /** A probe takes about so long at the rate that is expected. */
    private static final double PROBE_SECONDS = 0.05;

    private final HazelcastInstance own;

    /**
     * Makes an observer.
     *
     * @param own the member that asks
     */
    public ClusterObserver(HazelcastInstance own) {
        this.own = own;
    }

    /**
     * Adds what travels between observers and members to a configuration of serialization.
     *
     * @param config the configuration, which is changed
     */
    public static void configure(SerializationConfig config) {
        config.addDataSerializableFactory(ObserveCalls.FACTORY, new ObserveCalls());
        config.addSerializerConfig(new SerializerConfig()
                .setTypeClass(WorkerReport.class)
                .setImplementation(new WorkerReport.Serializer()));
    }

    /**
     * Asks all members at once for their reports.
     *
     * @param members the identity of each member, by any name
     * @return the reports that came in time, by name
     */
    public Map<String, WorkerReport> reports(Map<String, String> members) {
        Map<String, Future<WorkerReport>> asked = new LinkedHashMap<>();
        members.forEach((name, id) -> submit(new ReportCall(), id).ifPresent(future -> asked.put(name, future)));
        Map<String, WorkerReport> reports = new LinkedHashMap<>();
        asked.forEach((name, future) -> await(future).ifPresent(report -> reports.put(name, report)));
        return reports;
    }

    /**
     * What a sender measured.
     *
     * @param probe the times of two sizes; empty if only small messages were sent
     * @param aheadNanos by how much the receiver's clock is ahead
     * @param roundTripSeconds the round trip that tells this
     */
    record Measured(Optional<LinkProbe> probe, double aheadNanos, double roundTripSeconds) {}

    /** Probes a real link, or an emulated one, with two sizes, of which the expected rate decides the larger one. */
    Optional<Measured> probe(String from, String to, Link expected, Optional<Link> emulated) {
        int large = (int) Math.max(
                16 * ProbeCall.SMALL_BYTES, Math.min(ProbeCall.MAX_BYTES, expected.bytesPerSecond() * PROBE_SECONDS));
        ProbeCall call = new ProbeCall(
                to,
                large,
                emulated.map(Link::latencySeconds).orElse(0.0),
                emulated.map(Link::bytesPerSecond).orElse(Double.POSITIVE_INFINITY));
        return submit(call, from)
                .flatMap(ClusterObserver::await)
                .map(seconds -> new Measured(
                        Optional.of(new LinkProbe(ProbeCall.SMALL_BYTES, seconds[0], large, seconds[1])),
                        seconds[2],
                        seconds[3]));
    }

    /** Compares the clocks of two members. */
    Optional<Measured> compareClocks(String from, String to) {
        return submit(new ProbeCall(to, 0, 0, Double.POSITIVE_INFINITY), from)
                .flatMap(ClusterObserver::await)
                .map(seconds -> new Measured(Optional.empty(), seconds[2], seconds[3]));
    }

    private <T> Optional<Future<T>> submit(Callable<T> call, String id) {
        try {
            for (Member each : own.getCluster().getMembers()) {
                if (each.getUuid().toString().equals(id)) {
                    return Optional.of(
                            own.getExecutorService(ObserveCalls.EXECUTOR).submitToMember(call, each));
                }
            }
            return Optional.empty();
        } catch (HazelcastException | RejectedExecutionException e) {
            return Optional.empty(); // It is just leaving.
        }
    }

    private static <T> Optional<T> await(Future<T> future) {
        try {
            return Optional.ofNullable(future.get(SECONDS_TO_WAIT, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | HazelcastException e) {
            return Optional.empty(); // Faults of members are the business of the run.
        }
    }
}
