package io.github.codnn.observe;

import io.github.codnn.monitor.BandwidthEstimate;
import io.github.codnn.monitor.BandwidthEstimator;
import io.github.codnn.monitor.PlatformSnapshot;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The links of a platform as transfers and probes show them. Transfers that are too short to tell the rate count as
 * none, unless several in turn take much too long. A link where nothing flows is to be probed once, then rarely, and
 * again as soon as another link on its medium has changed. Not thread-safe; it has no clock of its own.
 */
final class LinkMonitor {

    /** A change shows after few frames: who decides about plans has patience of its own. */
    private static final double HALF_LIFE_SAMPLES = 1;

    private static final double CONFIDENCE = 0.95;

    /** What takes no longer at the expected rate shows how late threads wake up, not the rate. */
    private static final double SHORTEST_SECONDS = 5e-3;

    private static final double SLOW_SECONDS = 0.02;
    private static final double SLOW_FACTOR = 5;
    private static final int SLOW_IN_TURN = 3;
    private static final double IDLE_SECONDS = 2;
    private static final double RARELY_SECONDS = 30;
    private static final double CHANGE = 0.15;

    /** Probes delay decisions; the others follow at the next look. */
    private static final int MAX_PROBES = 8;

    private final Platform described;
    private final Map<Ends, Seen> links = new LinkedHashMap<>();

    private record Ends(String from, String to) {}

    /** What is known of one link. */
    private static final class Seen {

        private final Link described;
        private BandwidthEstimator rate = estimator();
        private double latencySeconds;
        private double lastSeconds = Double.NEGATIVE_INFINITY;
        private double changedSeconds = Double.NEGATIVE_INFINITY;
        private double reference;
        private int slowInTurn;

        Seen(Link described) {
            this.described = described;
            this.latencySeconds = described.latencySeconds();
            this.reference = described.bytesPerSecond();
        }

        private static BandwidthEstimator estimator() {
            return BandwidthEstimator.of(HALF_LIFE_SAMPLES, CONFIDENCE);
        }

        /** Tells whether a transfer is long enough, or several in turn took much longer than they should. */
        boolean isTelling(long bytes, double underWaySeconds) {
            double expected = bytes / reference;
            slowInTurn =
                    underWaySeconds > SLOW_SECONDS && underWaySeconds > SLOW_FACTOR * expected ? slowInTurn + 1 : 0;
            return expected >= SHORTEST_SECONDS || slowInTurn >= SLOW_IN_TURN;
        }

        void add(long bytes, double underWaySeconds, double now) {
            if (now - lastSeconds > IDLE_SECONDS) {
                rate = estimator(); // What is older says little about the present.
            }
            rate.addTransfer(bytes, underWaySeconds);
            lastSeconds = now;
            double bytesPerSecond =
                    estimate().map(BandwidthEstimate::bytesPerSecond).orElse(reference);
            if (Math.abs(bytesPerSecond - reference) > CHANGE * reference) {
                reference = bytesPerSecond;
                changedSeconds = now;
            }
        }

        Optional<BandwidthEstimate> estimate() {
            return rate.estimate()
                    .map(found -> new BandwidthEstimate(
                            found.bytesPerSecond(),
                            latencySeconds,
                            found.lowBytesPerSecond(),
                            found.highBytesPerSecond(),
                            found.samples()));
        }
    }

    /**
     * Begins to monitor.
     *
     * @param described the platform as described; links that it lacks are not monitored
     */
    LinkMonitor(Platform described) {
        this.described = described;
        described
                .devices()
                .forEach(from -> described.devices().forEach(to -> {
                    if (!from.equals(to)) {
                        described
                                .link(from.name(), to.name())
                                .ifPresent(link -> links.put(new Ends(from.name(), to.name()), new Seen(link)));
                    }
                }));
    }

    /**
     * Adds a transfer.
     *
     * @param sample the transfer
     * @param nowSeconds the time, which never decreases
     * @return whether it tells the rate of a link
     */
    boolean add(TransferSample sample, double nowSeconds) {
        Seen seen = links.get(new Ends(sample.from(), sample.to()));
        if (seen == null || sample.bytes() == 0) {
            return false;
        }
        double underWay = sample.nanos() * 1e-9 - sample.tensors() * seen.latencySeconds;
        if (!(underWay > 0 && seen.isTelling(sample.bytes(), underWay))) {
            return false;
        }
        seen.add(sample.bytes(), underWay, nowSeconds);
        return true;
    }

    /**
     * Adds a probe.
     *
     * @param from the sender
     * @param to the receiver
     * @param probe the times
     * @param nowSeconds the time, which never decreases
     * @return whether it tells the rate of a link
     */
    boolean add(String from, String to, LinkProbe probe, double nowSeconds) {
        Seen seen = links.get(new Ends(from, to));
        BandwidthEstimator estimator = Seen.estimator();
        double back = probe.latencySeconds();
        boolean isUsed = seen != null
                && estimator.addProbe(
                        probe.smallBytes(),
                        Math.max(1e-9, probe.smallSeconds() - back),
                        probe.largeBytes(),
                        Math.max(1e-9, probe.largeSeconds() - back));
        if (seen == null) {
            return false;
        }
        if (!isUsed) {
            seen.lastSeconds = nowSeconds; // Faster than can be measured: it is as described, as far as one knows.
            return false;
        }
        BandwidthEstimate found = estimator.estimate().orElseThrow();
        seen.latencySeconds = found.latencySeconds();
        seen.rate = Seen.estimator();
        seen.add(probe.largeBytes(), probe.largeBytes() / found.bytesPerSecond(), nowSeconds);
        return true;
    }

    /**
     * Lists the links that should be probed.
     *
     * @param devices the devices that can be reached
     * @param nowSeconds the time, which never decreases
     * @return the links as they are known so far, a few at a time
     */
    List<Link> due(Set<String> devices, double nowSeconds) {
        List<Link> due =
                known(devices, seen -> nowSeconds - seen.lastSeconds > RARELY_SECONDS || isOutdated(seen, nowSeconds));
        return due.size() > MAX_PROBES ? due.subList(0, MAX_PROBES) : due;
    }

    /** Lists the links between some devices as they are known so far. */
    List<Link> all(Set<String> devices) {
        return known(devices, seen -> true);
    }

    private List<Link> known(Set<String> devices, Predicate<Seen> wanted) {
        List<Link> known = new ArrayList<>();
        links.forEach((ends, seen) -> {
            if (devices.contains(ends.from()) && devices.contains(ends.to()) && wanted.test(seen)) {
                known.add(Link.of(ends.from(), ends.to(), seen.reference, seen.latencySeconds));
            }
        });
        return known;
    }

    /** Tells whether a link that is idle was seen before another one on its medium changed. */
    private boolean isOutdated(Seen seen, double nowSeconds) {
        return nowSeconds - seen.lastSeconds > IDLE_SECONDS / 2
                && seen.described.medium().isPresent()
                && links.values().stream()
                        .anyMatch(other -> other != seen
                                && other.described.medium().equals(seen.described.medium())
                                && other.changedSeconds > seen.lastSeconds);
    }

    /**
     * Returns what was observed.
     *
     * @return the platform as described, with all links that were seen
     */
    PlatformSnapshot snapshot() {
        PlatformSnapshot snapshot = PlatformSnapshot.of(described);
        for (Map.Entry<Ends, Seen> each : links.entrySet()) {
            Optional<BandwidthEstimate> estimate = each.getValue().estimate();
            if (estimate.isPresent()) {
                snapshot = snapshot.withLink(each.getKey().from(), each.getKey().to(), estimate.get());
            }
        }
        return snapshot;
    }
}
