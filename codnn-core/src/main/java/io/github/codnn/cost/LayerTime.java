package io.github.codnn.cost;

import io.github.codnn.platform.Device;

/**
 * A row of measured times.
 *
 * @param cost the time, infinite if the layer cannot run there, and the energy if it was measured
 * @param hasJoules whether the energy was measured
 * @param line the line of the row, for messages
 */
record LayerTime(String layer, String device, Cost cost, boolean hasJoules, long line) {

    Cost costOn(Device on) {
        return hasJoules ? cost : Cost.atPower(cost.seconds(), on.activeWatts());
    }
}
