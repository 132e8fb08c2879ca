package io.github.codnn.observe;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.monitor.ResourceMonitor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What a member has observed since it was asked last; of transfers the latest only. Thread-safe. */
public final class TransferLog {

    private static final String KEY = "codnn.observed";
    private static final int MAX_SAMPLES = 4_096;

    private final Deque<TransferSample> samples = new ArrayDeque<>();
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private Optional<ResourceMonitor> monitor = Optional.empty();

    /** Makes a log without entries. */
    public TransferLog() {}

    /**
     * Gives this log to a member before it starts.
     *
     * @param config the configuration of the member
     */
    public void attachTo(Config config) {
        config.getUserContext().put(KEY, this);
    }

    static TransferLog of(HazelcastInstance member) {
        if (member.getUserContext().get(KEY) instanceof TransferLog log) {
            return log;
        }
        throw new IllegalStateException("Member " + member.getName() + " was not started to observe transfers");
    }

    /**
     * Adds a transfer over an emulated link.
     *
     * @param sample the transfer
     */
    public synchronized void add(TransferSample sample) {
        if (samples.size() == MAX_SAMPLES) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    /**
     * Adds an arrival.
     *
     * @param arrival the arrival
     */
    public synchronized void add(Arrival arrival) {
        if (arrivals.size() == MAX_SAMPLES) {
            arrivals.removeFirst();
        }
        arrivals.addLast(arrival);
    }

    /** Takes what was observed since the last call; the first one starts to watch the load. */
    synchronized WorkerReport report() {
        List<TransferSample> taken = new ArrayList<>(samples);
        samples.clear();
        List<Arrival> arrived = new ArrayList<>(arrivals);
        arrivals.clear();
        ResourceMonitor resources = monitor.orElseGet(ResourceMonitor::ofThisMachine);
        monitor = Optional.of(resources);
        return new WorkerReport(resources.sample(), resources.processMemoryBytes(), taken, arrived);
    }
}
