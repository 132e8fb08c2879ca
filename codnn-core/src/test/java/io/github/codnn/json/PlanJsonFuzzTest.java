package io.github.codnn.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;

/**
 * Any text is a plan that can be written again, or is refused.
 *
 * <p>In a build the inputs of {@code PlanJsonFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl codnn-core
 * test -Dtest=PlanJsonFuzzTest} looks for more.
 */
class PlanJsonFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void parse_anyText_givesPlanOrRefuses(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Fuzzing.takesOrRefuses(() -> PlanJson.render(PlanJson.parse(text), OptionalDouble.empty()));
    }
}
