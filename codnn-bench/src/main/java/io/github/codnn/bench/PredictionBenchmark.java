package io.github.codnn.bench;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.platform.Device;
import io.github.codnn.predict.RegressionCostModel;
import io.github.codnn.predict.RegressionTrainer;
import io.github.codnn.zoo.ModelZoo;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many predictions per second does a fitted cost model make, for one layer and for the whole of ResNet-152? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PredictionBenchmark {

    private static final Device DEVICE = Device.of("device", "synthetic");

    /** Whether boosted trees correct the linear prediction. */
    @Param({"false", "true"})
    public boolean boosted;

    private final LayerGraph resNet152 = ModelZoo.RESNET152.build();
    private final Layer convolution = resNet152.layers().get(0);

    @SuppressWarnings("NullAway.Init")
    private RegressionCostModel model;

    /** Fits the model. */
    @Setup
    public void fit() {
        RegressionTrainer trainer = RegressionTrainer.withDefaults().withBoosted(boosted);
        model = RegressionCostModel.of(DEVICE.kind(), trainer.fit(SyntheticMeasurements.of(1_400)));
    }

    /**
     * Predicts one convolution.
     *
     * @return its cost
     */
    @Benchmark
    public Cost oneLayer() {
        return model.compute(convolution, DEVICE);
    }

    /**
     * Predicts every layer of ResNet-152.
     *
     * @return the sum
     */
    @Benchmark
    public Cost resNet152() {
        Cost sum = Cost.ZERO;
        for (Layer layer : resNet152.layers()) {
            sum = sum.plus(model.compute(layer, DEVICE));
        }
        return sum;
    }
}
