package io.github.codnn.platform;

/** The location of a device on the way from the data to the data centre. */
public enum Tier {
    /** The device that captures the data: a drone, a camera, a phone. */
    TERMINAL,
    /** A device near the terminal: a gateway, a base station, a server on the same site. */
    EDGE,
    /** A server in a data centre, reached over a wide-area network. */
    CLOUD
}
