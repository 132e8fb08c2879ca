package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of the strategies: defaults as documented, changes of one setting, limits. */
class SettingsTest {

    @Test
    void geneticAlgorithm_defaultsAndChanges_areAsDocumented() {
        assertThat(GeneticAlgorithm.withDefaults()).isEqualTo(new GeneticAlgorithm(100, 1, 3, 0.9, 2, true));
        assertThat(GeneticAlgorithm.withDefaults().withPopulationSize(2))
                .isEqualTo(new GeneticAlgorithm(2, 1, 3, 0.9, 2, true));
        assertThat(GeneticAlgorithm.withDefaults().withSelection(99, 1))
                .isEqualTo(new GeneticAlgorithm(100, 99, 1, 0.9, 2, true));
        assertThat(GeneticAlgorithm.withDefaults().withOperators(0, 1))
                .isEqualTo(new GeneticAlgorithm(100, 1, 3, 0, 1, true));
        assertThat(GeneticAlgorithm.withDefaults().withSeeded(false))
                .isEqualTo(new GeneticAlgorithm(100, 1, 3, 0.9, 2, false));
    }

    @Test
    void psoGa_defaultsAndChanges_areAsDocumented() {
        assertThat(PsoGa.withDefaults()).isEqualTo(new PsoGa(100, 1000, 0.9, 0.4, true, true));
        assertThat(PsoGa.asPublished()).isEqualTo(new PsoGa(100, 1000, 0.9, 0.4, false, false));
        assertThat(PsoGa.withDefaults().withSwarmSize(1)).isEqualTo(new PsoGa(1, 1000, 0.9, 0.4, true, true));
        assertThat(PsoGa.withDefaults().withIterations(1)).isEqualTo(new PsoGa(100, 1, 0.9, 0.4, true, true));
        assertThat(PsoGa.withDefaults().withInertia(1, 0)).isEqualTo(new PsoGa(100, 1000, 1, 0, true, true));
        assertThat(PsoGa.withDefaults().withRepaired(false)).isEqualTo(new PsoGa(100, 1000, 0.9, 0.4, false, true));
        assertThat(PsoGa.withDefaults().withSeeded(false)).isEqualTo(new PsoGa(100, 1000, 0.9, 0.4, true, false));
    }

    @Test
    void monteCarloTreeSearch_defaultsAndChanges_areAsDocumented() {
        assertThat(MonteCarloTreeSearch.withDefaults()).isEqualTo(new MonteCarloTreeSearch(0.2, 16, 200_000));
        assertThat(MonteCarloTreeSearch.withDefaults().withExploration(0))
                .isEqualTo(new MonteCarloTreeSearch(0, 16, 200_000));
        assertThat(MonteCarloTreeSearch.withDefaults().withTree(1, 1)).isEqualTo(new MonteCarloTreeSearch(0.2, 1, 1));
    }

    @Test
    void otherStrategies_defaultsAndChanges_areAsDocumented() {
        assertThat(ConvexRelaxation.withDefaults()).isEqualTo(new ConvexRelaxation(48, 2000));
        assertThat(ConvexRelaxation.withDefaults().withBlocks(5)).isEqualTo(new ConvexRelaxation(5, 2000));
        assertThat(ConvexRelaxation.withDefaults().withRoundings(6)).isEqualTo(new ConvexRelaxation(48, 6));
        assertThat(Dads.withDefaults()).isEqualTo(new Dads(Dads.Load.HEAVY, 7, 2));
        assertThat(Dads.withDefaults().withLoad(Dads.Load.LIGHT)).isEqualTo(new Dads(Dads.Load.LIGHT, 7, 2));
        assertThat(Dads.withDefaults().withGrid(1, 0)).isEqualTo(new Dads(Dads.Load.HEAVY, 1, 0));
        assertThat(DnnOff.withDefaults()).isEqualTo(new DnnOff());
        assertThat(Greedy.withDefaults()).isEqualTo(new Greedy(32));
        assertThat(Greedy.withDefaults().withCuts(1)).isEqualTo(new Greedy(1));
        assertThat(LocalOnly.withDefaults()).isEqualTo(new LocalOnly());
        assertThat(Neurosurgeon.withDefaults()).isEqualTo(new Neurosurgeon(Neurosurgeon.Criterion.LATENCY));
        assertThat(Neurosurgeon.withDefaults().withCriterion(Neurosurgeon.Criterion.ENERGY))
                .isEqualTo(new Neurosurgeon(Neurosurgeon.Criterion.ENERGY));
        assertThat(RandomSearch.withDefaults()).isEqualTo(new RandomSearch(100));
        assertThat(RandomSearch.withDefaults().withBatchSize(1)).isEqualTo(new RandomSearch(1));
        assertThat(SingleDevice.withDefaults()).isEqualTo(new SingleDevice());
    }

    static Stream<ThrowingCallable> settings_outsideTheirRange_areRefused() {
        return Stream.of(
                () -> new ConvexRelaxation(0, 1),
                () -> new ConvexRelaxation(1, 0),
                () -> new Dads(Dads.Load.HEAVY, 0, 0),
                () -> new Dads(Dads.Load.HEAVY, -1, 0),
                () -> new Dads(Dads.Load.HEAVY, 4, 0),
                () -> new Dads(Dads.Load.HEAVY, 1, -1),
                () -> new GeneticAlgorithm(1, 0, 1, 0, 0, true),
                () -> new GeneticAlgorithm(2, 2, 1, 0, 0, true),
                () -> new GeneticAlgorithm(2, -1, 1, 0, 0, true),
                () -> new GeneticAlgorithm(2, 0, 0, 0, 0, true),
                () -> new GeneticAlgorithm(2, 0, 1, 1.1, 0, true),
                () -> new GeneticAlgorithm(2, 0, 1, 0, -1, true),
                () -> new Greedy(0),
                () -> new MonteCarloTreeSearch(-1, 1, 1),
                () -> new MonteCarloTreeSearch(0, 0, 1),
                () -> new MonteCarloTreeSearch(0, 1, 0),
                () -> new PsoGa(0, 1, 0.9, 0.4, true, true),
                () -> new PsoGa(1, 0, 0.9, 0.4, true, true),
                () -> new PsoGa(1, 1, 1.1, 0.4, true, true),
                () -> new PsoGa(1, 1, 0.4, 0.5, true, true),
                () -> new RandomSearch(0));
    }

    @ParameterizedTest
    @MethodSource
    void settings_outsideTheirRange_areRefused(ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making);
    }

    @Test
    void psoGaInertia_atTheBestAndFarFromIt_isTheLeastAndAboutTheGreatest() {
        PsoGa strategy = PsoGa.withDefaults().withInertia(0.8, 0.3);

        assertThat(strategy.inertia(0)).isEqualTo(0.3, within(1e-15));
        assertThat(strategy.inertia(0.5)).isEqualTo(0.8 - 0.5 * Math.exp(-0.5 / 0.51), within(1e-15));
        assertThat(strategy.inertia(1)).isEqualTo(0.8, within(1e-15));
    }

    @Test
    void psoGaText_anySettings_statesThemAsPlanFilesDo() {
        assertThat(PsoGa.asPublished())
                .hasToString("PsoGa[swarmSize=100, iterations=1000, mostInertia=0.9, leastInertia=0.4, "
                        + "repaired=false, seeded=false]");
    }
}
