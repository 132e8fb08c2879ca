package io.github.codnn.plan;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;

/**
 * Any bytes with the right checksum are a scenario or are refused: what another machine may send.
 *
 * <p>In a build the inputs of {@code ScenarioBytesFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl
 * codnn-core test -Dtest=ScenarioBytesFuzzTest} looks for more.
 */
class ScenarioBytesFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void read_anyContent_givesScenarioOrRefuses(byte[] bytes) {
        Fuzzing.takesOrRefuses(() -> CompiledScenario.of(ScenarioBytes.read(ScenarioBytes.sealed(bytes))));
    }
}
