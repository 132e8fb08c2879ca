package io.github.codnn.split;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;
import java.nio.charset.StandardCharsets;

/**
 * Any text is a pipeline that can be written again, or is refused.
 *
 * <p>In a build the inputs of {@code PipelineJsonFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl
 * codnn-core test -Dtest=PipelineJsonFuzzTest} looks for more.
 */
class PipelineJsonFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void parse_anyText_givesPipelineOrRefuses(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Fuzzing.takesOrRefuses(() -> PipelineJson.render(PipelineJson.parse(text)));
    }
}
