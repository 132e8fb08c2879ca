package io.github.codnn.observe;

/**
 * The arrival of one frame's tensors over a real link, by two clocks that nobody has set.
 *
 * @param from the device that sent
 * @param to the device that received
 * @param bytes their size, zero or greater
 * @param readyNanos when the sender had them, on its monotonic clock
 * @param arrivedNanos when the receiver had them, on its monotonic clock
 */
public record Arrival(String from, String to, long bytes, long readyNanos, long arrivedNanos) {

    /** Checks the components. */
    public Arrival {
        if (bytes < 0) {
            throw new IllegalArgumentException("A transfer of " + bytes + " bytes cannot be");
        }
    }
}
