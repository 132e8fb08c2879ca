package io.github.codnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.ApiSamples;
import io.github.codnn.testing.NullArguments;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NullArgumentsTest {

    @Test
    void api_nullForAnyArgument_isRefused(@TempDir Path folder) throws Exception {
        NullArguments nulls = new NullArguments(ApiSamples.in(folder));

        nulls.tryModule("codnn-core");

        assertThat(nulls.taken()).isEmpty();
        assertThat(nulls.untried())
                .allMatch(each -> each.startsWith("io.github.codnn.split.Pipeline"))
                .hasSizeLessThan(12);
        assertThat(nulls.calls()).isGreaterThan(550);
    }
}
