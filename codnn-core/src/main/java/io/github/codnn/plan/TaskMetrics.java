package io.github.codnn.plan;

import java.util.Objects;

/**
 * The metrics of one task under a placement.
 *
 * @param task the name of the task
 * @param periodSeconds the time between two frames once the pipeline is full
 * @param responseSeconds the time of a single frame
 * @param makespanSeconds the time of the whole batch
 * @param meanSeconds the makespan over the number of frames
 */
public record TaskMetrics(
        String task, double periodSeconds, double responseSeconds, double makespanSeconds, double meanSeconds) {

    /** Checks the components. */
    public TaskMetrics {
        Objects.requireNonNull(task, "task");
    }

    /**
     * Returns the throughput once the pipeline is full.
     *
     * @return frames per second, 1 / period; infinite if the period is zero
     */
    public double throughputPerSecond() {
        return 1 / periodSeconds;
    }
}
