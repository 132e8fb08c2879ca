package io.github.codnn.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.zoo.ModelZoo;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KindCostModelTest extends CostModelContract {

    private static final Cost FITTED = new Cost(0.25, 0.5);

    private static final Cost TRANSFER = new Cost(3, 4);

    private static final Device NANO = DevicePresets.JETSON_NANO_CPU.device("nano");

    private static final Layer LAYER = ModelZoo.ALEXNET.build().layers().get(0);

    @Override
    protected CostModel costModel() {
        return CostModel.byKind(Map.of(NANO.kind(), RooflineCostModel.withPresets()), RooflineCostModel.withPresets());
    }

    @Test
    void compute_kindWithItsOwnModel_asksThatModel() {
        CostModel model = CostModel.byKind(Map.of(NANO.kind(), (layer, device) -> FITTED), new Otherwise());

        assertThat(model.compute(LAYER, NANO)).isEqualTo(FITTED);
        assertThat(model.compute(LAYER, DevicePresets.RASPBERRY_PI_4B.device("pi")))
                .isEqualTo(Cost.ZERO);
    }

    @Test
    void transfer_ofAnyTensor_asksTheOtherModel() {
        CostModel model = CostModel.byKind(Map.of(NANO.kind(), (layer, device) -> FITTED), new Otherwise());
        Tensor tensor = ModelZoo.ALEXNET.build().inputs().get(0);

        assertThat(model.transfer(tensor, Link.of("a", "b", 1e6, 0))).isEqualTo(TRANSFER);
    }

    @Test
    void byKind_mapChangedAfterwards_keepsItsModels() {
        Map<String, CostModel> models = new HashMap<>(Map.of(NANO.kind(), (layer, device) -> FITTED));
        CostModel model = CostModel.byKind(models, new Otherwise());
        models.clear();

        assertThat(model.compute(LAYER, NANO)).isEqualTo(FITTED);
    }

    /** A model with transfers of its own, which a lambda cannot have. */
    private static final class Otherwise implements CostModel {

        @Override
        public Cost compute(Layer layer, Device device) {
            return Cost.ZERO;
        }

        @Override
        public Cost transfer(Tensor tensor, Link link) {
            return TRANSFER;
        }
    }
}
