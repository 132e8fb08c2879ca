package io.github.codnn.run;

import io.github.codnn.runtime.TensorValue;
import java.nio.file.Path;
import java.util.List;

/** Where results go. Each frame is delivered once, in the order of their numbers. */
@FunctionalInterface
public interface FrameSink {

    /**
     * Takes a result. Nothing that this method refuses counts as delivered.
     *
     * @param number the number of the frame, from 0
     * @param results one value for each output of the pipeline
     * @throws io.github.codnn.CodnnException if it cannot be written
     */
    void accept(long number, List<TensorValue> results);

    /**
     * Returns a sink that writes each tensor to a file, {@code 000000042-NAME.npy}, or {@code .pb} where NumPy lacks
     * its type.
     *
     * @param folder the folder, made if it does not exist
     * @return the sink
     * @throws io.github.codnn.CodnnException if the folder cannot be made
     */
    static FrameSink folder(Path folder) {
        return new FolderSink(folder);
    }

    /**
     * Returns a sink that drops results.
     *
     * @return the sink
     */
    static FrameSink none() {
        return (number, results) -> {};
    }
}
