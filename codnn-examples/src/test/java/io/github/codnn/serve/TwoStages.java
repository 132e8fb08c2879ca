package io.github.codnn.serve;

import com.google.common.hash.Hashing;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTensor;
import io.github.codnn.split.TensorType;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Split models for tests. Stage one runs on device a and gives y = x + x, stage two on device b z = y + x; both results
 * are wanted. In a chain, stage two reads y alone, z = y + y, and only z is wanted.
 */
public final class TwoStages {

    private static final PipelineTensor X = PipelineTensor.of("x", TensorType.FLOAT, 1);
    private static final PipelineTensor Y = PipelineTensor.of("y", TensorType.FLOAT, 1);
    private static final PipelineTensor Z = PipelineTensor.of("z", TensorType.FLOAT, 1);

    private TwoStages() {}

    /** Writes the stages whose results are both wanted. */
    public static void write(Path folder) throws IOException {
        byte[] second = OnnxFile.opset(13)
                .input("y", OnnxFile.FLOAT, 1)
                .input("x", OnnxFile.FLOAT, 1)
                .node("Add", List.of("y", "x"), "z")
                .output("z", OnnxFile.FLOAT, 1)
                .bytes();
        write(
                folder,
                second,
                List.of(from(Y, "one"), from(X, PipelineManifest.CALLER)),
                List.of(from(Z, "two"), from(Y, "one")));
    }

    /** Writes the chain. */
    public static void writeChain(Path folder) throws IOException {
        byte[] second = OnnxFile.opset(13)
                .input("y", OnnxFile.FLOAT, 1)
                .node("Add", List.of("y", "y"), "z")
                .output("z", OnnxFile.FLOAT, 1)
                .bytes();
        write(folder, second, List.of(from(Y, "one")), List.of(from(Z, "two")));
    }

    private static void write(Path folder, byte[] second, List<PipelineRoute> inputs, List<PipelineRoute> outputs)
            throws IOException {
        byte[] first = OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 1)
                .node("Add", List.of("x", "x"), "y")
                .output("y", OnnxFile.FLOAT, 1)
                .bytes();
        PipelineManifest manifest = new PipelineManifest(
                "net.onnx",
                digest(first),
                List.of(X),
                List.of(
                        stage(folder, "one", "a", first, List.of(from(X, PipelineManifest.CALLER)), Y),
                        stage(folder, "two", "b", second, inputs, Z)),
                outputs,
                List.of(),
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        PipelineJson.write(manifest, folder.resolve(PipelineManifest.FILE_NAME));
    }

    private static PipelineStage stage(
            Path folder, String name, String device, byte[] bytes, List<PipelineRoute> inputs, PipelineTensor output)
            throws IOException {
        Files.write(folder.resolve(name + ".onnx"), bytes);
        return new PipelineStage(
                name,
                device,
                Optional.empty(),
                new PipelineFile(name + ".onnx", digest(bytes), bytes.length),
                List.of(),
                OptionalDouble.empty(),
                inputs,
                List.of(output));
    }

    private static PipelineRoute from(PipelineTensor tensor, String stage) {
        return new PipelineRoute(tensor, stage);
    }

    private static String digest(byte[] bytes) {
        return "sha256:" + Hashing.sha256().hashBytes(bytes);
    }
}
