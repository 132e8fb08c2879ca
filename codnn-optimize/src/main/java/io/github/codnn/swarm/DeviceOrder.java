package io.github.codnn.swarm;

/** The order of devices that keys express. */
final class DeviceOrder {

    private DeviceOrder() {}

    /** Sorts all devices by their keys, which begin at an index; by insertion, as they are few. */
    static void sort(double[] keys, int firstKey, int[] order) {
        for (int rank = 0; rank < order.length; rank++) {
            double key = keys[firstKey + rank];
            int at = rank;
            while (at > 0 && keys[firstKey + order[at - 1]] > key) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = rank;
        }
    }
}
