package io.github.codnn.observe;

/**
 * The transfer of one frame's tensors over one link.
 *
 * @param from the device that sent
 * @param to the device that received
 * @param tensors how many tensors, each of which waits for the latency of the link; positive
 * @param bytes their size, zero or greater
 * @param nanos how long the link was occupied, zero or greater
 */
public record TransferSample(String from, String to, int tensors, long bytes, long nanos) {

    /** Checks the components. */
    public TransferSample {
        if (tensors < 1 || bytes < 0 || nanos < 0) {
            throw new IllegalArgumentException(
                    "A transfer of " + tensors + " tensors, " + bytes + " bytes in " + nanos + " ns cannot be");
        }
    }

    /**
     * Returns this sample with another time.
     *
     * @param took how long the link was occupied, zero or greater
     * @return the changed sample
     */
    public TransferSample withNanos(long took) {
        return new TransferSample(from, to, tensors, bytes, took);
    }
}
