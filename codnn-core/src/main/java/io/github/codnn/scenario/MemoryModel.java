package io.github.codnn.scenario;

/** What counts against the memory of a device. */
public enum MemoryModel {
    /** The parameters of its layers; layers of measured problems state in them all that they need. */
    PARAMETERS,
    /**
     * The parameters of its layers, and for each task the greatest sum of tensors that are alive there at the same
     * time: while a layer runs, its inputs and outputs and whatever was produced or used there and is still to be used
     * there.
     */
    PARAMETERS_AND_ACTIVATIONS
}
