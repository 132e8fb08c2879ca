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
    private final Platform described;
    private final LinkSchedule emulated;
    private final boolean isEmulated;
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
        this.isEmulated = emulated.isPresent();
        this.emulated =
                emulated.filter(schedule -> !schedule.states().isEmpty()).orElseGet(() -> LinkSchedule.of(described));
        this.hasMemory = hasMemory;
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
        asked.putIfAbsent("", own); // Links that several devices share are emulated here.
        cluster.reports(asked).forEach((device, report) -> {
            report.transfers().forEach(sample -> links.add(sample, seconds));
            if (!device.isEmpty()) {
                reports.put(device, report);
            }
        });
        for (Link link : links.due(members.keySet(), seconds)) {
            Optional<Link> real = isEmulated ? emulated.link(link.from(), link.to(), seconds) : Optional.empty();
            cluster.probe(members.getOrDefault(link.from(), ""), members.getOrDefault(link.to(), ""), link, real)
                    .ifPresent(probe -> links.add(link.from(), link.to(), probe, seconds));
        }
        PlatformSnapshot snapshot = links.snapshot();
        if (hasMemory) {
            for (Map.Entry<String, WorkerReport> each : reports.entrySet()) {
                if (members.containsKey(each.getKey())) {
                    snapshot = snapshot.withResource(each.getKey(), usable(each.getValue()));
                }
            }
        }
        return snapshot;
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
