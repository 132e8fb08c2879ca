package io.github.codnn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.testproblems.HardChains;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CutTensorsTest {

    @Test
    void at_anyChain_hasTheInputFirstAndTheOutputOfTheLayerBeforeEachCut() {
        CompiledScenario compiled = compiled(5);
        CutTensors crossing = CutTensors.of(compiled, 0);

        for (int cut = 0; cut <= 5; cut++) {
            int producer = cut - 1;
            assertThat(crossing.at(cut))
                    .hasSizeLessThanOrEqualTo(1)
                    .allSatisfy(tensor -> assertThat(compiled.producer(tensor)).isEqualTo(producer));
        }
        assertThat(crossing.at(0)).hasSize(1);
        assertThat(crossing.at(3)).hasSize(1);
    }

    @Test
    void kinds_cutsOfOneKind_haveEqualTransfers() {
        for (long seed = 0; seed < 50; seed++) {
            CompiledScenario compiled = OffloadingProblem.of(RandomScenarios.chain(seed, 8, 3), Objective.PERIOD)
                    .compiled();
            int layers = compiled.layerCount();
            CutTensors crossing = CutTensors.of(compiled, 0);

            int[] kinds = crossing.kinds(0, layers + 1);

            for (int one = 0; one <= layers; one++) {
                for (int other = 0; other < one; other++) {
                    boolean equal = transferKinds(compiled, crossing.at(one))
                            .equals(transferKinds(compiled, crossing.at(other)));
                    assertThat(kinds[one] == kinds[other]).isEqualTo(equal);
                }
            }
        }
    }

    @Test
    void kinds_rangeOfCuts_numbersThemInOrderOfAppearance() {
        int[] kinds = CutTensors.of(compiled(5), 0).kinds(1, 5);

        assertThat(kinds).containsExactly(0, 0, 1, 2, 3, 0);
    }

    private static CompiledScenario compiled(int layers) {
        return OffloadingProblem.of(HardChains.of(layers, 2, 1), Objective.PERIOD)
                .compiled();
    }

    private static List<Integer> transferKinds(CompiledScenario compiled, List<Integer> tensors) {
        return tensors.stream().map(compiled::transferKind).sorted().toList();
    }
}
