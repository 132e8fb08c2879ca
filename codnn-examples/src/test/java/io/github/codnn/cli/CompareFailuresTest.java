package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.optimize.InvalidProofException;
import io.github.codnn.optimize.SearchResult;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A strategy that fails is a row of the comparison. */
class CompareFailuresTest {

    static Stream<Throwable> failures() {
        return Stream.of(
                new CodnnException("why"),
                new IllegalArgumentException("why"),
                new ArithmeticException("why"),
                new ArrayIndexOutOfBoundsException("why"),
                new InvalidProofException("why"),
                new OutOfMemoryError("why"),
                new StackOverflowError("why"));
    }

    private static Supplier<SearchResult> failing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void row_strategyThatFails_saysWhy(Throwable failure) {
        CompareCommand.Row row = CompareCommand.row(failing(failure));

        assertThat(row.result()).isEmpty();
        assertThat(row.refusal()).contains("why").doesNotContain("\n");
    }

    @Test
    void failIfAllDo_allStrategiesFail_throwsTheFirst() {
        CodnnException first = new CodnnException("A cost is missing");
        List<CompareCommand.Row> rows = List.of(
                CompareCommand.row(failing(first)), CompareCommand.row(failing(new IllegalArgumentException("no"))));

        assertThatThrownBy(() -> CompareCommand.failIfAllDo(rows)).isSameAs(first);
    }
}
