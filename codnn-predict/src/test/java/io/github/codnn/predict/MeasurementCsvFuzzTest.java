package io.github.codnn.predict;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any file is measurements or is refused.
 *
 * <p>In a build the inputs of {@code MeasurementCsvFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl
 * codnn-predict -am test -Dtest=MeasurementCsvFuzzTest -Dsurefire.failIfNoSpecifiedTests=false} looks for more.
 */
class MeasurementCsvFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "10m")
    void read_anyBytes_givesMeasurementsOrRefuses(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.csv"), bytes);
        Fuzzing.takesOrRefuses(() -> Measurements.read(file));
    }
}
