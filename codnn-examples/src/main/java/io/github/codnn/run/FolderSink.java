package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.graph.ElementType;
import io.github.codnn.runtime.TensorFiles;
import io.github.codnn.runtime.TensorValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes results to a folder: {@code 000000042-NAME.npy}, or {@code .pb} where NumPy lacks the type. */
final class FolderSink implements FrameSink {

    private final Path folder;

    FolderSink(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CodnnException(folder + ": cannot be made: " + WholeFiles.reason(e), e);
        }
    }

    @Override
    public void accept(long number, List<TensorValue> results) {
        for (TensorValue result : results) {
            String name = result.name().replaceAll("[^A-Za-z0-9._-]", "_");
            String ending = result.tensor().type() == ElementType.BFLOAT16 ? ".pb" : ".npy";
            TensorFiles.write(result, folder.resolve(String.format(Locale.ROOT, "%09d-%s%s", number, name, ending)));
        }
    }
}
