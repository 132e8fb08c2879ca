package io.github.codnn.bench;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.DynamicMessage;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.zoo.ModelZoo;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast are exports of the zoo read, compared with a full protobuf parse of the same file? For VGG-19 (575 MB),
 * {@code read} must reach ten times the megabytes per second of {@code fullParse}. Run with {@code -prof gc} for
 * allocated bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class ImportBenchmark {

    /** The network: few bytes in many layers first, few layers with many bytes last. */
    @Param({"squeezenet1.1", "mobilenet-v2", "densenet121", "resnet152", "bert-base", "vgg19"})
    public String network = "vgg19";

    private Path folder = Path.of("");
    private Path file = Path.of("");
    private Descriptor model = DescriptorProto.getDescriptor();

    /** Makes the benchmark; its state is set up by {@link #write()}. */
    public ImportBenchmark() {}

    /** The amount of data processed. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Volume {
        /** Megabytes of 10^6 bytes. */
        public double megabytes;

        /** Makes the counter. */
        public Volume() {}
    }

    /**
     * Writes the file and describes its large messages to protobuf.
     *
     * @throws IOException if the file cannot be written
     * @throws DescriptorValidationException never, the description is fixed
     */
    @Setup(Level.Trial)
    public void write() throws IOException, DescriptorValidationException {
        folder = Files.createTempDirectory("codnn-import");
        file = folder.resolve(network + ".onnx");
        OnnxWriter.withDefaults()
                .withRandomWeights(1)
                .write(ModelZoo.named(network).build(), file);
        model = OnnxMessages.model();
    }

    /**
     * Deletes the file.
     *
     * @throws IOException if it cannot be deleted
     */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
        Files.delete(folder);
    }

    /**
     * Reads the structure and skips the weights.
     *
     * @param volume the amount of data read
     * @return the model
     * @throws IOException if the file cannot be read
     */
    @Benchmark
    public ImportedModel read(Volume volume) throws IOException {
        volume.megabytes += Files.size(file) / 1e6;
        return OnnxReader.withDefaults().read(file);
    }

    /**
     * Parses all messages, weights included, as every ONNX library does.
     *
     * @param volume the amount of data read
     * @return the message
     * @throws IOException if the file cannot be read
     */
    @Benchmark
    public DynamicMessage fullParse(Volume volume) throws IOException {
        volume.megabytes += Files.size(file) / 1e6;
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            return DynamicMessage.parseFrom(model, CodedInputStream.newInstance(stream));
        }
    }
}
