package io.github.codnn.run;

import com.hazelcast.core.HazelcastInstance;
import io.github.codnn.CodnnException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A cluster of machines that others start. */
final class JoinedCluster implements Cluster {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final HazelcastInstance member;
    private final WorkerState state;
    private final int heartbeatSeconds;

    JoinedCluster(MemberSettings settings) {
        heartbeatSeconds = settings.heartbeatSeconds();
        state = Worker.newState();
        member = Members.start(settings, state);
    }

    @Override
    public HazelcastInstance member() {
        return member;
    }

    @Override
    public Map<String, Place> await(Set<String> devices, int waitSeconds) throws MissingDevices {
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(waitSeconds);
        while (true) {
            Map<String, Place> found = Members.devices(member, any -> true);
            List<String> missing = devices.stream()
                    .filter(device -> !found.containsKey(device))
                    .toList();
            Optional<String> doubled = Members.doubled(member);
            if (missing.isEmpty() && doubled.isEmpty() && Members.isBalanced(member)) {
                return found;
            }
            if (doubled.isPresent() && System.nanoTime() - start > TimeUnit.SECONDS.toNanos(heartbeatSeconds + 2L)) {
                throw new CodnnException(
                        "Two members of the cluster are device '" + doubled.get() + "'. Stop one of them");
            }
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                String name = missing.isEmpty() ? "any" : missing.get(0);
                throw new MissingDevices(
                        "No member is device '" + name + "' within " + waitSeconds + " s. Start there: codnn worker"
                                + " --device " + name + " --join HOST:PORT",
                        missing,
                        found.keySet());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public Map<String, Place> present() {
        return Members.devices(member, any -> true);
    }

    @Override
    public void offer(Set<String> devices, int waitSeconds) {
        // Whoever has machines starts their workers.
    }

    @Override
    public boolean hasMachines() {
        return true;
    }

    @Override
    public void close() {
        member.getLifecycleService().terminate();
        state.close();
    }
}
