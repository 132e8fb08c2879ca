package io.github.codnn.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.ApiSamples;
import io.github.codnn.testing.NullArguments;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NullArgumentsTest {

    @Test
    void api_nullForAnyArgument_isRefused(@TempDir Path folder) throws Exception {
        Measurements measured = new SyntheticDevice(2e-11, 1e-10, 0.1, 3).measure(SyntheticDevice.layers(80, 1));
        NullArguments nulls = new NullArguments(ApiSamples.in(folder)
                .with(Measurements.class, measured)
                .with(LayerRegression.class, RegressionTrainer.withDefaults().fit(measured)));

        nulls.tryModule("codnn-predict");

        assertThat(nulls.taken()).isEmpty();
        assertThat(nulls.untried())
                .allMatch(each -> each.contains("PowerLog.") || each.contains("StageSession."))
                .hasSizeLessThan(4);
        assertThat(nulls.calls()).isGreaterThan(130);
    }
}
