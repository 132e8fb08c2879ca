package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import org.junit.jupiter.api.Test;

class WholeOffloadsTest {

    @Test
    void of_twoDevices_placesAllLayersOnEachInTurn() {
        OffloadingProblem problem = OffloadingProblem.of(SmallChains.equal(3, 2, 1), Objective.PERIOD);

        assertThat(WholeOffloads.of(problem.compiled())).containsExactly(new int[] {0, 0, 0}, new int[] {1, 1, 1});
    }
}
