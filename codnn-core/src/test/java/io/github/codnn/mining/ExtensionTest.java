package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values that are equal were not taken for it, the miner would check patterns twice; no result would tell. */
final class ExtensionTest {

    @ParameterizedTest
    @CsvSource({"9, 2, 3, 4", "1, 9, 3, 4", "1, 2, 9, 4", "1, 2, 3, 9"})
    void equals_oneComponentDiffers_notEqual(int from, int to, int kind, int label) {
        Extension extension = new Extension(1, 2, 3, 4);

        assertThat(new Extension(1, 2, 3, 4)).isEqualTo(extension).hasSameHashCodeAs(extension);
        assertThat(new Extension(from, to, kind, label)).isNotEqualTo(extension);
        assertThat(new Extension(from, to, kind, label).hashCode()).isNotEqualTo(extension.hashCode());
    }

    @ParameterizedTest
    @CsvSource({"9, 2, 3", "1, 9, 3", "1, 2, 9"})
    void equals_oneComponentOfTheTypeDiffers_notEqual(int source, int kind, int target) {
        EdgeType type = new EdgeType(1, 2, 3);

        assertThat(new EdgeType(1, 2, 3)).isEqualTo(type).hasSameHashCodeAs(type);
        assertThat(new EdgeType(source, kind, target)).isNotEqualTo(type);
        assertThat(new EdgeType(source, kind, target).hashCode()).isNotEqualTo(type.hashCode());
    }
}
