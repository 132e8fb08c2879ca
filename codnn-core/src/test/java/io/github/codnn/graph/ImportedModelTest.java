package io.github.codnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportedModelTest {

    private static final Tensor X = Tensor.float32("x", 1, 3);
    private static final Layer LAYER = Layer.of("a", new Operator.Other("Own"), List.of(X), List.of());

    @TempDir
    private Path folder;

    private static LayerGraph network(Layer... layers) {
        LayerGraph.Builder builder = LayerGraph.builder("net").input(X);
        List.of(layers).forEach(builder::add);
        return builder.build();
    }

    @Test
    void notices_ofTheModel_areThoseOfItsNetworkWithTheUnknownOperatorsInOrder() {
        ImportedModel model = new ImportedModel(network(LAYER), Map.of("Own", 1, "Alien", 2), List.of("First."));

        assertThat(model.notices()).containsExactly("First.");
        assertThat(model.graph().notices())
                .containsExactly(
                        "First.",
                        "Unknown operators, whose work is not counted, with the number of their layers:"
                                + " Alien (2), Own (1).");
        assertThat(ImportedModel.of(network(LAYER)))
                .isEqualTo(new ImportedModel(network(LAYER), Map.of(), List.of(), List.of()));
        assertThat(ImportedModel.of(network(LAYER)).graph().notices()).isEmpty();
    }

    @Test
    void assumedDimensions_someGiven_areTheOthersInTheirOrder() {
        OpenDimension batch = new OpenDimension("batch", List.of("x"), 1, true);
        OpenDimension length = new OpenDimension("length", List.of("x"), 8, false);
        OpenDimension width = new OpenDimension("width", List.of("x"), 1, true);

        assertThat(new ImportedModel(network(LAYER), Map.of(), List.of(batch, length, width), List.of())
                        .assumedDimensions())
                .containsExactly(batch, width);
    }

    @Test
    void model_sumsThatOverflow_isRefused() {
        Layer rest = Layer.of("b", new Operator.Other("Own"), List.of(X), List.of());

        for (Layer most : List.of(
                LAYER.withMacs(Long.MAX_VALUE - 1),
                LAYER.withParameters(Long.MAX_VALUE - 1, 0),
                LAYER.withParameters(0, Long.MAX_VALUE - 1))) {
            LayerGraph largest = network(most, rest.withMacs(1).withParameters(1, 1));
            LayerGraph tooLarge = network(most, rest.withMacs(2).withParameters(2, 2));

            assertThat(ImportedModel.of(largest).graph()).isEqualTo(largest);
            assertThatThrownBy(() -> ImportedModel.of(tooLarge))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("of network 'net' up to layer 'b' are more than 2^63 - 1");
        }
    }

    @Test
    void modelFile_anyFile_isToldByItsContent() throws IOException {
        Path file = Files.write(folder.resolve("net.onnx"), "123456789".getBytes(StandardCharsets.US_ASCII));
        Path copy = Files.copy(file, folder.resolve("copy.onnx"));
        Path other = Files.write(folder.resolve("other.onnx"), "123456798".getBytes(StandardCharsets.US_ASCII));

        // The check value in RFC 3720 and the catalogue of CRC algorithms.
        assertThat(ModelFile.of(file)).isEqualTo(new ModelFile("net.onnx", "crc32c:e3069283"));
        assertThat(ModelFile.of(file).isContentOf(copy)).isTrue();
        assertThat(ModelFile.of(file).isContentOf(other)).isFalse();
        ModelFile sha256 =
                new ModelFile("net.onnx", "sha256:15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
        assertThat(sha256.isContentOf(copy)).isTrue();
        assertThat(sha256.isContentOf(other)).isFalse();
        assertThatThrownBy(() -> ModelFile.of(folder.resolve("none")))
                .isInstanceOf(CodnnException.class)
                .hasMessageEndingWith("none: there is no such file");
        assertThatThrownBy(() -> sha256.isContentOf(folder)).isInstanceOf(CodnnException.class);
    }
}
