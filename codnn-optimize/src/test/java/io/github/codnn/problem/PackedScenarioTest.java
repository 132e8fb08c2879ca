package io.github.codnn.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.RandomScenarios;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class PackedScenarioTest {

    @Test
    void unpack_packedScenario_isEqualToItsTables() throws IOException {
        Scenario scenario = RandomScenarios.several(1, 6, 4);

        assertThat(PackedScenario.of(scenario).unpack()).isEqualTo(CompiledScenario.tabulated(scenario));
    }

    @Test
    void unpack_arrayThatClaimsMuchMemory_isRefused() throws IOException {
        byte[] array = serialized(new Object[0]);
        ByteBuffer.wrap(array).putInt(array.length - Integer.BYTES, Integer.MAX_VALUE - 8);

        assertThatThrownBy(() -> new PackedScenario(deflated(array)).unpack())
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("REJECTED");
    }

    /** Without the limit of the depth, reading takes longer than anybody waits. */
    @Test
    void unpack_setsInSets_isRefusedAtOnce() throws IOException {
        Set<Object> root = new HashSet<>();
        Set<Object> one = root;
        Set<Object> other = new HashSet<>();
        for (int depth = 0; depth < 100; depth++) {
            Set<Object> first = new HashSet<>();
            Set<Object> second = new HashSet<>();
            first.add("other");
            one.add(first);
            one.add(second);
            other.add(first);
            other.add(second);
            one = first;
            other = second;
        }
        byte[] bytes = deflated(serialized(root));

        assertThatThrownBy(() -> new PackedScenario(bytes).unpack())
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("REJECTED");
    }

    private static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflated(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(bytes)) {
            stream.write(content);
        }
        return bytes.toByteArray();
    }
}
