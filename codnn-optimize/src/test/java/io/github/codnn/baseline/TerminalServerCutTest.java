package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.Constraints;
import io.github.codnn.testproblems.RandomScenarios;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The cut that Dads makes, against all parts of a network. */
class TerminalServerCutTest {

    @Property(tries = 150)
    void cut_randomNetwork_isTheBestOfAllPartsThatNeverFlowBack(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.dag(seed, 9, 3), Objective.PERIOD);
        Arrangement arrangement = Arrangement.of(problem);
        if (Constraints.any(arrangement.compiled) || arrangement.devices < 2) {
            return;
        }
        int terminal = HomePlacement.device(arrangement.compiled, 0);
        int server = terminal == 0 ? 1 : 0;
        TerminalServerCut sides = new TerminalServerCut(arrangement, 0, server);
        double best = Double.POSITIVE_INFINITY;
        int[] trial = new int[arrangement.layers];
        for (int set = 0; set < 1 << arrangement.layers; set++) {
            for (int layer = 0; layer < trial.length; layer++) {
                trial[layer] = (set >> layer & 1) == 1 ? server : terminal;
            }
            if (!flowsBack(arrangement, trial, server)) {
                best = Math.min(best, sides.sumSeconds(trial));
            }
        }

        sides.cut(1, 1, trial);

        assertThat(flowsBack(arrangement, trial, server)).isFalse();
        assertThat(sides.sumSeconds(trial)).isCloseTo(best, within(1e-6 * best));
    }

    private static boolean flowsBack(Arrangement arrangement, int[] placement, int server) {
        for (int layer = 0; layer < placement.length; layer++) {
            for (int feeder : arrangement.feeders[layer]) {
                if (placement[feeder] == server && placement[layer] != server) {
                    return true;
                }
            }
        }
        return false;
    }
}
