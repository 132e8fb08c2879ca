package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.runtime.TensorFiles;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.split.Dimension;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Frames from a folder, in the order of their names: a tensor file each if the pipeline has one input, else a folder
 * each with a file for each input, which its name or the name within says.
 */
final class FolderFrames implements FrameSource {

    private final PipelineManifest manifest;
    private final List<Path> entries;

    FolderFrames(PipelineManifest manifest, Path folder) {
        this.manifest = manifest;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.filter(path -> TensorFiles.isTensorFile(path) || Files.isDirectory(path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CodnnException(folder + ": cannot be read as a folder of frames: " + WholeFiles.reason(e), e);
        }
        if (entries.isEmpty()) {
            throw new CodnnException(folder + ": holds no .npy or .pb file and no folder of them");
        }
    }

    @Override
    public long count() {
        return entries.size();
    }

    @Override
    public List<TensorValue> frame(long number) {
        Path entry = entries.get((int) number);
        List<PipelineTensor> inputs = manifest.inputs();
        if (!Files.isDirectory(entry)) {
            if (inputs.size() != 1) {
                throw new CodnnException(entry + ": is one tensor, but a frame needs " + inputs.size()
                        + ". Make a folder for each frame");
            }
            return List.of(read(entry, inputs.get(0)).withName(inputs.get(0).name()));
        }
        List<TensorValue> values = new ArrayList<>();
        for (PipelineTensor input : inputs) {
            values.add(find(entry, input));
        }
        return values;
    }

    private static TensorValue find(Path folder, PipelineTensor input) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(TensorFiles::isTensorFile).sorted().toList();
            for (Path file : files) {
                if (String.valueOf(file.getFileName())
                        .replaceFirst("\\.[^.]*$", "")
                        .equals(input.name())) {
                    return read(file, input).withName(input.name());
                }
            }
            for (Path file : files) {
                TensorValue value = TensorFiles.read(file, TensorFiles.DEFAULT_MAX_BYTES);
                if (value.name().equals(input.name())) {
                    return checked(file, value, input);
                }
            }
        } catch (IOException e) {
            throw new CodnnException(folder + ": cannot be read: " + WholeFiles.reason(e), e);
        }
        throw new CodnnException(folder + ": holds no tensor for input '" + input.name() + "'");
    }

    private static TensorValue read(Path file, PipelineTensor input) {
        return checked(file, TensorFiles.read(file, TensorFiles.DEFAULT_MAX_BYTES), input);
    }

    private static TensorValue checked(Path file, TensorValue value, PipelineTensor input) {
        boolean isRight = value.tensor().type() == GeneratedFrames.elementType(input)
                && input.shape()
                        .map(shape -> fits(value.tensor().shape().dimensions(), shape))
                        .orElse(true);
        if (!isRight) {
            throw new CodnnException(file + ": holds " + value.tensor().type() + " "
                    + value.tensor().shape() + ", but input '" + input.name() + "' must be " + input.type() + " "
                    + input.shape().map(List::toString).orElse("of any shape"));
        }
        return value;
    }

    private static boolean fits(List<Long> dimensions, List<Dimension> declared) {
        if (dimensions.size() != declared.size()) {
            return false;
        }
        for (int axis = 0; axis < declared.size(); axis++) {
            OptionalLong extent = declared.get(axis).extent();
            if (extent.isPresent() && extent.getAsLong() != dimensions.get(axis)) {
                return false;
            }
        }
        return true;
    }
}
