package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.OnnxCase;
import io.github.codnn.testing.OnnxImageCases;
import io.github.codnn.testing.OnnxSequenceCases;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One small model per operator and way of writing it. The same cases are run through ONNX Runtime in another module.
 */
class OnnxOperatorsTest {

    @TempDir
    Path folder;

    static Stream<OnnxCase> cases() {
        return Stream.concat(OnnxImageCases.all().stream(), OnnxSequenceCases.all().stream());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_operator_givesShapesAndCounts(OnnxCase expected) {
        ImportedModel imported = OnnxReader.withDefaults().read(expected.model().write(folder));

        LayerGraph graph = imported.graph();
        assertThat(graph.outputs())
                .extracting(tensor -> tensor.shape().toString())
                .containsExactlyElementsOf(expected.shapes());
        assertThat(graph.macs()).as("MACs").isEqualTo(expected.macs());
        assertThat(graph.parameters()).as("parameters").isEqualTo(expected.parameters());
        assertThat(imported.unknownOperators()).isEmpty();
    }
}
