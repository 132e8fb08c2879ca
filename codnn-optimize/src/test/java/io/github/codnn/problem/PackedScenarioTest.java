package io.github.codnn.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.RandomScenarios;
import java.io.InvalidObjectException;
import org.junit.jupiter.api.Test;

class PackedScenarioTest {

    @Test
    void unpack_packedScenario_isEqualToItsTables() throws Exception {
        Scenario scenario = RandomScenarios.several(1, 6, 4);

        assertThat(PackedScenario.of(scenario).unpack()).isEqualTo(CompiledScenario.tabulated(scenario));
    }

    @Test
    void unpack_somethingElse_isRefused() {
        assertThatThrownBy(() -> new PackedScenario(new byte[100]).unpack())
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("do not start as a scenario");
    }
}
