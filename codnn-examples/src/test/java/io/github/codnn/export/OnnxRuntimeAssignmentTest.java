package io.github.codnn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.codnn.CodnnException;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeAssignmentTest {

    @TempDir
    private Path folder;

    @Test
    void render_planOfTwoDevices_namesTheNodesOfEach() throws IOException {
        assertThat(OnnxRuntimeAssignment.render(plan(), Map.of("b", "gpu"))).isEqualTo("cpu(first); gpu(second)");
        assertThat(OnnxRuntimeAssignment.render(plan(), Map.of())).isEqualTo("cpu(first, second)");
    }

    @Test
    void render_wrongDeviceOrDesignator_isRefused() throws IOException {
        Plan plan = plan();

        assertThatThrownBy(() -> OnnxRuntimeAssignment.render(plan, Map.of("c", "gpu")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("nothing on device 'c'");
        assertThatThrownBy(() -> OnnxRuntimeAssignment.render(plan, Map.of("b", "abacus")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'abacus' is no device of ONNX Runtime");
    }

    @Test
    void render_nameThatIsPartOfAnotherElsewhere_isRefused() throws IOException {
        Plan plan = plan("add", "add_1");

        assertThat(OnnxRuntimeAssignment.render(plan, Map.of())).isEqualTo("cpu(add, add_1)");
        assertThatThrownBy(() -> OnnxRuntimeAssignment.render(plan, Map.of("b", "gpu")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'add' on cpu would move 'add_1' from gpu");
    }

    /** A text that is not of the option's form is refused, so the session does read it. */
    @Test
    void session_withOption_loadsTheModel() throws IOException, OrtException {
        String value = OnnxRuntimeAssignment.render(plan(), Map.of());
        String model = folder.resolve("net.onnx").toString();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();

        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.addConfigEntry(OnnxRuntimeAssignment.KEY, value);
            try (OrtSession session = environment.createSession(model, options)) {
                assertThat(session.getOutputNames()).containsExactly("z");
            }
            options.addConfigEntry(OnnxRuntimeAssignment.KEY, "cpu(");
            assertThatThrownBy(() -> environment.createSession(model, options)).isInstanceOf(OrtException.class);
        }
    }

    private Plan plan() throws IOException {
        return plan("first", "second");
    }

    private Plan plan(String first, String second) throws IOException {
        Path file = Files.write(
                folder.resolve("net.onnx"),
                OnnxFile.opset(13)
                        .input("x", OnnxFile.FLOAT, 1)
                        .named(first, "Add", List.of("x", "x"), List.of("y"))
                        .named(second, "Add", List.of("y", "y"), List.of("z"))
                        .output("z", OnnxFile.FLOAT, 1)
                        .bytes());
        Platform platform = Platform.builder()
                .device("a", DevicePresets.RASPBERRY_PI_3B_PLUS)
                .device("b", DevicePresets.JETSON_NANO_GPU)
                .links(Link.symmetric("a", "b", 1e6, 0))
                .build();
        Scenario scenario =
                Scenario.of(Task.of("net", OnnxReader.withDefaults().read(file).graph(), "a"), platform);
        return PlanEvaluator.of(scenario).plan(new Placement(Map.of("net", Map.of(first, "a", second, "b"))));
    }
}
