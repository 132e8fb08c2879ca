package io.github.codnn.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.CodnnException;
import io.github.codnn.testing.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever bytes come, the reader makes a model of them or refuses them with a {@link CodnnException}.
 *
 * <p>In a build the inputs of {@code OnnxFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl codnn-core test
 * -Dtest=OnnxFuzzTest} looks for more.
 */
class OnnxFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "10m")
    void read_anyBytes_givesModelOrRefuses(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.onnx"), bytes);
        Fuzzing.takesOrRefuses(
                () -> OnnxReader.withDefaults().read(file).graph().macs());
    }
}
