package io.github.codnn.bench;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.DynamicMessage;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.zoo.ModelZoo;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to split a model of 553 MB, VGG-16 with random weights, into three stages? {@code copy} moves
 * the same bytes; {@code digest} is what the manifest demands besides, once for the model and once for the stages;
 * {@code loadAndSave} is what a library does at least that parses the whole file. All write to the folder of temporary
 * files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 2)
@Measurement(iterations = 7)
public class SplitBenchmark {

    private static final int BUFFER_BYTES = 1 << 18;

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private Path folder = Path.of("");
    private Path file = Path.of("");
    private Path out = Path.of("");
    private Descriptor model = DescriptorProto.getDescriptor();

    /** Makes the benchmark; its state is set up by {@link #write()}. */
    public SplitBenchmark() {}

    /**
     * Writes the model.
     *
     * @throws IOException if it cannot be written
     * @throws DescriptorValidationException never, the description is fixed
     */
    @Setup(Level.Trial)
    public void write() throws IOException, DescriptorValidationException {
        folder = Files.createTempDirectory("codnn-split");
        file = folder.resolve("vgg16.onnx");
        out = folder.resolve("out");
        OnnxWriter.withDefaults()
                .withRandomWeights(1)
                .write(ModelZoo.named("vgg16").build(), file);
        model = OnnxMessages.model();
    }

    /**
     * Deletes what a run has written.
     *
     * @throws IOException if it cannot be deleted
     */
    @TearDown(Level.Invocation)
    public void clear() throws IOException {
        if (Files.isDirectory(out)) {
            try (Stream<Path> files = Files.list(out)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.deleteIfExists(out);
    }

    /**
     * Deletes the model.
     *
     * @throws IOException if it cannot be deleted
     */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        executor.shutdownNow();
        Files.delete(file);
        Files.delete(folder);
    }

    /**
     * Copies the bytes of the file through a buffer of the size that the splitter uses.
     *
     * @throws IOException if the file cannot be copied
     */
    @Benchmark
    public void copy() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream from = Files.newInputStream(file);
                OutputStream to = Files.newOutputStream(out)) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
            }
        }
    }

    /**
     * Computes the SHA-256 of the file.
     *
     * @return the digest
     */
    @Benchmark
    public ModelFile digest() {
        return ModelFile.of(file);
    }

    /**
     * Splits the model into three stages, one thread for all.
     *
     * @return the manifest
     */
    @Benchmark
    public PipelineManifest split() {
        return OnnxSplitter.withDefaults().splitAt(file, List.of("pool3", "fc6"), out);
    }

    /**
     * Splits the model into three stages, with a second thread for its digest.
     *
     * @return the manifest
     */
    @Benchmark
    public PipelineManifest splitWithExecutor() {
        return OnnxSplitter.withDefaults().withExecutor(executor).splitAt(file, List.of("pool3", "fc6"), out);
    }

    /**
     * Parses all messages of the file, weights included, and writes them to one file.
     *
     * @throws IOException if the file cannot be read or written
     */
    @Benchmark
    public void loadAndSave() throws IOException {
        DynamicMessage message;
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            message = DynamicMessage.parseFrom(model, CodedInputStream.newInstance(stream));
        }
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(out), 1 << 20)) {
            message.writeTo(stream);
        }
    }
}
