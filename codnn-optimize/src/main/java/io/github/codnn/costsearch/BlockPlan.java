package io.github.codnn.costsearch;

/**
 * Where the layers of a block run, and what that means.
 */
final class BlockPlan {
    final int out; // the device of the last layer, 0 for the last block
    final int[] devices; // the device of every layer; empty for a bound of plans that were not looked at
    final long used; // the devices that run its layers, as bits
    final double cost; // the sum of the costs of its layers and transfers
    final double seconds; // how much later its last layer is done than the layer before the block
    final double[] loads; // how long one frame loads each resource, empty if that does not count
    final double[] bytes; // the parameters on each device, empty if memory does not count

    BlockPlan(int out, int[] devices, long used, double cost, double seconds, double[] loads, double[] bytes) {
        this.out = out;
        this.devices = devices;
        this.used = used;
        this.cost = cost;
        this.seconds = seconds;
        this.loads = loads;
        this.bytes = bytes;
    }

    boolean isReal() {
        return devices.length > 0;
    }
}
