package io.github.codnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.platform.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerModelTest {

    private static final SyntheticDevice DEVICE = new SyntheticDevice(2e-11, 1e-10, 0.2, 3);
    private static final Measurements MEASURED = measured();

    @TempDir
    private Path folder;

    private static double law(Layer layer, double seconds) {
        return 2.5 * seconds + 4e-11 * layer.macs();
    }

    private static Measurements measured() {
        List<Measurement> rows = new ArrayList<>();
        for (Measurement row : DEVICE.measure(SyntheticDevice.layers(200, 1)).rows()) {
            rows.add(row.withJoules(law(row.layer(), row.seconds())));
        }
        return Measurements.of(rows);
    }

    @Test
    void fit_knownLaw_recoversWattsAndEnergyOfWork() {
        PowerModel power = PowerModel.fit(MEASURED);

        PowerModel.Rates rates = power.byKind().get("Conv");
        assertThat(rates.watts()).isCloseTo(2.5, Percentage.withPercentage(0.01));
        assertThat(rates.joulesPerMac()).isCloseTo(4e-11, Percentage.withPercentage(0.01));
        Layer pool = SyntheticDevice.elementwise("p", new Operator.Activation("Tanh"), 3, 9);
        assertThat(power.joules(pool, 0.5)).isCloseTo(1.25, Percentage.withPercentage(1));
    }

    /** The law is linear, so that an error of the time is the only one, and less of the whole where MACs add energy. */
    @Test
    void accuracy_knownLaw_isThatOfTheTimes() {
        CrossValidation times = RegressionTrainer.withDefaults().crossValidate(MEASURED, 5, 1);

        List<OperatorFit> energy = PowerModel.accuracy(times);

        assertThat(energy.stream().map(OperatorFit::operator))
                .containsExactlyElementsOf(times.report().operators().stream()
                        .map(OperatorFit::operator)
                        .toList());
        assertThat(energy).allSatisfy(fit -> {
            OperatorFit time = times.report().operator(fit.operator()).orElseThrow();
            assertThat(fit.n()).isEqualTo(time.n());
            assertThat(fit.mape()).isBetween(0.1 * time.mape(), time.mape() + 0.001);
        });
    }

    /** A row that follows another law has the full error, because its own joules are not fitted. */
    @Test
    void accuracy_rowOfAnotherLaw_isPredictedWithoutIt() {
        List<Measurement> rows = new ArrayList<>(MEASURED.rows());
        Measurement other = rows.get(0);
        rows.set(0, other.withJoules(1000 * law(other.layer(), other.seconds())));
        CrossValidation times = RegressionTrainer.withDefaults().crossValidate(Measurements.of(rows), 5, 1);

        OperatorFit fit = PowerModel.accuracy(times).stream()
                .filter(each -> each.operator().equals(other.kind()))
                .findFirst()
                .orElseThrow();

        assertThat(fit.mape()).isBetween(0.99 / fit.n(), 1.5);
        assertThat(fit.within10()).isLessThan(1);
    }

    @Test
    void accuracy_someRowsWithJoules_countsThem() {
        List<Measurement> rows = new ArrayList<>();
        for (Measurement row : DEVICE.measure(SyntheticDevice.layers(60, 1)).rows()) {
            rows.add(rows.size() % 10 == 0 ? row.withJoules(law(row.layer(), row.seconds())) : row);
        }
        CrossValidation times = RegressionTrainer.withDefaults().crossValidate(Measurements.of(rows), 5, 1);

        assertThat(PowerModel.accuracy(times).stream().mapToInt(OperatorFit::n).sum())
                .isEqualTo((int) times.heldOut().stream()
                        .filter(row -> row.measurement().joules().isPresent())
                        .count())
                .isPositive();
    }

    @Test
    void accuracy_fewerThanTwoRowsWithJoules_isEmpty() {
        List<Measurement> rows =
                new ArrayList<>(DEVICE.measure(SyntheticDevice.layers(20, 1)).rows());
        RegressionTrainer trainer = RegressionTrainer.withDefaults();
        assertThat(PowerModel.accuracy(trainer.crossValidate(Measurements.of(rows), 5, 1)))
                .isEmpty();
        rows.set(0, rows.get(0).withJoules(1));

        assertThat(PowerModel.accuracy(trainer.crossValidate(Measurements.of(rows), 5, 1)))
                .isEmpty();
    }

    @Test
    void compute_withPower_takesItsEnergyAlsoForBlocks() {
        PowerModel power = PowerModel.fit(MEASURED);
        RegressionCostModel model = RegressionCostModel.of(
                        "pi", RegressionTrainer.withDefaults().fit(MEASURED))
                .withPower("pi", power);
        Device device = Device.of("d", "pi").withWatts(99, 1);
        Layer layer = SyntheticDevice.convolution("c", 30, 30, 30, 3);
        LayerGraph body = LayerGraph.builder("body")
                .input(layer.inputs().get(0))
                .add(layer)
                .build();
        Layer block = Layer.of("b", new Operator.Block("B", body), layer.inputs(), layer.outputs());

        Cost cost = model.compute(layer, device);

        assertThat(cost.joules()).isEqualTo(power.joules(layer, cost.seconds()));
        assertThat(cost.joules()).isCloseTo(law(layer, cost.seconds()), Percentage.withPercentage(0.1));
        assertThat(model.compute(block, device)).isEqualTo(cost);
        assertThatThrownBy(() -> power.joules(block, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'b'");
    }

    @Test
    void write_thenRead_keepsPowerAndJoules() {
        RegressionCostModel model = RegressionCostModel.of(
                        "pi", RegressionTrainer.withDefaults().fit(MEASURED))
                .withPower("pi", PowerModel.fit(MEASURED));
        model.write(folder.resolve("model.json"));
        MEASURED.write(folder.resolve("rows.csv"));

        assertThat(RegressionCostModel.read(folder.resolve("model.json")).power("pi"))
                .isEqualTo(model.power("pi"));
        Measurements read = Measurements.read(folder.resolve("rows.csv"));
        assertThat(read.rows()).allMatch(row -> row.joules().isPresent());
        assertThat(read.rows().get(0).joules()).isEqualTo(MEASURED.rows().get(0).joules());
    }

    @Test
    void fit_withoutJoules_isRefused() {
        assertThatThrownBy(() -> PowerModel.fit(DEVICE.measure(SyntheticDevice.layers(20, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with joules");
        RegressionCostModel model =
                RegressionCostModel.of("pi", RegressionTrainer.withDefaults().fit(MEASURED));
        assertThatThrownBy(() -> model.withPower("mars", PowerModel.fit(MEASURED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mars");
    }
}
