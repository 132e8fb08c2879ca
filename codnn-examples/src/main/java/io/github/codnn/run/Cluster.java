package io.github.codnn.run;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The members that run stages, as the member sees them that submits the run. */
interface Cluster extends AutoCloseable {

    /** Returns the member that submits runs. */
    HazelcastInstance member();

    /**
     * Waits until each device has a member, and starts what is missing where that is possible.
     *
     * @param devices the names of the devices
     * @param waitSeconds how long to wait
     * @return the place of each device
     * @throws MissingDevices if some have none in time
     */
    Map<String, Place> await(Set<String> devices, int waitSeconds) throws MissingDevices;

    /**
     * Returns the devices that have a member now.
     *
     * @return the place of each
     */
    Map<String, Place> present();

    /**
     * Starts the members of more devices where that is possible, and waits for them.
     *
     * @param devices the names of the devices
     * @param waitSeconds how long to wait
     */
    void offer(Set<String> devices, int waitSeconds);

    /** Tells whether each member has a machine of its own. */
    boolean hasMachines();

    @Override
    void close();

    /**
     * Where a device is.
     *
     * @param address the address of its member
     * @param id the identity of the member, another one after a new start
     */
    record Place(Address address, String id) {}

    /** Devices without a member. */
    final class MissingDevices extends Exception {

        private static final long serialVersionUID = 1L;

        private final ArrayList<String> missing;
        private final TreeSet<String> present;

        /**
         * Makes the exception.
         *
         * @param message what is missing, and what to do about it
         * @param missing the devices without a member
         * @param present the devices that have one
         */
        MissingDevices(String message, List<String> missing, Set<String> present) {
            super(message);
            this.missing = new ArrayList<>(missing);
            this.present = new TreeSet<>(present);
        }

        List<String> missing() {
            return Collections.unmodifiableList(missing);
        }

        Set<String> present() {
            return Collections.unmodifiableSet(present);
        }
    }
}
