package io.github.codnn.predict;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any file is a regression that can be written again, or is refused.
 *
 * <p>In a build the inputs of {@code RegressionJsonFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl
 * codnn-predict -am test -Dtest=RegressionJsonFuzzTest -Dsurefire.failIfNoSpecifiedTests=false} looks for more.
 */
class RegressionJsonFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "10m")
    void read_anyBytes_givesRegressionOrRefuses(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.json"), bytes);
        Path copy = folder.resolve("copy.json");
        Fuzzing.takesOrRefuses(() -> RegressionCostModel.read(file).write(copy));
    }
}
