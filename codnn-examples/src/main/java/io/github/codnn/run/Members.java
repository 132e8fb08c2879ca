package io.github.codnn.run;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import io.github.codnn.CodnnException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Starts members and finds devices among them. */
final class Members {

    private Members() {}

    /**
     * Starts a member.
     *
     * @throws CodnnException if its address cannot be used or the member that it is to join does not answer
     */
    static HazelcastInstance start(MemberSettings settings, WorkerState state) {
        System.setProperty("hazelcast.logging.type", "none"); // for what is said before any configuration
        HazelcastInstance member;
        try {
            Config config = settings.config();
            state.attachTo(config);
            member = Hazelcast.newHazelcastInstance(config);
        } catch (RuntimeException e) {
            throw new CodnnException(failure(settings, e), e);
        }
        if (settings.join().isPresent() && member.getCluster().getMembers().size() < 2) {
            member.getLifecycleService().terminate();
            throw new CodnnException("No member of cluster '" + settings.cluster() + "' answers at "
                    + settings.join().get() + ". Start one there first, with the same --cluster");
        }
        return member;
    }

    private static String failure(MemberSettings settings, RuntimeException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return settings.join()
                        .map(address -> "The member at " + settings.bind() + " cannot join cluster '"
                                + settings.cluster() + "' at " + address)
                        .orElse("No member can start at " + settings.bind())
                + ": " + reason;
    }

    /** Returns the place of each device, of those members that a condition accepts. */
    static Map<String, Cluster.Place> devices(HazelcastInstance member, Predicate<Member> accepted) {
        Map<String, Cluster.Place> places = new TreeMap<>();
        for (Member each : member.getCluster().getMembers()) {
            String device = attribute(each, MemberSettings.DEVICE).orElse("");
            if (device.isEmpty() || !accepted.test(each)) {
                continue;
            }
            Cluster.Place place =
                    new Cluster.Place(each.getAddress(), each.getUuid().toString());
            places.put(device, place);
        }
        return places;
    }

    /** Returns a device that two members stand for, as if one that came back has not been missed yet. */
    static Optional<String> doubled(HazelcastInstance member) {
        Set<String> devices = new HashSet<>();
        return member.getCluster().getMembers().stream()
                .map(each -> attribute(each, MemberSettings.DEVICE).orElse(""))
                .filter(device -> !device.isEmpty() && !devices.add(device))
                .findFirst();
    }

    /** Tells whether each member owns a part of the cluster's data. The engine gives jobs to no other members. */
    static boolean isBalanced(HazelcastInstance member) {
        Set<Member> owners = new HashSet<>();
        for (Partition partition : member.getPartitionService().getPartitions()) {
            Member owner = partition.getOwner();
            if (owner == null) {
                return false;
            }
            owners.add(owner);
        }
        return owners.containsAll(member.getCluster().getMembers());
    }

    static Optional<String> attribute(Member member, String name) {
        return Optional.ofNullable(member.getAttribute(name));
    }
}
