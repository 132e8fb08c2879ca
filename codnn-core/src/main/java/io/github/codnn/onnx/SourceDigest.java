package io.github.codnn.onnx;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ModelFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** The digest of the model that is split, computed at once or by an executor. */
final class SourceDigest {

    private final Path file;
    private final FutureTask<ModelFile> task;

    private SourceDigest(Path file) {
        this.file = file;
        this.task = new FutureTask<>(() -> ModelFile.of(file));
    }

    static SourceDigest start(Path file, Optional<Executor> executor) {
        SourceDigest digest = new SourceDigest(file);
        executor.orElse(Runnable::run).execute(digest.task);
        return digest;
    }

    /** Waits for the digest and returns it if it is the one that a plan remembers. */
    ModelFile check(Optional<ModelFile> expected) {
        ModelFile found = get();
        if (expected.isPresent() && !expected.get().digest().equals(found.digest())) {
            throw new CodnnException(file + ": is not the model of the plan, which was made from '"
                    + expected.get().name() + "' with " + expected.get().digest() + ", but this has "
                    + found.digest());
        }
        return found;
    }

    private ModelFile get() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.cancel(true);
            throw new CodnnException(file + ": interrupted while its digest was computed", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CodnnException known) {
                throw known;
            }
            throw new CodnnException(file + ": cannot be read: " + e.getCause(), e);
        }
    }
}
