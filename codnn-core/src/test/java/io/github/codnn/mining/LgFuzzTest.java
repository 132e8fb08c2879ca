package io.github.codnn.mining;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any {@code .lg} file is a graph or is refused.
 *
 * <p>In a build the inputs of {@code LgFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl codnn-core test
 * -Dtest=LgFuzzTest} looks for more.
 */
class LgFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "10m")
    void read_anyBytes_givesGraphOrRefuses(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.lg"), bytes);
        Fuzzing.takesOrRefuses(() -> LabelledGraph.readDirected(file));
        Fuzzing.takesOrRefuses(() -> LabelledGraph.readUndirected(file));
    }
}
