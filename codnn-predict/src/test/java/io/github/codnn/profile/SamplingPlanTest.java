package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.Layer;
import io.github.codnn.predict.LayerFeatures;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SamplingPlanTest {

    @Test
    void layers_sameSeed_areTheSameAndExtendEachOther() {
        SamplingPlan plan = SamplingPlan.withDefaults();

        assertThat(plan.layers(200, 3)).startsWith(plan.layers(50, 3).toArray(Layer[]::new));
        assertThat(plan.layers(50, 4)).isNotEqualTo(plan.layers(50, 3));
    }

    @Test
    void layers_many_coverKindsWithinLimits() {
        List<Layer> layers = new SamplingPlan(500_000_000, 1_000_000).layers(600, 1);

        assertThat(layers.stream().collect(Collectors.groupingBy(LayerFeatures::kindOf, Collectors.counting())))
                .containsKeys(
                        "Conv", "ConvGroup", "Gemm", "MatMul", "MaxPool", "AveragePool", "Relu", "Sigmoid", "Tanh")
                .containsKeys("Softmax", "Add", "Concat", "BatchNormalization", "LRN", "LayerNormalization")
                .hasEntrySatisfying("Conv", count -> assertThat(count).isGreaterThan(100));
        assertThat(layers).allSatisfy(layer -> {
            assertThat(layer.macs()).isLessThanOrEqualTo(500_000_000);
            assertThat(layer.inputBytes()).isLessThanOrEqualTo(4_000_000);
        });
    }

    @Test
    void layers_limitsTooTight_isRefusedPromptly() {
        assertThatThrownBy(() -> new SamplingPlan(1, 2).layers(10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe allow larger ones");
    }
}
