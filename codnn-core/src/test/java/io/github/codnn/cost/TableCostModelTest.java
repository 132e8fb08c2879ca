package io.github.codnn.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.platform.Device;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableCostModelTest {

    private static final Device DEVICE = Device.of("d", "k").withWatts(4, 1);
    private static final Device OTHER = Device.of("e", "other").withWatts(2, 1);
    private static final Layer A = layer("a", new Operator.Other("Mine"));
    private static final Layer B = layer("b", new Operator.Other("Mine"));
    private static final Layer BLOCK = layer(
            "block",
            new Operator.Block("Pair", LayerGraph.builder("body").add(A).add(B).build()));
    private static final Map<String, Double> SECONDS = Map.of("k", 1.5, "other", 2.0);
    private static final TableCostModel TIMES = TableCostModel.of(Map.of("a", SECONDS, "b", SECONDS));

    private static Layer layer(String name, Operator operator) {
        return Layer.of(name, operator, List.of(), List.of());
    }

    private static TableCostModel withJoules(TableCostModel model, String layer, double joules) {
        return model.withJoules(Map.of("Mine", Map.of(layer, Map.of("k", joules))));
    }

    @Test
    void compute_measuredJoules_replacePowerTimesTimeWhereTheyAreKnown() {
        TableCostModel model = withJoules(TIMES, "a", 7);

        assertThat(model.compute(A, DEVICE)).isEqualTo(new Cost(1.5, 7));
        assertThat(model.compute(A, OTHER)).isEqualTo(new Cost(2, 4));
        assertThat(model.compute(B, DEVICE)).isEqualTo(new Cost(1.5, 6));
        assertThat(model.compute(layer("a", new Operator.MatMul()), DEVICE)).isEqualTo(new Cost(1.5, 6));
        assertThat(withJoules(model, "b", 0).compute(A, DEVICE)).isEqualTo(new Cost(1.5, 7));
        assertThat(withJoules(model, "b", 0).compute(B, DEVICE)).isEqualTo(new Cost(1.5, 0));
    }

    @Test
    void compute_blockWithJoules_addsThoseOfItsLayersUnlessItWasMeasured() {
        TableCostModel model = withJoules(TIMES, "a", 7);
        TableCostModel measured = model.withLayers(Map.of("block", Map.of("k", 5.0)));

        assertThat(model.compute(BLOCK, DEVICE)).isEqualTo(new Cost(3, 13));
        assertThat(measured.compute(BLOCK, DEVICE)).isEqualTo(new Cost(5, 20));
        assertThat(measured.withJoules(Map.of("Pair", Map.of("block", Map.of("k", 9.0))))
                        .compute(BLOCK, DEVICE))
                .isEqualTo(new Cost(5, 9));
    }

    @Test
    void withJoules_noEnergy_isRefused() {
        for (double joules : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 2e18}) {
            assertThatThrownBy(() -> withJoules(TIMES, "a", joules)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unknownWork_statedReasons_holdForTheirLayerAndKindOnly() {
        TableCostModel model = TIMES.withUnknownWork("Mine", Map.of("a", Map.of("k", "it was guessed")))
                .withUnknownWork("Mine", Map.of("b", Map.of("other", "it was drawn")));

        assertThat(model.unknownWork(A, DEVICE)).contains("it was guessed");
        assertThat(model.unknownWork(A, OTHER)).isEmpty();
        assertThat(model.unknownWork(B, DEVICE)).isEmpty();
        assertThat(model.unknownWork(B, OTHER)).contains("it was drawn");
        assertThat(model.unknownWork(BLOCK, DEVICE)).contains("in 'a' it was guessed");
        assertThat(model.unknownWork(BLOCK, OTHER)).contains("in 'b' it was drawn");
        assertThat(TIMES.unknownWork(A, DEVICE)).isEmpty();
    }

    @Test
    void unknownWork_anyModel_leavesOutUnknownOperatorsOnly() {
        CostModel free = (layer, device) -> Cost.ZERO;
        Layer partly = layer("p", new Operator.Other("Mine", true)).withMacs(1);
        Optional<String> unknown = Optional.of("the work of operator 'Mine' is not known");

        assertThat(free.unknownWork(A, DEVICE)).isEqualTo(unknown);
        assertThat(free.unknownWork(A.withMacs(1), DEVICE)).isEmpty();
        assertThat(free.unknownWork(partly, DEVICE)).contains("a part of the work of operator 'Mine' is not known");
        assertThat(free.unknownWork(layer("m", new Operator.MatMul()), DEVICE)).isEmpty();
        assertThat(free.unknownWork(BLOCK, DEVICE)).contains("in 'a' " + unknown.orElseThrow());
        assertThat(CostModel.withSpeed(free, "d", 2).unknownWork(A, DEVICE)).isEqualTo(unknown);
        assertThat(CostModel.withSpeed(TIMES, "d", 2).unknownWork(A, DEVICE)).isEmpty();
        assertThat(CostModel.byKind(Map.of("k", TIMES), free).unknownWork(A, DEVICE))
                .isEmpty();
        assertThat(CostModel.byKind(Map.of("k", TIMES), free).unknownWork(A, OTHER))
                .isEqualTo(unknown);
    }

    @Test
    void equals_anyPartThatDiffers_isNotEqual() {
        List<TableCostModel> models = List.of(
                TIMES,
                TIMES.withOperator("Mine", Map.of("a", SECONDS)),
                withJoules(TIMES, "a", 7),
                TIMES.withUnknownWork("Mine", Map.of("a", Map.of("k", "it was guessed"))));

        assertThat(models).doesNotHaveDuplicates();
        assertThat(models.stream().map(TableCostModel::hashCode)).doesNotHaveDuplicates();
        assertThat(models.get(1)).hasToString("TableCostModel[2 layers, 1 operators]");
    }

    @Test
    void layerTimes_knownCosts_areThoseOfTheNamedDevice() {
        LayerTimes model = LayerTimes.of("d", Map.of("a", new Cost(1, 2), "b", Cost.IMPOSSIBLE), TIMES);

        assertThat(model.compute(A, DEVICE)).isEqualTo(new Cost(1, 2));
        assertThat(model.compute(B, DEVICE)).isEqualTo(Cost.IMPOSSIBLE);
        assertThat(model.compute(A, OTHER)).isEqualTo(new Cost(2, 4));
        assertThat(LayerTimes.of("k", Map.of("a", new Cost(1, 2)), TIMES).compute(A, DEVICE))
                .isEqualTo(new Cost(1, 2));
        CostModel unsure = (layer, device) -> Cost.ZERO;
        assertThat(LayerTimes.of("d", Map.of("a", Cost.ZERO), unsure).unknownWork(A, DEVICE))
                .isEmpty();
        assertThat(LayerTimes.of("d", Map.of("a", Cost.ZERO), unsure).unknownWork(A, OTHER))
                .isPresent();
    }
}
