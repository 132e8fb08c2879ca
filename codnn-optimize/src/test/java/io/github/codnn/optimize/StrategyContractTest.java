package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.problem.OffloadingProblem;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The messages of the contract fit on a screen, whatever the strategy does. */
class StrategyContractTest {

    /** Searches with another seed each time. */
    private static final class Forgetful implements Strategy {

        private final AtomicLong calls = new AtomicLong();

        @Override
        public SearchResult search(OffloadingProblem problem, SearchOptions options) {
            return RandomSearch.withDefaults().search(problem, options.withSeed(calls.incrementAndGet()));
        }

        @Override
        public String toString() {
            return "Forgotten";
        }
    }

    private static StrategyContract contract() {
        Strategy strategy = new Forgetful();
        return new StrategyContract() {
            @Override
            protected Strategy strategy() {
                return strategy;
            }
        };
    }

    private static void assertShort(Throwable failure, String part) {
        assertThat(failure).isInstanceOf(AssertionError.class).hasMessageContaining(part);
        assertThat(String.valueOf(failure.getMessage())).hasSizeLessThan(2000);
        assertThat(String.valueOf(failure.getMessage()).lines()).hasSizeLessThan(25);
    }

    @Test
    void contract_otherPlanForTheSameSeed_saysInAFewLinesHowTheyDiffer() {
        assertShort(catchThrowable(contract()::search_sameSeed_givesTheSamePlanOnAnyNumberOfThreads), "The same seed");
    }

    @Test
    void contract_nameWithoutSettings_isShown() {
        assertShort(catchThrowable(contract()::toString_anyStrategy_namesItsSettings), "Forgotten");
    }
}
