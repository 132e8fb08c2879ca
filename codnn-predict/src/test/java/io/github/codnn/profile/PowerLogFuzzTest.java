package io.github.codnn.profile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any file is a log of a wattmeter or is refused.
 *
 * <p>In a build the inputs of {@code PowerLogFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl codnn-predict
 * -am test -Dtest=PowerLogFuzzTest -Dsurefire.failIfNoSpecifiedTests=false} looks for more.
 */
class PowerLogFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "10m")
    void read_anyBytes_givesLogOrRefuses(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.csv"), bytes);
        Fuzzing.takesOrRefuses(() -> PowerLog.read(file));
    }
}
