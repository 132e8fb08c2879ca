package io.github.codnn.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;
import java.nio.charset.StandardCharsets;

/**
 * Any text is a platform that can be written again, or is refused.
 *
 * <p>In a build the inputs of {@code PlatformJsonFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl
 * codnn-core test -Dtest=PlatformJsonFuzzTest} looks for more.
 */
class PlatformJsonFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void parse_anyText_givesPlatformOrRefuses(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Fuzzing.takesOrRefuses(
                () -> PlatformJson.render(PlatformJson.parse(text).platform()));
    }
}
