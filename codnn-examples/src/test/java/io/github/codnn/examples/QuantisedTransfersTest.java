package io.github.codnn.examples;

import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.CostModelContract;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.examples.CustomCostModel.QuantisedTransfers;

// region contract
class QuantisedTransfersTest extends CostModelContract {
    @Override
    protected CostModel costModel() {
        return new QuantisedTransfers(RooflineCostModel.withPresets());
    }
}
// endregion
