package io.github.codnn.platform;

import io.github.codnn.internal.Quantities;
import java.io.Serializable;

/**
 * The power of a network interface while it transfers, linear in the bandwidth: {@code slope * bandwidth + base}.
 *
 * <p>Source: J. Huang et al., "A close examination of performance and power characteristics of 4G LTE networks",
 * MobiSys 2012. Below a bandwidth of base/slope the base dominates, so that slow links cost more per byte.
 *
 * @param wattsPerMegabitPerSecond the slope, in watts for each megabit (10^6 bit) per second, zero or greater
 * @param baseWatts the power at no bandwidth, zero or greater
 */
public record RadioPower(double wattsPerMegabitPerSecond, double baseWatts) implements Serializable {

    /** An interface whose energy is not counted. */
    public static final RadioPower NONE = new RadioPower(0, 0);

    /** Checks the components. */
    public RadioPower {
        wattsPerMegabitPerSecond = Quantities.amount(wattsPerMegabitPerSecond, "wattsPerMegabitPerSecond");
        baseWatts = Quantities.amount(baseWatts, "baseWatts");
    }

    /**
     * Returns the power during a transfer.
     *
     * @param bytesPerSecond the bandwidth of the transfer
     * @return the power in watts
     */
    public double watts(double bytesPerSecond) {
        return wattsPerMegabitPerSecond * (bytesPerSecond * 8e-6) + baseWatts;
    }
}
