package io.github.codnn.scenario;

/** Which devices wait at idle power until the last task is done. */
public enum IdlePolicy {
    /** Those that take part: they run layers, or are a source or a sink. The others are off and consume no energy. */
    PARTICIPATING,
    /**
     * All devices of the platform, for example servers that are never switched off. The energy to switch on
     * ({@link io.github.codnn.platform.Device#switchOnJoules()}) still counts for the devices that take part only.
     */
    ALL
}
