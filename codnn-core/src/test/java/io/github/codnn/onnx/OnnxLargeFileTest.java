package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.LargeOnnxFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxLargeFileTest {

    @TempDir
    Path folder;

    /** What a thread allocates in all is more than its heap ever holds at a time. */
    @Test
    void read_fileOfMoreThan500Megabytes_allocatesLessThan64Megabytes() throws IOException {
        Path file = LargeOnnxFile.writeSparse(folder.resolve("vgg19.onnx"));
        assertThat(Files.size(file)).isGreaterThan(500L << 20);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        LayerGraph graph = OnnxReader.withDefaults().read(file).graph();

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
        assertThat(graph.macs()).isEqualTo(19_632_062_464L);
        assertThat(graph.parameters()).isEqualTo(143_667_240L);
        assertThat(graph.parameterBytes()).isEqualTo(4 * 143_667_240L);
    }
}
