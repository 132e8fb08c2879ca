package io.github.codnn.cost;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.codnn.testing.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any file is times of layers or is refused.
 *
 * <p>In a build the inputs of {@code LayerTimesFuzzTestInputs} are replayed; {@code JAZZER_FUZZ=1 mvn -pl codnn-core
 * test -Dtest=LayerTimesFuzzTest} looks for more.
 */
class LayerTimesFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "10m")
    void read_anyBytes_givesTimesOrRefuses(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.csv"), bytes);
        Fuzzing.takesOrRefuses(() -> LayerTimes.read(file, RooflineCostModel.withPresets()));
    }
}
