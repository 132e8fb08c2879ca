package io.github.codnn.scenario;

/** What counts against the memory of a device. */
public enum MemoryModel {
    /** The parameters of its layers. Layers of measured problems may include all memory that they need. */
    PARAMETERS,
    /**
     * The parameters of its layers, and for each task the peak size of the tensors that are alive on the device at the
     * same time: while a layer runs, its inputs and outputs, and all tensors that were written or read on the device
     * and are read there again.
     */
    PARAMETERS_AND_ACTIVATIONS
}
