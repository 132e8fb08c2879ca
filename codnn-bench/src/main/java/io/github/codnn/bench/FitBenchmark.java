package io.github.codnn.bench;

import io.github.codnn.predict.LayerRegression;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.RegressionTrainer;
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

/**
 * How long does a fit of all kinds of layer take, for the number of rows of one device and of a large public data set?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FitBenchmark {

    /** The number of measured layers. */
    @Param({"1400", "50000"})
    public int rows;

    /** Whether boosted trees correct the linear prediction. */
    @Param({"false", "true"})
    public boolean boosted;

    @SuppressWarnings("NullAway.Init")
    private Measurements measurements;

    /** Makes the measurements. */
    @Setup
    public void measure() {
        measurements = SyntheticMeasurements.of(rows);
    }

    /**
     * Fits all kinds of layer.
     *
     * @return the regression
     */
    @Benchmark
    public LayerRegression fit() {
        return RegressionTrainer.withDefaults().withBoosted(boosted).fit(measurements);
    }
}
