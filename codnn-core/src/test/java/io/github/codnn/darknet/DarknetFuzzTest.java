package io.github.codnn.darknet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.LayerGraph;
import java.nio.charset.StandardCharsets;

/**
 * Whatever bytes a cfg file has, it is a network or refused with one line. In a normal build the stored inputs run;
 * {@code JAZZER_FUZZ=1 mvn -pl codnn-core test -Dtest=DarknetFuzzTest} searches for new ones.
 */
class DarknetFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyBytes_endInNetworkOrClearException(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            LayerGraph graph =
                    DarknetReader.withDefaults().read("fuzz.cfg", text).graph();
            assertThat(graph.macs()).isNotNegative();
            assertThat(graph.parameterBytes()).isNotNegative();
        } catch (CodnnException e) {
            assertThat(e.getMessage()).startsWith("fuzz.cfg").doesNotContain("\n", "\r", "\0");
        }
    }
}
