package io.github.codnn.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real model files and measurements, which are too large for the repository.
 *
 * <p>{@code mvn -Dcodnn.testdata=FOLDER verify} names the folder, absolute or relative to the root of the project.
 * Without it the tests that ask for data are skipped; with it, a file that is missing is a failure.
 *
 * <p>Use it in JUnit tests only: jqwik takes an aborted try for a rejected sample.
 */
public final class TestData {

    private TestData() {}

    /**
     * Returns a file or folder of the test data, or skips the test that asks when there is no test data.
     *
     * @param name the path below the folder of the test data, such as {@code models/onnx/resnet50.onnx}
     * @return the existing file or folder
     */
    public static Path path(String name) {
        String folder = System.getProperty("codnn.testdata", "");
        if (folder.isEmpty()) {
            Assumptions.abort("needs " + name + " of the test data; give its folder with -Dcodnn.testdata=FOLDER");
        }
        Path path = root().resolve(folder).resolve(name).normalize();
        if (!Files.exists(path)) {
            throw new AssertionError("No " + path + ", although codnn.testdata=" + folder + " names the test data");
        }
        return path;
    }

    /**
     * Returns the root folder of the project.
     *
     * @return the folder, as Maven gives it or, without Maven, the nearest one above that holds {@code .mvn}
     */
    public static Path root() {
        String given = System.getProperty("codnn.root", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("No folder above " + Path.of("").toAbsolutePath() + " holds .mvn");
            }
        }
        return folder;
    }
}
