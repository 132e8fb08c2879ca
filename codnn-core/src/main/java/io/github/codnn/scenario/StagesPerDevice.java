package io.github.codnn.scenario;

/** How many stages of one task a device may run. */
public enum StagesPerDevice {
    /**
     * One: a device runs one contiguous stage of each task, and the stages of a task form no cycle.
     */
    ONE,
    /** Any number: a frame may return to a device. */
    ANY
}
