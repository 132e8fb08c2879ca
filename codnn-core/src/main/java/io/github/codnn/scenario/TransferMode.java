package io.github.codnn.scenario;

/** Whether devices compute while they transfer. */
public enum TransferMode {
    /** Each link is a pipeline stage of its own; devices compute while their interfaces transfer. */
    OVERLAPPED,
    /** A transfer occupies its link, its sender and its receiver. */
    BLOCKING
}
