package io.github.codnn.planner;

import io.github.codnn.baseline.ConvexRelaxation;
import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.DnnOff;
import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.baseline.MonteCarloTreeSearch;
import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.optimize.StrategyContract;
import io.github.codnn.problem.Objective;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract for every strategy that searches itself. */
@ParameterizedClass
@MethodSource("cases")
class StrategiesTest extends StrategyContract {

    private static final List<Strategy> SEEDS = List.of(
            LocalOnly.withDefaults(),
            SingleDevice.withDefaults(),
            DnnOff.withDefaults(),
            Neurosurgeon.withDefaults(),
            Neurosurgeon.withDefaults().withCriterion(Neurosurgeon.Criterion.ENERGY));

    private final Case tested;

    /**
     * A strategy to be tested.
     *
     * @param strategy the strategy
     * @param seeds the strategies whose plans it starts from, so that it never ends up worse than they
     */
    record Case(Strategy strategy, List<Strategy> seeds) {

        @Override
        public String toString() {
            return strategy.toString();
        }
    }

    StrategiesTest(Case tested) {
        this.tested = tested;
    }

    static Stream<Case> cases() {
        return Stream.concat(unseeded(), seeded());
    }

    private static Stream<Case> unseeded() {
        return Stream.of(
                        LocalOnly.withDefaults(),
                        SingleDevice.withDefaults(),
                        RandomSearch.withDefaults(),
                        Neurosurgeon.withDefaults(),
                        Dads.withDefaults(),
                        DnnOff.withDefaults(),
                        ConvexRelaxation.withDefaults(),
                        Dbpso.asPublished(),
                        DblpsoMd.asPublished(),
                        OneAfterAnother.withDefaults(),
                        Lexicographic.of(Objective.PRICE, Objective.ENERGY))
                .map(strategy -> new Case(strategy, List.of()));
    }

    private static Stream<Case> seeded() {
        Stream<Case> cases = Stream.of(
                        GeneticAlgorithm.withDefaults(),
                        PsoGa.withDefaults(),
                        MonteCarloTreeSearch.withDefaults(),
                        Dbpso.withDefaults(),
                        Auto.withDefaults(),
                        DblpsoMd.withDefaults(),
                        DblpsoMd.withDefaults().withoutFlights())
                .map(strategy -> new Case(strategy, SEEDS));
        return Stream.concat(Stream.of(new Case(Greedy.withDefaults(), List.of(SingleDevice.withDefaults()))), cases);
    }

    @Override
    protected Strategy strategy() {
        return tested.strategy();
    }

    @Override
    protected List<Strategy> seeds() {
        return tested.seeds();
    }
}
