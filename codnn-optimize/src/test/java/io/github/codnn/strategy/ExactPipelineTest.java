package io.github.codnn.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.Objective;
import io.github.codnn.optimize.OffloadingProblem;
import io.github.codnn.optimize.RandomScenarios;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopReason;
import io.github.codnn.optimize.StopRule;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExactPipelineTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1)));

    @Property(tries = 1500)
    void search_smallProblem_agreesWithExhaustiveSearch(@ForAll long seed, @ForAll Aim aim) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 8, 5), aim.objective);
        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);
        SearchResult actual = ExactPipeline.withDefaults().search(problem, TO_THE_END);
        assertThat(actual.best().isPresent()).isEqualTo(expected.best().isPresent());
        assertThat(actual.stopReason()).isEqualTo(StopReason.PROVEN);
        if (expected.best().isPresent()) {
            assertThat(actual.value()).isCloseTo(expected.value(), within(1e-9 * expected.value()));
            assertThat(actual.gap()).isLessThanOrEqualTo(1e-11);
            assertThat(actual.lowerBound()).isLessThanOrEqualTo(expected.value() * (1 + 1e-9));
        } else {
            assertThat(actual.lowerBound()).isInfinite().isPositive();
        }
    }

    /** The objectives that this strategy knows. */
    enum Aim {
        PERIOD(Objective.PERIOD),
        RESPONSE(Objective.RESPONSE),
        MEAN(Objective.MEAN);

        private final Objective objective;

        Aim(Objective objective) {
            this.objective = objective;
        }
    }
}
