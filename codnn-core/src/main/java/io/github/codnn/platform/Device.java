package io.github.codnn.platform;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Quantities;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A processor that runs layers, one at a time.
 *
 * @param name the name, unique on its platform, not blank; {@code *} is reserved for links
 * @param kind the type of the device: devices of one kind run every layer in the same time
 * @param tier the location of the device
 * @param memoryBytes the memory available to layers, {@link #UNLIMITED_MEMORY} for no limit
 * @param activeWatts the power while it computes, idle power included, zero or greater
 * @param idleWatts the power while it takes part but does not compute, zero or greater
 * @param pricePerSecond the price of a second of computing, in any one currency, zero or greater
 * @param switchOnJoules the energy to switch it on, counted once per batch if it takes part, zero or greater
 * @param endpoint where the stages of this device are served already, {@code HOST:PORT} or {@code HOST:PORT/MODEL}, so
 *     that whoever runs a plan calls them there; empty text if they are run by whoever runs the plan. Plans do not
 *     depend on it
 */
public record Device(
        String name,
        String kind,
        Tier tier,
        long memoryBytes,
        double activeWatts,
        double idleWatts,
        double pricePerSecond,
        double switchOnJoules,
        String endpoint)
        implements Serializable {

    /** The memory of a device that is not limited. */
    public static final long UNLIMITED_MEMORY = Long.MAX_VALUE;

    private static final Pattern ENDPOINT = Pattern.compile("[^\\s/]+:[0-9]{1,5}(/\\S+)?");

    /** Checks the components. */
    public Device {
        Checks.notBlank(name, "A device's name");
        if (name.equals(Link.ANY)) {
            throw new IllegalArgumentException("A device cannot be named '*': links use it for every device");
        }
        Checks.notBlank(kind, "The kind of device '" + name + "'");
        Objects.requireNonNull(tier, "tier");
        Checks.positive(memoryBytes, "memoryBytes of device '" + name + "'");
        activeWatts = Quantities.amount(activeWatts, "activeWatts of device '" + name + "'");
        idleWatts = Quantities.amount(idleWatts, "idleWatts of device '" + name + "'");
        pricePerSecond = Quantities.amount(pricePerSecond, "pricePerSecond of device '" + name + "'");
        switchOnJoules = Quantities.amount(switchOnJoules, "switchOnJoules of device '" + name + "'");
        if (!endpoint.isEmpty() && !ENDPOINT.matcher(endpoint).matches()) {
            throw new IllegalArgumentException("The endpoint of device '" + name
                    + "' must be HOST:PORT or HOST:PORT/MODEL, but is '" + endpoint + "'");
        }
    }

    /**
     * Makes a device whose stages are served nowhere yet.
     *
     * @param name the name, unique on its platform, not blank
     * @param kind the type of the device
     * @param tier the location of the device
     * @param memoryBytes the memory available to layers
     * @param activeWatts the power while it computes, idle power included
     * @param idleWatts the power while it takes part but does not compute
     * @param pricePerSecond the price of a second of computing
     * @param switchOnJoules the energy to switch it on
     */
    public Device(
            String name,
            String kind,
            Tier tier,
            long memoryBytes,
            double activeWatts,
            double idleWatts,
            double pricePerSecond,
            double switchOnJoules) {
        this(name, kind, tier, memoryBytes, activeWatts, idleWatts, pricePerSecond, switchOnJoules, "");
    }

    /**
     * Makes an edge device with unlimited memory that costs neither energy nor money; the {@code with} methods change
     * each of these.
     *
     * @param name the name, unique on its platform, not blank
     * @param kind the kind of the device, under which a cost model knows its speed
     * @return the device
     */
    public static Device of(String name, String kind) {
        return new Device(name, kind, Tier.EDGE, UNLIMITED_MEMORY, 0, 0, 0, 0);
    }

    /**
     * Returns this device under another name.
     *
     * @param newName the name, unique on its platform, not blank
     * @return the changed device
     */
    public Device withName(String newName) {
        return new Device(
                newName, kind, tier, memoryBytes, activeWatts, idleWatts, pricePerSecond, switchOnJoules, endpoint);
    }

    /**
     * Returns this device on another tier.
     *
     * @param newTier the new location
     * @return the changed device
     */
    public Device withTier(Tier newTier) {
        return new Device(
                name, kind, newTier, memoryBytes, activeWatts, idleWatts, pricePerSecond, switchOnJoules, endpoint);
    }

    /**
     * Returns this device with another memory.
     *
     * @param bytes the memory available to layers
     * @return the changed device
     */
    public Device withMemoryBytes(long bytes) {
        return new Device(name, kind, tier, bytes, activeWatts, idleWatts, pricePerSecond, switchOnJoules, endpoint);
    }

    /**
     * Returns this device with other power figures.
     *
     * @param newActiveWatts the power while it computes
     * @param newIdleWatts the power while it waits
     * @return the changed device
     */
    public Device withWatts(double newActiveWatts, double newIdleWatts) {
        return new Device(
                name, kind, tier, memoryBytes, newActiveWatts, newIdleWatts, pricePerSecond, switchOnJoules, endpoint);
    }

    /**
     * Returns this device at another price.
     *
     * @param price the price of a second of computing
     * @return the changed device
     */
    public Device withPricePerSecond(double price) {
        return new Device(name, kind, tier, memoryBytes, activeWatts, idleWatts, price, switchOnJoules, endpoint);
    }

    /**
     * Returns this device with another energy to switch it on.
     *
     * @param joules the energy, counted once per batch if the device takes part
     * @return the changed device
     */
    public Device withSwitchOnJoules(double joules) {
        return new Device(name, kind, tier, memoryBytes, activeWatts, idleWatts, pricePerSecond, joules, endpoint);
    }

    /**
     * Returns this device with another endpoint.
     *
     * @param hostAndPort where its stages are served already, {@code HOST:PORT} or {@code HOST:PORT/MODEL}; empty text
     *     if nowhere
     * @return the changed device
     */
    public Device withEndpoint(String hostAndPort) {
        return new Device(
                name, kind, tier, memoryBytes, activeWatts, idleWatts, pricePerSecond, switchOnJoules, hostAndPort);
    }
}
