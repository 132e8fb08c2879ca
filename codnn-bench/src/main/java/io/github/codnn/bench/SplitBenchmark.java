package io.github.codnn.bench;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.DynamicMessage;
import com.sun.management.OperatingSystemMXBean;
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
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * How long does it take to split a model of 553 MB, VGG-16 with random weights, into three stages? {@code copy} moves
 * the same bytes through a buffer, {@code copyInSystem} leaves that to the operating system; {@code digest} and {@code
 * sha256} read the file and compute what a plan may remember of it; {@code loadAndSave} is what a library does at least
 * that parses the whole file. All write to the folder of temporary files. {@code -prof
 * io.github.codnn.bench.SplitBenchmark$CpuTime} adds the processor time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 2)
@Measurement(iterations = 7)
public class SplitBenchmark {

    private static final int BUFFER_BYTES = 1 << 18;

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
    @TearDown(Level.Iteration)
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
        Files.delete(file);
        Files.delete(folder);
    }

    /**
     * Copies the bytes of the file through a direct buffer of the size that the splitter uses.
     *
     * @throws IOException if the file cannot be copied
     */
    @Benchmark
    public void copy() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    /**
     * Copies the file as the operating system likes.
     *
     * @throws IOException if the file cannot be copied
     */
    @Benchmark
    public void copyInSystem() throws IOException {
        Files.copy(file, out);
    }

    /**
     * Computes the SHA-256 of the file.
     *
     * @return whether it is made of zeros
     */
    @Benchmark
    public boolean sha256() {
        return new ModelFile("vgg16.onnx", "sha256:" + "0".repeat(64)).isContentOf(file);
    }

    /**
     * Computes the CRC-32C of the file.
     *
     * @return the digest
     */
    @Benchmark
    public ModelFile digest() {
        return ModelFile.of(file);
    }

    /**
     * Splits the model into three stages.
     *
     * @return the manifest
     */
    @Benchmark
    public PipelineManifest split() {
        return OnnxSplitter.withDefaults().splitAt(file, List.of("pool3", "fc6"), out);
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

    /** The processor time of the whole process for each iteration, which other processes disturb less than the time. */
    public static final class CpuTime implements InternalProfiler {

        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private long startNanos;

        /** Makes the profiler, by {@code -prof io.github.codnn.bench.SplitBenchmark$CpuTime}. */
        public CpuTime() {}

        @Override
        public String getDescription() {
            return "Processor time of the process for each iteration";
        }

        @Override
        public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
            startNanos = system.getProcessCpuTime();
        }

        @Override
        public Collection<? extends Result<?>> afterIteration(
                BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
            double millis = (system.getProcessCpuTime() - startNanos) * 1e-6;
            return List.of(new ScalarResult("cpu", millis, "ms", AggregationPolicy.AVG));
        }
    }
}
