package io.github.codnn.scenario;

/** How often a frame of one task may come to one device. */
public enum StagesPerDevice {
    /**
     * Once: a device runs one contiguous stage of each task, and the stages of a task feed each other without a cycle.
     */
    ONE,
    /** Any number of times. */
    ANY
}
