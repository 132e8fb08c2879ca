package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of the strategies: defaults as documented, changes of one setting, limits. */
class SettingsTest {

    static Stream<Arguments> searches() {
        return Stream.of(
                Arguments.of(GeneticAlgorithm.withDefaults(), new GeneticAlgorithm(100, 1, 3, 0.9, 2, true)),
                Arguments.of(
                        GeneticAlgorithm.withDefaults().withPopulationSize(2),
                        new GeneticAlgorithm(2, 1, 3, 0.9, 2, true)),
                Arguments.of(
                        GeneticAlgorithm.withDefaults().withSelection(99, 1),
                        new GeneticAlgorithm(100, 99, 1, 0.9, 2, true)),
                Arguments.of(
                        GeneticAlgorithm.withDefaults().withOperators(0, 1),
                        new GeneticAlgorithm(100, 1, 3, 0, 1, true)),
                Arguments.of(
                        GeneticAlgorithm.withDefaults().withSeeded(false),
                        new GeneticAlgorithm(100, 1, 3, 0.9, 2, false)),
                Arguments.of(MonteCarloTreeSearch.withDefaults(), new MonteCarloTreeSearch(0.2, 16, 200_000)),
                Arguments.of(
                        MonteCarloTreeSearch.withDefaults().withExploration(0),
                        new MonteCarloTreeSearch(0, 16, 200_000)),
                Arguments.of(MonteCarloTreeSearch.withDefaults().withTree(1, 1), new MonteCarloTreeSearch(0.2, 1, 1)));
    }

    static Stream<Arguments> swarms() {
        return Stream.of(
                Arguments.of(PsoGa.withDefaults(), new PsoGa(100, 1000, 0.9, 0.4, true, true)),
                Arguments.of(PsoGa.asPublished(), new PsoGa(100, 1000, 0.9, 0.4, false, false)),
                Arguments.of(PsoGa.withDefaults().withSwarmSize(1), new PsoGa(1, 1000, 0.9, 0.4, true, true)),
                Arguments.of(PsoGa.withDefaults().withIterations(1), new PsoGa(100, 1, 0.9, 0.4, true, true)),
                Arguments.of(PsoGa.withDefaults().withInertia(1, 0), new PsoGa(100, 1000, 1, 0, true, true)),
                Arguments.of(PsoGa.withDefaults().withRepaired(false), new PsoGa(100, 1000, 0.9, 0.4, false, true)),
                Arguments.of(PsoGa.withDefaults().withSeeded(false), new PsoGa(100, 1000, 0.9, 0.4, true, false)));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(ConvexRelaxation.withDefaults(), new ConvexRelaxation(48, 2000)),
                Arguments.of(ConvexRelaxation.withDefaults().withBlocks(5), new ConvexRelaxation(5, 2000)),
                Arguments.of(ConvexRelaxation.withDefaults().withRoundings(6), new ConvexRelaxation(48, 6)),
                Arguments.of(Dads.withDefaults(), new Dads(Dads.Load.HEAVY, 7, 2)),
                Arguments.of(Dads.withDefaults().withLoad(Dads.Load.LIGHT), new Dads(Dads.Load.LIGHT, 7, 2)),
                Arguments.of(Dads.withDefaults().withGrid(1, 0), new Dads(Dads.Load.HEAVY, 1, 0)),
                Arguments.of(DnnOff.withDefaults(), new DnnOff()),
                Arguments.of(Greedy.withDefaults(), new Greedy(32)),
                Arguments.of(Greedy.withDefaults().withCuts(1), new Greedy(1)),
                Arguments.of(LocalOnly.withDefaults(), new LocalOnly()),
                Arguments.of(Neurosurgeon.withDefaults(), new Neurosurgeon(Neurosurgeon.Criterion.LATENCY)),
                Arguments.of(
                        Neurosurgeon.withDefaults().withCriterion(Neurosurgeon.Criterion.ENERGY),
                        new Neurosurgeon(Neurosurgeon.Criterion.ENERGY)),
                Arguments.of(RandomSearch.withDefaults(), new RandomSearch(100)),
                Arguments.of(RandomSearch.withDefaults().withBatchSize(1), new RandomSearch(1)),
                Arguments.of(SingleDevice.withDefaults(), new SingleDevice()));
    }

    @ParameterizedTest
    @MethodSource({"searches", "swarms", "others"})
    void defaultsAndChanges_anySetting_areAsDocumented(Record strategy, Record expected) {
        assertThat(strategy).isEqualTo(expected);
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
