package io.github.codnn.observe;

import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.monitor.PlatformSnapshot;
import io.github.codnn.monitor.ResourceSample;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Observes a platform through the members of a cluster. For one run, called by one thread. */
public final class PlatformObserver {

    private final ClusterObserver cluster;
    private final String own;
    private final LinkMonitor links;
    private final ClockOffsets clocks = new ClockOffsets();
    private final Platform described;
    private final Optional<LinkSchedule> emulated; // empty for real links
    private final boolean hasMemory;
    private final Map<String, WorkerReport> reports = new LinkedHashMap<>();

    /**
     * Makes an observer.
     *
     * @param member the member that asks
     * @param described the platform as described
     * @param emulated how links are emulated; empty for real ones
     * @param hasMemory whether each worker has a machine of its own, whose memory counts
     */
    public PlatformObserver(
            HazelcastInstance member, Platform described, Optional<LinkSchedule> emulated, boolean hasMemory) {
        this.cluster = new ClusterObserver(member);
        this.own = member.getCluster().getLocalMember().getUuid().toString();
        this.links = new LinkMonitor(described);
        this.described = described;
        this.emulated = emulated.map(schedule -> schedule.states().isEmpty() ? LinkSchedule.of(described) : schedule);
        this.hasMemory = hasMemory;
    }

    /**
     * Probes all links.
     *
     * @param members the identity of the member of each device
     */
    public void prepare(Map<String, String> members) {
        links.all(members.keySet()).forEach(link -> probe(link, members, 0));
    }

    /**
     * Asks all workers, and probes links where that is due.
     *
     * @param members the identity of the member of each device
     * @param seconds the time since the run began
     * @return the platform as observed
     */
    public PlatformSnapshot look(Map<String, String> members, double seconds) {
        Map<String, String> asked = new LinkedHashMap<>(members);
        asked.putIfAbsent("", own); // Links that several devices share are emulated here, and results arrive here.
        Map<String, WorkerReport> latest = cluster.reports(asked);
        for (WorkerReport report : latest.values()) {
            report.transfers().forEach(sample -> links.add(sample, seconds));
            report.arrivals().forEach(arrival -> add(arrival, members, seconds));
        }
        latest.remove("");
        reports.putAll(latest);
        for (Link link : links.due(members.keySet(), seconds)) {
            probe(link, members, seconds);
        }
        PlatformSnapshot snapshot = links.snapshot();
        for (Map.Entry<String, WorkerReport> each : reports.entrySet()) {
            if (hasMemory && members.containsKey(each.getKey())) {
                snapshot = snapshot.withResource(each.getKey(), usable(each.getValue()));
            }
        }
        return snapshot;
    }

    private void add(Arrival arrival, Map<String, String> members, double seconds) {
        String from = members.getOrDefault(arrival.from(), "");
        String to = members.getOrDefault(arrival.to(), "");
        if (clocks.isDue(arrival.from(), arrival.to(), seconds)) {
            cluster.compareClocks(from, to)
                    .ifPresent(found -> clocks.add(
                            arrival.from(), arrival.to(), found.aheadNanos(), found.roundTripSeconds(), seconds));
        }
        clocks.sample(arrival).ifPresent(sample -> links.add(sample, seconds));
    }

    private void probe(Link link, Map<String, String> members, double seconds) {
        Optional<Link> slow = emulated.flatMap(schedule -> schedule.link(link.from(), link.to(), seconds));
        cluster.probe(members.getOrDefault(link.from(), ""), members.getOrDefault(link.to(), ""), link, slow)
                .ifPresent(found -> {
                    found.probe().ifPresent(probe -> links.add(link.from(), link.to(), probe, seconds));
                    clocks.add(link.from(), link.to(), found.aheadNanos(), found.roundTripSeconds(), seconds);
                });
    }

    /** What the worker occupies is there for the stages of another plan, too. */
    private static ResourceSample usable(WorkerReport report) {
        ResourceSample seen = report.resources();
        return new ResourceSample(
                seen.load(),
                Math.min(seen.totalMemoryBytes(), seen.availableMemoryBytes() + report.processBytes()),
                seen.totalMemoryBytes(),
                seen.hertz(),
                seen.maxHertz());
    }

    /**
     * Returns the platform that is observed.
     *
     * @return the platform as described
     */
    public Platform described() {
        return described;
    }

    /**
     * Returns the latest report of each worker.
     *
     * @return the reports, by device
     */
    public Map<String, WorkerReport> reports() {
        return Map.copyOf(reports);
    }
}
