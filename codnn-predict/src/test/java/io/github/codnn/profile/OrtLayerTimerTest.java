package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrtLayerTimerTest {

    /** Eight copies, but together no more than 64 MiB of weights and 10^9 multiply-accumulates. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 8",
        "1000, 1000, 8",
        "8388608, 0, 8",
        "9437184, 0, 7",
        "67108864, 0, 1",
        "151000000, 0, 1",
        "0, 100000000, 8",
        "36864, 300000000, 3",
        "36864, 1850000000, 1"
    })
    void copies_ofLargeLayers_areFewer(long weightBytes, long macs, int copies) {
        Layer layer = Layer.of(
                        "fc",
                        new Operator.FullyConnected(),
                        List.of(Tensor.float32("x", 1, 8)),
                        List.of(Tensor.float32("y", 1, 8)))
                .withParameters(weightBytes / 4, weightBytes)
                .withMacs(macs);

        assertThat(OrtLayerTimer.copies(layer)).isEqualTo(copies);
    }
}
