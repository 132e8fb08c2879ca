package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.Violation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.Constraints;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class DecodersTest {

    @Property(tries = 300)
    void orderAndCuts_encodedStages_decodeToThemselves(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(seed, 12, 5), Objective.PERIOD);
        int[] placement = new int[problem.compiled().layerCount()];
        new RandomPlacement(Arrangement.of(problem)).drawStages(new SplitMix(seed), placement);
        if (Constraints.any(problem.compiled())) {
            return; // repair may leave placements that are not stages
        }
        int[] decoded = roundTrip(Decoders.ORDER_AND_CUTS.prepare(problem), placement);

        assertThat(decoded).isEqualTo(placement);
    }

    @Property(tries = 300)
    void perLayer_encodedPlacement_decodesToItself(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.dag(seed, 12, 5), Objective.PERIOD);
        SplitMix random = new SplitMix(seed);
        int[] placement = new int[problem.compiled().layerCount()];
        for (int layer = 0; layer < placement.length; layer++) {
            placement[layer] = random.nextInt(problem.compiled().deviceCount());
        }

        assertThat(roundTrip(Decoders.PER_LAYER.prepare(problem), placement)).isEqualTo(placement);
    }

    private static int[] roundTrip(Decoder.Decoding decoding, int[] placement) {
        double[] keys = new double[decoding.keyCount()];
        assertThat(decoding.encode(placement, keys)).isTrue();
        assertThat(Arrays.stream(keys)).allMatch(key -> key >= 0 && key < 1);
        int[] decoded = new int[placement.length];
        decoding.decode(keys, decoded);
        return decoded;
    }

    @Tag("slow")
    @Property(tries = 500)
    void perLayerRepaired_anyKeys_keepsPinsGroupsAndStages(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.dag(seed, 15, 5), Objective.PERIOD);
        Decoder.Decoding decoding = Decoders.PER_LAYER_REPAIRED.prepare(problem);
        SplitMix random = new SplitMix(seed);
        double[] keys = random.doubles(decoding.keyCount()).toArray();
        int[] placement = new int[problem.compiled().layerCount()];
        decoding.decode(keys, placement);
        Evaluation evaluation = problem.evaluator().newEvaluation();
        evaluation.evaluate(placement);

        assertThat(evaluation.snapshot().violations())
                .noneMatch(violation -> violation.constraint() == Violation.Constraint.PINNED);
        if (!Constraints.any(problem.compiled())) {
            assertThat(evaluation.snapshot().violations())
                    .noneMatch(violation -> violation.constraint() == Violation.Constraint.STAGES);
        }
    }
}
