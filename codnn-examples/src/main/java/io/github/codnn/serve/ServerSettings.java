package io.github.codnn.serve;

import java.util.Objects;

/**
 * How a server listens, and how much it takes.
 *
 * @param host the address to listen on; everybody who can reach it can use the models, without encryption
 * @param port the port, 0 for any free one, at most 65535
 * @param maxRequestBytes the greatest size of one request, positive
 * @param maxOpenRequests how many requests may be open at a time; further ones are refused
 */
public record ServerSettings(String host, int port, int maxRequestBytes, int maxOpenRequests) {

    private static final int DEFAULT_REQUEST_BYTES = 64 << 20;
    private static final int DEFAULT_OPEN_REQUESTS = 64;

    /** Checks the components. */
    public ServerSettings {
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("The port must lie within 0 and 65535, but is " + port);
        }
        if (maxRequestBytes < 1 || maxOpenRequests < 1) {
            throw new IllegalArgumentException(
                    "The greatest request and the number of open requests must be positive, but are " + maxRequestBytes
                            + " bytes and " + maxOpenRequests);
        }
    }

    /**
     * Returns the settings for a server on this machine only: any free port of the loopback address, requests of up to
     * 64 MiB, 64 of them at a time.
     *
     * @return the settings
     */
    public static ServerSettings withDefaults() {
        return new ServerSettings("127.0.0.1", 0, DEFAULT_REQUEST_BYTES, DEFAULT_OPEN_REQUESTS);
    }

    /**
     * Returns these settings with another address.
     *
     * @param address the address to listen on
     * @return the changed settings
     */
    public ServerSettings withHost(String address) {
        return new ServerSettings(address, port, maxRequestBytes, maxOpenRequests);
    }

    /**
     * Returns these settings with another port.
     *
     * @param number the port, 0 for any free one
     * @return the changed settings
     */
    public ServerSettings withPort(int number) {
        return new ServerSettings(host, number, maxRequestBytes, maxOpenRequests);
    }

    /**
     * Returns these settings with another limit for one request.
     *
     * @param bytes the greatest size of one request
     * @return the changed settings
     */
    public ServerSettings withMaxRequestBytes(int bytes) {
        return new ServerSettings(host, port, bytes, maxOpenRequests);
    }

    /**
     * Returns these settings with another limit for all requests.
     *
     * @param requests how many requests may be open at a time
     * @return the changed settings
     */
    public ServerSettings withMaxOpenRequests(int requests) {
        return new ServerSettings(host, port, maxRequestBytes, requests);
    }
}
