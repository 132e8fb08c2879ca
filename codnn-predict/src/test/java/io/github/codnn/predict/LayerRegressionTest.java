package io.github.codnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.predict.LayerRegression.Prediction;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerRegressionTest {

    private static final SyntheticDevice KNOWN = new SyntheticDevice(2e-11, 1e-10, 0.02, 3);
    private static final Measurements MEASURED = KNOWN.measure(SyntheticDevice.layers(400, 1));
    private static final LayerRegression REGRESSION =
            RegressionTrainer.withDefaults().fit(MEASURED);

    @Test
    void predict_unseenLayers_recoversTheLaw() {
        for (Layer layer : SyntheticDevice.layers(100, 2)) {
            Prediction prediction = REGRESSION.predict(layer);

            assertThat(prediction.seconds() / KNOWN.seconds(layer)).isCloseTo(1, within(0.06));
            assertThat(prediction.basis()).isEqualTo(Prediction.Basis.FITTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void predict_anyFeatures_isNeverNegative(LayerFeatures features) {
        for (FitMethod method : FitMethod.values()) {
            LayerRegression regression = RegressionTrainer.withDefaults()
                    .withFeatures(features)
                    .withMethod(method)
                    .fit(MEASURED);
            for (Layer layer : SyntheticDevice.layers(200, 9)) {
                assertThat(regression.predict(layer).seconds()).isNotNegative();
            }
            assertThat(regression.predict(SyntheticDevice.relu("tiny", 1, 1)).seconds())
                    .isNotNegative();
        }
    }

    @Test
    void predict_largerThanEverythingMeasured_saysSo() {
        assertThat(REGRESSION
                        .predict(SyntheticDevice.convolution("c", 50, 30, 50, 3))
                        .extrapolated())
                .isFalse();
        assertThat(REGRESSION
                        .predict(SyntheticDevice.convolution("c", 2000, 100, 50, 3))
                        .extrapolated())
                .isTrue();
        assertThat(REGRESSION.predict(SyntheticDevice.relu("r", 1, 1)).extrapolated())
                .isTrue();
    }

    @Test
    void predict_growingLayer_neverGetsFaster() {
        double last = 0;
        for (long channels = 8; channels < 4000; channels *= 2) {
            double seconds =
                    REGRESSION.predict(SyntheticDevice.relu("r", channels, 28)).seconds();
            assertThat(seconds).isGreaterThan(last);
            last = seconds;
        }
    }

    @Test
    void predict_unmeasuredKinds_namesWhatStandsIn() {
        Prediction leaky =
                REGRESSION.predict(SyntheticDevice.elementwise("l", new Operator.Activation("LeakyRelu"), 32, 28));
        Prediction reshape =
                REGRESSION.predict(SyntheticDevice.elementwise("r", new Operator.DataMovement("Reshape"), 32, 28));
        Layer norm = SyntheticDevice.elementwise("n", new Operator.Normalization("LRN"), 32, 28);
        Prediction unknown = REGRESSION.predict(norm);

        assertThat(leaky.basis()).isEqualTo(Prediction.Basis.RELATIVE);
        assertThat(leaky.kind()).isEqualTo("Relu");
        assertThat(leaky.seconds())
                .isEqualTo(REGRESSION.predict(SyntheticDevice.relu("x", 32, 28)).seconds());
        assertThat(reshape.basis()).isEqualTo(Prediction.Basis.FREE);
        assertThat(reshape.seconds()).isZero();
        assertThat(unknown.basis()).isEqualTo(Prediction.Basis.GENERAL);
        assertThat(unknown.seconds() / KNOWN.seconds(norm)).isBetween(0.5, 2.0);
    }

    @Test
    void predict_severalRowsThroughFullyConnectedLayer_costsAsProduct() {
        Layer one = SyntheticDevice.gemm("g", 768, 768);
        Layer many = Layer.of(
                        "m",
                        new Operator.FullyConnected(),
                        List.of(Tensor.float32("in", 1, 197, 768)),
                        List.of(Tensor.float32("out", 1, 197, 768)))
                .withParameters(768 * 768, 4 * 768 * 768)
                .withMacs(197L * 768 * 768);

        Prediction prediction = REGRESSION.predict(many);

        assertThat(prediction.kind()).isEqualTo("Conv");
        assertThat(prediction.seconds() / KNOWN.seconds(many)).isBetween(0.8, 1.25);
        assertThat(prediction.seconds())
                .isGreaterThan(50 * REGRESSION.predict(one).seconds());
    }

    @Test
    void predict_block_isSumOfInnerLayers() {
        Layer convolution = SyntheticDevice.convolution("c", 16, 28, 32, 3);
        Layer relu = Layer.of(
                "r",
                new Operator.Activation("Relu"),
                convolution.outputs(),
                List.of(Tensor.float32("r out", 1, 32, 28, 28)));
        LayerGraph body = LayerGraph.builder("body")
                .input(convolution.inputs().get(0))
                .add(convolution)
                .add(relu)
                .build();
        Layer block = Layer.of("b", new Operator.Block("Fire", body), convolution.inputs(), relu.outputs());

        double sum = REGRESSION.predict(convolution).seconds()
                + REGRESSION.predict(relu).seconds();

        assertThat(REGRESSION.predict(block).seconds()).isEqualTo(sum);
        assertThat(REGRESSION.predict(body)).hasSize(2);
        assertThat(REGRESSION.seconds(body)).isEqualTo(sum);
    }

    @Test
    void adaptedTo_tenMeasurements_predictsAnotherDevice() {
        SyntheticDevice other = new SyntheticDevice(9e-11, 3e-10, 0.02, 4);
        List<Layer> ten = SyntheticDevice.layers(10, 5);

        LayerRegression adapted = REGRESSION.adaptedTo(other.measure(ten));

        List<Layer> unseen = SyntheticDevice.layers(100, 6);
        double before = unseen.stream()
                .mapToDouble(l -> error(REGRESSION, other, l))
                .average()
                .orElseThrow();
        double after = unseen.stream()
                .mapToDouble(l -> error(adapted, other, l))
                .average()
                .orElseThrow();
        assertThat(before).isGreaterThan(0.6);
        assertThat(after).isLessThan(0.15);
        assertThat(adapted.report()).isEmpty();
    }

    @Test
    void calibrated_wholeModelsTakeAFifthMore_scalesEverything() {
        List<ModelMeasurement> models = IntStream.range(0, 3)
                .mapToObj(i -> chain("model " + i, 3 + i))
                .map(graph -> new ModelMeasurement(graph, 1.2 * REGRESSION.seconds(graph), 0))
                .toList();

        LayerRegression calibrated = REGRESSION.calibrated(models);

        assertThat(calibrated.calibration()).isCloseTo(1.2, within(1e-9));
        assertThat(calibrated.calibrated(models).calibration()).isCloseTo(1.2, within(1e-9));
        Layer layer = SyntheticDevice.relu("r", 20, 20);
        assertThat(calibrated.predict(layer).seconds())
                .isCloseTo(1.2 * REGRESSION.predict(layer).seconds(), within(1e-12));
    }

    @Test
    void compare_oneNetworkSlowerThanTheOthers_isCalibratedByTheOthersAlone() {
        List<LayerGraph> graphs =
                IntStream.range(0, 3).mapToObj(i -> chain("model " + i, 3 + i)).toList();
        List<ModelMeasurement> models = List.of(
                new ModelMeasurement(graphs.get(0), 2 * REGRESSION.seconds(graphs.get(0)), 0.01),
                new ModelMeasurement(graphs.get(1), 1.25 * REGRESSION.seconds(graphs.get(1)), 0),
                new ModelMeasurement(graphs.get(2), 1.25 * REGRESSION.seconds(graphs.get(2)), 0));

        List<NetworkFit> fits = REGRESSION.calibrated(models).compare(models);

        assertThat(fits).extracting(NetworkFit::network).containsExactly("model 0", "model 1", "model 2");
        assertThat(fits.get(0).error()).isCloseTo(-0.5, within(1e-9));
        assertThat(fits.get(0).calibratedError()).isCloseTo(1.25 / 2 - 1, within(1e-9));
        assertThat(fits.get(0).spread()).isEqualTo(0.01);
        assertThat(fits.get(1).error()).isCloseTo(-0.2, within(1e-9));
        assertThat(fits.get(1).calibratedError()).isPositive();
        assertThat(REGRESSION.compare(models.subList(0, 1)).get(0).calibratedError())
                .isCloseTo(-0.5, within(1e-9));
    }

    @Test
    void crossValidate_sameSeed_isTheSame() {
        RegressionTrainer trainer = RegressionTrainer.withDefaults().withBoosted(true);

        assertThat(trainer.crossValidate(MEASURED, 5, 7)).isEqualTo(trainer.crossValidate(MEASURED, 5, 7));
        assertThat(trainer.crossValidate(MEASURED, 5, 8)).isNotEqualTo(trainer.crossValidate(MEASURED, 5, 7));
    }

    @Test
    void crossValidate_heldOutRows_areNotSeen() {
        // Times without any law: whoever has seen a row could predict it better than by chance.
        SplittableRandom random = new SplittableRandom(11);
        List<Measurement> rows = SyntheticDevice.layers(160, 12).stream()
                .map(layer -> Measurement.of(layer, Math.exp(3 * random.nextDouble())))
                .toList();

        FitReport report = RegressionTrainer.withDefaults()
                .withBoosted(true)
                .crossValidate(Measurements.of(rows), 5, 1)
                .report();

        assertThat(report.operator("Relu").orElseThrow().r2()).isLessThan(0.2);
        assertThat(report.operator("Gemm").orElseThrow().r2()).isLessThan(0.2);
    }

    @Test
    void boosted_factorThatNoFeatureKnows_isLearnt() {
        List<Measurement> rows = SyntheticDevice.layers(400, 13).stream()
                .map(layer -> Measurement.of(
                        layer,
                        KNOWN.seconds(layer) * (layer.outputs().get(0).shape().dimension(1) > 60 ? 2 : 1)))
                .toList();
        RegressionTrainer linear = RegressionTrainer.withDefaults();

        FitReport plain = linear.crossValidate(Measurements.of(rows), 5, 1).report();
        FitReport boosted = linear.withBoosted(true)
                .crossValidate(Measurements.of(rows), 5, 1)
                .report();

        assertThat(boosted.operator("Conv").orElseThrow().mape())
                .isLessThan(0.7 * plain.operator("Conv").orElseThrow().mape());
    }

    @Test
    void arguments_useless_areRefused() {
        assertThatThrownBy(() -> RegressionTrainer.withDefaults().fit(Measurements.of(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one measurement");
        assertThatThrownBy(() -> RegressionTrainer.withDefaults().crossValidate(MEASURED, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("folds must be at least 2, but is 1");
        assertThatThrownBy(() -> REGRESSION.calibrated(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> REGRESSION.weights("LSTM"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LSTM");
        assertThatThrownBy(() -> Measurement.of(SyntheticDevice.relu("r", 1, 1), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seconds");
    }

    private static LayerGraph chain(String name, int length) {
        LayerGraph.Builder graph = LayerGraph.builder(name).input(Tensor.float32("t0", 1, 16, 20, 20));
        for (int index = 0; index < length; index++) {
            Layer layer = SyntheticDevice.convolution("c" + index, 16, 20, 16, 3);
            graph.add(new Layer(
                    layer.name(),
                    layer.operator(),
                    List.of(Tensor.float32("t" + index, 1, 16, 20, 20)),
                    List.of(Tensor.float32("t" + (index + 1), 1, 16, 20, 20)),
                    layer.parameters(),
                    layer.parameterBytes(),
                    layer.macs()));
        }
        return graph.build();
    }

    private static double error(LayerRegression regression, SyntheticDevice device, Layer layer) {
        return Math.abs(regression.predict(layer).seconds() / device.seconds(layer) - 1);
    }
}
