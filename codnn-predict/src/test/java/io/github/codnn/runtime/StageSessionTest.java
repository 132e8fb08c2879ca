package io.github.codnn.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One addition of a vector of open length and a constant. */
class StageSessionTest {

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writeModel() throws IOException {
        byte[] model = OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 1, "N")
                .real("half", 0.5f)
                .node("Add", List.of("x", "half"), "y")
                .output("y", OnnxFile.FLOAT, 1, "N")
                .bytes();
        file = Files.write(folder.resolve("stage.onnx"), model);
    }

    @Test
    void run_framesOfSeveralShapes_givesTheOutputs() {
        try (StageSession session = StageSession.open(file, StageSettings.withDefaults())) {
            assertThat(session.inputs())
                    .containsExactly(new DeclaredTensor("x", ElementType.FLOAT32, List.of(1L, -1L)));
            assertThat(session.outputs()).extracting(DeclaredTensor::name).containsExactly("y");
            assertThat(session.run(List.of(floats("x", 1, 2)))).containsExactly(floats("y", 1.5f, 2.5f));
            assertThat(session.run(List.of(floats("x", 7)))).containsExactly(floats("y", 7.5f));
        }
    }

    @Test
    void run_optimizedOnTwoThreads_givesTheSame() {
        StageSettings settings = StageSettings.withDefaults().withThreads(2).withOptimized(true);
        try (StageSession session = StageSession.open(file, settings)) {
            assertThat(session.run(List.of(floats("x", 1)))).containsExactly(floats("y", 1.5f));
        }
    }

    @Test
    void run_wrongInputs_namesTheInput() {
        try (StageSession session = StageSession.open(file, StageSettings.withDefaults())) {
            assertRefused(session, "'x' is missing");
            assertRefused(session, "'x' is given twice", floats("x", 1), floats("x", 1));
            assertRefused(session, "no input 'z'", floats("x", 1), floats("z", 1));
            assertRefused(
                    session, "must be FLOAT32 [1, -1], but is FLOAT32 [1]", TensorValue.zeros(Tensor.float32("x", 1)));
        }
    }

    private static void assertRefused(StageSession session, String reason, TensorValue... values) {
        assertThatThrownBy(() -> session.run(List.of(values)))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("stage.onnx: ")
                .hasMessageContaining(reason);
    }

    @Test
    void run_afterClose_isRefused() {
        StageSession session = StageSession.open(file, StageSettings.withDefaults());
        session.close();
        session.close();

        assertRefused(session, "closed", floats("x", 1));
    }

    @Test
    void open_brokenOrMissingFile_namesIt() throws IOException {
        Path broken = Files.write(folder.resolve("broken.onnx"), new byte[] {1, 2, 3});

        for (Path bad : List.of(broken, folder.resolve("none.onnx"), folder)) {
            assertThatThrownBy(() -> StageSession.open(bad, StageSettings.withDefaults()))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageStartingWith(bad + ": ");
        }
    }

    private static TensorValue floats(String name, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return TensorValue.of(Tensor.float32(name, 1, values.length), bytes.array());
    }
}
