package io.github.codnn.scenario;

/** Which devices wait at idle power until the last task is done. */
public enum IdlePolicy {
    /** Those that take part: they run layers, or are a source or a sink. The others are off and take no energy. */
    PARTICIPATING,
    /**
     * All devices of the platform, whether they take part or not: servers that stay on in any case. Energy to switch on
     * ({@link io.github.codnn.platform.Device#switchOnJoules()}) is still that of the devices that take part only.
     */
    ALL
}
