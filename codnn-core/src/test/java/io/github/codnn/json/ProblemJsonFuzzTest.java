package io.github.codnn.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testing.Fuzzing;
import java.nio.charset.StandardCharsets;

/**
 * Any text is a problem that can be compiled and written again, or is refused.
 *
 * <p>In a build the inputs of {@code ProblemJsonFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl codnn-core
 * test -Dtest=ProblemJsonFuzzTest} looks for more.
 */
class ProblemJsonFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void parse_anyText_givesProblemOrRefuses(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Fuzzing.takesOrRefuses(() -> {
            Scenario scenario = ProblemJson.parse(text);
            CompiledScenario.of(scenario);
            ProblemJson.render(scenario);
        });
    }
}
