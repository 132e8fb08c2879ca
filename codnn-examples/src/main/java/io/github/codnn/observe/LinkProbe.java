package io.github.codnn.observe;

/**
 * The round trips of a small and a large message over a link, each answered by an empty one: the difference of the
 * times gives the rate, what remains of the small one is twice the latency.
 *
 * @param smallBytes the size of the small message, positive
 * @param smallSeconds its round trip, the shortest of a few, positive
 * @param largeBytes the size of the large message, above that of the small one
 * @param largeSeconds its round trip, the shortest of a few, positive
 */
record LinkProbe(long smallBytes, double smallSeconds, long largeBytes, double largeSeconds) {

    /** Checks the components. */
    LinkProbe {
        if (!(smallBytes > 0 && smallSeconds > 0 && largeBytes > smallBytes && largeSeconds > 0)) {
            throw new IllegalArgumentException("A probe needs two sizes and positive times, but has " + smallBytes
                    + " bytes in " + smallSeconds + " s and " + largeBytes + " bytes in " + largeSeconds + " s");
        }
    }

    /**
     * Returns the way back of both messages, as far as the times tell.
     *
     * @return the latency in seconds, zero or greater
     */
    double latencySeconds() {
        double perByte = Math.max(0, largeSeconds - smallSeconds) / (largeBytes - smallBytes);
        return Math.max(0, smallSeconds - smallBytes * perByte) / 2;
    }
}
