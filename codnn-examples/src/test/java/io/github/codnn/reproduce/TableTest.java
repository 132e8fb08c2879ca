package io.github.codnn.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.000",
        "0.12345, 0.123",
        "9.8765, 9.877",
        "123.456, 123.5",
        "12345.6, 12346",
        "2e7, 2.000e+07",
        "0.00012, 1.200e-04",
        "-3.5, -3.500",
        "NaN, -"
    })
    void number_anySize_hasFourDigits(double value, String expected) {
        assertThat(Table.number(value)).isEqualTo(expected);
    }

    @Test
    void csv_cellWithComma_isQuoted() {
        Table table = Table.of("t", "a", "b").with("x, y", 1);

        assertThat(table.csv()).isEqualTo("a,b\n\"x, y\",1\n");
        assertThat(table.markdown()).isEqualTo("| a | b |\n| --- | --- |\n| x, y | 1 |\n");
    }

    @Test
    void constructor_rowOfAnotherWidth_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("t", List.of("a", "b"), List.of(List.of("1"))))
                .withMessageContaining("'t'");
    }
}
