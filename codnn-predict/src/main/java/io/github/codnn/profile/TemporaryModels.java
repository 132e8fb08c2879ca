package io.github.codnn.profile;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Models that ONNX Runtime reads from files, in the folder for temporary files. Their names hold the process that made
 * them, so that those of a process that was killed can be removed later.
 */
final class TemporaryModels {

    private static final String PREFIX = "codnn-model-";
    private static final String SUFFIX = ".onnx";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*\\" + SUFFIX);

    private TemporaryModels() {}

    static Path create() throws IOException {
        return Files.createTempFile(PREFIX + ProcessHandle.current().pid() + "-", SUFFIX);
    }

    /** Removes what processes left behind that no longer run. What cannot be removed stays. */
    static void removeAbandoned() {
        removeAbandoned(Path.of(System.getProperty("java.io.tmpdir", "")));
    }

    static void removeAbandoned(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    remove(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that cannot be listed.
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The file of another user, who can remove it.
        }
    }
}
