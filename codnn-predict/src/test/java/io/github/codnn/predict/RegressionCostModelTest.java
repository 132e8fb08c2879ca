package io.github.codnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.platform.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionCostModelTest {

    private static final SyntheticDevice DEVICE = new SyntheticDevice(2e-11, 1e-10, 0.1, 3);
    private static final Measurements MEASURED = DEVICE.measure(SyntheticDevice.layers(80, 1));

    @TempDir
    private Path folder;

    @Test
    void compute_knownDevice_costsTimeAndActivePower() {
        LayerRegression regression = RegressionTrainer.withDefaults().fit(MEASURED);
        RegressionCostModel model = RegressionCostModel.of("pi", regression);
        Layer layer = SyntheticDevice.relu("r", 30, 30);

        Cost cost = model.compute(layer, Device.of("d", "pi").withWatts(5, 2));

        double seconds = regression.predict(layer).seconds();
        assertThat(cost).isEqualTo(new Cost(seconds, 5 * seconds));
    }

    @Test
    void unknownWork_measuredKindAndSize_isNone() {
        RegressionCostModel model =
                RegressionCostModel.of("pi", RegressionTrainer.withDefaults().fit(MEASURED));
        Layer measured = MEASURED.rows().get(0).layer();

        assertThat(model.unknownWork(measured, Device.of("d", "pi"))).isEmpty();
    }

    @Test
    void unknownWork_largerThanMeasured_saysSo() {
        RegressionCostModel model =
                RegressionCostModel.of("pi", RegressionTrainer.withDefaults().fit(MEASURED));
        Layer huge = SyntheticDevice.relu("r", 30_000, 300);

        assertThat(model.unknownWork(huge, Device.of("d", "pi")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("outside the sizes of 'Relu'"));
    }

    @Test
    void unknownWork_kindNeverMeasured_saysSoAndBlocksToo() {
        RegressionCostModel model =
                RegressionCostModel.of("pi", RegressionTrainer.withDefaults().fit(MEASURED));
        Layer small = SyntheticDevice.relu("r", 3, 3);
        Layer mystery = Layer.of("m", new Operator.Other("Mystery"), small.inputs(), small.outputs());
        LayerGraph body = LayerGraph.builder("body")
                .input(small.inputs().get(0))
                .add(mystery)
                .build();
        Layer block = Layer.of("b", new Operator.Block("Block", body), small.inputs(), small.outputs());

        assertThat(model.unknownWork(mystery, Device.of("d", "pi")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("no layer of kind 'Mystery' was measured"));
        assertThat(model.unknownWork(block, Device.of("d", "pi")))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("in 'm' no layer of kind 'Mystery'"));
    }

    @Test
    void compute_unknownDevice_isRefused() {
        RegressionCostModel model =
                RegressionCostModel.of("pi", RegressionTrainer.withDefaults().fit(MEASURED));

        assertThatThrownBy(() -> model.compute(SyntheticDevice.relu("r", 3, 3), Device.of("d", "mars")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'d'")
                .hasMessageContaining("'mars'")
                .hasMessageContaining("pi");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void write_thenRead_predictsTheSame(boolean boosted) {
        LayerRegression first =
                RegressionTrainer.withDefaults().withBoosted(boosted).fit(MEASURED, 4, 2);
        SyntheticDevice slow = new SyntheticDevice(2e-10, 1e-9, 0.1, 4);
        LayerRegression second = first.adaptedTo(slow.measure(SyntheticDevice.layers(10, 5)));
        RegressionCostModel model = RegressionCostModel.of("pi", first).with("slow pi", second);
        Path file = folder.resolve("model.json");

        model.write(file);
        RegressionCostModel read = RegressionCostModel.read(file);

        assertThat(read.regression("pi").orElseThrow().report()).isEqualTo(first.report());
        assertThat(read.regression("slow pi").orElseThrow().report()).isEmpty();
        for (String kind : List.of("pi", "slow pi")) {
            for (Layer layer : SyntheticDevice.layers(50, 7)) {
                assertThat(read.regression(kind).orElseThrow().predict(layer))
                        .isEqualTo(model.regression(kind).orElseThrow().predict(layer));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void write_thenRead_anyFeatures(LayerFeatures features) {
        LayerRegression regression =
                RegressionTrainer.withDefaults().withFeatures(features).fit(MEASURED, 3, 1);
        Path file = folder.resolve("model.json");
        RegressionCostModel.of("pi", regression).write(file);

        LayerRegression read = RegressionCostModel.read(file).regression("pi").orElseThrow();

        assertThat(read.trainer()).isEqualTo(regression.trainer());
        assertThat(read.report()).isEqualTo(regression.report());
        assertThat(read.kinds()).isEqualTo(regression.kinds());
        for (String kind : read.kinds()) {
            assertThat(read.weights(kind)).isEqualTo(regression.weights(kind));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"calibration\" : 1.0 | \"calibration\" : -1.0 | calibration must be positive",
                "\"calibration\" : 1.0 | \"calibration\" : \"x\" | devices[0].calibration must be a number",
                "codnn-regression/1 | codnn-regression/9 | but is 'codnn-regression/9'",
                "\"FULL\" | \"EVERYTHING\" | EVERYTHING",
                "\"general\" | \"generel\" | unknown field 'generel'",
                "\"input bytes\" | \"inputs\" | secondsPerUnit has an unknown field 'inputs'",
            })
    void read_damagedFile_isOneClearError(String from, String to, String reason) throws IOException {
        Path file = folder.resolve("model.json");
        RegressionCostModel.of("pi", RegressionTrainer.withDefaults().fit(MEASURED))
                .write(file);
        String text = Files.readString(file);
        assertThat(text).contains(from);

        Files.writeString(file, text.replace(from, to));

        assertThatThrownBy(() -> RegressionCostModel.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("model.json")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "{}", "[1, 2]", "null", "7", "{\"format\": \"codnn-regression/1\"}"})
    void read_otherJson_isOneClearError(String text) throws IOException {
        Path file = folder.resolve("model.json");
        Files.writeString(file, text);

        assertThatThrownBy(() -> RegressionCostModel.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("model.json");
    }
}
