package io.github.codnn.run;

import io.github.codnn.runtime.RandomInputs;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.split.PipelineManifest;
import java.nio.file.Path;
import java.util.List;

/** Where frames come from. The same number gives the same frame again, after a fault. */
public interface FrameSource {

    /**
     * Returns the number of frames.
     *
     * @return how many frames there are
     */
    long count();

    /**
     * Returns a frame.
     *
     * @param number its number, from 0
     * @return one value for each input of the pipeline, by name
     * @throws io.github.codnn.CodnnException if it cannot be read
     */
    List<TensorValue> frame(long number);

    /**
     * Returns random frames of the shapes that the plan was made with.
     *
     * @param manifest the pipeline
     * @param count how many frames
     * @return the frames
     * @throws io.github.codnn.CodnnException if an input has no known rank, or a type that stages cannot take
     */
    static FrameSource generated(PipelineManifest manifest, long count) {
        return generated(manifest, count, RandomInputs.withDefaults());
    }

    /**
     * Returns random frames of given shapes.
     *
     * @param manifest the pipeline
     * @param count how many frames
     * @param inputs their shapes and constant values
     * @return the frames
     * @throws io.github.codnn.CodnnException if an input has no known rank, or a type that stages cannot take
     */
    static FrameSource generated(PipelineManifest manifest, long count, RandomInputs inputs) {
        return new GeneratedFrames(manifest, count, inputs);
    }

    /**
     * Returns the frames of a folder, in the order of their names: a tensor file each if the pipeline has one input,
     * else a folder each with a file for each input, whose name is that of the input or which names it within.
     *
     * @param manifest the pipeline
     * @param folder the folder
     * @return the frames, read when they are needed
     * @throws io.github.codnn.CodnnException if the folder cannot be read or holds no frame
     */
    static FrameSource folder(PipelineManifest manifest, Path folder) {
        return new FolderFrames(manifest, folder);
    }
}
