package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ParsedModel.External;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that lie in files beside the model. Only small whole numbers are read: shapes may depend on them. */
final class ExternalData {

    private final Path folder;
    private final Map<String, String> missing = new HashMap<>();

    ExternalData(Path folder) {
        this.folder = folder;
    }

    /** The values of a tensor, or nothing if they are not external, not small, or not there. */
    @Nullable
    SmallTensor values(Weight weight, ElementType type, TensorShape shape) {
        External external = weight.external();
        if (external == null) {
            return null;
        }
        Path file = file(weight.name(), external);
        if (SmallTensor.holdsReal(type) || type.bits() < 8 || !SmallTensor.fits(shape)) {
            return null;
        }
        checkLinks(weight.name(), external, file);
        ByteBuffer bytes = ByteBuffer.allocate((int) type.bytes(shape.elements()));
        if (external.length() >= 0 && external.length() != bytes.capacity()) {
            throw new ImportFailure("tensor '" + weight.name() + "' of " + shape + " " + type + " has "
                    + external.length() + " bytes of external data");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(external.offset());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A channel may give less than is asked for.
            }
        } catch (IOException e) {
            // Models are often passed on without their weights; a node that needs these values names the file.
            missing.put(weight.name(), external.location());
            return null;
        }
        return bytes.hasRemaining() ? null : TensorParts.fromBytes(type, shape, bytes.array());
    }

    /** Names the files that could not be read and that hold values of some tensors, or nothing. */
    String missing(Collection<String> tensors) {
        return tensors.stream()
                .filter(missing::containsKey)
                .map(name -> ". The values of '" + name + "' are in the file '" + missing.get(name)
                        + "' beside the model, which cannot be read.")
                .findFirst()
                .orElse("");
    }

    /** Where the values of a tensor lie; the file exists and is inside the folder of the model. */
    Path existingFile(String tensor, External external) {
        Path file = file(tensor, external);
        if (!Files.isRegularFile(file)) {
            throw new ImportFailure("the values of tensor '" + tensor + "' are in the file '" + external.location()
                    + "' beside the model, which cannot be read");
        }
        checkLinks(tensor, external, file);
        return file;
    }

    /** A file may not point outside its folder. */
    private Path file(String tensor, External external) {
        String location = external.location();
        if (external.offset() < 0) {
            throw new ImportFailure(
                    "tensor '" + tensor + "' has external data at the negative offset " + external.offset());
        }
        try {
            Path file = folder.resolve(location).normalize();
            if (location.isEmpty() || !file.startsWith(folder.normalize())) {
                throw new ImportFailure("tensor '" + tensor + "' has external data at '" + location
                        + "', which is outside the folder of the model");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new ImportFailure("tensor '" + tensor + "' has external data at a place that is no path");
        }
    }

    private void checkLinks(String tensor, External external, Path file) {
        if (leavesByLink(file)) {
            throw new ImportFailure("tensor '" + tensor + "' has external data at '" + external.location()
                    + "', a link to a place outside the folder of the model");
        }
    }

    private boolean leavesByLink(Path file) {
        try {
            return !file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false; // There is no such file, so nothing is read from it.
        }
    }
}
