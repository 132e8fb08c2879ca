package io.github.codnn.onnx;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.internal.FileDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Compares the model that is split with the one that a plan was made from. */
final class ModelDigest {

    private final Path file;
    private final Optional<ModelFile> expected;

    /**
     * Makes a comparison.
     *
     * @param file the model that is split
     * @param expected what the plan remembers of its model, if it does
     */
    ModelDigest(Path file, Optional<ModelFile> expected) {
        this.file = file;
        this.expected = expected;
    }

    /** Cuts a model. */
    @FunctionalInterface
    interface Cut {
        Splitting cut() throws IOException;
    }

    /** Cuts the model; if that fails because it is another than that of the plan, says so. */
    Splitting blamed(Cut cut) throws IOException {
        try {
            return cut.cut();
        } catch (ImportFailure | IllegalArgumentException e) {
            checked(FileDigest.of(file));
            throw e;
        }
    }

    /**
     * Checks the model.
     *
     * @param digest its CRC-32C; a plan may state its SHA-256 instead, which is computed here
     * @return what a manifest remembers of the model
     * @throws CodnnException if it is not the model of the plan
     */
    ModelFile checked(String digest) {
        ModelFile found = new ModelFile(String.valueOf(file.getFileName()), digest);
        boolean isRight = expected.isEmpty()
                || expected.get().digest().equals(digest)
                || (!FileDigest.isChecksum(expected.get().digest())
                        && expected.get().isContentOf(file));
        if (!isRight) {
            throw new CodnnException(file + ": is not the model of the plan, which was made from '"
                    + expected.get().name() + "' with " + expected.get().digest() + ", but this has " + digest);
        }
        return found;
    }
}
