package io.github.codnn.split;

import io.github.codnn.internal.Checks;
import java.util.Objects;
import java.util.Optional;

/**
 * What the plan predicts for one tensor that goes from one device to another: it takes
 * {@code latencySeconds + bytes / bytesPerSecond} for each frame. Transfers of one {@code resource} take turns, one
 * tensor at a time; those of different resources overlap.
 *
 * @param tensor the name of the tensor
 * @param from the name of the stage that writes it, or {@link PipelineManifest#CALLER}
 * @param to the name of the first stage on the receiving device that reads it, or {@link PipelineManifest#CALLER} for a
 *     result. Later stages on that device have it without another transfer
 * @param fromDevice the device that sends; for the caller the source of the task
 * @param toDevice the device that receives; for the caller the sink of the task
 * @param medium the name of the medium that the link shares, one of {@link PipelineManifest#media}; empty if the link
 *     has a way of its own
 * @param resource what the transfer occupies: a half-duplex medium by its name, one direction of a full-duplex medium
 *     by its name and {@code " up"} or {@code " down"}, otherwise the link as {@code FROM -> TO}
 * @param latencySeconds the latency of the link, zero or greater
 * @param bytesPerSecond the bandwidth of the link, positive
 * @param bytes what the link carries for the tensor, zero or greater: its size, unless it is sent encoded or the link
 *     compresses
 */
public record PipelineTransfer(
        String tensor,
        String from,
        String to,
        String fromDevice,
        String toDevice,
        Optional<String> medium,
        String resource,
        double latencySeconds,
        double bytesPerSecond,
        long bytes) {

    /** Checks the components. */
    public PipelineTransfer {
        Checks.notBlank(tensor, "The tensor of a transfer");
        Checks.notBlank(from, "The sender of tensor '" + tensor + "'");
        Checks.notBlank(to, "The receiver of tensor '" + tensor + "'");
        Checks.notBlank(fromDevice, "The device that sends tensor '" + tensor + "'");
        Checks.notBlank(toDevice, "The device that receives tensor '" + tensor + "'");
        Objects.requireNonNull(medium, "medium");
        Checks.notBlank(resource, "The resource of the transfer of tensor '" + tensor + "'");
        Checks.nonNegativeFinite(latencySeconds, "latencySeconds of the transfer of tensor '" + tensor + "'");
        Checks.positiveFinite(bytesPerSecond, "bytesPerSecond of the transfer of tensor '" + tensor + "'");
        Checks.nonNegative(bytes, "bytes of the transfer of tensor '" + tensor + "'");
    }

    /**
     * Returns the predicted time of the transfer.
     *
     * @return the time in seconds, for each frame
     */
    public double seconds() {
        return latencySeconds + bytes / bytesPerSecond;
    }
}
