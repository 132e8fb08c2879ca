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
import org.jspecify.annotations.Nullable;

/** Values that lie in files beside the model. Only small whole numbers are read: shapes may depend on them. */
final class ExternalData {

    private final Path folder;

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
        Path file = file(weight.name(), external.location());
        if (SmallTensor.holdsReal(type) || type.bits() < 8 || !SmallTensor.fits(shape)) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) type.bytes(shape.elements()));
        if (external.length() >= 0 && external.length() != bytes.capacity()) {
            throw new ImportFailure("tensor '" + weight.name() + "' of " + shape + " " + type + " has "
                    + external.length() + " bytes of external data");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, external.offset()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A channel may give less than is asked for.
            }
        } catch (IOException e) {
            // Models are often handed on without their weights; a node that needs these values will say so.
            return null;
        }
        return bytes.hasRemaining() ? null : TensorParts.fromBytes(type, shape, bytes.array());
    }

    /** A file may not point outside its folder. */
    private Path file(String tensor, String location) {
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
}
