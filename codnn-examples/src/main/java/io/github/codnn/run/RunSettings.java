package io.github.codnn.run;

import io.github.codnn.observe.LinkSchedule;
import io.github.codnn.runtime.StageSettings;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a pipeline runs.
 *
 * @param inFlight how many frames may be on their way at once, positive; empty for what the plan needs
 * @param emulatedLinks whether frames wait for the links of the plan
 * @param emulatedDevices whether stages take the predicted time, if their own is shorter
 * @param stage how ONNX Runtime runs each stage
 * @param waitSeconds how long to wait for the machines that a pipeline needs, positive
 * @param schedule how fast emulated links really are, whatever the plan assumes
 * @param lookMillis the time from one observation to the next if the run adapts its plan, positive
 */
public record RunSettings(
        OptionalInt inFlight,
        boolean emulatedLinks,
        boolean emulatedDevices,
        StageSettings stage,
        int waitSeconds,
        LinkSchedule schedule,
        int lookMillis) {

    /** Checks the components. */
    public RunSettings {
        Objects.requireNonNull(inFlight, "inFlight");
        Objects.requireNonNull(stage, "stage");
        if (inFlight.isPresent() && inFlight.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "At least one frame must be in flight, but the limit is " + inFlight.getAsInt());
        }
        Objects.requireNonNull(schedule, "schedule");
        if (lookMillis < 1) {
            throw new IllegalArgumentException(
                    "The time between observations must be positive, but is " + lookMillis + " ms");
        }
        if (waitSeconds < 1) {
            throw new IllegalArgumentException("The seconds to wait must be positive, but are " + waitSeconds);
        }
    }

    /**
     * Returns settings for real machines: nothing is emulated.
     *
     * @return the settings
     */
    public static RunSettings withDefaults() {
        return new RunSettings(
                OptionalInt.empty(), false, false, StageSettings.withDefaults(), 30, LinkSchedule.ofThePlan(), 1_000);
    }

    /**
     * Returns these settings with another limit of frames in flight.
     *
     * @param frames how many frames may be on their way at once
     * @return the changed settings
     */
    public RunSettings withInFlight(int frames) {
        return new RunSettings(
                OptionalInt.of(frames), emulatedLinks, emulatedDevices, stage, waitSeconds, schedule, lookMillis);
    }

    /**
     * Returns these settings with other emulations.
     *
     * @param links whether frames wait for the links of the plan
     * @param devices whether stages take the predicted time, if their own is shorter
     * @return the changed settings
     */
    public RunSettings withEmulation(boolean links, boolean devices) {
        return new RunSettings(inFlight, links, devices, stage, waitSeconds, schedule, lookMillis);
    }

    /**
     * Returns these settings with other settings of stages.
     *
     * @param settings how ONNX Runtime runs each stage
     * @return the changed settings
     */
    public RunSettings withStage(StageSettings settings) {
        return new RunSettings(inFlight, emulatedLinks, emulatedDevices, settings, waitSeconds, schedule, lookMillis);
    }

    /**
     * Returns these settings with another patience.
     *
     * @param seconds how long to wait for the machines that a pipeline needs
     * @return the changed settings
     */
    public RunSettings withWaitSeconds(int seconds) {
        return new RunSettings(inFlight, emulatedLinks, emulatedDevices, stage, seconds, schedule, lookMillis);
    }

    /**
     * Returns these settings with links that change while the run goes on.
     *
     * @param links how fast emulated links really are
     * @return the changed settings
     */
    public RunSettings withSchedule(LinkSchedule links) {
        return new RunSettings(inFlight, emulatedLinks, emulatedDevices, stage, waitSeconds, links, lookMillis);
    }

    /**
     * Returns these settings with another time between observations.
     *
     * @param millis the time in milliseconds, positive
     * @return the changed settings
     */
    public RunSettings withLookMillis(int millis) {
        return new RunSettings(inFlight, emulatedLinks, emulatedDevices, stage, waitSeconds, schedule, millis);
    }
}
