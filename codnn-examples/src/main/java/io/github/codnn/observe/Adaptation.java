package io.github.codnn.observe;

import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.CodnnException;
import io.github.codnn.platform.Device;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at the platform of a run from time to time, has decided what follows, and keeps account of it. For one run,
 * called by one thread.
 */
public final class Adaptation {

    private static final double NANOS = 1e9;

    private final Watch watch;
    private final PlatformObserver observer;
    private final Consumer<String> notice;
    private final String own;
    private long originNanos = System.nanoTime();
    private final AdaptationLog log = new AdaptationLog();

    /**
     * Begins to adapt a run.
     *
     * @param watch what decides
     * @param member the member that submits the run
     * @param emulated how links are emulated; empty for real ones
     * @param hasMachines whether each worker has a machine of its own, whose memory counts
     * @param notice takes one line for each decision that is not the one before
     */
    public Adaptation(
            Watch watch,
            HazelcastInstance member,
            Optional<LinkSchedule> emulated,
            boolean hasMachines,
            Consumer<String> notice) {
        this.watch = watch;
        this.notice = notice;
        own = member.getCluster().getLocalMember().getUuid().toString();
        observer = new PlatformObserver(member, watch.described(), emulated, hasMachines);
    }

    /**
     * Returns the devices that members can run stages for.
     *
     * @param watch what decides
     * @return those devices of its platform whose stages are not served elsewhere
     */
    public static Set<String> devices(Watch watch) {
        Set<String> devices = new LinkedHashSet<>();
        for (Device device : watch.described().devices()) {
            if (device.endpoint().isEmpty()) {
                devices.add(device.name());
            }
        }
        return devices;
    }

    private double seconds() {
        return (System.nanoTime() - originNanos) / NANOS;
    }

    /**
     * Probes all links before the first frame, while nothing flows. The time of the run counts from its end.
     *
     * @param members the identity of the member of each device that has one
     */
    public void prepare(Map<String, String> members) {
        observer.prepare(withEnds(members));
        originNanos = System.nanoTime();
    }

    private Map<String, String> withEnds(Map<String, String> members) {
        Map<String, String> asked = new LinkedHashMap<>(members);
        watch.ends().forEach(end -> asked.putIfAbsent(end, own));
        return asked;
    }

    /**
     * Looks at the platform and decides.
     *
     * @param members the identity of the member of each device that has one
     * @param frame the number of frames delivered
     * @return the folder of the pipeline to go on with; empty to stay
     */
    public Optional<Path> look(Map<String, String> members, long frame) {
        double start = seconds();
        Watch.Decision decision;
        try {
            decision = watch.observe(observer.look(withEnds(members), start).platform(), members.keySet());
        } catch (CodnnException e) {
            decision = new Watch.Decision(Optional.empty(), "no decision is possible: " + e.getMessage());
        }
        AdaptationReport.Look look = log.look(start, frame, decision);
        if (log.isNews(look)) {
            notice.accept(look.toString());
        }
        return decision.pipeline();
    }

    /**
     * Tells that the run could not change and goes on as before.
     *
     * @param reason why
     */
    public void stayed(String reason) {
        watch.stayed();
        notice.accept("the run goes on with the plan that it has: " + reason);
    }

    /**
     * Tells that a pipeline begins.
     *
     * @param frame the number of the first frame that it delivers
     * @param predictedPeriodSeconds what its plan predicts between two frames
     * @param devices the devices of its stages
     * @param reason why it begins, as a clause
     */
    public void begin(long frame, OptionalDouble predictedPeriodSeconds, List<String> devices, String reason) {
        log.begin(frame, seconds(), predictedPeriodSeconds, devices, reason);
    }

    /**
     * Ends the run.
     *
     * @param frame the number of frames delivered
     * @return what was observed and done
     */
    public AdaptationReport report(long frame) {
        return log.report(frame, seconds(), observer.reports());
    }
}
