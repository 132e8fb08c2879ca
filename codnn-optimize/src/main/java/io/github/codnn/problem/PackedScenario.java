package io.github.codnn.problem;

import io.github.codnn.internal.SerialForms;
import io.github.codnn.plan.ScenarioBytes;
import io.github.codnn.scenario.Scenario;
import java.io.InvalidObjectException;
import java.io.Serializable;

/**
 * A scenario as bytes, packed once however often they are sent. Immutable and thread-safe.
 *
 * @serial exclude
 */
final class PackedScenario implements Serializable {

    private static final long serialVersionUID = 2;

    private final byte[] bytes;

    /** Takes what {@link #unpack()} reads. */
    PackedScenario(byte[] bytes) {
        this.bytes = bytes;
    }

    static PackedScenario of(Scenario scenario) {
        return new PackedScenario(ScenarioBytes.write(scenario));
    }

    Scenario unpack() throws InvalidObjectException {
        return SerialForms.resolve(() -> ScenarioBytes.read(bytes));
    }
}
