package io.github.codnn.platform;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Quantities;
import io.github.codnn.internal.SerialForms;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directed connection between two devices. A transfer of x bytes takes {@code latencySeconds + wireBytes(x) /
 * bytesPerSecond}.
 *
 * @param from the name of the sender, or {@link #ANY}
 * @param to the name of the receiver, or {@link #ANY}
 * @param bytesPerSecond the bandwidth, positive and finite
 * @param latencySeconds the time before the first byte arrives, zero or greater
 * @param transmit the power of the sender's interface during a transfer
 * @param receive the power of the receiver's interface during a transfer
 * @param medium the name of the {@link Medium} whose time the link shares with others; empty if it has a way of its own
 * @param wireBytesPerByte how many bytes the link carries for a byte of a tensor, greater than 0 and at most 1: 1
 *     unless transfers are compressed. The time to compress is not counted
 * @serial exclude
 */
public record Link(
        String from,
        String to,
        double bytesPerSecond,
        double latencySeconds,
        RadioPower transmit,
        RadioPower receive,
        Optional<String> medium,
        double wireBytesPerByte)
        implements Serializable {

    /** Stands for every device; a link that names a device takes precedence over one that does not. */
    public static final String ANY = "*";

    /** Checks the components. */
    public Link {
        Checks.notBlank(from, "The sender of a link");
        Checks.notBlank(to, "The receiver of a link");
        if (from.equals(to) && !from.equals(ANY)) {
            throw new IllegalArgumentException(
                    "A link must join two devices, but joins '" + from + "' to itself; that is free already");
        }
        Checks.positiveFinite(bytesPerSecond, "bytesPerSecond of link " + from + " -> " + to);
        if (bytesPerSecond < Quantities.LEAST) {
            throw new IllegalArgumentException("bytesPerSecond of link " + from + " -> " + to + " must be at least "
                    + Quantities.LEAST + ", but is " + bytesPerSecond);
        }
        latencySeconds = Quantities.amount(latencySeconds, "latencySeconds of link " + from + " -> " + to);
        Objects.requireNonNull(transmit, "transmit");
        Objects.requireNonNull(receive, "receive");
        medium.ifPresent(name -> Checks.notBlank(name, "The medium of link " + from + " -> " + to));
        if (!(wireBytesPerByte >= Quantities.LEAST && wireBytesPerByte <= 1)) {
            throw new IllegalArgumentException("wireBytesPerByte of link " + from + " -> " + to
                    + " must be greater than 0 and at most 1, but is " + wireBytesPerByte);
        }
    }

    /**
     * Makes a link on no medium.
     *
     * @param from the name of the sender, or {@link #ANY}
     * @param to the name of the receiver, or {@link #ANY}
     * @param bytesPerSecond the bandwidth, positive and finite
     * @param latencySeconds the time before the first byte arrives, zero or greater
     * @param transmit the power of the sender's interface during a transfer
     * @param receive the power of the receiver's interface during a transfer
     */
    public Link(
            String from,
            String to,
            double bytesPerSecond,
            double latencySeconds,
            RadioPower transmit,
            RadioPower receive) {
        this(from, to, bytesPerSecond, latencySeconds, transmit, receive, Optional.empty(), 1);
    }

    /**
     * Makes a link whose transfers cost no energy.
     *
     * @param from the name of the sender, or {@link #ANY}
     * @param to the name of the receiver, or {@link #ANY}
     * @param bytesPerSecond the bandwidth
     * @param latencySeconds the time before the first byte arrives
     * @return the link
     */
    public static Link of(String from, String to, double bytesPerSecond, double latencySeconds) {
        return new Link(from, to, bytesPerSecond, latencySeconds, RadioPower.NONE, RadioPower.NONE);
    }

    /**
     * Makes a link as fast as a medium, on it, whose transfers cost no energy.
     *
     * @param from the name of the sender, or {@link #ANY}
     * @param to the name of the receiver, or {@link #ANY}
     * @param medium the medium that the link shares with others
     * @param latencySeconds the time before the first byte arrives
     * @return the link
     */
    public static Link of(String from, String to, Medium medium, double latencySeconds) {
        return of(from, to, medium.bytesPerSecond(), latencySeconds).withMedium(medium.name());
    }

    /**
     * Makes a link in each direction, both with the same figures and without energy.
     *
     * @param one the name of a device, or {@link #ANY}
     * @param other the name of another device, or {@link #ANY}; not both {@link #ANY}, for which one link is enough
     * @param bytesPerSecond the bandwidth in each direction
     * @param latencySeconds the time before the first byte arrives
     * @return the link from {@code one} to {@code other} and the link back
     */
    public static List<Link> symmetric(String one, String other, double bytesPerSecond, double latencySeconds) {
        return List.of(of(one, other, bytesPerSecond, latencySeconds), of(other, one, bytesPerSecond, latencySeconds));
    }

    /**
     * Returns this link with other power figures.
     *
     * @param newTransmit the power of the sender's interface during a transfer
     * @param newReceive the power of the receiver's interface during a transfer
     * @return the changed link
     */
    public Link withPower(RadioPower newTransmit, RadioPower newReceive) {
        return new Link(from, to, bytesPerSecond, latencySeconds, newTransmit, newReceive, medium, wireBytesPerByte);
    }

    /**
     * Returns this link on a medium.
     *
     * @param name the name of a medium of the platform, not blank
     * @return the changed link
     */
    public Link withMedium(String name) {
        return new Link(
                from, to, bytesPerSecond, latencySeconds, transmit, receive, Optional.of(name), wireBytesPerByte);
    }

    /**
     * Returns this link with a way of its own.
     *
     * @return the changed link, on no medium
     */
    public Link withoutMedium() {
        return new Link(
                from, to, bytesPerSecond, latencySeconds, transmit, receive, Optional.empty(), wireBytesPerByte);
    }

    /**
     * Returns this link with another bandwidth.
     *
     * @param rate the bandwidth, positive and finite
     * @return the changed link
     */
    public Link withBytesPerSecond(double rate) {
        return new Link(from, to, rate, latencySeconds, transmit, receive, medium, wireBytesPerByte);
    }

    /**
     * Returns this link with another latency.
     *
     * @param seconds the time before the first byte arrives, zero or greater
     * @return the changed link
     */
    public Link withLatencySeconds(double seconds) {
        return new Link(from, to, bytesPerSecond, seconds, transmit, receive, medium, wireBytesPerByte);
    }

    /**
     * Returns this link with compressed transfers.
     *
     * @param factor how many bytes the link carries for a byte of a tensor, greater than 0 and at most 1
     * @return the changed link
     */
    public Link withWireBytesPerByte(double factor) {
        return new Link(from, to, bytesPerSecond, latencySeconds, transmit, receive, medium, factor);
    }

    Link withEnds(String sender, String receiver) {
        return new Link(sender, receiver, bytesPerSecond, latencySeconds, transmit, receive, medium, wireBytesPerByte);
    }

    /**
     * Returns how many bytes the link carries for a transfer.
     *
     * @param bytes the size of what is sent, zero or greater
     * @return the least whole number that is not less than {@link #wireBytesPerByte} times the size, computed exactly
     *     from the decimal digits of the factor
     */
    public long wireBytes(long bytes) {
        return wireBytesPerByte == 1
                ? bytes
                : BigDecimal.valueOf(wireBytesPerByte)
                        .multiply(BigDecimal.valueOf(bytes))
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact();
    }

    /**
     * Returns the time of one transfer.
     *
     * @param bytes the size of what is sent, zero or greater
     * @return latency plus {@link #wireBytes} over bandwidth, in seconds
     */
    public double seconds(long bytes) {
        return latencySeconds + wireBytes(bytes) / bytesPerSecond;
    }

    /**
     * Returns the energy of one transfer at both ends together.
     *
     * @param bytes the size of what is sent, zero or greater
     * @return the energy in joules
     */
    public double joules(long bytes) {
        return (transmit.watts(bytesPerSecond) + receive.watts(bytesPerSecond)) * seconds(bytes);
    }

    private Object writeReplace() {
        return new Parts(
                from, to, bytesPerSecond, latencySeconds, transmit, receive, medium.orElse(null), wireBytesPerByte);
    }

    /**
     * The serial form of a link, because {@link Optional} is not serializable.
     *
     * @param from the sender
     * @param to the receiver
     * @param bytesPerSecond the bandwidth
     * @param latencySeconds the latency
     * @param transmit the power of the sender
     * @param receive the power of the receiver
     * @param medium its name, or null for none
     * @param wireBytesPerByte the factor of compression
     * @serial exclude
     */
    private record Parts(
            String from,
            String to,
            double bytesPerSecond,
            double latencySeconds,
            RadioPower transmit,
            RadioPower receive,
            @Nullable String medium,
            double wireBytesPerByte)
            implements Serializable {

        private Object readResolve() throws InvalidObjectException {
            return SerialForms.resolve(() -> new Link(
                    from,
                    to,
                    bytesPerSecond,
                    latencySeconds,
                    transmit,
                    receive,
                    Optional.ofNullable(medium),
                    wireBytesPerByte));
        }
    }
}
