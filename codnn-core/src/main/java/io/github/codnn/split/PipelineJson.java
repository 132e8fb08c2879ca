package io.github.codnn.split;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.JsonFiles;
import java.nio.file.Path;

/**
 * Manifests, format {@code codnn-pipeline/1}: the file {@code pipeline.json} in the folder of a split model.
 *
 * <p>At the top: {@code format}, {@code model} (file name of the model that was split), {@code digest} (of that file,
 * {@code crc32c:...} or {@code sha256:...}), {@code inputs} (what the caller gives), {@code stages}, {@code outputs}
 * (the results), {@code transfers} and {@code media} (none without a plan), {@code predictedPeriodSeconds} and
 * {@code predictedResponseSeconds} (missing without a plan).
 *
 * <p>A tensor has a {@code name}, a {@code type} ({@link TensorType}) and a {@code shape}: an array of extents, names
 * of extents that each frame may choose, and nulls for extents without a name; missing if the rank is unknown. Where
 * it is read, {@code from} says who writes it: {@code caller} or the name of a stage.
 *
 * <p>A stage has {@code name}, {@code device}, {@code file}, {@code digest}, {@code bytes}, {@code externalData} (each
 * {@code file}, {@code digest}, {@code bytes}; missing if there is none), {@code predictedSeconds} (missing without a
 * plan), {@code inputs} and {@code outputs}. A transfer has the components of {@link PipelineTransfer}; a medium
 * {@code name}, {@code bytesPerSecond} and {@code duplex} (HALF or FULL).
 *
 * <p>Fields that are unknown or missing, numbers out of range, names that do not exist, file names that are paths, a
 * stage that reads what no earlier stage writes: each is one {@link CodnnException} of one line with the file and the
 * path to the field.
 */
public final class PipelineJson {

    static final String FORMAT = "codnn-pipeline/1";

    private PipelineJson() {}

    /**
     * Reads a manifest of at most 64 MiB. The files of the stages are not opened.
     *
     * @param file the file, usually named {@link PipelineManifest#FILE_NAME}
     * @return the manifest
     * @throws CodnnException if the file cannot be read or its content cannot be used
     */
    public static PipelineManifest read(Path file) {
        return PipelineReader.read(JsonFiles.read(file));
    }

    /**
     * Reads a manifest from text; see {@link #read(Path)}.
     *
     * @param json the content of a manifest
     * @return the manifest
     * @throws CodnnException if the content cannot be used
     */
    public static PipelineManifest parse(String json) {
        return PipelineReader.read(JsonFiles.parse("pipeline", json));
    }

    /**
     * Writes a manifest as text; equal manifests give equal text, and {@link #parse} gives an equal manifest.
     *
     * @param manifest the manifest
     * @return the content of a manifest file
     */
    public static String render(PipelineManifest manifest) {
        return JsonFiles.text(PipelineWriter.tree(manifest));
    }

    /**
     * Writes a manifest, whole or not at all.
     *
     * @param manifest the manifest
     * @param file the file, replaced if it exists
     * @throws CodnnException if the file cannot be written
     */
    public static void write(PipelineManifest manifest, Path file) {
        JsonFiles.write(PipelineWriter.tree(manifest), file);
    }
}
