package io.github.codnn.testproblems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.StopReason;
import java.util.Optional;

/**
 * What a search found in closed form. Where a simulation shows that the best plan in closed form misses a deadline, it
 * is no result, but it is what an exact search has proven to be the best.
 */
public final class ClosedForm {

    private ClosedForm() {}

    /** Checks that two searches have the same optimum in closed form, and that the first one has proven it. */
    public static void assertProven(SearchResult actual, SearchResult expected) {
        if (actual.late().isEmpty()) {
            assertThat(actual.stopReason()).isEqualTo(StopReason.PROVEN);
        }
        assertSame(actual, expected);
        if (best(expected).isPresent()) {
            assertThat(actual.lowerBound()).isLessThanOrEqualTo(value(expected) * (1 + 1e-9));
        } else {
            assertThat(actual.lowerBound()).isInfinite().isPositive();
        }
    }

    /** Checks that two searches have the same optimum in closed form. */
    public static void assertSame(SearchResult actual, SearchResult expected) {
        assertThat(best(actual).isPresent()).isEqualTo(best(expected).isPresent());
        if (best(expected).isPresent()) {
            assertThat(value(actual)).isCloseTo(value(expected), within(1e-9 * value(expected)));
        }
    }

    private static Optional<Plan> best(SearchResult result) {
        return result.late().or(result::best);
    }

    private static double value(SearchResult result) {
        return best(result).flatMap(Plan::run).map(RunRecord::value).orElse(Double.POSITIVE_INFINITY);
    }
}
