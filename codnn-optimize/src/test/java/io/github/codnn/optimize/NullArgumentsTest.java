package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.swarm.LevySteps;
import io.github.codnn.testing.ApiSamples;
import io.github.codnn.testing.NullArguments;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NullArgumentsTest {

    @Test
    void api_nullForAnyArgument_isRefused(@TempDir Path folder) throws Exception {
        NullArguments nulls = new NullArguments(ApiSamples.in(folder)
                .with(Fitness.class, Objective.PERIOD)
                .with(Class.class, NullArgumentsTest.class)
                .with(LevySteps.class, LevySteps.of(1.5)));

        nulls.tryModule("codnn-optimize");

        assertThat(nulls.taken()).isEmpty();
        assertThat(nulls.untried()).isEmpty();
        assertThat(nulls.calls()).isGreaterThan(290);
    }
}
