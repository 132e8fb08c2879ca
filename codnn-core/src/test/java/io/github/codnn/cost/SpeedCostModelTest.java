package io.github.codnn.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.Layer;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.zoo.ModelZoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeedCostModelTest extends CostModelContract {

    private static final Layer LAYER = ModelZoo.ALEXNET.build().layers().get(0);
    private static final Device NANO = DevicePresets.JETSON_NANO_CPU.device("nano");

    @Override
    protected CostModel costModel() {
        return CostModel.withSpeed(RooflineCostModel.withPresets(), "nano", 2);
    }

    @Test
    void compute_namedDevice_takesHalfTheTimeAtTheSamePower() {
        Cost cost = RooflineCostModel.withPresets().compute(LAYER, NANO);

        assertThat(costModel().compute(LAYER, NANO)).isEqualTo(new Cost(cost.seconds() / 2, cost.joules() / 2));
        assertThat(costModel().compute(LAYER, NANO.withName("other"))).isEqualTo(cost);
        assertThat(CostModel.withSpeed((layer, device) -> Cost.IMPOSSIBLE, "nano", 2)
                        .compute(LAYER, NANO))
                .isEqualTo(Cost.IMPOSSIBLE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void withSpeed_wrongFactor_isRefused(double factor) {
        assertThatThrownBy(() -> CostModel.withSpeed(RooflineCostModel.withPresets(), "nano", factor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nano");
    }
}
