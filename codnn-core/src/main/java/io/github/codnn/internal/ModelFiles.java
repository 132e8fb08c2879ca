package io.github.codnn.internal;

import io.github.codnn.CodnnException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What files of models have in common. */
public final class ModelFiles {

    private ModelFiles() {}

    /**
     * Refuses what is there but is neither a file nor a folder: reading a pipe or a device may never end.
     *
     * @param file a file that is to be read
     * @return the file
     * @throws CodnnException if it is a pipe, a device or the like
     */
    public static Path checked(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new CodnnException(file + ": is a pipe or a device. Maybe write the model to a file first.");
        }
        return file;
    }
}
